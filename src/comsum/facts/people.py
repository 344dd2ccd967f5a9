"""Who: each person once, with the function found beside the name and the part played in a visit."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from comsum.brief import Fact
from comsum.terms.entity import Entity
from comsum.terms.lexicon import fold, titles
from comsum.terms.protect import has_article
from comsum.translated import TranslatedSegment
from comsum.wordlists import alternatives

_BEFORE = re.compile(r"^\s*[,:]?\s*$")
_AFTER = re.compile(r"^\s*[,(]\s*(?:et\s+)?$")
_BETWEEN = re.compile(r"^\s*(?:,|\bet\b)?\s*$")
_BETWEEN_BEFORE = re.compile(r"^\s*(?:,|\bet\b)?\s*(?:l['’]|le |la )?$")
_LONE = (
    "the Head of State",
    "the Prime Minister",
    "the Secretary-General",
    "the spokesperson",
    "the President",
    "the Minister",
)
# What may stand between a function and the comma before the name: *Ambassadeur de Suède à Bamako,*.
_PLACE = re.compile(r"^ (?:à|au|en|du|de|des|pour|auprès|dans|chargé) [^,.;:]{2,50}(?=,)")
_INVITED_BY = re.compile(r"\binvitation\s+(?:de|du|d')[^,;.]*,?\s*$")
_VISITS = re.compile(r"effectu\w+\s+(?:\w+\s+){0,4}(?:visite|deplacement|sejour)|en visite")


@functools.cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives(titles('honorifics').values())})(?=\s|$)")


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
                entity.value, (segment, entity), _title(segment, entity), roles.get(entity, []), _part(segment, entity)
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


def _title(segment: TranslatedSegment, entity: Entity) -> str | None:
    """The rank or office written before the name, without *Mr* and *His Excellency*."""
    title = _honorific().sub("", entity.english.removesuffix(entity.value)).strip()
    former = re.search(r"\bancien(?:ne)? $", fold(segment.segment.text[: entity.start]))
    return f"former {title}".strip() if former else title or None


def _merged(known: Person, new: Person) -> Person:
    fuller = new if len(new.name) > len(known.name) else known
    roles = list(dict.fromkeys([*known.roles, *new.roles]))
    return Person(fuller.name, fuller.mention, known.title or new.title, roles, known.part or new.part)


def _roles_beside(segment: TranslatedSegment) -> dict[Entity, list[str]]:
    """Give each run of functions to the person it stands by: `X, Ministre …, Chef …` or `le Ministre …, X`."""
    text, given = segment.segment.text, dict[Entity, list[str]]()
    run: list[Entity] = []
    owner: Entity | None = None
    for entity in segment.entities:
        if run and entity.kind in ("place", "country", "organisation") and "," not in text[run[-1].end : entity.start]:
            continue  # it belongs to the function
        gap = _PLACE.sub("", text[run[-1].end if run else owner.end if owner else 0 : entity.start])
        if _is_function(entity):
            joins = not (owner and has_article(entity)) and (
                _AFTER if not run else _BETWEEN if owner else _BETWEEN_BEFORE
            ).match(gap)
            owner = owner if joins else None
            run = [*run, entity] if run and joins else [entity]
            if owner:
                given.setdefault(owner, []).append(entity.english.removeprefix("the "))
        elif entity.kind == "person":
            if run and owner is None and _BEFORE.match(gap):
                given[entity] = [one.english.removeprefix("the ") for one in run]
            owner, run = entity, []
        else:
            owner, run = None, []
    return given


def _is_function(entity: Entity) -> bool:
    if entity.kind == "phrase":
        return entity.english.endswith(" counterpart") or entity.english in _LONE
    return entity.kind == "role"


def _part(segment: TranslatedSegment, entity: Entity) -> str | None:
    folded = fold(segment.segment.text)
    visits = _VISITS.search(folded)
    if not visits:
        return None
    if _INVITED_BY.search(folded[: entity.start]):
        return "host"
    return "visitor" if entity.end <= visits.start() else None
