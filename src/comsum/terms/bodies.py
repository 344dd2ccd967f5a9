"""Bodies whose name is composed: *Ministère de la Santé*, *Commission électorale nationale indépendante*.

French puts the adjectives after the noun and English before it, the other way round: *Independent National Electoral
Commission*. A name that these words do not compose is left to the model. Words are data (data/titles.toml).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from comsum.terms.entity import Entity
from comsum.terms.lexicon import country_entries, fold, organisation_entries, titles
from comsum.terms.roles import english_portfolios, portfolio_pattern, with_article
from comsum.wordlists import alternatives

_OF = r"(?:de la |de l'|du |des |de |d')"
_PARTY = re.compile(
    r"\b[Pp]arti (?:de l['’]|du |de la |des )?(?P<name>[A-ZÀ-Þ][\w'’-]+(?: (?:[A-ZÀ-Þ][\w'’-]+|\w+iste|et|pour|de|du|des|la|le))*)"
)


# *le parti Conservateur* is translated, *le parti Juwa* is not.
_ADJECTIVE = re.compile(r"^\S+(?:eur|iste|ien|ique|al|ain|ate)s?$")


@functools.cache
def _body() -> re.Pattern[str]:
    heads, adjectives = alternatives(titles("heads")), alternatives(titles("adjectives"))
    portfolio = portfolio_pattern()
    countries, bodies = alternatives(country_entries()), alternatives(organisation_entries())
    return re.compile(
        rf"(?<![\w-])(?P<head>{heads})(?P<adjectives>(?:,? (?:et )?(?:{adjectives})(?!\w))*+)"
        rf"(?: {_OF}(?P<body>{bodies})(?!\w))?(?P<fields> {_OF}{portfolio}(?!\w)(?:(?:, (?:et )?| et )(?:{_OF})?{portfolio}(?!\w))*)?"
        rf"(?: {_OF}(?P<country>{countries})(?!\w))?"
        r"(?! (?:de|du|des|pour)\b| d'|-)"  # more of the name follows: left to the model
    )


def find_bodies(text: str) -> Iterator[Entity]:
    """Yield composed names; the head needs its capital and an adjective or a field."""
    for match in _body().finditer(fold(text)):
        if text[match.start()].isupper() and (match["adjectives"] or match["fields"]):
            yield _entity(text, match)
    for match in _PARTY.finditer(text):
        name = re.sub(r"(?: (?:et|pour|de|du|des|la|le))+$", "", match["name"])
        if _ADJECTIVE.search(name):
            continue
        start = match.start("name")
        yield Entity("organisation", start, start + len(name), name, name, name)


def _entity(text: str, match: re.Match[str]) -> Entity:
    before = [titles("adjectives")[word] for word in re.findall(r"[\w-]+", match["adjectives"]) if word != "et"]
    joint = " and " if " et " in match["adjectives"] else " "
    words = joint.join(before) if joint != " " else " ".join(reversed(before))
    english = f"{words} {titles('heads')[match['head']]}".strip()
    if match["body"]:
        english += f" of {with_article(organisation_entries()[match['body']].english, body=True)}"
    if match["fields"]:
        english += f" of {english_portfolios(match['fields'])}"
    parts: tuple[Entity, ...] = ()
    if match["country"]:
        country = country_entries()[match["country"]]
        english += f" of {with_article(country.english)}"
        start, end = match.span("country")
        parts = (Entity("country", start, end, text[start:end], country.english, country.value),)
    start, end = match.span()
    return Entity("organisation", start, end, text[start:end], english, english, parts=parts)
