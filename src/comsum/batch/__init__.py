"""A folder of releases: found, briefed one after the other with one model, written, indexed, reported.

A bad file costs one line; the run goes on. Outputs mirror the names of the inputs. What is there already and was made
with the same signature from the same bytes is not made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from comsum.brief import Brief
from comsum.errors import ComsumError, InputError, OutputError
from comsum.output import write_atomically
from comsum.reading.document import SUFFIXES, Document, read_file
from comsum.render.markdown import render_markdown

INDEX = "index.jsonl"


@dataclass(frozen=True)
class Job:
    """One release and where its briefs go, without suffix."""

    source: Path
    target: Path
    name: str


@dataclass(frozen=True)
class Outcome:
    """What became of one job: `made`, `kept` (done before) or `failed`, with the reason."""

    job: Job
    status: str
    message: str = ""


def plan(folder: Path, output: Path, *, recursive: bool = False, glob: str | None = None) -> list[Job]:
    """Find the releases of a folder, sorted. Raises InputError when there are none."""
    pattern = glob or "*"
    paths = folder.rglob(pattern) if recursive else folder.glob(pattern)
    wanted = sorted(path for path in paths if path.is_file() and (glob or path.suffix.lower() in SUFFIXES))
    wanted = [path for path in wanted if output.resolve() not in path.resolve().parents]
    if not wanted:
        kinds = ", ".join(SUFFIXES)
        raise InputError(
            f"{folder}: no releases in this folder ({kinds}); --recursive looks deeper, --glob for other names"
        )
    stems = {path.relative_to(folder).with_suffix("") for path in wanted}
    names = [p.relative_to(folder) for p in wanted]
    unique = len(stems) == len(wanted)
    return [
        Job(path, output / (name.with_suffix("") if unique else name), str(name))
        for path, name in zip(wanted, names, strict=True)
    ]


def run(
    jobs: Iterable[Job],
    make: Callable[[Document], Brief],
    signature: str,
    *,
    encoding: str | None = None,
    force: bool = False,
    resume: bool = True,
    fail_fast: bool = False,
) -> Iterator[Outcome]:
    """Do the jobs one by one; an error of a job is its outcome, not the end (unless `fail_fast`)."""
    for job in jobs:
        try:
            yield _do(job, make, signature, encoding=encoding, force=force, resume=resume)
        except ComsumError as error:
            yield Outcome(job, "failed", str(error))
            if fail_fast:
                return


def _do(
    job: Job, make: Callable[[Document], Brief], signature: str, *, encoding: str | None, force: bool, resume: bool
) -> Outcome:
    document = read_file(job.source, encoding)
    before = _known(job.target)
    if before is not None and resume and not force and before == (document.sha256, signature):
        return Outcome(job, "kept")
    if before is None and _json_path(job.target).exists() and not force:
        raise OutputError(f"{_json_path(job.target)}: exists and was not made by comsum; --force replaces it")
    brief = make(document)
    write_atomically(_beside(job.target, ".md"), render_markdown(brief), force=True)
    write_atomically(_json_path(job.target), brief.to_json() + "\n", force=True)
    return Outcome(job, "made")


def _known(target: Path) -> tuple[str, str] | None:
    """Source hash and signature of the brief that is there; None when there is none of ours."""
    try:
        content = json.loads(_json_path(target).read_text(encoding="utf-8"))
        return str(content["source"]["sha256"]), str(content["signature"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_index(jobs: Iterable[Job], output: Path) -> int:
    """Write index.jsonl: a line for each brief that is there, without its sentences. Returns the number of lines."""
    lines = []
    for job in jobs:
        try:
            brief = json.loads(_json_path(job.target).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        entry = {key: brief[key] for key in ("schema", "source", "title", "summary", "signature")}
        entry["errors"] = sum(check["severity"] == "error" for check in brief["checks"])
        entry["warnings"] = len(brief["checks"]) - entry["errors"]
        entry["file"] = _json_path(job.target).relative_to(output).as_posix()
        lines.append(json.dumps(entry, ensure_ascii=False))
    write_atomically(output / INDEX, "".join(line + "\n" for line in lines), force=True)
    return len(lines)


def _json_path(target: Path) -> Path:
    return _beside(target, ".json")


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(target.name + suffix)
