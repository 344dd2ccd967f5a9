"""Several releases in one text: where one ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

FEWEST_WORDS = 25  # of a release; a shorter stretch goes with the one before

_RULE = re.compile(r"^[ \t]*(?:[-_=*#~•·—–][ \t]?){5,}[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"(?:(?<=\n\n)|\A)(?=COMMUNIQU[ÉE]\b[^\n]{0,150}$|Communiqué\b[^\n.]{0,150}$)", re.MULTILINE)
_DATELINE = re.compile(
    r"(?:(?<=\n\n)|\A)(?=[A-ZÀ-Þ][\w'’-]{1,30}(?: [A-ZÀ-Þ][\w'’-]+)?, (?:le )?(?:\w+ )?(?:1er|\d{1,2}) [a-zéû]{3,9} \d{4}\b[^\n]{0,12}[–—:-]\s)"
)


def releases_in(text: str) -> list[str]:
    """The releases of a text, parted by rules of signs, else by their titles, else by their datelines; at least one."""
    for border in (_RULE, _TITLE, _DATELINE):
        parts = list(_long_enough(border.split(text)))
        if len(parts) > 1:
            return parts
    return [text]


def _long_enough(parts: list[str]) -> Iterator[str]:
    held = ""
    for part in (part.strip() for part in parts):
        if len(held.split()) >= FEWEST_WORDS and len(part.split()) >= FEWEST_WORDS:
            yield held
            held = part
        else:
            held = f"{held}\n\n{part}".strip()
    if held:
        yield held
