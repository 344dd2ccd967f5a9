"""What a folder run has done, line by line in `manifest.jsonl`, so that the next run knows.

A line is appended before the outputs of a window are written (`writing`: these files are ours) and one after
(`made`, `failed`), each time flushed to the disk. A line torn by a crash is passed over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Self

from comsum.errors import OutputError
from comsum.output import cannot_write, sweep

NAME = "manifest.jsonl"


@dataclass(frozen=True)
class Record:
    """One line: the release, the SHA-256 of its bytes, what made the brief, the files written, what became of it."""

    name: str
    sha256: str
    signature: str
    status: str
    outputs: tuple[str, ...] = ()
    seconds: float = 0.0
    message: str = ""


class Manifest:
    """The manifest of one folder of briefs, open for the time of a run; the last line on a release counts."""

    def __init__(self, folder: Path) -> None:
        """Read what is there and lock it. Raises OutputError when it cannot be written or another run holds it."""
        self._folder = folder
        path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lines = path.read_bytes().split(b"\n") if path.exists() else []
            self._stream = path.open("ab")
        except OSError as error:
            raise cannot_write(path, error) from error
        _lock(self._stream, folder)
        sweep(folder)
        if lines and lines[-1]:
            self._stream.write(b"\n")  # a crash tore the last line
        records = [record for line in lines if (record := _parsed(line))]
        self._last = {record.name: record for record in records}
        self._ours = {output for record in records for output in record.outputs}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written has been said
            self._stream.close()

    def is_done(self, name: str, sha256: str, signature: str, outputs: Iterable[str]) -> bool:
        """Tell whether these outputs were made from these bytes with this signature, and are still there."""
        last = self._last.get(name)
        if last is None or (last.status, last.sha256, last.signature) != ("made", sha256, signature):
            return False
        return set(outputs) <= set(last.outputs) and all((self._folder / output).is_file() for output in outputs)

    def done_among(self, names: Iterable[str]) -> int:
        """How many of these releases were briefed before, by whatever settings."""
        return sum(name in self._last and self._last[name].status == "made" for name in names)

    def failed(self, name: str) -> bool:
        """Tell whether the last try at a release failed."""
        return name in self._last and self._last[name].status == "failed"

    def wrote(self, output: str) -> bool:
        """Tell whether a file of the folder was written (or begun) by an earlier run."""
        return output in self._ours

    def append(self, records: Iterable[Record]) -> None:
        """Add lines and see them to the disk. Raises OutputError."""
        lines = []
        for record in records:
            self._last[record.name] = record
            self._ours.update(record.outputs)
            lines.append(json.dumps(asdict(record), ensure_ascii=False) + "\n")
        try:
            self._stream.write("".join(lines).encode("utf-8", "surrogateescape"))
            self._stream.flush()
            os.fsync(self._stream.fileno())
        except OSError as error:
            raise cannot_write(self._folder / NAME, error) from error


def _parsed(line: bytes) -> Record | None:
    try:
        fields = json.loads(line.decode("utf-8", "surrogateescape"))
        return Record(**{**fields, "outputs": tuple(fields["outputs"])})
    except (ValueError, TypeError, KeyError):
        return None


def _lock(stream: IO[bytes], folder: Path) -> None:
    """Two runs that write the same briefs would undo each other's work. Held until the process ends."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows keeps others from an open file anyway
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        stream.close()
        raise OutputError(
            f"{folder}: another comsum is writing briefs here; wait for it, or give another -o"
        ) from error
