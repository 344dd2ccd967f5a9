"""Shorten a French sentence before it is translated: what a summary can do without goes, the news stays.

Honorifics, functions in apposition, accompanying persons, courtesy and purpose clauses are cut; a pronoun at the
head is replaced by the name it stands for. What is left is a sentence that the model translates like any other.
"""

from __future__ import annotations

import re
from itertools import pairwise

from comsum.terms.entity import Entity

_HONORIFIC = re.compile(
    r"\b(?:Son Excellence (?:Monsieur|Madame|le|la)?|S\.E\.M\.|S\.E\. ?M(?:me|\.)|Monsieur|Madame)\s+(?=[A-ZÀ-Þ])"
)
_CUTS = tuple(
    re.compile(pattern)
    for pattern in (
        r",? accompagnée? d['’][^,]*(?:,(?= (?:a|ont|est|sont|s['’]est|se)\b)|(?=,|$))",
        r",? à la tête d['’]une (?:forte |importante )?délégation[^,]*(?:,(?= (?:a|ont|est|sont)\b)|(?=,|$))",
        r",? qui (?:se sont déroulés?|s['’]est déroulée?|ont toujours existé)[^,]*(?=,|\s+et\b|$)",
        r",? dans une (?:atmosphère|ambiance)[^,.]*",
        r",? y compris [^,.]*",
        r",? (?:notamment|en particulier) [^.]*(?=\.|$)",
        r" (?:davantage|également|toujours|en outre|par ailleurs)(?= )",
        r"^(?:À cet égard|À cette occasion|En outre|Par ailleurs|Au cours de cette visite|Au cours d[eu][^,]{0,40}|Lors des? [^,]{0,40}),\s+",
        r"(?<=\w), un partenariat exemplaire[^.]*",
    )
)
_PRONOUN = re.compile(r"^(?:Il|Elle|Ce dernier|Cette dernière)(?= )")
_APPOSITION_END = re.compile(r",(?= (?:a|ont|est|sont|s['’]est|se)\b)|(?=[,.]|$)")
_MIN_WORDS = 5


def trim(text: str, entities: tuple[Entity, ...], subject: str | None = None) -> str:
    """Return a shorter French sentence; the same one when nothing can go.

    `subject` is the French name that a pronoun at the head of the sentence stands for.
    """
    shorter = _without_appositions(text, entities)
    shorter = _HONORIFIC.sub("", shorter)
    for pattern in _CUTS:
        cut = pattern.sub("", shorter)
        if len(cut.split()) >= _MIN_WORDS:
            shorter = cut
    if subject:
        shorter = _PRONOUN.sub(subject, shorter)
    shorter = re.sub(r"\s+([,.])", r"\1", re.sub(r"\s{2,}", " ", shorter)).strip(" ,")
    shorter = re.sub(r",+\.", ".", shorter)
    return shorter[:1].upper() + shorter[1:] if shorter else text


def _without_appositions(text: str, entities: tuple[Entity, ...]) -> str:
    """Cut `, Ministre des …,` after a name: the function is in the key facts."""
    pieces, position = [], 0
    for before, role in pairwise(entities):
        between = text[before.end : role.start]
        follows_name = before.kind in ("person", "role") and before.end >= position
        end = _APPOSITION_END.match(text, role.end)
        if role.kind == "role" and follows_name and between == ", " and end:
            pieces.append(text[position : before.end])
            position = end.end()
    return "".join([*pieces, text[position:]])
