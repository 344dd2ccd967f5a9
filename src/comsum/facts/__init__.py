"""Key facts: found in the French, which is true, and located in the English."""

from __future__ import annotations

from collections.abc import Sequence

from comsum.brief import Fact
from comsum.facts.calendar import Calendar
from comsum.facts.happenings import happening_facts
from comsum.facts.people import find_persons, person_facts
from comsum.facts.things import thing_facts
from comsum.translated import TranslatedSegment


def extract_facts(segments: Sequence[TranslatedSegment], stated: str | None = None) -> tuple[Fact, ...]:
    """Return the facts of a release: people, things, then what was said and done.

    `stated` is the date that the release gives itself (ISO 8601); relative days are reckoned from it.
    """
    persons = find_persons(segments)
    names = frozenset(person.surname for person in persons)
    things = thing_facts(segments, Calendar(segments, stated), names)
    return (*person_facts(persons), *things, *happening_facts(segments, persons))


__all__ = ["extract_facts"]
