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
    r"^(?:[^,]{0,60}, )?(?P<pronoun>[Ii]l|[Ee]lle) (?!y\b|faut\b|s['’]agit|est (?:clair|important|nécessaire|à noter))"
)
_COUNTERPART = re.compile(r"\b([Ii])ts (?=(?:\w+ )?counterpart\b)")
_WOMAN = re.compile(r"(?<!\w)(?:[Mm]me|Madame|[Ll]a [Mm]inistre|[Ll]a [Pp]résidente|Elle)(?!\w)")
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
    if subject not in names:
        return segment
    text, head = segment.segment.text, _HEAD.match(segment.segment.text)
    her = "her" if _WOMAN.search(text) else "his"
    target = _COUNTERPART.sub(lambda match: (her.capitalize() if match[1] == "I" else her) + " ", segment.target)
    if head:
        word = "he" if head["pronoun"].lower() == "il" else "she"
        target = _IT.sub(lambda match: match[1] + (word.capitalize() if match[2] == "I" else word), target)
    if target == segment.target:
        return segment
    places = tuple(find_english(target, entity.english) for entity in segment.entities)
    return replace(segment, target=target, places=places)
