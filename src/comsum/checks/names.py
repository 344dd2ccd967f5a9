"""Every person, place and organisation of the French in the English, as itself or in a known form."""

from __future__ import annotations

import re

from comsum.checks.base import SegmentCheck
from comsum.terms.entity import Entity
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_KINDS = ("person", "country", "place", "organisation", "document", "reference")
_STEM = 4  # letters of a country's name that its adjective shares: Mali, Malian; Russia, Russian


class NameCheck(SegmentCheck):
    """Score: share of the names of the French that the English shows."""

    kind = "name"

    def score(self, segment: TranslatedSegment) -> float:
        names = _names(segment)
        return 1.0 - len(self._missing(segment)) / max(1, len(names))

    def explain(self, segment: TranslatedSegment) -> str:
        names = ", ".join(f"{entity.text} ({entity.english})" for entity in self._missing(segment))
        return f"name: not found in the English: {names}"

    @staticmethod
    def _missing(segment: TranslatedSegment) -> list[Entity]:
        return [entity for entity in _names(segment) if not _shows(segment.target, entity)]


def _names(segment: TranslatedSegment) -> list[Entity]:
    return [entity for entity in segment.entities if entity.kind in _KINDS]


def _shows(target: str, entity: Entity) -> bool:
    folded = fold(target)
    forms = {fold(entity.english), fold(entity.text), fold(entity.english.removeprefix("the "))}
    if entity.kind == "person":
        forms = {fold(part) for part in entity.value.split(" ")[-1:]}
    if entity.kind in ("country", "place"):
        forms.add(fold(entity.english.removeprefix("the "))[: max(_STEM, len(entity.english) // 2)])
    return any(re.search(rf"(?<!\w){re.escape(form)}", folded) for form in forms)
