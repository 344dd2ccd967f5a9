"""Headings in capitals are set in ordinary case before the model sees them; capitals make small models loop.

Words get the case (and the accents) that they have elsewhere in the release, then those of the word lists; the rest
goes to lower case. Lengths are kept, so offsets stay true.
"""

from __future__ import annotations

import functools
import re

from comsum.terms.lexicon import LISTS, data, fold, read_list

_WORD = re.compile(r"[^\W\d_]+")


def recase(heading: str, body: str) -> str:
    """Return a heading in capitals in ordinary case; `body` is the release it stands over."""
    cases = _cases_of(body)
    lower = _WORD.sub(lambda match: _word(match.group(), cases), heading)
    return lower[:1].upper() + lower[1:]


def _word(word: str, cases: dict[str, str]) -> str:
    folded = fold(word)
    return cases.get(folded) or _known_names().get(folded) or (word if len(word) == 1 and word != "A" else word.lower())


def _cases_of(body: str) -> dict[str, str]:
    """Folded word → its form inside sentences of the release; words in capitals are taken for names."""
    cases: dict[str, str] = {}
    for match in _WORD.finditer(body):
        word, before = match.group(), body[: match.start()].rstrip()[-1:]
        starts = before in ("", ".", "!", "?", ":", "«", "\n") or body[match.start() - 1 : match.start()] == "\n"
        if len(word) > 1 and not starts and len(fold(word)) == len(word):
            name = word.capitalize() if word.isupper() and len(word) > 5 else word
            cases.setdefault(fold(word), name)
    return cases


@functools.cache
def _known_names() -> dict[str, str]:
    """Words of the names in our lists, and acronyms as they stand."""
    known: dict[str, str] = {}
    for kind in ("country", "place", "organisation"):
        for entry in read_list(data(LISTS[kind])):  # type: ignore[index]
            for word in _WORD.findall(entry.french):
                if word[0].isupper() and len(fold(word)) == len(word):
                    known.setdefault(fold(word), word)
    return known
