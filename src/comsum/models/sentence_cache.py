"""Sentences translated before, in one SQLite file of the cache folder, by all that decides their English.

A cache may never be why a brief fails: one that is damaged is put aside, one that is locked or cannot be written is
gone without. The source texts are there as hashes only; the English stands in clear, so the file is the user's alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

from comsum.models.translator import Made, Translation

T = TypeVar("T")
FILE_NAME = "sentences.sqlite"
MOST_ROWS = 400_000  # some 100 MB; the oldest go first
_AT_ONCE = 500  # SQLite takes at least 999 values a statement
_WAIT_SECONDS = 5.0
_TABLE = """CREATE TABLE IF NOT EXISTS sentences
            (age INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE NOT NULL, made TEXT NOT NULL)"""


class SentenceCache:
    """A `Memory` on disk. `scope` names engine, model, prompts and search: another scope knows nothing of this one."""

    def __init__(self, path: Path, scope: str) -> None:
        self._path, self._scope = path, scope
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._broken = False

    def recall(self, task: str, texts: Sequence[str]) -> Made:
        """See Memory."""
        keys = {self._key(task, text): text for text in texts}
        rows = self._guarded(lambda connection: list(_select(connection, list(keys)))) or []
        return {keys[key]: made for key, value in rows for made in _read(value)}

    def keep(self, task: str, made: Made) -> None:
        """See Memory."""
        rows = [(self._key(task, text), json.dumps(_plain(one), ensure_ascii=False)) for text, one in made.items()]
        self._guarded(lambda connection: _insert(connection, rows))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._connection:
                self._connection.close()
            self._connection = None

    def _key(self, task: str, text: str) -> bytes:
        return hashlib.sha256(f"{self._scope}\0{task}\0{text}".encode()).digest()[:16]

    def _guarded(self, work: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the database, or nothing when it will not."""
        with self._lock, suppress(OSError):
            for _ in range(2):
                if self._broken:
                    return None
                try:
                    self._connection = self._connection or _open(self._path)
                    with _transaction(self._connection):
                        return work(self._connection)
                except sqlite3.OperationalError:  # locked, read-only, disk full: go without from now on
                    self._broken = True
                except sqlite3.DatabaseError:
                    self._set_aside()
        return None

    def _set_aside(self) -> None:
        """A damaged file is kept under another name, and a new one begun."""
        if self._connection:
            self._connection.close()
        self._connection = None
        self._path.replace(self._path.with_suffix(".damaged"))


class Recent:
    """A `Memory` of the last sentences, in this process only: the summary asks again for what was translated."""

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._made: dict[tuple[str, str], Translation | None] = {}
        self._lock = threading.Lock()

    def recall(self, task: str, texts: Sequence[str]) -> Made:
        """See Memory."""
        with self._lock:
            return {text: self._made[task, text] for text in texts if (task, text) in self._made}

    def keep(self, task: str, made: Made) -> None:
        """See Memory."""
        with self._lock:
            self._made.update(((task, text), one) for text, one in made.items())
            for oldest in list(islice(self._made, max(0, len(self._made) - self._most))):
                del self._made[oldest]


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(_TABLE)
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _select(connection: sqlite3.Connection, keys: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        yield from connection.execute(f"SELECT key, made FROM sentences WHERE key IN ({marks})", some)  # noqa: S608 - marks only


def _insert(connection: sqlite3.Connection, rows: Sequence[tuple[bytes, str]]) -> None:
    connection.executemany("INSERT OR REPLACE INTO sentences (key, made) VALUES (?, ?)", rows)
    connection.execute("DELETE FROM sentences WHERE age <= (SELECT max(age) FROM sentences) - ?", (MOST_ROWS,))


def _plain(made: Translation | None) -> list[object] | None:
    return None if made is None else [made.text, made.score, made.origin]


def _read(value: str) -> Iterator[Translation | None]:
    """One answer, or none when the row is not what this version writes."""
    with suppress(ValueError, TypeError):
        fields = json.loads(value)
        yield None if fields is None else Translation(*fields)
