"""Every date of the French in the English: day, month and year, and no month that the French lacks."""

from __future__ import annotations

import re

from comsum.checks.base import SegmentCheck
from comsum.terms.dates import ENGLISH_MONTHS, FRENCH_MONTHS, english_date, find_dates
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_SHORT = "|".join(month[:3] for month in ENGLISH_MONTHS if month != "May")
# Short forms only beside a day or year (*Dec. 1*; *Jan* is a man), *May* only where it is no verb.
_ENGLISH_MONTH = re.compile(
    rf"\b(?:(?P<full>{'|'.join(month for month in ENGLISH_MONTHS if month != 'May')})|(?P<short>(?:{_SHORT})t?)(?=\.? \d)"
    r"|(?<=\d )(?P<after>[A-Z][a-z]{2})|(?P<may>(?:(?<=\d )|(?<=\dst )|(?<=\dth )|(?<=of )|(?<=in )|(?<=by )|(?<=since )|(?<=until )"
    r"|(?<=last )|(?<=next )|(?<=early )|(?<=late )|(?<=and )|(?<=to )|(?<=this ))May|May(?=,? \d)))\b"
)
_NUMERIC = re.compile(r"\b\d{1,2}[./](?P<month>\d{1,2})[./]\d{2,4}\b|\b\d{4}-(?P<iso>\d\d)-\d\d\b")
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
        return [ENGLISH_MONTHS[index] for index in sorted(_months(segment.target) - allowed)]


def _months(target: str) -> set[int]:
    """Months (0 to 11) that an English text names in words."""
    short = [month[:3] for month in ENGLISH_MONTHS]
    names = (match.group()[:3] for match in _ENGLISH_MONTH.finditer(target))
    return {short.index(name) for name in names if name in short}


def _numeric_months(target: str) -> set[int]:
    return {int(match["month"] or match["iso"]) - 1 for match in _NUMERIC.finditer(target)}


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
        if int(month) - 1 not in _months(target) | _numeric_months(target) or (
            year and year[0].isdigit() and year[0] not in target
        ):
            return False
        if day and not re.search(rf"\b0?{int(day)}(?:st|nd|rd|th)?\b", target):
            return False
    return True
