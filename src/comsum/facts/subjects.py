"""Who speaks or acts in a sentence: the subject before its verb, pronouns and bare functions resolved.

A subject is a noun phrase that no preposition makes a complement. The nearest one left of the verb wins; what stands
in apposition to a person (*Abdoulaye DIOP, Ministre des Affaires étrangères,*) is that person.
"""

from __future__ import annotations

import functools
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from comsum.facts.mentions import Mentions
from comsum.facts.people import Person
from comsum.terms.entity import Entity
from comsum.terms.lexicon import demonyms, fold
from comsum.terms.protect import has_article
from comsum.terms.roles import with_article
from comsum.translated import TranslatedSegment
from comsum.wordlists import data_lines

# *Il lui a été notifié*, *il a été convenu*: nobody.
_NOBODY = (
    r"(?! (?:(?:lui|leur|nous) (?:a|est) |a ete (?:decide|convenu|procede|constate|note|releve|rappele|demande|annonce|question)|"
    r"faut|s'agit|y a|ressort|convient|importe|existe))"
)
_PRONOUN = re.compile(rf"(?<!\w)(?:ils|elles|il{_NOBODY}|elle|ce dernier|cette derniere|ces derniers)(?!\w)")
_COMPLEMENT = re.compile(
    r"(?:^|\W)(?:de|du|des|d'|a|au|aux|avec|par|pour|en|dans|sur|sous|entre|chez|vers|envers|contre|dont)$"
)
_ARTICLE = re.compile(r"(?:^|(?<=[\s'(«\"]))(?:l'|le|la|les|son|sa|leur|monsieur|madame|m\.|mme)$")
# What may stand between a verb and whom it is said or done to: adverbs, objects of condolences and thanks, articles.
_TO = re.compile(
    r"\s*(?:\w+ment |hier |egalement |aussi |en audience,? |en tete-a-tete |de travail |longuement )*(?:les plus \w+ )?(?:(?:a|au|aux|avec|par|pour|a la|a l'|le|la|les|l'|son|sa|leur|leurs|m\.|mme) ?)*"
)
_BESIDE_NAME = re.compile(r"[^,]{0,40}, (?:m\. |mme )?")  # *la Directrice de … pour le Togo, Mme X*
_AND = re.compile(r",? et (?:l'|la |le |de )?")
# Between a subject and its verb: the comma that ends an apposition, an auxiliary, an adverb.
_NEXT_TO = re.compile(r",? ?(?:(?!et )\S+ ){0,4}")
# « … », a déclaré le Ministre: the subject stands after its verb.
_INVERTED = re.compile(r"[,»\"”] ?(?:a|ont|s'est|y)?\s*$")
MOST_BODIES = 50  # of full names remembered, for those called by their first word later
_ACTORS = ("person", "role", "organisation", "country")
_MANY = (  # beginnings of English subjects that *ils* takes up
    "the two",
    "the parties",
    "the delegations",
    "the talks",
    "the members",
    "the observation",
    "both",
)


@dataclass(frozen=True)
class _Candidate:
    """A phrase that could be the subject, at `[start:end]` of the French; `sure` when it names a person or body."""

    start: int
    end: int
    english: str
    sure: bool = True


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t") for line in data_lines("comsum.facts", "subjects.tsv"))
    return tuple((re.compile(rf"(?<!\w){french}(?!\w)"), english) for french, english in rows)


