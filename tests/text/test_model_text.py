from __future__ import annotations

import pytest

from comsum.text.clauses import split_clauses
from comsum.text.language import is_french, language_of
from comsum.text.model_text import french_model_text
from comsum.text.recase import recase


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("l’Etat et les Etats", "l'État et les États"),
        ("A l’invitation de", "À l'invitation de"),
        ("Au cours de cette visite", "Au cours de cette visite"),
        ("Avant la fin", "Avant la fin"),
        ("« la paix »", '"la paix"'),
        ("10\u00a0000 francs", "10 000 francs"),
        ("Comment ?", "Comment?"),
    ],
)
def test_french_model_text(text: str, seen: str) -> None:
    assert french_model_text(text) == seen


def test_a_heading_in_capitals_is_recased_with_its_length_kept() -> None:
    body = "Au cours de la visite, Awa Konaté a vu Dakar. La visite fut brève ; elle a visité le port."
    heading = "VISITE DE MADAME KONATE A L'UNIVERSITE DE DAKAR"
    found = recase(heading, body)
    assert found == "Visite de madame Konaté à l'universite de Dakar"
    assert len(found) == len(heading)


def _words(text: str) -> int:
    return len(text.split())


def test_long_sentences_are_cut_at_clauses_and_nothing_is_lost() -> None:
    text = "le premier point est acquis, et le deuxième aussi ; le troisième, qui est long, reste ouvert pour tous " * 4
    parts = split_clauses(text.strip(), 20, _words)
    assert " ".join(parts) == text.strip()
    assert all(_words(part) <= 20 for part in parts)
    assert len(parts) > 3


def test_a_word_that_is_too_long_is_left_whole() -> None:
    assert split_clauses("a" * 50, 10, len) == ["a" * 50]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le Ministre a rencontré les représentants de la communauté malienne.", "fr"),
        ("The Minister met the representatives of the Malian community.", "en"),
        ("El Ministro se reunió con los representantes de la comunidad.", "es"),
        ("COMMUNIQUE DE LA PRESIDENCE DE LA REPUBLIQUE", "fr"),
        ("Oui.", "fr"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language
    assert is_french(text) == (language == "fr")
