"""Headings in capitals are set in ordinary case before the model sees them; capitals make small models loop.

Words get the case (and the accents) that they have elsewhere in the release, then those of the word lists; the rest
goes to lower case. Lengths are kept, so offsets stay true.
"""

from __future__ import annotations

import functools
import re
from collections import Counter

from comsum.terms.lexicon import LISTS, data, fold, read_list
from comsum.text.segment import is_capitals

_WORD = re.compile(r"[^\W\d_]+")


def recase(heading: str, body: str) -> str:
    """Return a heading in capitals in ordinary case; `body` is the release it stands over."""
    cases = _cases_of(body)
    lower = _WORD.sub(lambda match: _word(match, cases), heading)
    return lower[:1].upper() + lower[1:]


def _word(match: re.Match[str], cases: dict[str, str]) -> str:
    word, folded = match.group(), fold(match.group())
    if len(word) == 1:
        elided = match.string[match.end() : match.end() + 1] in ("'", "’")
        return {"A": "à"}.get(word, word.lower() if elided else word)
    return cases.get(folded) or _known_names().get(folded) or word.lower()


def _cases_of(body: str) -> dict[str, str]:
    """Folded word → its usual form inside the sentences of the release, lines in capitals left out."""
    body = "\n".join(line for line in body.splitlines() if not is_capitals(line))
    forms: dict[str, Counter[str]] = {}
    for match in _WORD.finditer(body):
        word, before = match.group(), body[: match.start()].rstrip()[-1:]
        starts = before in ("", ".", "!", "?", ":", "«", "\n") or body[match.start() - 1 : match.start()] == "\n"
        if len(word) > 1 and not starts and len(fold(word)) == len(word):
            forms.setdefault(fold(word), Counter())[word] += 1
    return {folded: counts.most_common(1)[0][0] for folded, counts in forms.items()}


@functools.cache
def _known_names() -> dict[str, str]:
    """Words of the names in our lists, and acronyms as they stand."""
    known: dict[str, str] = {}
    for kind in ("country", "place", "organisation"):
        for entry in read_list(data(LISTS[kind])):
            for word in _WORD.findall(entry.french):
                if word[0].isupper() and len(fold(word)) == len(word):
                    known.setdefault(fold(word), word)
    return known
