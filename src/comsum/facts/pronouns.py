"""*Il* may be *he* or *it*: the release says which, the sentence alone does not.

A sentence model sees one sentence and guesses; here the subject is known from the sentences before. Where it is a
person and the English says *it*, the pronoun is mended.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from comsum.facts.acts import find_acts
from comsum.facts.people import find_persons
from comsum.facts.subjects import Subjects
from comsum.translated import TranslatedSegment, find_english

_HEAD = re.compile(
    r"^(?:[^,]{0,60}, )?(?P<pronoun>[Ii]l|[Ee]lle) "
    r"(?!y\b|faut\b|s['’]agit|est (?:clair|important|nécessaire|à noter)|(?:lui|leur) (?:a|est) |ressort|convient|importe|"
    r"a été (?:décidé|convenu|procédé|constaté|noté|relevé|rappelé|demandé|annoncé|question))"
)
# What a person has and an office has not; a small model writes *its* for both.
_POSSESSION = re.compile(
    r"\b(?P<whose>[Ii]ts|[Hh]is|[Hh]er) (?=(?:most |very )?(?:\w+ )?(?P<what>counterpart|condolences|gratitude|thanks|congratulations|"
    r"sympathy|appreciation|satisfaction|indignation|letters? of credence|credentials|predecessor|successor|wishes)\b)"
)
_PERSONS_TITLE = re.compile(
    r"(?:the |The )?(?:\w+ )?(?:President|Minister|Ambassador|Secretary-General|Head of State|Chairperson|Mediator|King|Director|"
    r"Commissioner|Representative|spokesperson|Governor)\b"
)
_WOMAN = re.compile(
    r"(?<!\w)(?:[Mm]me|Madame|Elle|[Ll]a (?:[Mm]inistre|[Pp]résidente|Secrétaire|Directrice|Porte-parole|Commissaire|Reine|Haute)|"
    r"[Ll]['’](?:Ambassadrice))(?!\w)"
)
_IT = re.compile(r"^((?:[^,]{0,80}, )?)([Ii])t\b")


def mend_pronouns(segments: Sequence[TranslatedSegment]) -> list[TranslatedSegment]:
    """Return the segments with *it* for a person turned into *he* or *she*, and *its counterpart* into *his* or *her*."""
    persons = find_persons(segments)
    subjects = Subjects(persons)
    names = {person.name for person in persons}
    return [_mended(segment, subjects, names) for segment in segments]


def _mended(segment: TranslatedSegment, subjects: Subjects, names: set[str]) -> TranslatedSegment:
    first = min((found.start for found in find_acts(segment.segment.text)), default=len(segment.segment.text))
    subject = subjects.of(segment, first)
    if not subject or (subject not in names and not _PERSONS_TITLE.match(subject)):
        return segment
    text, head = segment.segment.text, _HEAD.match(segment.segment.text)
    her = "her" if _WOMAN.search(text[:first]) else "his"
    target = _POSSESSION.sub(lambda match: f"{_like(her, match['whose'])} ", segment.target)
    if head and subject in names:
        word = "he" if head["pronoun"].lower() == "il" else "she"
        target = _IT.sub(lambda match: match[1] + _like(word, match[2]), target)
    if target == segment.target:
        return segment
    places = tuple(find_english(target, entity.english) for entity in segment.entities)
    return replace(segment, target=target, places=places)


def _like(word: str, other: str) -> str:
    """The word with a capital when the other has one."""
    return word.capitalize() if other[0].isupper() else word


def like_possessives(sentence: str, mended: str) -> str:
    """Say *his counterpart* where the mended sentence does, in another wording of it made without context."""
    known = {match["what"]: match["whose"].lower() for match in _POSSESSION.finditer(mended)}
    return _POSSESSION.sub(
        lambda match: f"{_like(known.get(match['what'], match['whose']), match['whose'])} ", sentence
    )
