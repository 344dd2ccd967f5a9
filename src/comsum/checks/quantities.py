"""Figures of a text with every value that a careful reader could take them for.

*23 h 10* is 11.10 p.m.; *1,5* is one and a half; *années 60* are the 1960s; *XVIIIe* is the 18th. Figures written in
digits must be on both sides; numbers written in words only explain digits of the other side. A reading is a decimal
number, or a time of day as text (`23:10`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from text_to_num import alpha2digit

from comsum.wordlists import KNOWN_TEXTS, alternatives

Language = Literal["fr", "en"]
Reading = Decimal | str

_SPACE = "[ \u00a0\u202f\u2009]"
_FIGURE = {
    "fr": rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
}
_SCALES: dict[Language, dict[str, int]] = {
    "fr": {
        "mille": 3,
        "milles": 3,
        "million": 6,
        "millions": 6,
        "milliard": 9,
        "milliards": 9,
        "billion": 12,
        "billions": 12,
    },
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "m": 6, "bn": 9},
}
_AND_HALF = {"fr": rf"{_SPACE}et{_SPACE}demie?\b", "en": r" and a half\b"}
_RANGE = {"fr": r"et|à|ou|-|–", "en": r"and|to|or|-|–"}
_TIME: dict[Language, re.Pattern[str]] = {
    "fr": re.compile(rf"(?P<h>\d{{1,2}}){_SPACE}?(?:h|heures?)(?:{_SPACE}?(?P<min>[0-5]\d))?\b(?!/)"),
    "en": re.compile(r"(?P<h>\d{1,2})(?:[:.](?P<min>[0-5]\d))?(?:\s?(?P<half>[ap])\.?m\b|(?<=:\d\d)(?!\d))"),
}
_DECADE = {
    "fr": re.compile(r"\bannées (?P<year>\d\d(?:\d\d)?)\b"),
    "en": re.compile(r"(?P<year>\d\d(?:\d\d)?)['’]?s\b"),
}
_DATE_MONTH = r"(?<=\b\d\d[/.])\d\d?(?=[/.]\d{4}\b)|(?<=\b\d[/.])\d\d?(?=[/.]\d{4}\b)"
_NOT_A_FIGURE = re.compile(rf"\b[ckm]?m[²³23]\b|\bCO2\b|{_DATE_MONTH}")
_ROMAN = re.compile(r"\b(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))(?:e|ᵉ|er|ère|ème|th|st|nd|rd)?\b")
_COLLECTIVES = {
    "fr": {"neuf": 9, "douzaine": 12, "dizaine": 10, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "centaine": 100}
    | {"millier": 1000, "moitié": 50, "demi": 50, "demie": 50, "quart": 25, "décennie": 10, "premier": 1, "second": 2},
    "en": {"dozen": 12, "decade": 10, "fortnight": 15, "half": 50, "quarter": 25, "once": 1, "twice": 2, "both": 2}
    | {"a": 1, "an": 1, "single": 1, "hundreds": 100, "thousands": 1000, "second": 2, "day": 24},
}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Figure:
    """A number in digits: as written, and what it can mean."""

    text: str
    readings: frozenset[Reading]


@functools.lru_cache(KNOWN_TEXTS)
def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """All numbers written in digits, in order; times and decades are one figure each, a date's month is none."""
    text = _NOT_A_FIGURE.sub(lambda match: "_" * len(match.group()), text)
    found: list[tuple[int, Figure]] = []
    for pattern, reading in ((_TIME[language], _times), (_DECADE[language], _decades)):
        for match in pattern.finditer(text):
            found.append((match.start(), Figure(match.group(), frozenset(reading(match)))))
            text = text[: match.start()] + "_" * len(match.group()) + text[match.end() :]
    found += [(match.start(), _figure(match, language)) for match in _pattern(language).finditer(text)]
    return tuple(figure for _, figure in sorted(found, key=lambda item: item[0]))


@functools.lru_cache(KNOWN_TEXTS)
def spoken(text: str, language: Language) -> frozenset[Reading]:
    """Values of the numbers that a text writes in words, Roman numerals included."""
    plain = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", " ", text)
    halves = [value for match in _half_words(language).finditer(plain) for value in _half(match, language)]
    written = alpha2digit(plain, language, 0)
    values = {reading for figure in figures(written, language) for reading in figure.readings}
    table = _COLLECTIVES[language]
    words = (word.lower() for word in _WORD.findall(text))
    counted = [table.get(word, table.get(word.removesuffix("s"))) for word in words]
    roman = [_roman(match.group(1)) for match in _ROMAN.finditer(text) if match.group(1)]
    return frozenset([*values, *halves, *(Decimal(value) for value in [*counted, *roman] if value)])


