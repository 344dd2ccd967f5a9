"""Documents from JSON Lines: one object a line, the text in a field that the user names."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from comsum.errors import InputError
from comsum.reading.document import Bounds, Document, document_from_bytes

NAMES = ("name", "id", "file", "url")  # fields that may name a document, the first there counts
Read = Callable[[], Document]


def read_lines(paths: Iterable[Path], field: str, bounds: Bounds = Bounds()) -> Iterator[Read]:
    """Yield for each line what reads its document when called (and raises InputError). `-` is standard input."""
    for path in paths:
        if str(path) == "-":
            yield from _lines(sys.stdin.buffer, "standard input", field, bounds)
            continue
        try:
            stream = path.open("rb")
        except OSError as error:
            raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
        with stream:
            yield from _lines(stream, str(path), field, bounds)


def _lines(stream: BinaryIO, origin: str, field: str, bounds: Bounds) -> Iterator[Read]:
    number = 0
    while line := stream.readline(bounds.max_bytes + 1):
        number += 1
        place = f"{origin}, line {number}"
        length = _passed_over(stream, line, bounds)
        if length > bounds.max_bytes:
            yield partial(_too_long, place, length, bounds)
        elif line.strip():
            yield partial(_document, line, place, field)


def _passed_over(stream: BinaryIO, line: bytes, bounds: Bounds) -> int:
    """Pass over what is left of a line that is too long; return the length of the whole line in bytes."""
    length = len(line)
    while line and length > bounds.max_bytes and not line.endswith(b"\n"):
        line = stream.readline(bounds.max_bytes)
        length += len(line)
    return length


def _too_long(place: str, length: int, bounds: Bounds) -> Document:
    raise InputError(
        f"{place}: a line of {length / 1e6:.3g} MB; the limit is {bounds.max_bytes / 1e6:g} MB (--max-bytes)"
    )


def _document(line: bytes, place: str, field: str) -> Document:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not JSON; each line holds one object") from error
    if not isinstance(row, dict) or not isinstance(row.get(field), str):
        raise InputError(f"{place}: no text in a field {field!r}")
    name = next((str(row[key]) for key in NAMES if isinstance(row.get(key), str | int)), place)
    return document_from_bytes(row[field].encode("utf-8", "replace"), name)
