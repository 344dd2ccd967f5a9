"""Text that was spoilt on its way: bytes decoded twice, a release pasted twice. What is mended is said."""

from __future__ import annotations

import re

# What UTF-8 read as cp1252 or Latin-1 looks like in French: *Ã©*, *Ã ,* *â€™*, *Â«*.
_TWICE = re.compile(
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122 ]|â€|Â[«»\u00a0°]|Å“"
)
DECODED_TWICE = "its letters had been decoded twice (Ã© for é) and were mended"
PASTED_TWICE = "the text stood twice in the file and is read once"
_FEWEST = 200  # characters of half a text before it may be taken for pasted twice


def mend_text(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the mended text, and a note for each thing mended."""
    notes = []
    if _TWICE.search(text):
        mended = _decoded_once(text)
        if mended != text:
            text = mended
            notes.append(DECODED_TWICE)
    once = _once(text)
    if once != text:
        text = once
        notes.append(PASTED_TWICE)
    return text, tuple(notes)


def _decoded_once(text: str) -> str:
    """By ftfy, line by line, for only parts of a text may be spoilt."""
    import ftfy

    return "\n".join(ftfy.fix_encoding(line) if _TWICE.search(line) else line for line in text.split("\n"))


def _once(text: str) -> str:
    """The first half of a text whose second half is the same but for spaces."""
    start = text[:60]
    again = text.find(start, _FEWEST)
    while again > 0:
        first, second = text[:again], text[again:]
        if abs(len(first.rstrip()) - len(second.rstrip())) < 20 and first.split() == second.split():
            return first.strip()
        again = text.find(start, again + 1)
    return text
