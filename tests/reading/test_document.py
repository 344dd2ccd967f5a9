from __future__ import annotations

from pathlib import Path

import pytest

from comsum.errors import EmptyInputError, InputError, NotTextError, UsageError
from comsum.reading.document import document_from_bytes, read_file

TEXT = "Le Ministère des Affaires étrangères a salué l’accord signé à Genève, où les délégués ont été reçus. Ça va."


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_encodings_are_found_and_said(encoding: str, named: str) -> None:
    document = document_from_bytes(TEXT.encode(encoding), "x")
    assert document.text == TEXT
    assert document.encoding == named
    assert document.bytes == len(TEXT.encode(encoding))


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
