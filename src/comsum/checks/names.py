"""Every person, place and organisation of the French in the English, as itself or in a known form."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from comsum.checks.base import SegmentCheck
from comsum.terms.entity import Entity, with_parts
from comsum.terms.lexicon import Entry, Matcher, data, fold, peoples, read_list, variants
from comsum.translated import TranslatedSegment
from comsum.wordlists import alternatives

_KINDS = ("person", "country", "place", "organisation", "document", "reference")
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9-]+s?\b|\b(?:[A-Z]\.){2,}")
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to", "with"])
_UNION = frozenset({"European Union", "EU", "Europe"})  # one body under many names: Union, Europe, European
_SIMILAR = 0.75  # two spellings of one name: Terechkova, Tereshkova
_ENOUGH = 0.6  # share of the words of a long name that may stand for it: Atomic Energy Agency, Authority


class NameCheck(SegmentCheck):
    """Score: share of the names of the French that the English shows; 0 when it names a country of its own."""

    kind = "name"

    def score(self, segment: TranslatedSegment) -> float:
        if self._invented(segment):
            return 0.0
        return 1.0 - len(self._missing(segment)) / max(1, len(_names(segment)))

    def explain(self, segment: TranslatedSegment) -> str:
        missing, invented = self._missing(segment), self._invented(segment)
        parts = [f"the French names {_bare(entity)}, the English does not" for entity in missing]
        parts += [f"the English names {name}, the French does not" for name in invented]
        return "; ".join(parts)

    @staticmethod
    def _invented(segment: TranslatedSegment) -> list[str]:
        """Countries that the English names and the French does not, not even as an adjective (*malien*)."""
        named = {entity.value for entity in with_parts(segment.entities)}
        source = fold(segment.segment.text)
        english = " ".join(entity.english for entity in segment.entities)
        found = _english_countries().find(segment.target)
        return [
            country.english
            for country in found
            if country.value not in named and country.english not in english and not _hinted(country, source)
        ]

    @staticmethod
    def _missing(segment: TranslatedSegment) -> list[Entity]:
        known = " ".join([segment.segment.text, *(entity.english for entity in segment.entities)])
        acronyms = [match.group() for match in _ACRONYM.finditer(segment.target)]
        strange = [acronym for acronym in acronyms if acronym.removesuffix("s") not in known]
        return [
            entity
            for entity in _names(segment)
            if not _shows(segment.target, entity)
            and not _hinted_at(entity, segment)
            and not _renamed(entity, segment.target, strange)
        ]


@functools.cache
def _english_countries() -> Matcher:
    entries = read_list(data("countries.tsv"))
    return Matcher("country", (Entry(entry.english, entry.english, entry.value) for entry in entries))


@functools.cache
def _country_names() -> dict[str, frozenset[str]]:
    """ISO code → every English name and adjective of the country."""
    names: dict[str, set[str]] = {code: set(people.english) for code, people in peoples().items()}
    for entry in read_list(data("countries.tsv")):
        names.setdefault(entry.value, set()).add(entry.english.removeprefix("the "))
    return {code: frozenset(forms) for code, forms in names.items()}


@functools.cache
def _country_hints() -> dict[str, frozenset[str]]:
    """ISO code → folded beginnings of words that name the country in French."""
    hints: dict[str, set[str]] = {code: set(people.french) for code, people in peoples().items()}
    for entry in read_list(data("countries.tsv")):
        hints.setdefault(entry.value, set()).update((fold(entry.french), fold(entry.english)))
    return {code: frozenset(forms) for code, forms in hints.items()}


def _names(segment: TranslatedSegment) -> list[Entity]:
    return [entity for entity in segment.entities if entity.kind in _KINDS and not _is_common(entity)]


def _is_common(entity: Entity) -> bool:
    """A paper without name or number (*projet de loi*) may be called many things."""
    return entity.kind == "document" and len(re.findall(r"\b[A-ZÀ-Þ]|\d+", entity.text)) < 2


def _bare(entity: Entity) -> str:
    name = entity.english.removeprefix("the ")
    return name if name in entity.text else f"{entity.text} ({name})"


def _shows(target: str, entity: Entity) -> bool:
    folded = re.sub(r"[-\s]+", " ", fold(target))
    if any(_has(form, folded) for form in _forms(entity)):
        return True
    if entity.kind in ("person", "place"):
        *first, name = fold(entity.value).split(" ")
        words = re.findall(r"[\w'-]+", folded) if entity.kind == "person" or not first else []
        return bool(difflib.get_close_matches(name, words, 1, _SIMILAR))
    words = [word for word in re.findall(r"\w+", fold(entity.english)) if word not in _SMALL_WORDS | {"ministry"}]
    return bool(words) and sum(_has(word, folded) for word in words) >= _ENOUGH * len(words)


def _forms(entity: Entity) -> Iterator[str]:
    if entity.kind == "person":
        yield entity.value.split(" ")[-1]
        return
    english = entity.english.removeprefix("the ")
    yield from (english, entity.text, *variants().get(english, ()))
    if entity.kind == "organisation":
        yield _initials(english)


def _hinted_at(entity: Entity, segment: TranslatedSegment) -> bool:
    """Tell whether adjectives and other names of a country stand for it: at least as many as the French has."""
    code = "EU" if entity.value in _UNION else entity.value
    names, hints = _country_names().get(code), _country_hints().get(code)
    if not names or not hints:
        return False
    wanted = _count(hints, fold(segment.segment.text), r"")
    return 0 < _count({fold(name) for name in names}, fold(segment.target), r"(?:s|es)?(?!\w)") >= wanted


def _count(forms: Iterable[str], folded: str, end: str) -> int:
    words = alternatives(form.replace("-", " ").rstrip(".") for form in forms)
    return len(re.findall(rf"(?<!\w)(?:{words}){end}", folded.replace("-", " ")))


def _has(form: str, folded: str) -> bool:
    form = re.sub(r"[-\s]+", " ", fold(form)).rstrip(".")
    return bool(form) and bool(re.search(rf"(?<!\w){re.escape(form)}(?:s|es|'s)?(?!\w)", folded))


def _initials(name: str) -> str:
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in _SMALL_WORDS]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _renamed(entity: Entity, target: str, acronyms: Sequence[str]) -> bool:
    """Tell whether an acronym stands there spelt out or, when its English is not known to us, as another acronym."""
    if entity.kind != "organisation" or not entity.text.isupper():
        return False
    if any(_spelt_out(acronym, target) for acronym in (entity.text, entity.english)):
        return True
    return entity.english == entity.text and bool(acronyms)


def _spelt_out(acronym: str, target: str) -> bool:
    """Tell whether words in a row have the letters of an acronym, in any order (PPE: European People's Party)."""
    letters = sorted(character for character in acronym if character.isalpha())
    words = [word for word in re.findall(r"[^\W\d_]{2,}", target) if word.lower() not in _SMALL_WORDS]
    initials = [word[0].upper() for word in words]
    size = len(letters)
    return any(sorted(initials[at : at + size]) == letters for at in range(len(initials) - size + 1))


def _hinted(country: Entity, source: str) -> bool:
    """Tell whether the French has a word that begins like a name or adjective of the country."""
    hints = _country_hints().get(country.value, frozenset())
    plain = source.replace("-", " ")
    return any(re.search(rf"(?<!\w){re.escape(hint.replace('-', ' '))}", plain) for hint in hints)
