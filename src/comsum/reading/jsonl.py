"""Documents from JSON Lines: one object a line, the text in a field that the user names."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from comsum.errors import InputError
from comsum.reading.document import MAX_BYTES, Document, document_from_bytes

NAMES = ("name", "id", "file", "url")  # fields that may name a document, the first there counts
Read = Callable[[], Document]


def read_lines(paths: Iterable[Path], field: str) -> Iterator[Read]:
    """Yield for each line what reads its document when called (and raises InputError). `-` is standard input."""
    for path in paths:
        if str(path) == "-":
            yield from _lines(sys.stdin.buffer, "standard input", field)
            continue
        try:
            stream = path.open("rb")
        except OSError as error:
            raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
        with stream:
            yield from _lines(stream, str(path), field)


def _lines(stream: BinaryIO, origin: str, field: str) -> Iterator[Read]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if line.strip():
            yield partial(_document, line, f"{origin}, line {number}", field)


def _document(line: bytes, place: str, field: str) -> Document:
    if len(line) > MAX_BYTES:
        raise InputError(f"{place}: the line is longer than {MAX_BYTES // 10**6} MB")
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{place}: not JSON; each line holds one object") from error
    if not isinstance(row, dict) or not isinstance(row.get(field), str):
        raise InputError(f"{place}: no text in a field {field!r}")
    name = next((str(row[key]) for key in NAMES if isinstance(row.get(key), str | int)), place)
    return document_from_bytes(row[field].encode("utf-8", "replace"), name)
