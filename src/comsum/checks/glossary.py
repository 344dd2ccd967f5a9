"""The user's terms: used where they should be, and words to avoid not used."""

from __future__ import annotations

import re

from comsum.checks.base import SegmentCheck
from comsum.terms.glossary import Glossary
from comsum.translated import TranslatedSegment


class GlossaryCheck(SegmentCheck):
    """Score: 1 minus the number of terms missing and of words to avoid that were used."""

    kind = "glossary"

    def __init__(self, glossary: Glossary) -> None:
        self._avoid = glossary.avoid

    def score(self, segment: TranslatedSegment) -> float:
        return 1.0 - len(self._missing(segment)) - len(self._avoided(segment))

    def explain(self, segment: TranslatedSegment) -> str:
        parts = [f"“{english}” should be in the English" for english in self._missing(segment)]
        parts += [f"“{word}” is a word to avoid" for word in self._avoided(segment)]
        return "; ".join(parts)

    @staticmethod
    def _missing(segment: TranslatedSegment) -> list[str]:
        terms = zip(segment.entities, segment.places, strict=True)
        return [entity.english for entity, place in terms if entity.kind == "term" and place is None]

    def _avoided(self, segment: TranslatedSegment) -> list[str]:
        return [word for word in self._avoid if re.search(rf"\b{re.escape(word)}\b", segment.target, re.IGNORECASE)]
