"""The forms in which a chosen sentence can be told, and which of them is safe to print.

From the best to the safest: written from checked facts, shortened by the model, trimmed in French and translated, and
the checked translation as it stands. A form is used only when nothing in it is without ground in its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from comsum.brief import SummarySentence
from comsum.checks import check_segments
from comsum.facts.people import Person
from comsum.facts.pronouns import like_possessives
from comsum.models.requests import Steps, Task
from comsum.summary.faithful import unsupported
from comsum.summary.realise import realise_message, realise_visit
from comsum.terms.entity import Entity
from comsum.terms.glossary import Glossary
from comsum.translated import TranslatedSegment

Write = Callable[[Sequence[str], Task], Steps[list[TranslatedSegment | None]]]

_PRONOUN = re.compile(
    r"^(?:He|She|It(?! (?:is|was) (?:with|in|on|by|for|clear|important|necessary)\b)|They|The latter)\b"
)
_LOOSE_START = re.compile(r"^(?:In addition|Moreover|Furthermore|Also|However|Finally),? ", re.IGNORECASE)
# A gist may leave places and bodies out, and is shorter than its French; the other checks hold for it as for any sentence.
_GIST_MAY = frozenset({"name", "length", "glossary"})
_BODIES = ("organisation", "country")
# Of the words of the trimmed translation: less has lost more than courtesies, more is another wording and no shorter.
_LEAST_KEPT, _MOST_KEPT = 0.45, 0.9
_LESS_SURE = 0.1  # of the log probability a token; a gist that the model is less sure of by more reads badly


class Forms(NamedTuple):
    """A chosen segment, its French trimmed and translated, and the model's gist of it; None when not made."""

    segment: TranslatedSegment
    trimmed: TranslatedSegment | None
    gist: TranslatedSegment | None


def write(forms: Forms, persons: Sequence[Person], subject: str | None) -> SummarySentence:
    """The first form of a sentence that may be printed, standing on its own."""
    segment = forms.segment
    rests_on = (segment.segment.id,)
    realised = realise_visit(segment, persons) or realise_message(segment, persons, subject)
    names = [subject or "", *(word for person in persons for word in (person.name, *person.roles))]
    if realised and not unsupported(realised, [segment], names):
        return SummarySentence(realised, rests_on, "facts")
    for short in _shorter(forms):
        if not unsupported(short.target, [segment], [subject] if subject else []):
            english = like_possessives(short.target, segment.target)
            return SummarySentence(standing(english, subject), rests_on, "model")
    return SummarySentence(standing(segment.target, subject), rests_on, "translation")


def _shorter(forms: Forms) -> Iterator[TranslatedSegment]:
    trimmed, gist = forms.trimmed, forms.gist
    if gist and trimmed and _is_better(gist, trimmed) and not _errors(gist) - _GIST_MAY:
        yield gist
    if trimmed and trimmed.origin != "fallback" and not _errors(trimmed):
        yield trimmed


def _errors(segment: TranslatedSegment) -> set[str]:
    return {c.kind for c in check_segments([segment], Glossary({})) if c.severity == "error" or c.kind == "negation"}


def _is_better(gist: TranslatedSegment, trimmed: TranslatedSegment) -> bool:
    """A gist is told when it is truly shorter, the model about as sure of it, and nobody is lost."""
    words, most = len(gist.target.split()), len(trimmed.target.split())
    sure = trimmed.origin == "fallback" or (gist.score or 0.0) >= (trimmed.score or 0.0) - _LESS_SURE
    return _LEAST_KEPT * most <= words <= _MOST_KEPT * most and sure and _tells_who(gist)


def _tells_who(gist: TranslatedSegment) -> bool:
    """The first name of the French, who acts in most sentences, and all persons, functions and peoples must be there."""
    named = [
        pair for pair in zip(gist.entities, gist.places, strict=True) if pair[0].kind in _BODIES or _is_who(pair[0])
    ]
    return all(place for at, (entity, place) in enumerate(named) if at == 0 or _is_who(entity))


def _is_who(entity: Entity) -> bool:
    return entity.kind in ("person", "role") or entity.english.endswith("people")


def standing(sentence: str, subject: str | None) -> str:
    """Make a sentence stand alone: a pronoun or connective at its head gives way to the name."""
    sentence = _LOOSE_START.sub("", sentence)
    if subject:
        sentence = _PRONOUN.sub(subject, sentence)
    return sentence[:1].upper() + sentence[1:]
