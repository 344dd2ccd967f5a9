"""Reading a release: from a file or standard input to a `Document`.

Bytes of plain text go to `decode`, all others to `workshop`; what comes back is cleaned and mended.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from comsum.errors import EmptyInputError, InputError
from comsum.reading.decode import MIXED, decode
from comsum.reading.formats.extract import Extract
from comsum.reading.formats.sniff import Format, format_of
from comsum.text.clean import clean_text
from comsum.text.mend import mend_text
from comsum.text.split import releases_in

MAX_BYTES = 20_000_000
MAX_SECONDS = 60.0


@dataclass(frozen=True)
class Bounds:
    """How much of a file is read: `max_bytes` of it, and `max_seconds` of work to get at its text."""

    max_bytes: int = MAX_BYTES
    max_seconds: float = MAX_SECONDS


@dataclass(frozen=True)
class Document:
    """A release as read: cleaned `text`, what the bytes were, and what a file said of itself.

    `date` is the day of publication that the file states (ISO 8601); `notes` say what was mended.
    """

    name: str
    text: str
    sha256: str
    bytes: int
    encoding: str
    format: Format = "text"
    title: str | None = None
    author: str | None = None
    url: str | None = None
    date: str | None = None
    notes: tuple[str, ...] = ()


def read_file(path: Path, encoding: str | None = None, bounds: Bounds = Bounds()) -> Document:
    """Read one file. Raises InputError (missing, unreadable, binary, empty, too large)."""
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > bounds.max_bytes:
                raise _too_large(str(path), status.st_size, bounds)
            data = _read(stream, str(path), bounds)
    except OSError as error:
        raise InputError(f"{path}: {_reason(error)}") from error
    return document_from_bytes(data, str(path), encoding, bounds)


def read_stdin(encoding: str | None = None, bounds: Bounds = Bounds()) -> Document:
    """Read standard input to its end. Raises InputError as `read_file` does."""
    data = _read(sys.stdin.buffer, "standard input", bounds)
    return document_from_bytes(data, "standard input", encoding, bounds)


def document_from_text(text: str, name: str = "text") -> Document:
    """A document of text that is at hand. Raises EmptyInputError."""
    return _document(text.encode("utf-8", "replace"), name, text, "utf-8", None, "text")


def document_from_bytes(data: bytes, name: str, encoding: str | None = None, bounds: Bounds = Bounds()) -> Document:
    """Tell the format, get at the text, clean it.

    Raises NotTextError, EmptyInputError, UsageError for an unknown encoding, or ConfigurationError when the format
    needs what is not installed.
    """
    if not data.strip():
        raise EmptyInputError(f"{name}: the file is empty")
    kind = format_of(data, name)
    if kind == "text":
        text, used = decode(data, name, encoding)
        return _document(data, name, text, used, None, kind)
    from comsum.reading.workshop import WORKSHOP

    extract = WORKSHOP.extract(data, kind, name, encoding=encoding, seconds=bounds.max_seconds)
    return _document(data, name, extract.text, encoding or kind, extract, kind)


def split_document(document: Document) -> list[Document]:
    """A document for each release in it, numbered in its name; itself when there is one."""
    parts = releases_in(document.text)
    if len(parts) == 1:
        return [document]
    notes = tuple(note for note in document.notes if note != _holds(len(parts)))
    return [
        replace(
            document,
            name=f"{document.name} ({number} of {len(parts)})",
            text=part,
            sha256=hashlib.sha256(part.encode()).hexdigest(),
            notes=notes,
        )
        for number, part in enumerate(parts, 1)
    ]


def _holds(count: int) -> str:
    return f"it seems to hold {count} releases; --split briefs each by itself"


def _document(data: bytes, name: str, text: str, encoding: str, extract: Extract | None, kind: Format) -> Document:
    mended, notes = mend_text(clean_text(text))
    if not mended:
        raise EmptyInputError(f"{name}: there is no text in it")
    if encoding == MIXED:
        notes = (*notes, "it is in two encodings, UTF-8 and cp1252; both were read")
    if (count := len(releases_in(mended))) > 1:
        notes = (*notes, _holds(count))
    told = extract or Extract("")
    title, author, url = (_line(value) for value in (told.title, told.author, told.url))
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, mended, digest, len(data), encoding, kind, title, author, url, told.date, notes)


def _line(value: str | None) -> str | None:
    """What a file says of itself is no safer than its text, and stands on one line."""
    return " ".join(clean_text(value or "")[:500].split()) or None


def _read(stream: BinaryIO, name: str, bounds: Bounds) -> bytes:
    data = stream.read(bounds.max_bytes + 1)
    if len(data) > bounds.max_bytes:
        raise _too_large(name, None, bounds)
    return data


def _too_large(name: str, size: int | None, bounds: Bounds) -> InputError:
    told = f"{size / 1e6:.0f} MB" if size else f"over {bounds.max_bytes / 1e6:g} MB"
    return InputError(
        f"{name}: {told} is more than a release; the limit is {bounds.max_bytes / 1e6:g} MB (--max-bytes)"
    )


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, IsADirectoryError):
        return "this is a folder; brief it with -o FOLDER"
    return error.strerror.lower() if error.strerror else "cannot be read"
