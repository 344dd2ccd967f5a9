"""The summary: sentences chosen from the French, written short in English, accepted only when faithful."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from comsum.brief import SummarySentence
from comsum.checks import check_segments
from comsum.facts.acts import find_acts
from comsum.facts.people import Person, find_persons
from comsum.facts.subjects import Subjects
from comsum.summary.faithful import unsupported
from comsum.summary.realise import realise_appointments, realise_message, realise_visit
from comsum.summary.select import select
from comsum.summary.trim import trim
from comsum.terms.glossary import Glossary
from comsum.translated import TranslatedSegment

Translate = Callable[[Sequence[str]], Sequence[TranslatedSegment]]

_PRONOUN = re.compile(
    r"^(?:He|She|It(?! (?:is|was) (?:with|in|on|by|for|clear|important|necessary)\b)|They|The latter)\b"
)
_LOOSE_START = re.compile(r"^(?:In addition|Moreover|Furthermore|Also|However|Finally),? ", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """How long a summary may be."""

    sentences: int = 3
    words: int = 80


def summarise(
    segments: Sequence[TranslatedSegment], translate: Translate, limits: Limits
) -> tuple[SummarySentence, ...]:
    """Write the summary of a translated release; `translate` turns French sentences into translated segments."""
    persons = find_persons(segments)
    listed = _appointments(segments, persons)
    said = {identifier for sentence in listed for identifier in sentence.rests_on}
    chosen = select([s for s in segments if s.segment.id not in said], limits.sentences - len(listed))
    subjects = _subjects(segments, persons)
    shorter = translate(
        [trim(s.segment.text, s.entities, _french(subjects.get(s.segment.id), persons)) for s in chosen]
    )
    sentences = [
        _write(segment, short, persons, subjects.get(segment.segment.id))
        for segment, short in zip(chosen, shorter, strict=True)
    ]
    return _within([*listed, *sentences], limits)


def _appointments(segments: Sequence[TranslatedSegment], persons: Sequence[Person]) -> list[SummarySentence]:
    """A list of appointments is told as one sentence, from the facts."""
    made = realise_appointments(segments, persons)
    return [SummarySentence(made[0], tuple(made[1]), "facts")] if made else []


def _write(
    segment: TranslatedSegment, short: TranslatedSegment, persons: Sequence[Person], subject: str | None
) -> SummarySentence:
    """The best form of one sentence: from facts, shortened by the model, or its checked translation."""
    rests_on = (segment.segment.id,)
    realised = realise_visit(segment, persons) or realise_message(segment, persons, subject)
    names = [subject or "", *(word for person in persons for word in (person.name, *person.roles))]
    if realised and not unsupported(realised, [segment], names):
        return SummarySentence(realised, rests_on, "facts")
    known = [subject] if subject else []
    good = short.origin != "fallback" and not any(c.severity == "error" for c in check_segments([short], Glossary({})))
    if good and not unsupported(short.target, [segment], known):
        return SummarySentence(_standing(short.target, subject), rests_on, "model")
    return SummarySentence(_standing(segment.target, subject), rests_on, "translation")


def _standing(sentence: str, subject: str | None) -> str:
    """Make a sentence stand alone: a pronoun or connective at its head gives way to the name."""
    sentence = _LOOSE_START.sub("", sentence)
    if subject:
        sentence = _PRONOUN.sub(subject, sentence)
    return sentence[:1].upper() + sentence[1:]


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
    """Keep whole sentences up to the limit of words; the first always stays."""
    kept: list[SummarySentence] = []
    words = 0
    for sentence in sentences:
        words += len(sentence.text.split())
        if kept and words > limits.words:
            break
        kept.append(sentence)
    return tuple(kept)


__all__ = ["Limits", "summarise"]
