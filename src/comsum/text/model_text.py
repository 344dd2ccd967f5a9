"""The one form of French that the seq2seq model sees, at training and at use.

Typography differs between ministries and says nothing about meaning, and small models trip over it. So
curly apostrophes, guillemets, non-breaking spaces and accents left off capitals are brought to one form
before the tokenizer. The reader is always shown the original.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u2060\ufeff]+")
_QUOTES = re.compile(r"«\s*|\s*»|[“”„]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "…": "..."})
_FRENCH_STOPS = re.compile(r" ([;:?!])(?=\s|$)")

# Capitals that French typists leave bare; the accent tells the model which word it is.
_BARE_CAPITALS = (
    ("Etat", "État"),
    ("Etats", "États"),
    ("Egalement", "Également"),
    ("Egypte", "Égypte"),
    ("Eglise", "Église"),
    ("Economie", "Économie"),
    ("Education", "Éducation"),
    ("Election", "Élection"),
    ("Elections", "Élections"),
    ("Energie", "Énergie"),
    ("Etant", "Étant"),
    ("Ethiopie", "Éthiopie"),
    ("Emirats", "Émirats"),
    ("Equateur", "Équateur"),
    ("Evoquant", "Évoquant"),
)
_BARE = re.compile(r"\b(" + "|".join(bare for bare, _ in _BARE_CAPITALS) + r")\b")
_ACCENTED = dict(_BARE_CAPITALS)
_BARE_A = re.compile(r"(?:^|(?<=[.!?] ))A(?= (?:l'|la |le |les |cette |ce |son |sa |ses |travers |partir |Paris\b))")


def french_model_text(text: str) -> str:
    """Return `text` in the form the bundled model was trained on (see the module's docstring)."""
    text = _BARE.sub(lambda match: _ACCENTED[match.group()], plain_typography(text))
    return _BARE_A.sub("À", text)


def plain_typography(text: str) -> str:
    """Bring spaces, quotes, dashes and apostrophes of either language to their plain ASCII forms."""
    text = _QUOTES.sub('"', unicodedata.normalize("NFC", text)).translate(_APOSTROPHES)
    return _FRENCH_STOPS.sub(r"\1", _SPACES.sub(" ", text).strip())
