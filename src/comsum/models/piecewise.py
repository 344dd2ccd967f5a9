"""The last resort: a sentence translated in the stretches between its sentinels, which stay where they are.

Every number and name is kept, and nothing is invented around them; the word order stays French. Sentences made so
are marked, and a check says it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PIECES = re.compile(r"(<x\d+>|[,;:()])")
_FIXED = re.compile(r"<x\d+>|[,;:()]")

# Function words alone between two sentinels: too little for a model to see what they mean.
_SMALL_WORDS = {
    "de": "of",
    "d'": "of",
    "du": "of the",
    "des": "of the",
    "à": "to",
    "au": "to the",
    "aux": "to the",
    "en": "in",
    "et": "and",
    "ou": "or",
    "le": "the",
    "la": "the",
    "les": "the",
    "l'": "the",
    "un": "a",
    "une": "a",
    "avec": "with",
    "par": "by",
    "pour": "for",
    "dans": "in",
    "sur": "on",
    "entre": "between",
    "son": "his",
    "sa": "his",
    "ses": "his",
    "leur": "their",
    "leurs": "their",
    "ainsi que": "as well as",
}


def piecewise(text: str, translate: Callable[[Sequence[str]], Sequence[str]]) -> str:
    """Translate the stretches of `text` between sentinels and commas with `translate`, and join them in place."""
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    hard = [piece for piece in pieces if _is_prose(piece) and _small(piece) is None]
    english = dict(zip(hard, translate(hard), strict=True)) if hard else {}
    parts = [
        _small(piece) or _as_part(english[piece], place) if _is_prose(piece) else piece
        for place, piece in enumerate(pieces)
    ]
    joined = re.sub(r"\s+([,;:.)])", r"\1", " ".join(part for part in parts if part)).replace("( ", "(")
    return joined + "." if text.rstrip().endswith(".") and not joined.endswith(".") else joined


def _is_prose(piece: str) -> bool:
    return not _FIXED.fullmatch(piece) and any(character.isalpha() for character in piece)


def _small(piece: str) -> str | None:
    """The English of a stretch of function words; None when it holds anything else."""
    folded = piece.lower().strip()
    if folded in _SMALL_WORDS:
        return _SMALL_WORDS[folded]
    words = re.findall(r"\w+'?", folded)
    if len(words) <= 2 and all(word in _SMALL_WORDS for word in words):
        return " ".join(_SMALL_WORDS[word] for word in words)
    return None


def _as_part(english: str, place: int) -> str:
    """A stretch is no sentence: no full stop, no capital inside the line, no sentinel of its own, no loop."""
    bare = without_loop(re.sub(r"\s*<x\d+>", "", english).strip().rstrip("."))
    keep_capital = place == 0 or not re.match(
        r"(?:In|The|A|An|It|He|She|They|For|Of|With|To|And|There|On|At|By|This|Its|His|About|Or|That|Which|Who|From|As|During|"
        r"Between|Under|Some|All|Also|But|Their|Our|Your|Such|Signed|Including)\b",
        bare,
    )
    return bare if keep_capital else bare[:1].lower() + bare[1:]


def without_loop(text: str) -> str:
    """Take out what a text says twice running: syllables, words, up to six words."""
    text = re.sub(r"([^\W\d_]{3,8})\1{2,}", r"\1", text)
    words = text.split()
    bare = [word.strip(",;:").lower() for word in words]
    for size in (6, 5, 4, 3, 2, 1):
        for start in range(len(words) - 2 * size + 1):
            if bare[start : start + size] == bare[start + size : start + 2 * size]:
                return without_loop(" ".join(words[:start] + words[start + size :]))
    return text
