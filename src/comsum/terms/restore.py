"""Restoring: the entities' English goes where the model placed their sentinels.

Those that got lost or were written twice are reported. Spacing, capitals at the start of the sentence, articles and
prepositions are mended on the way, because the model never saw the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from comsum.terms.entity import Entity
from comsum.terms.protect import FRENCH_ARTICLE, Protected

_SENTINEL = re.compile(r"\s*<x(\d+)>")
_VOWEL_SOUND = re.compile(
    r"[aiAI]|[eE](?![uU])|[oO](?!ne\b|nce)|u(?!n[ai]|s)|U(?![A-Z]|n[ai]|s)|[FHLMNRSX][B-DF-HJ-NP-TV-Z]+\b"
)
_AGREEMENT = re.compile(r"\b([Aa])n? (?=[A-Za-z])(?=(\S+))")
_ACTORS = re.compile(r"(?:President|Minister|Government|Ambassador|Head of State|people)$")
_NEAR_DAYS = re.compile(r"(?:yesterday|today|tomorrow|this|last|next)\b")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_FULL_DAY = re.compile(r"(?:[A-Z][a-z]+day )?\d{1,2} [A-Z][a-z]+")
_AFTER_A_DATE = re.compile(r"\s*(?:$|[,.;:)]|(?:in|at|to|and|by|for|of|with|from|on|that|which|under|during)\b)")
_BEFORE_A_DATE = "on|of|from|since|until|by|before|after|to|into|within|during|between|and"
_TO_WHOM = re.compile(
    r"\b(gratitude|condolences|thanks|congratulations|sympathy) (?:in|at) (?=(?:the|President|Minister|Mr|Ms|His|Her|Your)\b)"
)


@dataclass(frozen=True)
class Restored:
    """English text; `spans` gives, by protected entity, its (start, end) there, or None when it got lost."""

    text: str
    entities: tuple[Entity, ...]
    spans: tuple[tuple[int, int] | None, ...]

    def place(self, entity: Entity) -> tuple[int, int] | None:
        """Where an entity, or one that was joined to others, stands in the English."""
        for whole, span in zip(self.entities, self.spans, strict=True):
            if span and whole == entity:
                return span
            if span and entity in whole.parts:
                start = self.text.lower().find(entity.english.lower(), span[0], span[1])
                return (start, start + len(entity.english)) if start >= 0 else None
        return None

    @property
    def complete(self) -> bool:
        """True when every protected entity is in the English."""
        return all(span is not None for span in self.spans)


def restore(text: str, protected: Protected) -> Restored:
    """Write the entities' English into a hypothesis; unknown and repeated sentinels vanish."""
    spans: list[tuple[int, int] | None] = [None] * len(protected.entities)
    output = ""
    text = _AGREEMENT.sub(_agree, text)
    position = 0
    for match in _SENTINEL.finditer(text):
        output += text[position : match.start()]
        position = match.end()
        number = int(match[1])
        if number >= len(spans) or spans[number] is not None:
            continue
        output = _mend_preposition(output, protected.entities[number], text[position:])
        output = _mend_article(output, protected.entities[number])
        output += _gap(output)
        english = _capital(protected.entities[number].english, at_start=not output.strip(" \"'(-"))
        spans[number] = (len(output), len(output) + len(english))
        output += english
        if english[-1:] == "s" and text.startswith("'s", position):
            position += len("'s")
            output += "'"  # *the United Nations' support*
    output = _TO_WHOM.sub(r"\1 to ", output + text[position:])  # as long as before: the spans hold
    return Restored(output.rstrip(), protected.entities, tuple(spans))


def repair(text: str, entities: Iterable[Entity]) -> str:
    """Put English in the place of what a model copied from the French: *CEDEAO*, *Moscou*, *1 234,5*.

    For models that do not know sentinels. What they translated otherwise is left for the checks to judge.
    """
    for entity in sorted(entities, key=lambda entity: -len(entity.text)):
        written = re.escape(FRENCH_ARTICLE.sub("", " ".join(entity.text.split())))
        english = entity.english.removeprefix("the ")
        if english not in text and entity.kind != "phrase":
            text = re.sub(rf"(?<!\w){written}(?!\w)", english.replace("\\", r"\\"), text)
    return text


def _gap(before: str) -> str:
    """The space that belongs before a restored entity."""
    if not before or before[-1] in " ([-/$€£":
        return ""
    if before[-1] in "\"'" and before.count(before[-1]) % 2 and (len(before) == 1 or before[-2] in " (["):
        return ""
    return " "


def _agree(match: re.Match[str]) -> str:
    """*a atmosphere* → *an atmosphere*; words in capitals are left as they stand."""
    if match[2].isupper():
        return match.group()
    return f"{match[1]}n " if _VOWEL_SOUND.match(match[2]) else f"{match[1]} "


def _mend_preposition(before: str, entity: Entity, after: str) -> str:
    """*au Président X* is *to* a person, where *à* of a sentinel may be taken for *in* a place; *this Monday* needs none.

    A day is *on* or *of*, without article, unless a noun follows (*the 9 August attack*).
    """
    english = entity.english
    if entity.lead == "à" and (entity.kind in ("person", "role") or _ACTORS.search(english)):
        return re.sub(r"\b(?:in|at)(?: the)?\s*$", "to ", before)
    if _CLOCK.match(english):
        return re.sub(r"\b(?:in|to)\s*$", "at ", before)
    if entity.kind != "date":
        return before
    if _NEAR_DAYS.match(english):
        return re.sub(r"\b(?:in|on|at)(?: the)?\s*$", "", before)
    return _with_bare_day(before) if _FULL_DAY.match(english) and _AFTER_A_DATE.match(after) else before


def _with_bare_day(before: str) -> str:
    bare = re.sub(rf"\b({_BEFORE_A_DATE}) the\s*$", r"\1 ", before)
    return re.sub(r"\b(?:in )?the\s*$", "on ", bare)


def _mend_article(before: str, entity: Entity) -> str:
    """Make *a/an* agree, and drop an article that the entity brings along or cannot bear."""
    match = re.search(r"\b(an?|the)\s*$", before, re.IGNORECASE)
    if not match:
        return before
    article, head = match[1], before[: match.start()]
    if entity.kind in ("person", "country", "place") or entity.english.lower().startswith("the "):
        return head
    if article.lower() == "the":
        return before
    right = "an" if _VOWEL_SOUND.match(entity.english) else "a"
    return head + (right.capitalize() if article[0].isupper() else right)


def _capital(english: str, *, at_start: bool) -> str:
    return english[0].upper() + english[1:] if at_start and english else english
