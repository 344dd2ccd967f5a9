"""Dates, intervals and times: French forms read, ISO 8601 values and English forms written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from comsum.terms.entity import Entity

FRENCH_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = dict(
    zip(
        ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        strict=True,
    )
)
_PLAIN = str.maketrans("éèêûù", "eeeuu")
_NUMBERS = {name.translate(_PLAIN): number for number, name in enumerate(FRENCH_MONTHS, 1)}
_MONTH = "(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_WEEKDAY = "(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
_DAY = r"(?:1er|[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_FROM = rf"{_WEEKDAY}(?P<d1>{_DAY})(?: (?P<m1>{_MONTH}))?(?: (?P<y1>{_YEAR}))?"

Reading = tuple[str, str]


def _interval(match: re.Match[str]) -> Reading:
    first, last = _number(match["d1"]), _number(match["d2"])
    month2, year2 = _month(match["m2"]), match["y2"]
    month1 = _month(match["m1"]) if match["m1"] else month2
    year1 = match["y1"] or year2
    value = f"{_iso(year1, month1, first)}/{_iso(year2, month2, last)}"
    end = _english(last, month2, year2)
    if match["y1"] and year1 != year2:
        return value, f"from {_english(first, month1, year1)} to {end}"
    if month1 != month2:
        return value, f"from {first} {ENGLISH_MONTHS[month1 - 1]} to {end}"
    return value, f"from {first} to {end}"


def _day_pair(match: re.Match[str]) -> Reading:
    first, last, month = _number(match["d1"]), _number(match["d2"]), _month(match["m2"])
    value = f"{_iso(match['y2'], month, first)}/{_iso(match['y2'], month, last)}"
    return value, f"{first} and {_english(last, month, match['y2'])}"


def _day(match: re.Match[str]) -> Reading:
    day, month, year = _number(match["d"]), _month(match["m"]), match["y"]
    weekday = _DAYS.get((match["w"] or "").strip().lower())
    written = _english(day, month, year)
    return _iso(year, month, day), f"{weekday} {written}" if weekday else written


def _month_year(match: re.Match[str]) -> Reading:
    month = _month(match["m"])
    return f"{match['y']}-{month:02d}", f"{ENGLISH_MONTHS[month - 1]} {match['y']}"


def _numeric(match: re.Match[str]) -> Reading:
    day, month, year = int(match["d"]), int(match["m"]), match["y"]
    return _iso(year, month, day), _english(day, month, year)


def _time(match: re.Match[str]) -> Reading:
    hours, minutes = int(match["h"]), int(match["min"] or 0)
    return f"T{hours:02d}:{minutes:02d}", f"{hours:02d}:{minutes:02d}"


def _years(match: re.Match[str]) -> Reading:
    return f"{match['y1']}/{match['y']}", f"{match['y1']}-{match['y']}"


def _year(match: re.Match[str]) -> Reading:
    return match["y"], match["y"]


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reading]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (
            rf"\bdu {_FROM} au {_WEEKDAY}(?P<d2>{_DAY}) (?P<m2>{_MONTH})(?: (?P<y2>{_YEAR}))?\b",
            _interval,
        ),
        (rf"\b(?P<d1>{_DAY})(?: et |-)(?P<d2>{_DAY}) (?P<m2>{_MONTH})(?: (?P<y2>{_YEAR}))?\b", _day_pair),
        (rf"\b(?P<w>{_WEEKDAY})(?P<d>{_DAY}) (?P<m>{_MONTH})(?: (?P<y>{_YEAR}))?\b", _day),
        (rf"\b(?P<m>{_MONTH}) (?P<y>{_YEAR})\b", _month_year),
        (rf"(?<![\d/.])(?P<d>0?[1-9]|[12]\d|3[01])[/.](?P<m>0?[1-9]|1[0-2])[/.](?P<y>{_YEAR})(?![\d/])", _numeric),
        (r"(?<![\d])(?P<h>[01]?\d|2[0-3]) ?(?:h|heures)(?: ?(?P<min>[0-5]\d))?(?!\w)", _time),
        (rf"(?<![\d/.,-])(?P<y1>{_YEAR})[-–](?P<y>{_YEAR})(?![\d/-])", _years),
        (rf"(?<![\d/.,-])(?P<y>{_YEAR})(?![\d/-]|,\d)(?! ?%)", _year),
    )
)


def find_dates(text: str) -> Iterator[Entity]:
    """Yield dates, intervals (`du 10 au 12 novembre 2021`), month-years, years and times."""
    flat = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\n", " ")
    for pattern, reading in _PATTERNS:
        for match in pattern.finditer(flat):
            value, english = reading(match)
            start, end = match.span()
            yield Entity("date", start, end, text[start:end], english, value)


def english_date(value: str) -> str:
    """Write an ISO date, month, year or interval for a reader: `2021-11-10/2021-11-12` → `10–12 November 2021`."""
    if "/" in value:
        first, last = value.split("/")
        if "-" in first and first[:-2] == last[:-2]:
            return f"{int(first[-2:])}–{english_date(last)}"
        dash = " – " if "-" in first else "–"
        return f"{english_date(first)}{dash}{english_date(last)}"
    parts = [part for part in value.split("-") if part]
    if value.startswith("--") and len(parts) == 2:
        return f"{int(parts[1])} {ENGLISH_MONTHS[int(parts[0]) - 1]}"
    if len(parts) == 3:
        return _english(int(parts[2]), int(parts[1]), parts[0])
    return f"{ENGLISH_MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else value.removeprefix("T")


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _month(name: str) -> int:
    return _NUMBERS[name.lower().translate(_PLAIN)]


def _iso(year: str | None, month: int, day: int) -> str:
    return f"{year or '-'}-{month:02d}-{day:02d}"


def _english(day: int, month: int, year: str | None) -> str:
    return f"{day} {ENGLISH_MONTHS[month - 1]} {year}" if year else f"{day} {ENGLISH_MONTHS[month - 1]}"
