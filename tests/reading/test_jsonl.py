from __future__ import annotations

from pathlib import Path

import pytest

from comsum.errors import InputError
from comsum.reading.document import Bounds
from comsum.reading.jsonl import read_lines

BAD = [
    (b"[1]", "no text in a field 'text'"),
    (b'{"text": 5}', "no text in a field 'text'"),
    (b"{", "not JSON"),
    (b"[" * 100_000, "not JSON"),
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


def test_a_line_without_an_end_costs_that_line_only(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"text": "' + b"a" * 500_000 + b'"}\n{"text": "Bonjour", "id": 7}\n' + b"b" * 3000)
    first, second, third = read_lines([path], "text", Bounds(max_bytes=1000))
    with pytest.raises(InputError, match=r"line 1: a line of 0.5 MB; the limit is 0.001 MB \(--max-bytes\)"):
        first()
    assert second().name == "7"
    with pytest.raises(InputError, match="line 3"):
        third()
