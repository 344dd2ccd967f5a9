"""Sentinels: entities leave the French before the model sees it, and `restore` brings them back in English after.

`protect` writes `<x0>` … `<x15>` where entities stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from comsum.terms.entity import Entity
from comsum.text.model_text import french_model_text

LIMIT = 16
_NUMBER = re.compile(r"<x(\d+)>")
_ORDER = (
    "term",
    "date",
    "number",
    "reference",
    "person",
    "document",
    "organisation",
    "role",
    "country",
    "place",
    "phrase",
)


@dataclass(frozen=True)
class Protected:
    """French text for the model, and the entity behind each sentinel by its number."""

    text: str
    entities: tuple[Entity, ...]


def sentinel(number: int) -> str:
    """The token that stands for entity `number`."""
    return f"<x{number}>"


def protect(text: str, entities: list[Entity]) -> Protected:
    """Replace up to 16 entities (the least forgivable first) by sentinels numbered from the left."""
    ranked = sorted(joined(text, entities), key=lambda entity: (_ORDER.index(entity.kind), entity.start))
    chosen = sorted(ranked[:LIMIT], key=lambda entity: entity.start)
    pieces: list[str] = []
    position = 0
    for number, entity in enumerate(chosen):
        lead = f"{entity.lead} " if entity.lead else ""
        pieces += [text[position : entity.start], lead, sentinel(number)]
        position = entity.end
    return Protected(french_model_text("".join([*pieces, text[position:]])), tuple(chosen))


def joined(text: str, entities: list[Entity]) -> list[Entity]:
    """Make one entity of a name and the functions in apposition to it: `X, Ministre …, Chef …`.

    The model then carries one sentinel instead of three, and cannot tear them apart.
    """
    chains: list[Entity] = []
    for entity in entities:
        last = chains[-1] if chains else None
        if last and _in_apposition(text, last, entity):
            english = f"{last.english}, {entity.english}"
            parts = (*(last.parts if last.value == "" else (last,)), entity)
            whole = text[last.start : entity.end]
            chains[-1] = Entity(last.kind, last.start, entity.end, whole, english, "", last.lead, parts)
        else:
            chains.append(entity)
    return chains


FRENCH_ARTICLE = re.compile(r"(?:l[ae]s? |l['’]|du |des |aux? )", re.IGNORECASE)


def has_article(entity: Entity) -> bool:
    """Tell whether a span begins with an article: *X, le Ministre de …* is two people, *X, Ministre de …* one."""
    return FRENCH_ARTICLE.match(entity.text) is not None


def _in_apposition(text: str, left: Entity, right: Entity) -> bool:
    kinds = {left.kind, right.kind}
    return (
        kinds <= {"person", "role"}
        and "role" in kinds | {p.kind for p in left.parts}
        and text[left.end : right.start] == ", "
        and not has_article(right)
    )


def sentinels_kept(source: str, target: str) -> bool:
    """Tell whether the target holds each sentinel of the source exactly once, and no other."""
    wanted, found = (sorted(_NUMBER.findall(text)) for text in (source, target))
    return wanted == found


def sentinels_within(source: str, target: str) -> bool:
    """Tell whether the target holds no sentinel twice and none that the source lacks."""
    found = _NUMBER.findall(target)
    return len(set(found)) == len(found) and set(found) <= set(_NUMBER.findall(source))
