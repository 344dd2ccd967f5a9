"""`index.jsonl`: a line for each brief that is there, what a search or the digest needs of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from comsum.batch.plan import Job
from comsum.output import write_atomically

NAME = "index.jsonl"
_KEYS = ("schema", "source", "title", "summary", "signature")


def briefs_there(jobs: Iterable[Job]) -> Iterator[tuple[Job, dict[str, Any]]]:
    """Read the JSON briefs of the jobs; those that are missing or broken are passed over."""
    for job in jobs:
        try:
            brief = json.loads(job.target.with_name(job.target.name + ".json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(brief, dict) and all(key in brief for key in (*_KEYS, "checks", "facts", "sentences")):
            yield job, brief


def index_entry(job: Job, brief: dict[str, Any], output: Path) -> dict[str, Any]:
    """A brief without its sentences, with the number of its marks and where it is."""
    errors = sum(check["severity"] == "error" for check in brief["checks"])
    file = job.target.relative_to(output).as_posix() + ".json"
    facts = [{key: fact[key] for key in ("kind", "label", "value")} for fact in brief["facts"]]
    marks = {"errors": errors, "warnings": len(brief["checks"]) - errors}
    return {**{key: brief[key] for key in _KEYS}, "facts": facts, **marks, "file": file}


def write_index(jobs: Iterable[Job], output: Path) -> int:
    """Write index.jsonl; return the number of its lines. Raises OutputError."""
    lines = [
        json.dumps(index_entry(job, brief, output), ensure_ascii=False) + "\n" for job, brief in briefs_there(jobs)
    ]
    write_atomically(output / NAME, "".join(lines), force=True)
    return len(lines)
