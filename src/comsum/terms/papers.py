"""Laws, decrees and other papers that carry a number: *décret n° 2021-0714/PT-RM du 15 octobre 2021*."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from comsum.terms.dates import find_dates
from comsum.terms.entity import Entity
from comsum.terms.lexicon import fold, matchers, titles
from comsum.wordlists import alternatives

_NAMED = re.compile(
    r"\b(?P<paper>Accord|Déclaration|Protocole|Traité|Convention|Charte|Pacte|Feuille de route|Mémorandum|Consensus|Processus)(?P<plural>s?)"
    r" (?:de |d['’]|du )(?P<name>[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)*)"
)
_NAMED_PAPERS = {
    "Accord": "Agreement",
    "Déclaration": "Declaration",
    "Protocole": "Protocol",
    "Traité": "Treaty",
    "Convention": "Convention",
    "Charte": "Charter",
    "Pacte": "Pact",
    "Feuille de route": "Roadmap",
    "Mémorandum": "Memorandum",
    "Consensus": "Consensus",
    "Processus": "Process",
}
_REFERENCE = re.compile(
    r"(?<!\w)(?:(?P<word>[Nn]°|[Nn]os?\.)\s?(?P<number>\d[\w./-]*\w|\d)|(?P<resolution>[Rr]ésolutions?) (?P<id>\d+ ?\(\d{4}\))"
    r"|(?P<code>(?!COVID-)[A-Z]{1,5}(?:[/.-][A-Z0-9().]+){1,6}\d*))(?!\w)"
)


@functools.cache
def _paper() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<paper>{alternatives(titles('papers'))}) (?:n°|no\.?) ?(?P<number>\d[\w./-]*\w|\d)(?P<du> du )?"
    )


def find_papers(text: str) -> Iterator[Entity]:
    """Yield numbered papers with their date, and bare numbers and codes; `value` is the number."""
    for match in _paper().finditer(fold(text)):
        yield _numbered(text, match)
    for named in _NAMED.finditer(text):
        english = f"{_english_place(named['name'])} {_NAMED_PAPERS[named['paper']]}{named['plural']}"
        yield Entity("document", *named.span(), named.group(), english, english)
    for found in _REFERENCE.finditer(text):
        start, end, written = found.start(), found.end(), found.group()
        if found["number"]:
            yield Entity("reference", start, end, written, f"No. {found['number']}", found["number"])
        elif found["resolution"]:
            yield Entity("reference", start, end, written, f"resolution {found['id']}", found["id"])
        elif any(character.isdigit() for character in written) or written.count("/") > 1:
            yield Entity("reference", start, end, written, written, written)


def _english_place(name: str) -> str:
    """Agreements bear the name of a place: *Accord de Pékin* is the *Beijing Agreement*."""
    places = (place for matcher in matchers() for place in matcher.find(name) if place.kind in ("place", "country"))
    return next((place.english for place in places if place.text == name), name)


def _numbered(text: str, match: re.Match[str]) -> Entity:
    number = text[slice(*match.span("number"))]
    english = f"{titles('papers')[match['paper']]} No. {number}"
    end = match.end("number")
    date = (
        next((d for d in find_dates(text[match.end() : match.end() + 40]) if d.start == 0), None)
        if match["du"]
        else None
    )
    parts: tuple[Entity, ...] = ()
    if date and date.value.count("-") == 2:
        date = date.moved(match.end())
        english, end, parts = f"{english} of {date.english}", date.end, (date,)
    start = match.start()
    return Entity("document", start, end, text[start:end], english, number, parts=parts)
