"""The word lists, read once from data/: French spans of known English.

Lists are TSV (French TAB English [TAB value]) with `#` comments that name source and licence. Matching forgives
what typists do: capitals, accents left off, typographic apostrophes.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from comsum.terms.entity import Entity, Kind
from comsum.wordlists import KNOWN_TEXTS, data_lines

LISTS: dict[Kind, str] = {
    "country": "countries.tsv",
    "place": "places.tsv",
    "organisation": "organisations.tsv",
    "document": "documents.tsv",
    "phrase": "phrases.tsv",
}


@dataclass(frozen=True)
class Entry:
    """One line of a list."""

    french: str
    english: str
    value: str


@functools.lru_cache(KNOWN_TEXTS)
def fold(text: str) -> str:
    """Forget case, accents and apostrophe style, keeping the length: what matching compares."""
    return text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """What each character folds to, found out when first met."""

    def __missing__(self, number: int) -> str:
        self[number] = _fold_character(chr(number))
        return self[number]


_FOLDS = _Folds()


@functools.lru_cache(KNOWN_TEXTS)
def _tokens(folded: str) -> tuple[re.Match[str], ...]:
    return tuple(_TOKEN.finditer(folded))


def _fold_character(character: str) -> str:
    if character in "’‘ʼ`":
        return "'"
    if character in "\u00a0\u202f\u2009\n\t":
        return " "
    if character in "‑–—":
        return "-"
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


class Matcher:
    """Finds the entries of one list in a text, the longest first.

    Entries all in capitals must be met as they stand (`UA` is the Union, `ua` is nothing), and names with a
    capital are not met in lower case. `plural` lets every word of a phrase take an s or x.
    """

    def __init__(self, kind: Kind, entries: Iterable[Entry], *, plural: bool = False) -> None:
        self._kind = kind
        self._plural = plural
        self._index: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
        for entry in entries:
            words = tuple(self._stem(token.group()) for token in _TOKEN.finditer(fold(entry.french)))
            self._index.setdefault(words[0], []).append((words, entry))
        for candidates in self._index.values():
            candidates.sort(key=lambda candidate: -len(candidate[0]))

    def find(self, text: str) -> Iterator[Entity]:
        """Yield an entity for each match."""
        tokens = _tokens(fold(text))
        words = [self._stem(token.group()) for token in tokens]
        position = 0
        while position < len(words):
            match = self._longest(text, tokens, words, position)
            if match:
                yield match[0]
            position += match[1] if match else 1

    def _longest(
        self, text: str, tokens: Sequence[re.Match[str]], words: list[str], at: int
    ) -> tuple[Entity, int] | None:
        for key, entry in self._index.get(words[at], ()):
            end = at + len(key)
            if tuple(words[at:end]) != key:
                continue
            found = text[tokens[at].start() : tokens[end - 1].end()]
            if _is_whole(text, tokens[at].start(), tokens[end - 1].end()) and self._case_fits(found, entry.french):
                entity = Entity(
                    self._kind,
                    tokens[at].start(),
                    tokens[end - 1].end(),
                    found,
                    self._english(found, entry),
                    entry.value,
                )
                return entity, len(key)
        return None

    def _stem(self, word: str) -> str:
        return word[:-1] if self._plural and len(word) > 3 and word[-1] in "sx" else word

    def _case_fits(self, found: str, french: str) -> bool:
        if french.isupper():
            return found.isupper()
        names = self._kind in ("country", "place", "organisation")
        # *la réunion* is a meeting, *La Réunion* an island.
        return not (names and _ARTICLE.sub("", found).islower() and french[0].isupper())

    def _english(self, found: str, entry: Entry) -> str:
        first, known = found.split(" ", maxsplit=1)[0], entry.french.split(" ")[0]
        more = self._plural and first[-1] in "sx" and known[-1] not in "sx"
        return plural(entry.english) if more else entry.english


_ARTICLE = re.compile(r"^(?:l[ea]s? |l['’])", re.IGNORECASE)
_TOKEN = re.compile(r"\w+|[^\w\s]")


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a match is no part of a hyphenated word."""
    glued_before = text[start - 1 : start] == "-" and text[start - 2 : start - 1].isalnum()
    glued_after = text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum()
    return not (glued_before or glued_after)


