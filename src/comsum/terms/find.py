"""All entities of a text: what must survive translation and what the facts are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from comsum.terms.bodies import find_bodies
from comsum.terms.dates import find_dates
from comsum.terms.entity import Entity, without_overlaps
from comsum.terms.lexicon import Matcher, matchers
from comsum.terms.numbers import find_numbers
from comsum.terms.papers import find_papers
from comsum.terms.people import find_people, not_names
from comsum.terms.relative import find_relative_dates
from comsum.terms.roles import find_roles, with_article
from comsum.text.segment import is_capitals

_PROPER = r"[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)*"
# A name after one of these words, or after *à*, is a place, known or not.
_LOCALITY = re.compile(
    r"\b(?:villages?|villes?|communes?|localités?|cercles?|provinces?|préfectures?|arrondissements?|camps?|aéroport|île|"
    r"quartiers?|régions?|départements?|districts?|secteurs?|attaques?|attentats?|frontières?|bataille|environs|axe)"
    rf" (?:d[eu] |des |de la |de l['’]|d['’])(?P<name>{_PROPER})"
    rf"|(?<=[\s(])à (?P<at>{_PROPER})"
)
_CENTURY = re.compile(r"[IVXLC]+(?:e|ème)\b")
_AND_ANOTHER = re.compile(rf" et (?:d[eu] |des |de la |de l['’]|d['’])(?P<name>{_PROPER})")
_YEAR = re.compile(r" de ((?:19|20)\d\d)(?![\w-])")
_LONE_TITLE = re.compile(
    r"(?<!Monsieur )(?<!Madame )(?:\b(?P<article>[Ll]e|[Ll]a|[Dd]u|[Aa]u) |\b(?P<elided>[Ll]['’]))(?P<title>Ministre|Président|Présidente|Premier ministre|Secrétaire général|"
    r"Chef de l['’][ÉE]tat|Porte-parole|Gouvernement|Conseil|Commission|Médiateur|Ambassadeur|Ambassadrice)(?= (?:a|ont|est|s['’]est|se|et|qui|ne|n['’]|[a-zé]+e)\b|,|\.)"
)
_ACRONYM = re.compile(r"(?<![\w/.-])(?!J-C)(?=[A-Z0-9-]*[A-Z][A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]{1,9}(?![\w/-])")
_ARTICLE = re.compile(r"(?:(?P<article>\b(?:[Ll][ea]|[Ll]es|[Dd]u|[Dd]es|[Aa]u|[Aa]ux)) |(?P<elided>\b[Ll]['’]))$")
_LONE_TITLES = {
    "Ministre": "Minister",
    "Président": "President",
    "Présidente": "President",
    "Premier ministre": "Prime Minister",
    "Secrétaire général": "Secretary-General",
    "Chef de l'État": "Head of State",
    "Chef de l'Etat": "Head of State",
    "Porte-parole": "spokesperson",
    "Gouvernement": "Government",
    "Conseil": "Council",
    "Médiateur": "Mediator",
    "Ambassadeur": "Ambassador",
    "Ambassadrice": "Ambassador",
}
_LEADS = {"du": "de", "des": "de", "au": "à", "aux": "à"}


def find_entities(text: str, glossary: Matcher | None = None) -> list[Entity]:
    """Return the entities of one segment in order of place, without overlaps; the user's terms win."""
    found = [*(glossary.find(text) if glossary else ()), *find_dates(text), *find_numbers(text)]
    found += find_relative_dates(text)
    found += [*find_people(text), *find_roles(text), *find_papers(text), *_lone_titles(text)]
    for matcher in matchers():
        found += matcher.find(text)
    found += find_bodies(text)  # last: at equal length a listed name wins over a composed one
    kept = [_of_its_year(text, entity) for entity in without_overlaps(found)]
    kept = without_overlaps([*kept, *_unless_known(_localities(text), kept)])
    kept = without_overlaps([*kept, *_unless_known(_acronyms(text), kept)])
    return [_with_article(text, entity) for entity in kept]


def _of_its_year(text: str, entity: Entity) -> Entity:
    """Take the year of an agreement into its name: *Accord de paix de 2005*."""
    year = _YEAR.match(text, entity.end) if entity.kind == "document" else None
    if not year:
        return entity
    english = f"{year[1]} {entity.english}"
    return replace(entity, end=year.end(), text=text[entity.start : year.end()], english=english, value=english)


def _localities(text: str) -> Iterator[Entity]:
    """A name after *village de*, *région des* or *à* is a place, known or not."""
    for match in _LOCALITY.finditer(text):
        group = "name" if match["name"] else "at"
        if match[group].split(" ")[0] in not_names() or _CENTURY.match(match[group]):
            continue
        yield _place(match, group)
        if group == "name" and (other := _AND_ANOTHER.match(text, match.end())):
            yield _place(other, "name")


def _place(match: re.Match[str], group: str) -> Entity:
    return Entity("place", *match.span(group), match[group], match[group], match[group])


def _unless_known(candidates: Iterable[Entity], known: Sequence[Entity]) -> Iterator[Entity]:
    """Guesses give way to whatever is known, even when that is shorter."""
    for one in candidates:
        if not any(entity.start < one.end and one.start < entity.end for entity in known):
            yield one


def _lone_titles(text: str) -> Iterator[Entity]:
    """*Le Ministre* by himself: English wants its article and its capital."""
    for match in _LONE_TITLE.finditer(text):
        english = f"the {_LONE_TITLES.get(match['title'].replace('’', chr(39)), match['title'])}"
        lead = _LEADS.get((match["article"] or "").lower(), "")
        yield Entity("phrase", match.start(), match.end(), match.group(), english, english, lead)


def _acronyms(text: str) -> Iterator[Entity]:
    """Capitals of unknown meaning stay as they are, unless the whole line shouts."""
    for match in () if is_capitals(text) else _ACRONYM.finditer(text):
        yield Entity("organisation", match.start(), match.end(), match.group(), match.group(), match.group())


def _with_article(text: str, entity: Entity) -> Entity:
    """Take the French article into the span: English has none, or its own (*the Comoros*, *the Security Council*).

    A model that saw `le <x0>` would read a date (*le 12 mai*) and write *on*.
    """
    if entity.kind not in ("country", "place", "role", "organisation"):
        return entity
    before = _ARTICLE.search(text[: entity.start])
    english = _english_with_article(entity, bool(before))
    if not before:
        return replace(entity, english=english)
    start = before.start()
    lead = _LEADS.get((before["article"] or "").lower(), "")
    return replace(entity, start=start, text=text[start : entity.end], english=english, lead=lead)


def _english_with_article(entity: Entity, after_article: bool) -> str:
    if entity.kind in ("country", "place"):
        return with_article(entity.english)
    if not after_article:
        return entity.english
    return f"the {entity.english}" if entity.kind == "role" else with_article(entity.english, body=True)
