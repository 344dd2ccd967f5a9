"""Word lists that lie beside the code: their lines, and regular expressions made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.resources import files

KNOWN_TEXTS = 1024  # texts whose reading is kept: a sentence is looked at by many rules, and then no more


def data_lines(package: str, name: str) -> list[str]:
    """The lines of a package's file `data/<name>`; empty ones and those that begin with `#` are left out."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def alternatives(words: Iterable[str]) -> str:
    """The inside of a group that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
