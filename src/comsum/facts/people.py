"""Who: each person once, with the function found beside the name and the part played in a visit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comsum.brief import Fact
from comsum.terms.entity import Entity
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_BEFORE = re.compile(r"^\s*,?\s*$")
_AFTER = re.compile(r"^\s*[,(]\s*(?:et\s+)?$")
_INVITED_BY = re.compile(r"\binvitation\s+(?:de|du|d')\s*$")
_VISITS = re.compile(r"effectu\w+\s+(?:\w+\s+){0,4}(?:visite|deplacement|sejour)|en visite")


@dataclass
class Person:
    """Somebody named in the release; mentions under other forms of the name are the same person."""

    name: str
    mention: tuple[TranslatedSegment, Entity]
    title: str | None = None
    roles: list[str] = field(default_factory=list)
    part: str | None = None

    @property
    def surname(self) -> str:
        """The folded last part of the name."""
        return fold(self.name.split(" ")[-1])


def find_persons(segments: Sequence[TranslatedSegment]) -> list[Person]:
    """Gather the persons of a release in order of appearance, the fullest form of each name kept."""
    persons: dict[str, Person] = {}
    for segment in segments:
        roles = _roles_beside(segment)
        for entity in (entity for entity in segment.entities if entity.kind == "person"):
            person = Person(
                entity.value, (segment, entity), _title(entity), roles.get(entity, []), _part(segment, entity)
            )
            known = persons.get(person.surname)
            persons[person.surname] = _merged(known, person) if known else person
    return list(persons.values())


def person_facts(persons: Iterable[Person]) -> list[Fact]:
    """One fact a person."""
    facts = []
    for person in persons:
        segment, entity = person.mention
        source, target = segment.entity_spans(entity)
        role = ", ".join(person.roles) or person.title
        facts.append(Fact("person", person.name, person.name, source, target, role, person.part))
    return facts


def _title(entity: Entity) -> str | None:
    title = entity.english.removesuffix(entity.value).strip()
    return title if title not in ("", "Mr", "Ms", "H.E. Mr", "H.E. Ms", "His Excellency Mr") else None


def _merged(known: Person, new: Person) -> Person:
    fuller = new if len(new.name) > len(known.name) else known
    roles = list(dict.fromkeys([*known.roles, *new.roles]))
    return Person(fuller.name, fuller.mention, known.title or new.title, roles, known.part or new.part)


def _roles_beside(segment: TranslatedSegment) -> dict[Entity, list[str]]:
    """Give each function to the person it stands by: `X, Ministre …` or `le Ministre …, X`."""
    text, entities = segment.segment.text, segment.entities
    given: dict[Entity, list[str]] = {}
    for before, after in pairwise(entities):
        between = text[before.end : after.start]
        if after.kind == "role" and _AFTER.match(between):
            owner = before if before.kind == "person" else _owner_of(before, given)
            if owner:
                given.setdefault(owner, []).append(after.english)
        elif (
            before.kind == "role" and after.kind == "person" and _BEFORE.match(between) and not _owner_of(before, given)
        ):
            given.setdefault(after, []).append(before.english)
    return given


def _owner_of(role: Entity, given: dict[Entity, list[str]]) -> Entity | None:
    for person, roles in given.items():
        if role.kind == "role" and roles[-1] == role.english and person.end <= role.start:
            return person
    return None


def _part(segment: TranslatedSegment, entity: Entity) -> str | None:
    folded = fold(segment.segment.text)
    if not _VISITS.search(folded):
        return None
    if _INVITED_BY.search(folded[: entity.start]):
        return "host"
    return "visitor" if entity.end <= _VISITS.search(folded).start() else None  # type: ignore[union-attr]
