from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from comsum.errors import EmptyInputError, InputError, NotTextError, UsageError
from comsum.reading.document import document_from_bytes, read_file

TEXT = "Le Ministère des Affaires étrangères a salué l’accord signé à Genève, où les délégués ont été reçus. Ça va."


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac-roman", "mac_roman"),
    ],
)
def test_encodings_are_found_and_said(encoding: str, named: str) -> None:
    document = document_from_bytes(TEXT.encode(encoding), "x")
    assert document.text == TEXT
    assert document.encoding == named
    assert document.bytes == len(TEXT.encode(encoding))


def test_a_file_put_together_from_two_encodings_is_mended_and_says_so() -> None:
    document = document_from_bytes(TEXT[:70].encode() + TEXT[70:].encode("cp1252"), "x")
    assert document.text == TEXT
    assert document.encoding == "utf-8 and cp1252"
    assert any("two encodings" in note for note in document.notes)


def test_letters_of_cp1252_that_look_like_utf8_are_no_second_encoding() -> None:
    text = "LE COMITÉ» a été créé à Genève, où siège le « CONGRÉ»; il a été salué là-bas, en février."
    document = document_from_bytes(text.encode("cp1252"), "x")
    assert document.text == text
    assert document.encoding == "cp1252"


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", TEXT),
        TEXT.replace("fa", "f\u00ada"),
        TEXT.replace(". ", ".\r\n"),
        f"\ufeff{TEXT}",
        TEXT.replace("Genève", "Gen\u200bève"),
    ],
)
def test_text_as_it_is_found_is_text_as_it_was_meant(text: str) -> None:
    assert document_from_bytes(text.encode(), "x").text.replace("\n", " ") == TEXT


def test_an_encoding_may_be_given() -> None:
    assert document_from_bytes(TEXT.replace("’", "'").encode("latin-1"), "x", "latin-1").encoding == "latin-1"


@pytest.mark.parametrize(
    ("data", "encoding", "error"),
    [
        (b"", None, EmptyInputError),
        (b"  \n\t ", None, EmptyInputError),
        (b"\x1b[2J\x1b[0m", None, EmptyInputError),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), None, NotTextError),
        (b"texte\x00binaire", None, NotTextError),
        ("é".encode("cp1252"), "utf-8", NotTextError),
        (b"abc", "klingon", UsageError),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, encoding: str | None, error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        document_from_bytes(data, "some file", encoding)
    assert "\n" not in str(raised.value)


def test_a_missing_file_and_a_folder_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "nowhere.txt")
    with pytest.raises(InputError, match="folder"):
        read_file(tmp_path)


def test_the_hash_is_of_the_bytes() -> None:
    first, second = document_from_bytes(b"Bonjour.", "a"), document_from_bytes(b"Bonjour.\n", "b")
    assert first.text == second.text
    assert first.sha256 != second.sha256
