"""Every figure of the French in the English, and no other."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from comsum.checks.base import SegmentCheck
from comsum.terms.numbers import parse_figure
from comsum.translated import TranslatedSegment

_SPACE = "[ \u00a0\u202f\u2009]"
_FRENCH = re.compile(
    rf"(?P<figure>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?)"
    rf"(?:{_SPACE}(?P<scale>mille|millions?|milliards?|billions?)\b)?"
)
_ENGLISH = re.compile(
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[ -](?P<scale>thousand|million|billion|trillion)\b)?"
)
_SCALES = {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billion": 12, "billions": 12}
_ENGLISH_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_WORDS = {
    1: ("one", "first", "a", "un", "une", "premier", "première"),
    2: ("two", "second", "both", "deux", "deuxième"),
    3: ("three", "third", "trois", "troisième"),
    4: ("four", "fourth", "quatre", "quatrième"),
    5: ("five", "fifth", "cinq", "cinquième"),
    6: ("six", "sixth", "sixième"),
    7: ("seven", "seventh", "sept", "septième"),
    8: ("eight", "eighth", "huit", "huitième"),
    9: ("nine", "ninth", "neuf", "neuvième"),
    10: ("ten", "tenth", "dix", "dixième"),
    11: ("eleven", "onze"),
    12: ("twelve", "dozen", "douze"),
    15: ("fifteen", "quinze"),
    20: ("twenty", "vingt"),
}


def french_numbers(text: str) -> Counter[Decimal]:
    """Values of all figures in a French text, scales applied."""
    values = Counter[Decimal]()
    for match in _FRENCH.finditer(text):
        values[parse_figure(match["figure"]).scaleb(_SCALES.get(match["scale"] or "", 0)).normalize()] += 1
    return values


def english_numbers(text: str) -> Counter[Decimal]:
    """Values of all figures in an English text, scales applied."""
    values = Counter[Decimal]()
    for match in _ENGLISH.finditer(text):
        figure = Decimal(match["figure"].replace(",", ""))
        values[figure.scaleb(_ENGLISH_SCALES.get(match["scale"] or "", 0)).normalize()] += 1
    return values


class NumberCheck(SegmentCheck):
    """Score: 1 minus the share of figures that stand on one side only (1 = all agree)."""

    kind = "number"

    def score(self, segment: TranslatedSegment) -> float:
        missing, extra = self.differences(segment.segment.text, segment.target)
        total = max(1, sum(french_numbers(segment.segment.text).values()))
        return 1.0 - min(1.0, (len(missing) + len(extra)) / total)

    def explain(self, segment: TranslatedSegment) -> str:
        missing, extra = self.differences(segment.segment.text, segment.target)
        parts = [f"{_plain(value)} is in the French, not in the English" for value in missing]
        parts += [f"{_plain(value)} is in the English, not in the French" for value in extra]
        return "number: " + "; ".join(parts)

    @staticmethod
    def differences(source: str, target: str) -> tuple[list[Decimal], list[Decimal]]:
        """Values only in the French, and only in the English; small ones may be written as words."""
        french, english = french_numbers(source), english_numbers(target)
        missing = [value for value in (french - english).elements() if not _in_words(value, target)]
        extra = [value for value in (english - french).elements() if not _in_words(value, source)]
        return missing, extra


def _in_words(value: Decimal, text: str) -> bool:
    words = _WORDS.get(int(value), ()) if value == value.to_integral_value() else ()
    return any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in words)


def _plain(value: Decimal) -> str:
    return f"{value:,f}"
