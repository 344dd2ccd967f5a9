"""Which day a date of the release means: relative days and days without a year, reckoned from the release's own date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from comsum.terms.dates import english_date
from comsum.terms.entity import Entity
from comsum.terms.relative import day_of
from comsum.translated import TranslatedSegment

# The dateline of a release, `Bamako, le 31 janvier 2022`: a date after nothing but a place.
_DATELINE = re.compile(r"^(?:Fait à )?[A-ZÀ-Þ][\w '’-]{1,30}, (?:le |ce )?$")


class Calendar:
    """Reckons dates. `release` is the day of the release, None when it does not say."""

    def __init__(self, segments: Sequence[TranslatedSegment], stated: str | None) -> None:
        self.release = _day(stated or "") or _dateline(segments)
        self._last = self.release

    def reckon(self, value: str) -> tuple[str, str | None]:
        """Return the full value of a date and, when it had to be reckoned, from what."""
        if day := _day(value):
            self._last = day
            return value, None
        near = self.release or self._last
        if value.startswith("--") and near:
            return _with_year(value, near), f"year of {english_date(near.isoformat())}"
        full = day_of(value, self.release) if self.release else None
        if full is None or self.release is None:
            return value, None
        return full, f"“{value}” in a release of {english_date(self.release.isoformat())}"


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def _dateline(segments: Sequence[TranslatedSegment]) -> dt.date | None:
    found = [_day(e.value) for s in segments for e in s.entities if e.kind == "date" and _opens(s, e)]
    return next((day for day in found if day), None)


def _opens(segment: TranslatedSegment, entity: Entity) -> bool:
    return bool(_DATELINE.match(segment.segment.text[: entity.start]))


def _with_year(value: str, near: dt.date) -> str:
    """The year that puts a day and month nearest to a date; in an interval both ends get it."""
    first = value.partition("/")[0][2:]
    years = (near.year - 1, near.year, near.year + 1)
    days = [day for year in years if (day := _day(f"{year}-{first}"))]
    best = min(days, key=lambda day: abs(day - near), default=near)
    return "/".join(f"{best.year}-{part[2:]}" if part.startswith("--") else part for part in value.split("/"))
