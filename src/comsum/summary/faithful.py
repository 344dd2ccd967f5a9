"""A summary may only say what the release says: its names, numbers, dates and negations are checked.

Checked against the French and English of the sentences it rests on; a sentence that fails is not used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comsum.checks.quantities import explained, figures
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][\w'’-]+")
_NOT = re.compile(r"\b(?:not|never|no|none|nor|neither|nothing|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_FRENCH_NOT = re.compile(r"\b(?:ne|n['’]|sans|non|ni|aucune?|pas|jamais)\b", re.IGNORECASE)
_FREE = frozenset({"mr", "ms", "minister", "president", "i"})


def unsupported(sentence: str, grounds: Sequence[TranslatedSegment], known: Sequence[str] = ()) -> list[str]:
    """Return what a summary sentence says without ground; empty when it is faithful.

    `known` are names resolved elsewhere in the release (the Minister's full name for *Il*).
    """
    source = " ".join(ground.segment.text for ground in grounds)
    target = " ".join(ground.target for ground in grounds)
    numbers = figures(sentence, "en")
    problems = [n.text for n in numbers if not explained(n, target, "en") and not explained(n, source, "fr")]
    entities = " ".join(entity.english for ground in grounds for entity in ground.entities)
    allowed = set(re.findall(r"[\w'-]+", fold(" ".join([source, target, entities, *known])))) | _FREE
    problems += [name for name in _NAME.findall(sentence) if not _has(fold(name), allowed)]
    if bool(_NOT.search(sentence)) and not (_FRENCH_NOT.search(source) or _NOT.search(target)):
        problems.append("negation")
    return problems


def _has(name: str, allowed: set[str]) -> bool:
    stem = re.sub(r"'s$", "", name)
    return stem in allowed or all(part in allowed for part in re.findall(r"[\w]+", stem))