@functools.cache
def _objects() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The same phrases after a verb, their article joined to *à* and *de*."""
    joined = {"les ": "(?:les|aux) ", "le ": "(?:le|au) ", "la ": "(?:a la|la) ", "l'": "(?:a l'|l')"}
    made = []
    for pattern, english in _patterns():
        bare = pattern.pattern.removeprefix(r"(?<!\w)")
        article = next((one for one in joined if bare.startswith(one)), None)
        if article:
            made.append((re.compile(rf"(?<!\w){joined[article]}{bare[len(article) :]}"), english))
    return tuple(made)


class Subjects:
    """Finds subjects sentence after sentence, remembering the last ones for pronouns."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self._mentions = Mentions(persons)
        self._last: dict[str, str] = {}
        self._bodies: deque[str] = deque(maxlen=MOST_BODIES)

    def of(self, segment: TranslatedSegment, before: int, after: int = 0) -> str | None:
        """Return the English name of the subject standing left of character `before`, None when unknown.

        `after` is where the verb before this one ends: a later verb keeps its subject unless a new one stands between
        and right before it (*a salué le Mali et la CEDEAO, et a rappelé* is one subject).
        """
        text = fold(segment.segment.text)
        if not text[:before].strip():  # *Prend note de …*, in a resolution: the subject stands in the clause before
            return self._last.get("one")
        candidates = _paired([one for one in self._candidates(segment, before) if one.start >= after], text)
        if after:
            candidates = [one for one in candidates if _NEXT_TO.fullmatch(text[one.end : before])]
        best = max(candidates, key=lambda one: (one.end, one.sure, -one.start), default=None)
        if best is None:
            return None
        english = self._body(best.english)
        self._last["many" if english.startswith(_MANY) or _is_pair(english) else "one"] = english
        return english

    def _body(self, english: str) -> str:
        """*The Council* after *the Council of Ministers* is that one."""
        head = english.removeprefix("the ")
        if len(head.split()) > 1:
            self._bodies.append(english)
            return english
        return next((full for full in reversed(self._bodies) if re.search(rf"\b{re.escape(head)}\b", full)), english)

    def after(self, segment: TranslatedSegment, start: int, end: int) -> str | None:
        """Return the subject of an inverted verb at `[start:end]`, None when it is not inverted."""
        if not _INVERTED.search(fold(segment.segment.text[:start])):
            return None
        found = self.addressee(segment, end)
        if found:
            self._last["one"] = found
        return found

    def addressee(self, segment: TranslatedSegment, start: int) -> str | None:
        """Return whom the verb that ends at `start` is said or done to: the noun phrase right after it."""
        rest = fold(segment.segment.text[start:])
        later = [entity for entity in segment.entities if entity.start >= start]
        for entity, following in zip_longest(later, later[1:]):
            if _TO.fullmatch(rest[: entity.start - start]) and (name := self._meant(entity, following)):
                return name
        for first, _, person in self._mentions.find(rest):
            if _TO.fullmatch(rest[:first]):
                return person.name
        for pattern, english in _objects():
            match = pattern.search(rest)
            if match and _TO.fullmatch(rest[: match.start()]) and all(part in demonyms() for part in match.groups()):
                return english.format(*(demonyms()[part] for part in match.groups()))
        return None

    def _meant(self, entity: Entity, following: Entity | None) -> str | None:
        """The English name of whom an entity means; `le Président du Kenya, S.E.M. Peter MWANGI` is the person."""
        if entity.kind == "role" and following and following.kind == "person" and following.start - entity.end <= 2:
            return self._mentions.name(following.value)
        if entity.kind == "person":
            return self._mentions.name(entity.value)
        if entity.kind == "phrase":
            person = self._mentions.person(fold(entity.text))
            nation = entity.english.split(" ")[0] in demonyms().values()
            return person.name if person else f"the {entity.english}" if nation else None
        holder = self._mentions.of_role(entity) if entity.kind == "role" else None
        return holder.name if holder else _named(entity) if entity.kind in _ACTORS else None

    def _candidates(self, segment: TranslatedSegment, before: int) -> Iterator[_Candidate]:
        clause = fold(segment.segment.text[:before])
        yield from self._named(segment, clause)
        yield from self._described(clause)
        for match in _PRONOUN.finditer(clause):
            last = self._last.get("many" if match.group().endswith("s") else "one")
            if last and not _COMPLEMENT.search(clause[: match.start()].rstrip()):
                yield _Candidate(*match.span(), last)

    def _named(self, segment: TranslatedSegment, clause: str) -> Iterator[_Candidate]:
        """Entities that head a phrase; appositions reach to the end of their chain."""
        owner: _Candidate | None = None
        led_by_role = False
        for entity in (e for e in segment.entities if _acts(e) and not e.lead and e.end <= len(clause)):
            beside = owner and re.fullmatch(r"\s*,\s*(?:(?:et|le|la|l') )?|\s*\(", clause[owner.end : entity.start])
            if owner and entity.kind == "role" and beside and not has_article(entity):
                owner = _Candidate(owner.start, entity.end, owner.english)
            elif entity.kind == "person" and self._is_head(clause, entity.start):
                led = owner and led_by_role and _BESIDE_NAME.fullmatch(clause[owner.end : entity.start])
                start = owner.start if owner and led else entity.start
                owner = _Candidate(start, entity.end, self._mentions.name(entity.value))
            elif self._is_head(clause, entity.start):
                person = self._mentions.of_role(entity) if entity.kind == "role" else None
                owner = _Candidate(entity.start, entity.end, person.name if person else _named(entity))
            elif owner and entity.kind == "organisation" and clause[owner.end : entity.start] == " (":
                owner = _Candidate(owner.start, entity.end, owner.english)
            else:
                continue
            led_by_role = entity.kind == "role"
            yield owner

    def _described(self, clause: str) -> Iterator[_Candidate]:
        """Subjects that are no names: *les deux Ministres*, *la Partie russe*, *le Chef de l'État*."""
        for pattern, english in _patterns():
            for match in pattern.finditer(clause):
                if self._is_head(clause, match.start()) and all(part in demonyms() for part in match.groups()):
                    words = english.format(*(demonyms()[part] for part in match.groups()))
                    yield _Candidate(*match.span(), words, sure=False)
        for start, end, person in self._mentions.find(clause):
            if self._is_head(clause, start):
                yield _Candidate(start, end, person.name)

    @staticmethod
    def _is_head(clause: str, start: int) -> bool:
        """A head follows a clause boundary or the article, not a preposition that makes it a complement."""
        left = _ARTICLE.sub("", clause[:start].rstrip()).rstrip()
        if _COMPLEMENT.search(left):
            return False
        return (
            not left
            or left.endswith((",", ":", '"', "«", "“", ";", ")", "-", "–", "."))
            or _OPENS.search(left) is not None
        )


