"""The functions that people hold, read by a small grammar.

*[ancien] FUNCTION [nationality] [de PORTFOLIO, de PORTFOLIO et de PORTFOLIO] [de BODY | de COUNTRY]*, as in *Ministre des
Affaires étrangères et de la Coopération internationale de la République du Mali*. Words are data (data/titles.toml).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from comsum.terms.entity import Entity, without_overlaps
from comsum.terms.lexicon import country_entries, demonyms, fold, matchers, organisation_entries, titles
from comsum.wordlists import alternatives

_OF = r"(?:de la |de l'|du |des |de |d')"
_CHARGED = rf"(?:(?:en )?chargee? {_OF}|responsable {_OF}|{_OF})"
_REPUBLICS = (
    "islamique|democratique|populaire|arabe|federale|federative|socialiste|bolivarienne|unie|cooperative|orientale"
)
_ABROAD = "(?:etablis )?(?:de|a) l'(?:exterieur|etranger)"
_NAME_FOLLOWS = re.compile(r",? (?:M\.|Mme|Dr|[A-ZÀ-Þ]\w+ [A-ZÀ-Þ])")
_FORMER = {"ancien": "former", "ancienne": "former", "futur": "future"}


@functools.cache
def _role() -> re.Pattern[str]:
    portfolio = rf"(?:{alternatives(titles('portfolios'))}|(?:{alternatives(_peoples())}) {_ABROAD})"
    bodies = alternatives(organisation_entries())
    # *Président de la République tunisienne*: the adjective belongs to the Republic.
    whole = rf"(?<!republique(?= (?:{_REPUBLICS}|{alternatives(demonyms())})\b))"
    return re.compile(
        rf"(?<![\w-])(?:(?P<former>ancien|ancienne|futur) )?(?P<function>{alternatives(titles('functions'))})(?P<plural>s?)"
        rf"{whole}"
        rf"(?: (?P<nation>{alternatives(demonyms())}))?"
        rf"(?P<portfolios> (?P<charge>{_CHARGED})(?!(?:{bodies})(?!\w))(?:{portfolio})(?!\w)"
        rf"(?:(?:, (?:et )?| et )(?:{_CHARGED}|a la |a l'|aux? )?(?:{portfolio})(?!\w))*{whole})?"
        rf"(?: {_OF}(?P<body>{bodies})(?!\w))?"
        rf"(?: {_OF}(?P<country>{alternatives(country_entries())})(?!\w))?"
    )


@functools.cache
def _portfolio() -> re.Pattern[str]:
    abroad = rf"(?P<people>{alternatives(_peoples())}) {_ABROAD}"
    return re.compile(rf"(?<!\w)(?:{alternatives(titles('portfolios'))}|{abroad})(?!\w)")


@functools.cache
def _peoples() -> dict[str, str]:
    """Folded plural of a nationality → English plural: `tchadiens` → *Chadians*."""
    return {
        form if form.endswith(("s", "x")) else f"{form}s": english if english.endswith(("ese", "h")) else f"{english}s"
        for form, english in demonyms().items()
    }


def find_roles(text: str) -> Iterator[Entity]:
    """Yield functions with their portfolios and country; a lone *Ministre* or *Président* is left to the model."""
    for match in _role().finditer(fold(text)):
        specific = match["portfolios"] or match["country"] or match["body"]
        if match["plural"] or not (specific or " " in match["function"] or match["former"]):
            continue
        start, end = match.span()
        named = _NAME_FOLLOWS.match(text, end)
        if not text[match.start("function")].isupper() and not specific and not named:
            continue
        english = _english(match)
        yield Entity("role", start, end, text[start:end], english, english, parts=tuple(_parts(text[start:end], start)))


def _english(match: re.Match[str]) -> str:
    words = [_FORMER.get(match["former"] or ""), demonyms().get(match["nation"] or "")]
    words.append(titles("functions")[match["function"]])
    if match["portfolios"]:
        words += [_preposition(match, str(words[-1])), english_portfolios(match["portfolios"])]
    if match["body"]:
        words += ["of", with_article(organisation_entries()[match["body"]].english, body=True)]
    if match["country"]:
        words += ["of", with_article(country_entries()[match["country"]].english)]
    return " ".join(word for word in words if word)


def _preposition(match: re.Match[str], function: str) -> str:
    if "charge" not in match["charge"]:
        return "of"
    return "for" if "Adviser" in function else "in charge of"


def english_portfolios(folded: str) -> str:
    """Write the portfolios of a folded French list: `des affaires etrangeres et de la defense`."""
    fields = []
    for match in _portfolio().finditer(folded):
        people = match["people"]
        fields.append(f"{_peoples()[people]} Abroad" if people else titles("portfolios")[match.group()])
    return _listed(fields)


def portfolio_pattern() -> str:
    """The pattern of one portfolio, for other grammars of folded text."""
    return rf"(?:{alternatives(titles('portfolios'))})"


def _parts(text: str, start: int) -> Iterator[Entity]:
    """The bodies and countries named inside a function; a body takes in the country of its name."""
    found = [part.moved(start) for matcher in matchers() for part in matcher.find(text)]
    yield from (part for part in without_overlaps(found) if part.kind in ("organisation", "country"))


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


_THE = re.compile(
    r"^(?:(?:[A-Z][\w'-]+ )*(?:Republic|Kingdom|Federation|Confederation|Emirates|Union|States?|Islands|Territories)\b"
    r"|United |Netherlands|Comoros|Gambia|Philippines|Bahamas|Maldives|Seychelles|Holy See|Vatican|DRC|CAR"
    r"|Sahel|Gaza Strip|West Bank|Middle East|Near East|Maghreb|Red Sea|Black Sea|Gulf of|Indian Ocean|Lake Chad Basin)"
)


def with_article(name: str, *, body: bool = False) -> str:
    """Put *the* before the names of countries and regions that English gives one, and before every spelt-out body."""
    return (
        f"the {name}" if _THE.match(name) or (body and " " in name) or (body and name in _ACRONYMS_WITH_THE) else name
    )


_ACRONYMS_WITH_THE = frozenset({"UN", "EU", "AU", "WHO", "IMF", "AfDB", "ICRC", "ICC"})
