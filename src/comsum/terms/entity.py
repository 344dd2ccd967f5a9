"""What the French holds that must not be lost: entities, each with its English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "person", "role", "organisation", "place", "country", "date", "number", "document", "reference", "phrase", "term"
]

# When two entities overlap the longer wins; at equal length the earlier in this order.
PRIORITY: tuple[Kind, ...] = (
    "term",
    "document",
    "reference",
    "date",
    "person",
    "role",
    "organisation",
    "country",
    "place",
    "phrase",
    "number",
)


@dataclass(frozen=True)
class Entity:
    """A span of one French text, in characters, with what it is in English.

    `english` is ready for running text; `value` is the normalised form (ISO date or interval, number with unit,
    country code, canonical name). `lead` is the French word that must stand before the span's place-holder when
    the span itself took in an article (`du Ministre DIOP` → lead `de`). `parts` are entities inside this one.
    """

    kind: Kind
    start: int
    end: int
    text: str
    english: str
    value: str
    lead: str = ""
    parts: tuple[Entity, ...] = ()

    def moved(self, by: int) -> Entity:
        """The same entity in a text where everything stands `by` characters further on."""
        parts = tuple(part.moved(by) for part in self.parts)
        return replace(self, start=self.start + by, end=self.end + by, parts=parts)


def with_parts(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield each entity, then the entities inside it."""
    for entity in entities:
        yield entity
        yield from entity.parts


def without_overlaps(entities: Iterable[Entity]) -> list[Entity]:
    """Keep the longest of overlapping entities, in order of place; user terms always win."""
    rank = {kind: place for place, kind in enumerate(PRIORITY)}
    ordered = sorted(entities, key=lambda e: (e.kind != "term", e.start - e.end, rank[e.kind], e.start))
    kept: list[Entity] = []
    taken = bytearray(max((entity.end for entity in ordered), default=0))
    for entity in ordered:
        if not any(taken[entity.start : entity.end]):
            taken[entity.start : entity.end] = b"\1" * (entity.end - entity.start)
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)
