"""Reading a release: from a file or standard input to a `Document`.

Encodings are tried in the order in which they are sure: byte-order marks, UTF-8, then what charset-normalizer
finds, which separates cp1252 from mac-roman and refuses binaries.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from comsum.errors import EmptyInputError, InputError, NotTextError, UsageError
from comsum.text.clean import clean_text

MAX_BYTES = 20_000_000
SUFFIXES = (".txt", ".text", ".md")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Document:
    """A release as read: cleaned `text`, and what the bytes were."""

    name: str
    text: str
    sha256: str
    bytes: int
    encoding: str


def read_file(path: Path, encoding: str | None = None) -> Document:
    """Read one file. Raises InputError (missing, unreadable, binary, empty, too large)."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path}: {size / 1e6:.0f} MB is more than a release; the limit is {MAX_BYTES // 10**6} MB"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {_reason(error)}") from error
    return document_from_bytes(data, str(path), encoding)


def read_stdin(encoding: str | None = None) -> Document:
    """Read standard input to its end. Raises InputError as `read_file` does."""
    return document_from_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input", encoding)


def document_from_text(text: str, name: str = "text") -> Document:
    """A document of text that is at hand. Raises EmptyInputError."""
    return document_from_bytes(text.encode("utf-8", "replace"), name, "utf-8")


def document_from_bytes(data: bytes, name: str, encoding: str | None = None) -> Document:
    """Decode and clean. Raises NotTextError, EmptyInputError, or UsageError for an unknown encoding."""
    if not data.strip():
        raise EmptyInputError(f"{name}: the file is empty")
    text, used = decode(data, name, encoding)
    cleaned = clean_text(text)
    if not cleaned:
        raise EmptyInputError(f"{name}: there is no text in it")
    return Document(name, cleaned, hashlib.sha256(data).hexdigest(), len(data), used)


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """Turn bytes into text; return it with the name of the encoding."""
    if encoding:
        return _decode_as(data, name, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name, codec)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _detect(data, name)
    if "\0" in text:
        raise NotTextError(f"{name}: this is a binary file, not text")
    return text, "utf-8"


def _decode_as(data: bytes, name: str, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except LookupError as error:
        raise UsageError(f"--encoding {encoding}: no such encoding; try utf-8, cp1252 or latin-1") from error
    except UnicodeDecodeError as error:
        raise NotTextError(
            f"{name}: not valid {encoding} (byte {error.start}); leave --encoding out to detect it"
        ) from error


def _detect(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" in data[:4096]:
        raise NotTextError(f"{name}: this is a binary file, not text")
    best = from_bytes(data, cp_isolation=["cp1252", "latin_1", "mac_roman", "cp850"]).best()
    if best is None or _control_share(str(best)) > 0.02:
        raise NotTextError(f"{name}: this is not text in any encoding we know; name it with --encoding")
    # Western pages are cp1252 in practice; the detector's near-twins decode French alike.
    return str(best), "cp1252" if best.encoding in ("cp1252", "latin_1") else best.encoding


def _control_share(text: str) -> float:
    controls = sum(1 for character in text if ord(character) < 32 and character not in "\t\n\r\f")
    return controls / max(1, len(text))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, IsADirectoryError):
        return "this is a folder; brief it with -o FOLDER"
    return error.strerror.lower() if error.strerror else "cannot be read"
