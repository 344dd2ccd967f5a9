"""All entities of a text: what must survive translation and what the facts are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from comsum.terms.dates import find_dates
from comsum.terms.entity import Entity, without_overlaps
from comsum.terms.lexicon import Matcher, matchers
from comsum.terms.numbers import find_numbers
from comsum.terms.people import find_people, find_roles, with_article
from comsum.text.segment import is_capitals

_REFERENCE = re.compile(
    r"(?<!\w)(?:(?P<word>[Nn]°|[Nn]os?\.?)\s?(?P<number>\d[\w./-]*\w|\d)|(?P<resolution>[Rr]ésolutions?) (?P<id>\d+ ?\(\d{4}\))"
    r"|(?P<code>[A-Z]{1,5}(?:[/.-][A-Z0-9().]+){1,6}\d*))(?!\w)"
)
_LOCALITY = re.compile(
    r"\b(?:villages?|villes?|communes?|localités?|cercle|province|préfecture|arrondissement|camps?|aéroport|île|quartier)"
    r" (?:de |d['’])(?P<name>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*)"
)
_LONE_TITLE = re.compile(
    r"\b(?P<article>[Ll]e|[Ll]a|[Dd]u|[Aa]u) (?P<title>Ministre|Président|Présidente|Premier ministre|Secrétaire général|"
    r"Chef de l['’][ÉE]tat|Porte-parole|Gouvernement|Conseil|Commission)(?= (?:a|ont|est|s['’]est|se|et|qui|ne|n['’]|[a-zé]+e)\b|,|\.)"
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
}
_LEADS = {"du": "de", "des": "de", "au": "à", "aux": "à"}


def find_entities(text: str, glossary: Matcher | None = None) -> list[Entity]:
    """Return the entities of one segment in order of place, without overlaps; the user's terms win."""
    found = [*(glossary.find(text) if glossary else ()), *find_dates(text), *find_numbers(text)]
    found += [*find_people(text), *find_roles(text), *_references(text), *_localities(text), *_lone_titles(text)]
    for matcher in matchers():
        found += matcher.find(text)
    kept = without_overlaps(found)
    kept = without_overlaps([*kept, *_acronyms(text, kept)])
    return [_with_article(text, entity) for entity in kept]


def _references(text: str) -> Iterator[Entity]:
    for match in _REFERENCE.finditer(text):
        start, end, found = match.start(), match.end(), match.group()
        if match["number"]:
            yield Entity("reference", start, end, found, f"No. {match['number']}", match["number"])
        elif match["resolution"]:
            yield Entity("reference", start, end, found, f"resolution {match['id']}", match["id"])
        elif any(character.isdigit() for character in found) or found.count("/") > 1:
            yield Entity("reference", start, end, found, found, found)


def _localities(text: str) -> Iterator[Entity]:
    """A name after *village de*, *commune de* is a place, known or not."""
    for match in _LOCALITY.finditer(text):
        name = match["name"]
        if not any(known.text == name for matcher in matchers() for known in matcher.find(name)):
            yield Entity("place", *match.span("name"), name, name, name)


def _lone_titles(text: str) -> Iterator[Entity]:
    """*Le Ministre* by himself: English wants its article and its capital."""
    for match in _LONE_TITLE.finditer(text):
        english = f"the {_LONE_TITLES.get(match['title'].replace('’', chr(39)), match['title'])}"
        lead = _LEADS.get(match["article"].lower(), "")
        yield Entity("phrase", match.start(), match.end(), match.group(), english, english, lead)


def _acronyms(text: str, known: Sequence[Entity]) -> Iterator[Entity]:
    """Capitals of unknown meaning stay as they are, unless the whole line shouts."""
    for match in () if is_capitals(text) else _ACRONYM.finditer(text):
        if not any(entity.start < match.end() and match.start() < entity.end for entity in known):
            yield Entity("organisation", match.start(), match.end(), match.group(), match.group(), match.group())


def _with_article(text: str, entity: Entity) -> Entity:
    """Take a country's French article into its span: English has none, or its own (*the Comoros*)."""
    if entity.kind not in ("country", "place"):
        return entity
    english = with_article(entity.english)
    before = _ARTICLE.search(text[: entity.start])
    if not before or (before["article"] or "").lower() not in ("", "le", "la", "les", *_LEADS):
        return replace(entity, english=english)
    start = before.start()
    lead = _LEADS.get((before["article"] or "").lower(), "")
    return replace(entity, start=start, text=text[start : entity.end], english=english, lead=lead)
