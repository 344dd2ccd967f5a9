"""Formulas of communiqués said plainly, for the model's eyes only (data/plainer.tsv).

The French that is shown, checked and read for facts is never changed; sentinels are never lost.
"""

from __future__ import annotations

import functools
import re

from comsum.wordlists import data_lines

_SENTINEL = re.compile(r"<x\d+>")


@functools.cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (line.split("\t") for line in data_lines("comsum.text", "plainer.tsv"))
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rows)


def plainer(text: str) -> str:
    """Return the text with its formulas in plainer words; a rule that would lose a sentinel is not used.

    >>> plainer("Ils ont animé une conférence.")
    'Ils ont tenu une conférence.'
    """
    for pattern, replacement in _rules():
        new = pattern.sub(replacement, text)
        if sorted(_SENTINEL.findall(new)) == sorted(_SENTINEL.findall(text)):
            text = new
    return text
