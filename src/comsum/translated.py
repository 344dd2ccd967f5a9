"""A segment on its way through the pipeline: French, its entities, English, and where the entities are there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from comsum.brief import Origin, Span
from comsum.terms.entity import Entity
from comsum.text.segment import Segment


@dataclass(frozen=True)
class TranslatedSegment:
    """One translated segment. `places[i]` is where `entities[i]` stands in `target`, None when it does not."""

    segment: Segment
    entities: tuple[Entity, ...]
    target: str
    places: tuple[tuple[int, int] | None, ...]
    score: float | None
    origin: Origin

    def source_span(self, start: int, end: int) -> Span:
        """A span of the French text."""
        return Span(self.segment.id, start, end, self.segment.text[start:end])

    def target_span(self, place: tuple[int, int] | None) -> Span | None:
        """A span of the English text, None for None."""
        return Span(self.segment.id, *place, self.target[slice(*place)]) if place else None

    def entity_spans(self, entity: Entity) -> tuple[Span, Span | None]:
        """Where an entity (or a part of one) stands on both sides."""
        source = self.source_span(entity.start, entity.end)
        if entity in self.entities:
            return source, self.target_span(self.places[self.entities.index(entity)])
        return source, self.target_span(find_english(self.target, entity.english))


def find_english(target: str, english: str) -> tuple[int, int] | None:
    """Find English words in a sentence, without regard to the first letter's case."""
    if not english:
        return None
    bare = english.removeprefix("the ")
    pattern = rf"(?<!\w)(?i:{re.escape(bare[0])}){re.escape(bare[1:])}(?!\w)"
    match = re.search(pattern, target)
    return match.span() if match else None
