"""Days told from the day of the release: *hier*, *ce mardi*, *la semaine dernière*.

The value of such an entity is its English (`yesterday`, `this Tuesday`); `day_of` says which day that is once the
day of the release is known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from comsum.terms.entity import Entity
from comsum.terms.lexicon import fold

_DAYS = {
    "lundi": "Monday",
    "mardi": "Tuesday",
    "mercredi": "Wednesday",
    "jeudi": "Thursday",
    "vendredi": "Friday",
    "samedi": "Saturday",
    "dimanche": "Sunday",
}
_WEEKDAYS = list(_DAYS.values())
_DAY = "|".join(_DAYS)
_SHIFTS = {"the day before yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1}
_WORDS = {"avant-hier": "the day before yesterday", "hier": "yesterday", "demain": "tomorrow"}
_UNITS = {"semaine": "week", "mois": "month", "annee": "year", "an": "year"}
_RELATIVE = re.compile(
    r"(?<![\w'-])(?:(?P<word>avant-hier|hier|demain)|(?P<today>aujourd'hui|(?:en )?ce jour)"
    rf"|ce (?P<this>{_DAY})(?! \d| 1er)|(?:le )?(?P<day>{_DAY}) (?P<which>dernier|passe|prochain)"
    r"|(?:la |le |l')(?P<unit>semaine|mois|annee|an) (?P<turn>derni|pass|proch)\w+)(?![\w-])"
)


def find_relative_dates(text: str) -> Iterator[Entity]:
    """Yield each relative day of a French text."""
    for match in _RELATIVE.finditer(fold(text)):
        english = _english(match)
        yield Entity("date", *match.span(), text[slice(*match.span())], english, english)


def _english(match: re.Match[str]) -> str:
    if match["today"]:
        return "today"
    if match["word"]:
        return _WORDS[match["word"]]
    if match["this"]:
        return f"this {_DAYS[match['this']]}"
    turn = "next" if (match["which"] or match["turn"]).startswith("proch") else "last"
    return f"{turn} {_DAYS[match['day']] if match['day'] else _UNITS[match['unit']]}"


def day_of(value: str, release: dt.date) -> str | None:
    """Return the ISO date, interval, month or year of a relative value; None when the value is not relative."""
    if value in _SHIFTS:
        return (release + dt.timedelta(days=_SHIFTS[value])).isoformat()
    turn, _, what = value.partition(" ")
    if turn not in ("this", "last", "next"):
        return None
    if what in _WEEKDAYS:
        return _weekday(turn, _WEEKDAYS.index(what), release).isoformat()
    step = 1 if turn == "next" else -1
    if what == "week":
        monday = release + dt.timedelta(days=7 * step - release.weekday())
        return f"{monday}/{monday + dt.timedelta(days=6)}"
    if what == "year":
        return str(release.year + step)
    month = release.year * 12 + release.month - 1 + step
    return f"{month // 12}-{month % 12 + 1:02d}"


def _weekday(turn: str, wanted: int, release: dt.date) -> dt.date:
    """*Ce mardi* is today or the last one; *mardi dernier* never today."""
    back = (release.weekday() - wanted) % 7
    if turn == "next":
        return release + dt.timedelta(days=7 - back)
    return release - dt.timedelta(days=back or (7 if turn == "last" else 0))