def explained(figure: Figure, text: str, language: Language) -> bool:
    """Tell whether a text holds a figure, in digits or in words."""
    return bool(figure.readings & (_readings(figures(text, language)) | spoken(text, language)))


def differences(source: str, target: str) -> tuple[list[Figure], list[Figure]]:
    """Figures of the French that the English lacks, and of the English that the French lacks."""
    french, english = figures(source, "fr"), figures(target, "en")
    in_french = _readings(french) | spoken(source, "fr")
    in_english = _readings(english) | spoken(target, "en")
    missing = [figure for figure in french if not figure.readings & in_english]
    extra = [figure for figure in english if not figure.readings & in_french]
    return missing, extra


def _readings(found: Iterable[Figure]) -> frozenset[Reading]:
    return frozenset(reading for figure in found for reading in figure.readings)


def _pattern(language: Language) -> re.Pattern[str]:
    scales = alternatives(_SCALES[language])
    return re.compile(
        rf"(?P<figure>{_FIGURE[language]})"
        rf"(?:(?:{_SPACE}|-)?(?P<scale>{scales})\b)?(?P<half>{_AND_HALF[language]})?"
        rf"(?=(?P<next>{_SPACE}?(?:{_RANGE[language]}){_SPACE}?\d[\d.,]*(?:{_SPACE}|-)(?P<later>{scales})\b)?)"
    )


def _figure(match: re.Match[str], language: Language) -> Figure:
    scales = _SCALES[language]
    power = scales.get(match["scale"] or "", 0)
    plain = set(_values(match["figure"], language))
    values = {value.scaleb(power) for value in plain}
    if match["scale"] in ("milles", "m"):
        values |= plain  # nautical miles; metres
    if match["half"]:
        values |= {value + Decimal("0.5").scaleb(power) for value in values}
    if match["later"]:
        values |= {value.scaleb(scales[match["later"]]) for value in values}
    return Figure(match.group(), frozenset(value.normalize() for value in values))


def _values(figure: str, language: Language) -> Iterator[Decimal]:
    """A comma before three digits may be the other language's thousands (`80,000 âmes`); digits decide, not style."""
    figure = re.sub(_SPACE, "", figure)
    if language == "en":
        yield Decimal(figure.replace(",", ""))
        return
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", figure):
        yield Decimal(re.sub(r"[.,]", "", figure))
    if figure.count(",") + figure.count(".") == 1:
        yield Decimal(figure.replace(",", "."))
    elif "," not in figure and "." not in figure:
        yield Decimal(figure)
    else:
        yield Decimal(figure.replace(".", "").replace(",", "."))


def _times(match: re.Match[str]) -> Iterator[Reading]:
    hours, minutes = int(match["h"]), int(match["min"] or 0)
    half = match.groupdict().get("half")
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    yield f"{hours % 24:02d}:{minutes:02d}"
    if match["min"]:
        yield (Decimal(hours) + Decimal(minutes) / 60).normalize()
    elif not half:
        yield Decimal(hours).normalize()
    if not half and hours < 12:
        yield f"{hours + 12:02d}:{minutes:02d}"


def _decades(match: re.Match[str]) -> Iterator[Reading]:
    year = Decimal(match["year"])
    yield year.normalize()
    yield (year % 100 if year > 100 else year + 1900).normalize()


def _half_words(language: Language) -> re.Pattern[str]:
    scales = "|".join(_SCALES[language])
    tail = rf"(?: (?P<scale>{scales}))?"
    return re.compile(rf"(?P<word>\w+)(?: heures?| (?P<before>{scales}))?{_AND_HALF[language]}{tail}")


def _half(match: re.Match[str], language: Language) -> Iterator[Decimal]:
    written = alpha2digit(match["word"], language, 0)
    value = Decimal(written) if written.isdigit() else Decimal(1) if match["word"] in ("un", "une", "one") else None
    if value is not None:
        power = _SCALES[language].get(match["scale"] or match["before"] or "", 0)
        yield (value + Decimal("0.5")).scaleb(power).normalize()


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
