"""People and the functions they hold.

A person is recognised by a title before a capitalised name (*le Ministre DIOP*, *M. Gérald Darmanin*), by a family
name in capitals after a given name (*Sergueï LAVROV*) or by a known given name. A function is read by a small
grammar: *Ministre des Affaires étrangères et de la Coopération internationale de la République du Mali*.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator

from comsum.terms.entity import Entity
from comsum.terms.lexicon import Entry, data, fold, name_spellings, read_list, titles

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮİŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
_WORD = rf"[{_UPPER}](?:[\w]|['’-](?=\w))*"
_CAPITALS = rf"[{_UPPER}](?:[{_UPPER}]|['’-](?=[{_UPPER}]))+"
_PARTICLE = r"(?:de|da|dos|ben|bin|bint|ould|van|von|der|el|al)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{0,4}}"
_ARTICLE = r"(?:(?P<article>[Ll]es?|[Ll]a|[Dd]u|[Aa]u|[Dd]es|[Aa]ux) |(?P<elided>[Ll]['’]))?"
_LEADS = {"du": "de", "des": "de", "au": "à", "aux": "à"}
_NOT_NAMES = frozenset(
    [
        "Affaires",
        "Chef",
        "Chefs",
        "Commission",
        "Communauté",
        "Conseil",
        "Coopération",
        "Délégation",
        "État",
        "Etat",
        "Gouvernement",
        "Ministère",
        "Ministre",
        "Ministres",
        "Mission",
        "Nations",
        "Organisation",
        "Parti",
        "Partie",
        "Premier",
        "Président",
        "République",
        "Secrétaire",
        "Son",
        "Transition",
        "Union",
        "Excellence",
        "Monsieur",
        "Madame",
        "Ambassadeur",
        "Ambassadeurs",
        "Défense",
        "Fédération",
    ]
)


def find_people(text: str) -> Iterator[Entity]:
    """Yield persons with their titles; `value` is the bare name in English spelling."""
    for match in _titled().finditer(text):
        if _is_name(match["name"]):
            yield _person(match)
    for match in _SHOUTED.finditer(text):
        if _is_name(match.group()):
            yield _bare(match)
    for match in _PLAIN.finditer(text):
        if match.group().split(" ")[0] in _given_names() and _is_name(match.group()):
            yield _bare(match)


_SHOUTED = re.compile(rf"(?<![\w-])(?:{_WORD} ){{1,3}}(?:{_PARTICLE} )?{_CAPITALS}(?: {_CAPITALS})*(?![\w-])")
_PLAIN = re.compile(rf"(?<![\w'’-]){_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{1,4}}(?![\w-])")


@functools.cache
def _titled() -> re.Pattern[str]:
    honorifics = _alternatives(_originals("honorifics"))
    ranks = _alternatives(_originals("ranks"))
    return re.compile(
        rf"(?<![\w-]){_ARTICLE}(?:(?P<honorific>{honorifics})(?: (?P<rank>{ranks}))?|(?P<title>{ranks})) (?P<name>{_NAME})(?![\w-])"
    )


@functools.cache
def _originals(table: str) -> tuple[str, ...]:
    return tuple(tomllib.loads(data("titles.toml"))[table])


def _alternatives(entries: tuple[str, ...]) -> str:
    ordered = sorted(entries, key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+").replace("'", "['’]") for entry in ordered)


@functools.cache
def _given_names() -> frozenset[str]:
    return frozenset(line for line in data("given_names.txt").splitlines() if not line.startswith("#"))


_FUNCTION_WORDS = frozenset(
    [
        "La",
        "Le",
        "Les",
        "Des",
        "Du",
        "De",
        "Un",
        "Une",
        "Au",
        "Aux",
        "En",
        "À",
        "A",
        "Et",
        "Il",
        "Elle",
        "Ce",
        "Cette",
        "Sa",
        "Ses",
        "Pour",
        "Par",
        "Dans",
        "Selon",
    ]
)


def _is_name(words: str) -> bool:
    parts = words.split(" ")
    if parts[0] in _FUNCTION_WORDS or any(part in _NOT_NAMES for part in parts):
        return False
    return any(len(part) > 1 for part in parts)


def _person(match: re.Match[str]) -> Entity:
    titles_ = [titles("honorifics").get(fold(" ".join((match["honorific"] or "").split())))]
    titles_.append(titles("ranks").get(fold(" ".join((match["rank"] or match["title"] or "").split()))))
    written = _without_country(match["name"])
    end = match.start("name") + len(written)
    name = english_name(written)
    english = " ".join(part for part in (*titles_, name) if part)
    lead = _LEADS.get((match["article"] or "").lower(), "")
    return Entity("person", match.start(), end, match.string[match.start() : end], english, name, lead)


def _bare(match: re.Match[str]) -> Entity:
    written = _without_country(match.group())
    name = english_name(written)
    return Entity("person", match.start(), match.start() + len(written), written, name, name)


def _without_country(words: str) -> str:
    """Cut `de Mauritanie` off a name: particles before a country belong to no family."""
    return re.sub(
        rf" (?:{_PARTICLE} )?({_WORD})$", lambda tail: "" if fold(tail[1]) in _countries() else tail.group(), words
    )


def english_name(name: str) -> str:
    """Write a name as English does: capitals only at the start of each part, known spellings replaced.

    >>> english_name("Sergueï LAVROV")
    'Sergei Lavrov'
    """
    return " ".join(_english_part(part) for part in name.split())


def _english_part(part: str) -> str:
    known = name_spellings().get(fold(part))
    if known:
        return known
    if not (part.isupper() and len(part) > 1):
        return part
    return re.sub(r"(?<=[^\W\d_])[^\W\d_]+", lambda tail: tail.group().lower(), part)


_DETERMINER = r"(?:d[eu]s? (?:la |l['’])?|d['’])"


@functools.cache
def _role() -> re.Pattern[str]:
    functions = "|".join(re.escape(key) for key in sorted(titles("functions"), key=len, reverse=True))
    portfolio = "|".join(re.escape(key) for key in sorted(titles("portfolios"), key=len, reverse=True))
    countries = "|".join(re.escape(key) for key in sorted(_countries(), key=len, reverse=True))
    of = r"(?:en charge |charge )?(?:de la |de l'|du |des |de |d')"
    return re.compile(
        rf"(?<![\w-])(?P<function>{functions})(?P<plural>s?)"
        rf"(?P<portfolios>(?: {of}(?:{portfolio})(?!\w))(?:(?:, (?:et )?| et )(?:{of}|a la |a l'|aux? )?(?:{portfolio})(?!\w))*)?"
        rf"(?: (?:de la |de l'|du |des |de |d')(?P<country>{countries})(?!\w))?"
    )


@functools.cache
def _portfolio() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(key) for key in sorted(titles("portfolios"), key=len, reverse=True)))


@functools.cache
def _countries() -> dict[str, Entry]:
    return {fold(entry.french): entry for entry in read_list(data("countries.tsv"))}


def find_roles(text: str) -> Iterator[Entity]:
    """Yield functions with their portfolios and country; a lone *Ministre* or *Président* is left to the model."""
    for match in _role().finditer(fold(text)):
        function = match["function"]
        if match["plural"] or not (match["portfolios"] or match["country"] or " " in function):
            continue
        start, end = match.span()
        if not text[start].isupper() and not (match["portfolios"] or match["country"]):
            continue
        english = titles("functions")[function]
        if match["portfolios"]:
            fields = [titles("portfolios")[key] for key in _portfolio().findall(match["portfolios"])]
            english += " of " + _listed(fields)
        country = _countries().get(match["country"] or "")
        parts: tuple[Entity, ...] = ()
        if country:
            english += " of " + with_article(country.english)
            first, last = match.span("country")
            parts = (Entity("country", first, last, text[first:last], country.english, country.value),)
        yield Entity("role", start, end, text[start:end], english, english, parts=parts)


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


_THE = re.compile(
    r"^(?:(?:[A-Z][\w'-]+ )*(?:Republic|Kingdom|Federation|Confederation|Emirates|Union|States?|Islands|Territories)\b"
    r"|United |Netherlands|Comoros|Gambia|Philippines|Bahamas|Maldives|Seychelles|Holy See|Vatican|DRC|CAR"
    r"|Sahel|Gaza Strip|West Bank|Middle East|Near East|Maghreb|Red Sea|Black Sea|Gulf of|Indian Ocean|Lake Chad Basin)"
)


def with_article(name: str) -> str:
    """Put *the* before the names of countries and regions that English gives one."""
    return f"the {name}" if _THE.match(name) else name
