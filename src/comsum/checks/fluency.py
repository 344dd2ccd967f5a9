"""Signs that the model went wrong: nothing, too little or too much, loops, French left over, low confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from comsum.brief import Severity
from comsum.checks.base import SegmentCheck
from comsum.models.translator import is_looping
from comsum.terms.lexicon import function_words
from comsum.translated import TranslatedSegment

# Also English words, or parts of names: they betray nothing by themselves.
_ENGLISH_TOO = re.compile(
    r"par|plus|sur|est|pour|dont|en|on|son|s[ea]|[dlsncj]|d[eu]|des|l[ea]|comme|mais|c[eo]|et|ou|qu|un", re.IGNORECASE
)
_COPIED = 3  # words in a row that stand in the French too, with a French one among them
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
    """Score: share of French function words among the English words that are no names; 1 when a run is copied."""

    kind = "untranslated"
    threshold = 0.12
    direction = "low"

    def score(self, segment: TranslatedSegment) -> float:
        words = _own_words(segment.target, segment.places)
        if _copies(words, segment.segment.text):
            return 1.0
        french = [word for word in words if word in function_words() and not _ENGLISH_TOO.fullmatch(word)]
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


def _copies(words: Sequence[str], source: str) -> bool:
    """Tell whether words in a row stand so in the French, a French one in their midst."""
    french = [word.lower() for word in _WORD.findall(source)]
    runs = {tuple(french[at : at + _COPIED]) for at in range(len(french) - _COPIED + 1)}
    return any(
        run in runs and not function_words().isdisjoint(run)
        for run in (tuple(words[at : at + _COPIED]) for at in range(len(words) - _COPIED + 1))
    )


def _own_words(target: str, places: Sequence[tuple[int, int] | None]) -> list[str]:
    """Lower-case words outside the restored entities."""
    kept = list(target)
    for place in places:
        if place:
            kept[slice(*place)] = " " * (place[1] - place[0])
    return [word.lower() for word in _WORD.findall("".join(kept))]