def plural(english: str) -> str:
    """Make an English noun phrase plural at its head: the word before *of*, *in* or *for*, else the last."""
    head, sep, tail = english.partition(" of ") if " of " in english else (english, "", "")
    if head.endswith("s"):
        return english
    head = head[:-1] + "ies" if re.search(r"[^aeiou]y$", head) else head + "s"
    return head + sep + tail


def read_list(text: str) -> Iterator[Entry]:
    """Parse a TSV list. Lines are `French TAB English [TAB value]`."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            french, english, *value = line.split("\t")
            yield Entry(french, english, value[0] if value else english)


def data(name: str) -> str:
    """Return the text of a file of the lexicon."""
    return files("comsum.terms").joinpath("data", name).read_text(encoding="utf-8")


@functools.cache
def demonyms() -> dict[str, str]:
    """Folded French adjective of nationality, either gender → English."""
    rows = [line.split("\t") for line in _lines("demonyms.tsv")]
    return {fold(form): english for *forms, english in rows for form in forms}


@dataclass(frozen=True)
class People:
    """What belongs to a country: other English forms of its name, beginnings of its French adjectives (folded)."""

    english: tuple[str, ...]
    french: tuple[str, ...]


@functools.cache
def peoples() -> dict[str, People]:
    """ISO country code → its adjectives in both languages."""
    rows = (line.split("\t") for line in _lines("peoples.tsv"))
    return {code: People(tuple(english.split("|")), tuple(french.split("|"))) for code, english, french in rows}


@functools.cache
def variants() -> dict[str, tuple[str, ...]]:
    """Our English name → other English forms under which a reader meets it."""
    return {
        english: tuple(forms.split("|")) for english, forms in (line.split("\t") for line in _lines("variants.tsv"))
    }


def national_phrases() -> Iterator[Entry]:
    """`autorités maliennes` → *Malian authorities*: every noun of nations with every nationality."""
    nations = [line.split("\t") for line in _lines("demonyms.tsv")]
    for noun, english, form in (line.split("\t") for line in _lines("nouns_of_nations.tsv")):
        for masculine, feminine, adjective in nations:
            word = feminine if form.startswith("f") else masculine
            word += "s" if form.endswith("p") and not word.endswith(("s", "x")) else ""
            yield Entry(f"{noun} {word}", f"{adjective} {english}", f"{adjective} {english}")


def _lines(name: str) -> list[str]:
    return data_lines("comsum.terms", name)


@functools.cache
def matchers() -> tuple[Matcher, ...]:
    """The matchers of all lists, built once."""
    national = Matcher("phrase", national_phrases())
    lists = {kind: _countries() if kind == "country" else read_list(data(name)) for kind, name in LISTS.items()}
    return (national, *(Matcher(kind, entries, plural=kind == "phrase") for kind, entries in lists.items()))


@functools.cache
def function_words() -> frozenset[str]:
    """French articles, pronouns, prepositions and auxiliaries: what betrays French among English."""
    return frozenset(word for line in _lines("function_words.txt") for word in line.split())


TitleTable = Literal["honorifics", "ranks", "functions", "portfolios", "heads", "adjectives", "papers"]


@functools.cache
def titles(table: TitleTable) -> dict[str, str]:
    """Folded French → English of one table of titles.toml."""
    return {fold(french): english for french, english in tomllib.loads(data("titles.toml"))[table].items()}


@functools.cache
def country_entries() -> dict[str, Entry]:
    """Folded French name of a country → its entry."""
    return {fold(entry.french): entry for entry in _countries()}


def _countries() -> Iterator[Entry]:
    """The list, and *République tunisienne* for every nationality: *Tunisian Republic*."""
    yield from read_list(data("countries.tsv"))
    codes = {adjective: code for code, people in peoples().items() for adjective in people.english}
    for _, feminine, adjective in (line.split("\t") for line in _lines("demonyms.tsv")):
        if adjective in codes:
            yield Entry(f"République {feminine}", f"{adjective} Republic", codes[adjective])


@functools.cache
def organisation_entries() -> dict[str, Entry]:
    """Folded French name of a body → its entry."""
    return {fold(entry.french): entry for entry in read_list(data("organisations.tsv"))}


@functools.cache
def name_spellings() -> dict[str, str]:
    """Folded French name → English spelling."""
    return {fold(entry.french): entry.english for entry in read_list(data("names.tsv"))}
