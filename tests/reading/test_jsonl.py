from __future__ import annotations

from pathlib import Path

import pytest

from comsum.errors import InputError
from comsum.reading.jsonl import read_lines

BAD = [
    (b"[1]", "no text in a field 'text'"),
    (b'{"text": 5}', "no text in a field 'text'"),
    (b"{", "not JSON"),
    (b'{"text": "  "}', "empty"),
    (b"\xff\xfe", "not JSON"),
]


@pytest.mark.parametrize(("line", "message"), BAD)
def test_a_bad_line_is_an_error_of_its_own(tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(line + b'\n{"text": "Bonjour \\ud800 monde", "name": "b"}\n')
    first, second = read_lines([path], "text")
    with pytest.raises(InputError, match=message):
        first()
    assert second().name == "b"
    assert second().text.startswith("Bonjour")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(read_lines([tmp_path / "none"], "text"))
