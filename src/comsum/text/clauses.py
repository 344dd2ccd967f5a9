"""Cutting a sentence too long for the model at clause boundaries, so that nothing is ever silently truncated."""

from __future__ import annotations

import re
from collections.abc import Callable

# The better boundary first: semicolons, colons, conjunctions after a comma, commas, conjunctions, any space.
_BOUNDARIES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<=;) ",
        r"(?<=:) ",
        r"(?<=,) (?=(?:et|mais|ainsi que|tandis que|alors que|qui|afin de|en vue de|notamment)\b)",
        r"(?<=,) ",
        r" (?=(?:et|mais|ainsi que|qui|que|afin de|en vue de|pour|dont)\b)",
        r" ",
    )
)


def split_clauses(text: str, limit: int, count_tokens: Callable[[str], int]) -> list[str]:
    """Return the text in parts of at most `limit` tokens, cut near the middle at the best boundary there is.

    A single word longer than the limit is left whole: there is nowhere to cut it.
    """
    if count_tokens(text) <= limit:
        return [text]
    for boundary in _BOUNDARIES:
        cuts = [match.start() for match in boundary.finditer(text)]
        inner = [cut for cut in cuts if 0.2 < cut / len(text) < 0.8] or (cuts if boundary is _BOUNDARIES[-1] else [])
        if inner:
            middle = min(inner, key=lambda cut: abs(cut - len(text) / 2))
            halves = text[:middle].rstrip(), text[middle:].lstrip()
            return [part for half in halves for part in split_clauses(half, limit, count_tokens)]
    return [text]
