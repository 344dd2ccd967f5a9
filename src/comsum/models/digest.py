"""SHA-256 of weights, remembered in the cache folder so that gigabytes are not read again at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_MEMO_FROM = 50_000_000  # bytes; less is read faster than it is worth remembering


def cache_folder() -> Path:
    """Where comsum keeps what it can make again: converted models, translated sentences."""
    from platformdirs import user_cache_path

    return user_cache_path("comsum")


def digest_of(files: Sequence[Path]) -> str:
    """SHA-256 of one file; of several, of their digests in order. Raises OSError."""
    digests = [_remembered(path) if path.stat().st_size >= _MEMO_FROM else sha256_of(path) for path in files]
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _remembered(path: Path) -> str:
    """A big file is taken for the same while its path, size and time of change are."""
    status = path.stat()
    key = hashlib.sha256(f"{path.resolve()}|{status.st_size}|{status.st_mtime_ns}".encode()).hexdigest()
    note = cache_folder() / "digests" / key
    with suppress(OSError, UnicodeDecodeError):
        known = note.read_text(encoding="ascii")
        if len(known) == len(key):
            return known
    digest = sha256_of(path)
    with suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(digest, encoding="ascii")
    return digest
