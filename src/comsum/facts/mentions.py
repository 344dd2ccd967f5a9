"""Whom a description means: *le Ministre nigérien*, *le Chef de l'État*, *son homologue russe* are people of the release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from comsum.facts.people import Person
from comsum.terms.entity import Entity
from comsum.terms.lexicon import country_entries, demonyms, fold, peoples
from comsum.wordlists import alternatives

# Folded French function → words of which one must be in the English function of the person meant, the likeliest first.
_FUNCTIONS = {
    "ministre": ("Minister",),
    "ministre d'etat": ("Minister of State",),
    "premier ministre": ("Prime Minister",),
    "president": ("President", "Chair", "Speaker"),
    "presidente": ("President", "Chair", "Speaker"),
    "president de la republique": ("President of",),
    "president de la transition": ("President of the Transition",),
    "president de la commission": ("Commission",),
    "president du faso": ("President of Faso",),
    "chef de l'etat": ("Head of State", "President of"),
    "chef de la diplomatie": ("Foreign", "External"),
    "ambassadeur": ("Ambassador",),
    "ambassadrice": ("Ambassador",),
    "secretaire general": ("Secretary-General",),
    "secretaire generale": ("Secretary-General",),
    "representant special": ("Special Representative",),
    "representante speciale": ("Special Representative",),
    "mediateur": ("Mediator",),
    "directeur general": ("Director-General",),
    "directrice generale": ("Director-General",),
    "diplomate": ("Ambassador", "Foreign"),
    "homologue": ("counterpart", "Minister", "President"),
    "general": ("General",),
    "colonel": ("Colonel",),
}


class Mentions:
    """Finds the persons of a release behind descriptions."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self._persons = persons
        functions, nations = alternatives(_FUNCTIONS), alternatives(demonyms())
        self._pattern = re.compile(
            rf"(?<!\w)(?:(?:le|la|l'|au|du|son|sa) ?)(?P<function>{functions})(?: (?P<nation>{nations}))?(?!\w)(?! de | du | des | d')"
        )

    def name(self, value: str) -> str:
        """The fullest name of a person mentioned by `value`."""
        surname = fold(value.rsplit(" ", maxsplit=1)[-1])
        return next((person.name for person in self._persons if person.surname == surname), value)

    def find(self, folded: str) -> Iterator[tuple[int, int, Person]]:
        """Yield (start, end, person) for each description in folded French that means somebody."""
        for match in self._pattern.finditer(folded):
            person = self._meant(match["function"], match["nation"])
            if person:
                yield *match.span(), person

    def of_role(self, role: Entity) -> Person | None:
        """The holder of a function that stands without a name; one of a country or body must be theirs by the word."""
        holder = next((person for person in self._persons if role.english.removeprefix("the ") in person.roles), None)
        return holder or (None if role.parts else self.person(fold(role.text)))

    def person(self, folded: str) -> Person | None:
        """The person whom a whole phrase means, None when nobody or too many."""
        words = re.match(
            rf"(?:(?:le|la|l'|son|sa) ?)?(?P<function>{alternatives(_FUNCTIONS)})(?!\w)(?: (?P<rest>.*))?", folded
        )
        if not words:
            return None
        rest = words["rest"] or ""
        nation = next((word for word in rest.split() if word in demonyms()), None)
        return self._meant(words["function"], nation)

    def _meant(self, function: str, nation: str | None) -> Person | None:
        words = _FUNCTIONS[function]  # of several, those before are meant rather
        for word in words:
            fitting = self._fitting(word, function, nation)
            if fitting:
                return next((p for p in fitting if p.part == "visitor"), fitting[0])
        return None

    def _fitting(self, word: str, function: str, nation: str | None) -> Sequence[Person]:
        fitting = [p for p in self._persons if any(word in role for role in _functions(p))]
        if function == "ministre":
            fitting = [p for p in fitting if not any("Prime Minister" in role for role in _functions(p))] or fitting
        if nation:
            own = [p for p in fitting if _is_of(p, nation)]
            return own or ([] if function == "homologue" else _without_nation(fitting))
        return [] if function == "homologue" else fitting


def _functions(person: Person) -> list[str]:
    return [*person.roles, person.title or ""]


def _is_of(person: Person, nation: str) -> bool:
    """Tell whether a function names the country or the nationality."""
    adjective = demonyms()[nation]
    code = next((code for code, people in peoples().items() if adjective in people.english), None)
    names = {entry.english for entry in country_entries().values() if entry.value == code}
    names |= {adjective, *(people + "s" for people in (peoples()[code].english if code else ()))}
    return any(name in role for role in _functions(person) for name in names)


def _without_nation(persons: Sequence[Person]) -> list[Person]:
    """Those of whom no country is known: the release is its own minister's."""
    names = {entry.english for entry in country_entries().values()} | set(demonyms().values())
    return [p for p in persons if not any(name in role for role in _functions(p) for name in names)]
