"""Write the lead from facts alone, when the facts are all there.

*X paid a working visit to PLACE from … at the invitation of Y* needs no model: every word of it is an entity
whose English is known, or the frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comsum.facts.people import Person
from comsum.terms.entity import Entity
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_HANDED = re.compile(r"(?:remis|remet|transmis|porteur d)\W+(?:\w+\W+){0,2}?(?:message|pli|lettre)")
_MEANT = re.compile(r"destine|adresse a|a l'attention")
_APPOINTS = re.compile(r"\bnomm(?:e|ee|es|ees)\b|nominations")
_FEWEST = 2
_VISIT = re.compile(r"effectu\w+\s+(?:\w+\s+){0,4}visite")


def realise_visit(segment: TranslatedSegment, persons: Sequence[Person]) -> str | None:
    """Write the sentence of a visit: visitor, kind of visit, place, dates, host. None when a part is missing."""
    text, entities = segment.segment.text, segment.entities
    if not _VISIT.search(fold(text)):
        return None
    visitor = next((p for p in persons if p.part == "visitor" and p.mention[0] is segment), None)
    place = next((e for e in entities if e.kind in ("place", "country") and _goes_to(text, e)), None)
    kind = next((e.english for e in entities if e.kind == "phrase" and e.english.endswith("visit")), "visit")
    if visitor is None or place is None:
        return None
    article = "an" if kind[0] in "aeio" else "a"
    parts = [_named(visitor), f"paid {article} {kind} to {place.english}"]
    parts += [_when(date) for date in entities if date.kind == "date" and date.start > place.start][:1]
    host = next((p for p in persons if p.part == "host" and p.mention[0] is segment), None)
    if host:
        parts.append(f"at the invitation of {_host(host)}")
    return " ".join(parts) + "."


def realise_message(segment: TranslatedSegment, persons: Sequence[Person], subject: str | None) -> str | None:
    """Write the sentence of a message delivered: bearer, kind of message, sender, addressee. None without all four."""
    folded = fold(segment.segment.text)
    handed, meant = _HANDED.search(folded), _MEANT.search(folded)
    if not (handed and meant and subject):
        return None
    names = [e for e in segment.entities if e.kind == "person"]
    sender = next((e for e in names if handed.end() <= e.start < meant.start()), None)
    receiver = next((e for e in names if e.start >= meant.end()), None)
    kind = next(
        (e.english for e in segment.entities if e.kind == "phrase" and e.english.endswith("message")), "message"
    )
    if sender is None or receiver is None:
        return None
    return f"{subject} delivered a {kind} from {_who(sender, persons)} to {_who(receiver, persons).rstrip(',')}."


def realise_appointments(
    segments: Sequence[TranslatedSegment], persons: Sequence[Person]
) -> tuple[str, list[int]] | None:
    """Write a list of appointments, `Appoints 3 people: NAME (function), …`, with the ids it rests on.

    None when the release has no list of at least two people appointed to a function, one an item.
    """
    listed = [p for p in persons if p.mention[0].segment.kind == "item" and p.roles]
    decree = next((s for s in segments if _APPOINTS.search(fold(s.segment.text))), None)
    if len(listed) < _FEWEST or decree is None:
        return None
    named = ", ".join(f"{person.name} ({person.roles[0]})" for person in listed)
    papers = [entity.english for entity in decree.entities if entity.kind == "document"]
    act = f"{papers[0]} appoints" if papers else "Appoints"
    ids = sorted({decree.segment.id, *(person.mention[0].segment.id for person in listed)})
    return f"{act} {len(listed)} people: {named}.", ids


def _who(entity: Entity, persons: Sequence[Person]) -> str:
    """`Vladimir Putin, President of the Russian Federation,` with the first of the functions known."""
    person = next((p for p in persons if p.surname == fold(entity.value.split(" ")[-1])), None)
    return f"{person.name}, {person.roles[0]}," if person and person.roles else entity.value


def _goes_to(text: str, entity: Entity) -> bool:
    before = fold(text[: entity.start]).rstrip()
    return entity.lead == "à" or before.endswith((" a", " en"))


def _named(person: Person) -> str:
    """`Minister of Foreign Affairs Abdoulaye Diop`: the function first when it is one, else after commas."""
    if not person.roles:
        return f"{person.title} {person.name}" if person.title else person.name
    if len(person.roles) == 1:
        return f"{person.roles[0]} {person.name}"
    return f"{person.name}, {' and '.join(person.roles)},"


def _host(host: Person) -> str:
    return f"{host.name}, {host.roles[0]}" if host.roles else host.name


def _when(date: Entity) -> str:
    english = date.english
    return english if english.startswith("from ") else ("in " if date.value.count("-") < 2 else "on ") + english
