"""Every person, place and organisation of the French in the English, as itself or in a known form."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from comsum.checks.base import SegmentCheck
from comsum.terms.entity import Entity
from comsum.terms.lexicon import Entry, Matcher, data, fold, read_list
from comsum.translated import TranslatedSegment

_KINDS = ("person", "country", "place", "organisation", "document", "reference")
_STEM = 4  # letters of a country's name that its adjective shares: Mali, Malian; Russia, Russian


class NameCheck(SegmentCheck):
    """Score: share of the names of the French that the English shows; 0 when it names a country of its own."""

    kind = "name"

    def score(self, segment: TranslatedSegment) -> float:
        if self._invented(segment):
            return 0.0
        return 1.0 - len(self._missing(segment)) / max(1, len(_names(segment)))

    def explain(self, segment: TranslatedSegment) -> str:
        missing, invented = self._missing(segment), self._invented(segment)
        parts = (
            [f"not found in the English: {', '.join(f'{e.text} ({e.english})' for e in missing)}"] if missing else []
        )
        parts += [f"in the English, not in the French: {', '.join(invented)}"] if invented else []
        return "; ".join(parts)

    @staticmethod
    def _invented(segment: TranslatedSegment) -> list[str]:
        """Countries that the English names and the French does not, not even as an adjective (*malien*)."""
        named = {entity.value for entity in _with_parts(segment.entities)}
        source = fold(segment.segment.text)
        english = " ".join(entity.english for entity in segment.entities)
        return [
            found.english
            for found in _english_countries().find(segment.target)
            if found.value not in named and found.english not in english and not _stem_in(found, source)
        ]

    @staticmethod
    def _missing(segment: TranslatedSegment) -> list[Entity]:
        return [entity for entity in _names(segment) if not _shows(segment.target, entity)]


@functools.cache
def _english_countries() -> Matcher:
    entries = read_list(data("countries.tsv"))
    return Matcher("country", (Entry(entry.english, entry.english, entry.value) for entry in entries))


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


def _with_parts(entities: Sequence[Entity]) -> Iterator[Entity]:
    for entity in entities:
        yield entity
        yield from entity.parts


def _stem_in(country: Entity, source: str) -> bool:
    """Tell whether the French has a word that begins like the country: Mali, malienne; France, français."""
    entries = read_list(data("countries.tsv"))
    stems = {fold(entry.french)[:_STEM] for entry in entries if entry.value == country.value}
    return any(re.search(rf"(?<!\w){re.escape(stem)}", source) for stem in stems | {fold(country.english)[:_STEM]})
