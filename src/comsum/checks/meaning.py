"""Negation: a *not* that appears or vanishes turns a sentence round."""

from __future__ import annotations

import re
from typing import ClassVar

from comsum.brief import Severity
from comsum.checks.base import SegmentCheck
from comsum.translated import TranslatedSegment

_FRENCH = re.compile(
    r"\b(?:ne|n['’])\s*(?:[\w'’-]+\s+){1,6}?(?:pas|plus|jamais|rien|aucune?|point|guère|nullement|personne)\b"
    r"|\b(?:aucune?|nul|nulle|jamais|personne)\b[^.]{0,40}\b(?:ne|n['’])|\bni\b|\bnon\b(?! (?:seulement|plus\b|sans))"
    r"|\bne (?:saurai\w*|peu[tx]|peuvent|pouvons|pouvait|cess\w+)\b(?![^.,;]*\bqu['’e])",
    re.IGNORECASE,
)
# Negations that can be counted: one match a negation.
_FRENCH_WHOLE = re.compile(
    r"\b(?:ne|n['’])\s*(?:[\w'’-]+\s+){0,6}?(?:pas|plus|jamais|rien|aucune?|point|guère|nullement|personne)\b"
    r"|\b(?:aucune?|nul|nulle|jamais|personne)\b[^.]{0,40}\b(?:ne|n['’])|\bni\b|\bnon\b(?! (?:seulement|plus\b|sans))",
    re.IGNORECASE,
)
_FRENCH_LOOSE = re.compile(
    r"\b(?:ne|sans|défense|tout simplement|seul\w*|mauvais\w*|peu|refus\w*|rejet\w*|manqu\w*|absence|interdi\w*|empêch\w*|sauf|impossib\w+|éviter|loin de|aucun\w*|pas|non[ -])\b"
    r"|\b(?:in|im|il|ir)(?=[a-zé]{4,})|\bmal\w+|\bdé[sn]\w+",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:not|never|no|none|nor|neither|nothing|nobody|cannot|unless)\b(?!\. ?\d)|n['’]t\b", re.IGNORECASE
)
_ENGLISH_LOOSE = re.compile(
    r"\b(?:without|fail\w*|refus\w*|lack\w*|avoid\w*|unable|hardly|reject\w*|longer|far from|"
    r"prevent\w*|absence|free of|spare|barely|instead|rather than|before|non-\w+|un(?!i|der|til)\w{5,})\b",
    re.IGNORECASE,
)


class NegationCheck(SegmentCheck):
    """Score: share of the French negations that the English has, two at most looked for; 0 when only it has one.

    English says *without*, *fails to*, *unable* for many a *ne … pas*, so these count for the French ones.
    """

    kind = "negation"
    severity: ClassVar[Severity] = "warning"

    def score(self, segment: TranslatedSegment) -> float:
        source, target = segment.segment.text, segment.target
        if not _FRENCH.search(source):
            return float(not _ENGLISH.search(target) or bool(_FRENCH_LOOSE.search(source)))
        wanted = min(2, max(1, len(_FRENCH_WHOLE.findall(source))))
        found = len(_ENGLISH.findall(target)) + len(_ENGLISH_LOOSE.findall(target))
        return min(1.0, found / wanted)

    def explain(self, segment: TranslatedSegment) -> str:
        if _FRENCH.search(segment.segment.text):
            some = _ENGLISH.search(segment.target) or _ENGLISH_LOOSE.search(segment.target)
            return f"the French says no{' more often than the English' if some else ', the English does not'}"
        return "the English says no, the French does not"
