"""Where, when, how much and which documents: one fact for each thing named, at its first mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from comsum.brief import Fact
from comsum.facts.calendar import Calendar
from comsum.terms.dates import english_date
from comsum.terms.entity import Entity, with_parts
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_KINDS = {
    "country": "place",
    "place": "place",
    "organisation": "organisation",
    "document": "document",
    "reference": "document",
    "date": "date",
    "number": "number",
    "term": "term",
}


def thing_facts(segments: Sequence[TranslatedSegment], calendar: Calendar, names: frozenset[str]) -> list[Fact]:
    """Gather places, organisations, documents, dates and numbers, each value once.

    `names` are the folded family names of the release: a name in capitals is no acronym.
    """
    facts: dict[tuple[str, str], Fact] = {}
    for segment in segments:
        for entity in with_parts(segment.entities):
            if not _is_fact(entity, names):
                continue
            fact = _fact(segment, entity, calendar)
            known = facts.setdefault((fact.kind, fact.value), fact)
            if known.target is None and fact.target is not None:
                facts[fact.kind, fact.value] = replace(fact, part=known.part)
            elif known.part is None and fact.part:
                facts[fact.kind, fact.value] = replace(known, part=fact.part)
    return _without_part_dates(list(facts.values()))


def _is_fact(entity: Entity, names: frozenset[str]) -> bool:
    if entity.kind == "organisation":
        return fold(entity.value) not in names
    ordinal = entity.kind == "number" and entity.text.endswith(("e", "er", "re"))
    return entity.kind in _KINDS and not ordinal


def _fact(segment: TranslatedSegment, entity: Entity, calendar: Calendar) -> Fact:
    source, target = segment.entity_spans(entity)
    if entity.kind == "date":
        value, reckoned = calendar.reckon(entity.value)
        return Fact("date", english_date(value), value, source, target, part=reckoned)
    label = entity.english.removeprefix("the ")
    return Fact(_KINDS[entity.kind], label, entity.value, source, target, part=_venue(segment, entity))


def _venue(segment: TranslatedSegment, entity: Entity) -> str | None:
    """A town after *à* in a sentence that tells of a visit or meeting is where it took place."""
    text = segment.segment.text
    before = text[: entity.start].rstrip()
    if entity.kind == "place" and before.endswith(" à") and ("visite" in text or "réuni" in text or "tenu" in text):
        return "venue"
    return None


def _without_part_dates(facts: list[Fact]) -> list[Fact]:
    """Drop a bare year or month that a fuller date already says."""
    dates = [fact.value for fact in facts if fact.kind == "date"]

    def is_said(fact: Fact) -> bool:
        shorter = fact.kind == "date" and len(fact.value) <= 7 and not fact.value.startswith("T")
        return shorter and any(other != fact.value and other.startswith(fact.value + "-") for other in dates)

    return [fact for fact in facts if not is_said(fact)]
