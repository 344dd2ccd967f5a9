"""Writing results: whole or not at all, and never over what was there unless told to."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path

from comsum.errors import NoRoomError, OutputError

_LEFT_OVER = re.compile(r"\..+\.(?:json|jsonl|md|txt|html)\.[a-z0-9_]{8}\.tmp")


def write_atomically(path: Path, text: str, *, force: bool = False) -> None:
    """Write `text` to a temporary file beside `path`, then rename it. Raises OutputError."""
    if path.exists() and not force:
        raise OutputError(f"{path}: exists already; --force replaces it")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    except OSError as error:
        raise cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_write(path, error) from error
        raise


def sweep(folder: Path) -> None:
    """Remove what writers that were killed left half written in a folder and below it."""
    for path in folder.rglob(".*.tmp"):
        if _LEFT_OVER.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def cannot_write(path: Path | str, error: OSError) -> OutputError:
    """The error to raise when a file cannot be written."""
    said = f"{path}: cannot be written: {(error.strerror or 'unknown reason').lower()}"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoRoomError(f"{said}; make room and give the same command again, which keeps what is done")
    return OutputError(said)
