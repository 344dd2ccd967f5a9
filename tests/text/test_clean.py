from __future__ import annotations

import pytest

from comsum.text.clean import clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\x1b[31mrouge\x1b[0m b", "arouge b"),
        ("\x1b]0;titre\x07texte", "texte"),
        ("\x1b]8;;http://x\x1b\\lien\x1b]8;;\x1b\\", "lien"),
        ("un\x00deux\x07trois", "undeuxtrois"),
        ("\u202eenvers\u202c", "envers"),
        ("l&#39;Etat &amp; l&eacute;gal", "l'Etat & légal"),
        ("e\u0301tat", "état"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("co\u00adopération", "coopération"),
        ("\ufeffdébut", "début"),
        ("10\u00a0000", "10\u00a0000"),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize("raw", ["\x1b[2J", "\x9b31m", "\x1b[?25l\x1b[1;1H", "\x1bPq#0\x1b\\", "\x1b"])
def test_no_escape_survives(raw: str) -> None:
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in clean_text(raw + "texte"))
