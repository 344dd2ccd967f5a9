"""Who speaks or acts in a sentence: the subject before its verb, pronouns resolved to the one before."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from importlib.resources import files

from comsum.facts.people import Person
from comsum.terms.lexicon import demonyms, fold
from comsum.translated import TranslatedSegment

_PRONOUN = re.compile(r"(?<!\w)(?:il|elle|ils|elles|ce dernier|cette derniere)(?!\w)")
_LONE_TITLE = re.compile(
    r"(?<!\w)le (ministre|president|premier ministre|chef de l'etat|general|colonel)(?= \w+)(?! d)"
)
_ACTORS = ("person", "role", "organisation", "country")


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    lines = files("comsum.facts").joinpath("data/subjects.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((re.compile(rf"(?<!\w){french}(?!\w)"), english) for french, english in rows)


class Subjects:
    """Finds subjects sentence after sentence, remembering the last one for pronouns."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self._persons = {person.surname: person for person in persons}
        self._ministers = [person for person in persons if any("Minister" in title for title in _titles(person))]
        self._last: dict[str, str] = {}

    def of(self, segment: TranslatedSegment, before: int) -> str | None:
        """Return the English name of the subject standing left of character `before`, None when unknown."""
        found = self._named(segment, before) or self._described(segment, before)
        if found is None:
            return None
        number = "many" if found.startswith(("the two", "the parties", "the delegations", "the talks")) else "one"
        self._last[number] = found
        return found

    def _named(self, segment: TranslatedSegment, before: int) -> str | None:
        """A name at the head of the clause; for `le Ministre …, Abdoulaye DIOP` the person, not the function."""
        text = segment.segment.text
        heads = [e for e in segment.entities if e.kind in _ACTORS and e.end <= before and self._is_head(text, e.start)]
        for entity in heads:
            if entity.kind == "person":
                return self.name(entity.value)
        return heads[0].english if heads else None

    @staticmethod
    def _is_head(text: str, start: int) -> bool:
        """A head follows a clause boundary or the article, not a preposition that makes it a complement."""
        left = fold(text[:start]).rstrip()
        left = re.sub(r"(?:^|(?<=\s))(?:l'|le|la|les)$", "", left).rstrip()
        if re.search(r"(?:^|\W)(?:de|du|des|d'|a|au|aux|avec|par|pour|en|dans|sur|entre|chez|vers|envers)$", left):
            return False
        return not left or left.endswith((",", ":", '"', "«", "“")) or len(left.split()) <= 3

    def _described(self, segment: TranslatedSegment, before: int) -> str | None:
        clause = fold(segment.segment.text[:before])
        for pattern, english in _patterns():
            if match := pattern.search(clause):
                return english.format(demonyms().get(match[1], match[1])) if match.groups() else english
        if _LONE_TITLE.search(clause) and len(self._ministers) >= 1:
            return self._visitor() or self._ministers[0].name
        if match := _PRONOUN.search(clause):
            return self._last.get("many" if match.group().endswith("s") else "one")
        return None

    def _visitor(self) -> str | None:
        return next((person.name for person in self._ministers if person.part == "visitor"), None)

    def name(self, value: str) -> str:
        """The fullest name of a person mentioned by `value`."""
        person = self._persons.get(fold(value.rsplit(" ", maxsplit=1)[-1]))
        return person.name if person else value


def _titles(person: Person) -> list[str]:
    return [*person.roles, person.title or ""]