def _acts(entity: Entity) -> bool:
    """Persons, functions, bodies and countries act, and *le Gouvernement comorien*."""
    return entity.kind in _ACTORS or (entity.kind == "phrase" and entity.english.split(" ")[0] in demonyms().values())


def _is_pair(english: str) -> bool:
    return " and " in english and not english.startswith("the ")


def _paired(candidates: Sequence[_Candidate], text: str) -> list[_Candidate]:
    """Join *Mme X et M. Y* to one subject."""
    joined: list[_Candidate] = []
    for one in sorted(candidates, key=lambda one: one.end):
        left = next((other for other in joined if _AND.fullmatch(text[other.end : one.start])), None)
        both = left and left.sure and one.sure and left.english != one.english
        joined.append(_Candidate(left.start, one.end, f"{left.english} and {one.english}") if left and both else one)
    return joined


def _named(entity: Entity) -> str:
    """A body with its article, *the Constitutional Court*; a function too, *the Minister of Defence*."""
    bare = entity.english.removeprefix("the ")
    if entity.kind in ("role", "phrase"):
        return f"the {bare}"
    return with_article(bare, body=entity.kind == "organisation")


# Words after which a clause, and so a subject, may begin.
_OPENS = re.compile(
    r"(?:^|\W)(?:et|que|qu'|mais|car|donc|or|ou|lorsque|alors|ainsi|puis|enfin|ensuite|jour|tandis que|\d{4})$|^(?:\S+ ){0,2}\S+$"
)
