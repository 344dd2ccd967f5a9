"""Every date of the French in the English: day, month and year, and no month that the French lacks."""

from __future__ import annotations

import re

from comsum.checks.base import SegmentCheck
from comsum.terms.dates import ENGLISH_MONTHS, FRENCH_MONTHS, english_date, find_dates
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_ENGLISH_MONTH = re.compile(r"\b(" + "|".join(ENGLISH_MONTHS) + r")\b")
_FRENCH_MONTH = re.compile(r"\b(" + "|".join(fold(month) for month in FRENCH_MONTHS) + r")\b")


class DateCheck(SegmentCheck):
    """Score: share of the French dates whose every part is in the English; 0 when a foreign month is."""

    kind = "date"

    def score(self, segment: TranslatedSegment) -> float:
        if self._foreign_months(segment):
            return 0.0
        dates = _dates(segment.segment.text)
        return 1.0 - len(self._missing(segment)) / max(1, len(dates))

    def explain(self, segment: TranslatedSegment) -> str:
        parts = [
            f"{english_date(value)} is not in the English as the French has it" for value in self._missing(segment)
        ]
        parts += [f"the English says {month}, the French does not" for month in self._foreign_months(segment)]
        return "; ".join(parts)

    @staticmethod
    def _missing(segment: TranslatedSegment) -> list[str]:
        return [value for value in _dates(segment.segment.text) if not _says(segment.target, value)]

    @staticmethod
    def _foreign_months(segment: TranslatedSegment) -> list[str]:
        allowed = {FRENCH_MONTHS.index(_accented(name)) for name in _FRENCH_MONTH.findall(fold(segment.segment.text))}
        allowed |= {
            int(part) - 1 for value in _dates(segment.segment.text) for part in re.findall(r"-(\d\d)(?=-|/|$)", value)
        }
        found = {ENGLISH_MONTHS.index(name) for name in _ENGLISH_MONTH.findall(segment.target)}
        return [ENGLISH_MONTHS[index] for index in sorted(found - allowed)]


def _accented(name: str) -> str:
    return next(month for month in FRENCH_MONTHS if fold(month) == name)


def _dates(text: str) -> list[str]:
    """Calendar dates of a French text, the longer ones only; clock times and bare years are numbers' matter."""
    spans: list[tuple[int, int, str]] = []
    for entity in find_dates(text):
        inside = any(start <= entity.start and entity.end <= end for start, end, _ in spans)
        if not inside and "-" in entity.value:
            spans.append((entity.start, entity.end, entity.value))
    return [value for _, _, value in spans]


def _says(target: str, value: str) -> bool:
    """Tell whether the day and month stand together, and the year somewhere."""
    for part in value.split("/"):
        *year, month, day = part.rsplit("-", 2) if part.count("-") > 1 else (*part.split("-"), "")
        name = ENGLISH_MONTHS[int(month) - 1]
        if name not in target or (year and year[0].isdigit() and year[0] not in target):
            return False
        if day and not re.search(rf"\b0?{int(day)}(?:st|nd|rd|th)?\b", target):
            return False
    return True
