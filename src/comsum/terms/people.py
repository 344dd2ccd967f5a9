"""People and the functions they hold.

A person is recognised by a title before a capitalised name (*le Ministre DIOP*, *M. Gérald Darmanin*), by a family
name in capitals after a given name (*Sergueï LAVROV*) or by a known given name.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator

from comsum.terms.entity import Entity
from comsum.terms.lexicon import country_entries, data, fold, name_spellings, titles
from comsum.wordlists import data_lines

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮİŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽ"
_WORD = rf"[{_UPPER}](?:[\w]|['’-](?=\w))*"
_CAPITALS = rf"[{_UPPER}](?:[{_UPPER}]|['’-](?=[{_UPPER}]))+"
_PARTICLE = r"(?:de|da|dos|ben|bin|bint|ould|van|von|der|el|al)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{0,4}}"
_ARTICLE = r"(?:(?P<article>[Ll]es?|[Ll]a|[Dd]u|[Aa]u|[Dd]es|[Aa]ux) |(?P<elided>[Ll]['’]))?"
_LEADS = {"du": "de", "des": "de", "au": "à", "aux": "à"}


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
    ranks = _alternatives((*_originals("ranks"), *_originals("functions")))
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
    return frozenset(data_lines("comsum.terms", "given_names.txt"))


@functools.cache
def not_names() -> frozenset[str]:
    """Words with a capital that are no part of a name."""
    return frozenset(data_lines("comsum.terms", "not_names.txt"))


def _is_name(words: str) -> bool:
    parts = words.split(" ")
    return not any(part in not_names() for part in parts) and any(len(part) > 1 for part in parts)


def _person(match: re.Match[str]) -> Entity:
    titles_ = [titles("honorifics").get(fold(" ".join((match["honorific"] or "").split())))]
    rank = fold(" ".join((match["rank"] or match["title"] or "").split()))
    titles_.append(titles("ranks").get(rank) or titles("functions").get(rank))
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
    """Cut `de Mauritanie` off a name; a name in capitals (*Oumar TOGO*) is a family's."""
    tail = re.search(rf" (?P<particle>{_PARTICLE} )?(?P<last>{_WORD})$", words)
    if not tail or fold(tail["last"]) not in country_entries() or (tail["last"].isupper() and not tail["particle"]):
        return words
    return words[: tail.start()]


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
