"""Key facts: found in the French, which is true, and located in the English."""

from __future__ import annotations

from collections.abc import Sequence

from comsum.brief import Fact
from comsum.facts.happenings import happening_facts
from comsum.facts.people import find_persons, person_facts
from comsum.facts.things import thing_facts
from comsum.translated import TranslatedSegment


def extract_facts(segments: Sequence[TranslatedSegment]) -> tuple[Fact, ...]:
    """Return the facts of a release: people, things, then what was said and done."""
    persons = find_persons(segments)
    return (*person_facts(persons), *thing_facts(segments), *happening_facts(segments, persons))


__all__ = ["extract_facts"]
