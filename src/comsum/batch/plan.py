"""Which releases of a folder are to be briefed, and where their briefs go."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from comsum.errors import InputError
from comsum.reading.formats.sniff import SUFFIXES


@dataclass(frozen=True)
class Job:
    """One release; `name` is its path inside the folder, `target` where its briefs go, without suffix."""

    source: Path
    target: Path
    name: str


def plan(folder: Path, output: Path, *, recursive: bool = False, glob: str | None = None) -> list[Job]:
    """Find the releases of a folder, sorted by name; the folder of the briefs is passed over.

    Names that differ in their suffix alone keep it in the name of the brief. Raises InputError when there are none.
    """
    found = _files(str(folder), "", recursive=recursive, passed_over=os.path.realpath(output))
    names = sorted(name for name in found if _is_wanted(name, glob))
    if not names:
        kinds = ", ".join(SUFFIXES)
        raise InputError(
            f"{folder}: no releases in this folder ({kinds}); --recursive looks deeper, --glob for other names"
        )
    stems = Counter(os.path.splitext(name)[0] for name in names)  # noqa: PTH122 - a hundred thousand Paths take seconds
    jobs = []
    for name in names:
        stem = os.path.splitext(name)[0]  # noqa: PTH122
        jobs.append(Job(folder / name, output / (stem if stems[stem] == 1 else name), name))
    return jobs


def _files(folder: str, prefix: str, *, recursive: bool, passed_over: str) -> Iterator[str]:
    """Names of the files below a folder; hidden ones and links to folders are passed over, so that no loop is met."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        raise InputError(f"{folder}: cannot be listed: {(error.strerror or 'unknown reason').lower()}") from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if recursive and os.path.realpath(entry.path) != passed_over:
                yield from _files(entry.path, f"{prefix}{entry.name}/", recursive=recursive, passed_over=passed_over)
        elif _is_file(entry):
            yield prefix + entry.name


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Pipes are no releases, and a link that leads to itself is nothing."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _is_wanted(name: str, glob: str | None) -> bool:
    if glob:
        return fnmatch(name, glob) or fnmatch(name.rsplit("/", 1)[-1], glob)
    return name.lower().endswith(tuple(SUFFIXES))
