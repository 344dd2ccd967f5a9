"""Cleaning: text as typed becomes text that can be shown and split.

A release is hostile until shown otherwise: terminal escape sequences, control characters and direction overrides
go here, once, so that no output format has to think of them.
"""

from __future__ import annotations

import html
import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # operating-system commands: titles, hyperlinks
    r"|\x1b[P^_X][^\x1b]*(?:\x1b\\)?"  # device strings
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours, cursor
    r"|\x1b[ -/]*[0-~]"
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")
# Printers' ligatures, as PDF files keep them; *œ* and *æ* are letters and stay.
_LIGATURES = {0xFB00 + place: letters for place, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
# Bullets of the fonts Symbol and Wingdings, which have no letters of their own outside Word.
_SIGNS = _LIGATURES | dict.fromkeys((0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC), "•")
_TRAILING = re.compile(r"(?<![ \t])[ \t]+\n")  # from the first space on, or a line of nothing else takes hours
_MANY_LINES = re.compile(r"\n{3,}")


def clean_text(text: str) -> str:
    """Return NFC text with plain line ends, entities unescaped, and nothing that could steer a terminal."""
    text = html.unescape(text) if "&" in text else text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\u2028", "\n")
    text = _CONTROLS.sub("", _ESCAPES.sub("", text)).translate(_SIGNS)
    text = unicodedata.normalize("NFC", text)
    return _MANY_LINES.sub("\n\n", _TRAILING.sub("\n", text)).strip()
