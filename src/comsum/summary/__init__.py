"""The summary: sentences chosen from the French, written short in English, accepted only when faithful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comsum.brief import SummarySentence
from comsum.facts.acts import find_acts
from comsum.facts.people import Person, find_persons
from comsum.facts.subjects import Subjects
from comsum.models.requests import Steps
from comsum.summary.realise import realise_appointments
from comsum.summary.select import select, usable
from comsum.summary.trim import trim
from comsum.summary.write import Forms, Write, write
from comsum.translated import TranslatedSegment

SPARE = 1  # sentences more than asked for are written, for the case that one does not fit the limit of words
SHORT_RELEASE = 2  # sentences; a release no longer than this is its own summary


@dataclass(frozen=True)
class Limits:
    """How long a summary may be."""

    sentences: int = 3
    words: int = 80


def summarise(segments: Sequence[TranslatedSegment], ask: Write, limits: Limits) -> Steps[tuple[SummarySentence, ...]]:
    """Write the summary of a translated release; `ask` has the model translate or shorten French sentences."""
    persons = find_persons(segments)
    listed = _appointments(segments, persons)
    said = {identifier for sentence in listed for identifier in sentence.rests_on}
    chosen = select([s for s in segments if s.segment.id not in said], limits.sentences - len(listed) + SPARE)
    subjects = _subjects(segments, persons)
    shorter = [trim(s.segment.text, s.entities, _french(subjects.get(s.segment.id), persons)) for s in chosen]
    trimmed = yield from ask(shorter, "translate")
    gists = yield from ask(shorter, "shorten")
    forms = [Forms(*three) for three in zip(chosen, trimmed, gists, strict=True)]
    if len(usable(segments)) <= SHORT_RELEASE:
        forms = [Forms(segment, None, None) for segment in chosen]
    written = [write(form, persons, subjects.get(form.segment.segment.id)) for form in forms]
    return _within([*listed, *written], limits)


def _appointments(segments: Sequence[TranslatedSegment], persons: Sequence[Person]) -> list[SummarySentence]:
    """A list of appointments is told as one sentence, from the facts."""
    made = realise_appointments(segments, persons)
    return [SummarySentence(made[0], tuple(made[1]), "facts")] if made else []


def _subjects(segments: Sequence[TranslatedSegment], persons: Sequence[Person]) -> dict[int, str]:
    """The subject of each sentence whose first word is a pronoun or a bare function."""
    finder = Subjects(persons)
    found: dict[int, str] = {}
    for segment in segments:
        first = min((item.start for item in find_acts(segment.segment.text)), default=0)
        subject = finder.of(segment, first)
        if subject:
            found[segment.segment.id] = subject
    return found


def _french(subject: str | None, persons: Sequence[Person]) -> str | None:
    """The French name to write for a pronoun, when its subject is a person of the release."""
    for person in persons:
        if subject == person.name:
            return person.mention[1].text
    return None


def _within(sentences: Sequence[SummarySentence], limits: Limits) -> tuple[SummarySentence, ...]:
    """Keep whole sentences, the weightiest first, up to the limits; then the lead, and the others in their order."""
    kept: list[SummarySentence] = []
    words = 0
    for sentence in sentences:
        length = len(sentence.text.split())
        if len(kept) < limits.sentences and (not kept or words + length <= limits.words):
            kept.append(sentence)
            words += length
    return tuple(kept[:1] + sorted(kept[1:], key=lambda sentence: sentence.rests_on))


__all__ = ["Limits", "summarise"]
