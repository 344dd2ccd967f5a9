"""Signs that the model went wrong: nothing, too little or too much, loops, French left over, low confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from comsum.brief import Severity
from comsum.checks.base import SegmentCheck
from comsum.models.translator import is_looping
from comsum.translated import TranslatedSegment

_FRENCH_WORDS = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "est",
        "dans",
        "pour",
        "avec",
        "sur",
        "et",
        "aux",
        "que",
        "qui",
        "ont",
        "été",
        "sont",
        "cette",
        "leur",
        "leurs",
        "ses",
        "au",
        "par",
        "ce",
        "ne",
        "pas",
        "plus",
        "nous",
        "vous",
        "il",
        "elle",
        "ils",
        "elles",
        "ainsi",
        "dont",
        "où",
        "lors",
        "afin",
        "entre",
        "notre",
    ]
)
_ENGLISH_TOO = frozenset({"par", "plus", "sur", "est", "pour", "dont"})
_WORD = re.compile(r"[^\W\d_]+")


class EmptyCheck(SegmentCheck):
    """Score: characters of the English (0 fails)."""

    kind = "empty"

    def score(self, segment: TranslatedSegment) -> float:
        return float(len(segment.target.strip()))

    def explain(self, segment: TranslatedSegment) -> str:
        return "the model gave no English; read the French"


class LengthCheck(SegmentCheck):
    """Score: how far the length ratio is from its usual range, in factors (1 = inside).

    English is 0.55 to 1.5 times as long as French in 99 % of the sentence pairs of the development sets.
    """

    kind = "length"
    severity: ClassVar[Severity] = "warning"
    threshold = 1.0
    direction = "low"
    low, high = 0.55, 1.5

    def score(self, segment: TranslatedSegment) -> float:
        if len(segment.segment.text) < 40 or not segment.target:
            return 1.0
        ratio = len(segment.target) / len(segment.segment.text)
        return max(1.0, self.low / ratio, ratio / self.high)

    def explain(self, segment: TranslatedSegment) -> str:
        shorter = len(segment.target) < len(segment.segment.text)
        return f"the English is much {'shorter' if shorter else 'longer'} than the French"


class RepetitionCheck(SegmentCheck):
    """Score: 1 when the English loops, else 0."""

    kind = "repetition"
    threshold = 0.0
    direction = "low"

    def score(self, segment: TranslatedSegment) -> float:
        return float(is_looping(segment.target, segment.segment.text))

    def explain(self, segment: TranslatedSegment) -> str:
        return "the English repeats itself; read the French"


class UntranslatedCheck(SegmentCheck):
    """Score: share of French function words among the English words that are no names."""

    kind = "untranslated"
    threshold = 0.12
    direction = "low"

    def score(self, segment: TranslatedSegment) -> float:
        words = _own_words(segment.target, segment.places)
        french = [word for word in words if word in _FRENCH_WORDS - _ENGLISH_TOO]
        return len(french) / max(4, len(words))

    def explain(self, segment: TranslatedSegment) -> str:
        return "part of the sentence is still French"


class ConfidenceCheck(SegmentCheck):
    """Score: the model's mean log probability per token (0 = sure)."""

    kind = "confidence"
    severity: ClassVar[Severity] = "warning"
    threshold = -1.0

    def score(self, segment: TranslatedSegment) -> float:
        # A sentence translated piece by piece has been flagged as such already.
        return 0.0 if segment.score is None or segment.origin == "fallback" else segment.score

    def explain(self, segment: TranslatedSegment) -> str:
        return "the model was unsure of this sentence"


class FallbackCheck(SegmentCheck):
    """Score: 1 when the sentence had to be translated piece by piece, else 0."""

    kind = "fallback"
    severity: ClassVar[Severity] = "warning"
    threshold = 0.0
    direction = "low"

    def score(self, segment: TranslatedSegment) -> float:
        return float(segment.origin == "fallback")

    def explain(self, segment: TranslatedSegment) -> str:
        return "translated piece by piece; names and numbers are right, the wording is rough"


def _own_words(target: str, places: Sequence[tuple[int, int] | None]) -> list[str]:
    """Lower-case words outside the restored entities."""
    kept = list(target)
    for place in places:
        if place:
            kept[slice(*place)] = " " * (place[1] - place[0])
    return [word.lower() for word in _WORD.findall("".join(kept))]
