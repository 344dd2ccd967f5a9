"""The run over a plan: windows of releases are read, briefed together, written whole, and noted in the manifest.

Which releases share a window depends on the plan alone, and a window of which something is missing is briefed whole
again (only what is missing is written). So a run that was killed and resumed ends with the same bytes as one that was
not, though sentences of a window are decoded together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from comsum.batch.manifest import Manifest, Record
from comsum.batch.plan import Job
from comsum.brief import Brief
from comsum.errors import ComsumError, NoRoomError, OutputError
from comsum.output import write_atomically
from comsum.pipeline import WINDOW
from comsum.reading.document import Bounds, Document, read_file

Result = Brief | ComsumError
Make = Callable[[Iterable[Sequence[Document]]], Iterator[tuple[int, Sequence[Result]]]]
"""Makes windows of documents into briefs: takes them as it needs them, gives each back by its number, in any order."""


@dataclass(frozen=True)
class Outcome:
    """What became of one job: `made`, `kept` (done before) or `failed`, with the reason."""

    job: Job
    status: str
    message: str = ""


@dataclass(frozen=True)
class Rules:
    """How a run treats its files. `views` maps a suffix (`.json`) to what renders a brief for it."""

    signature: str
    views: dict[str, Callable[[Brief], str]]
    encoding: str | None = None
    bounds: Bounds = field(default_factory=Bounds)
    force: bool = False
    resume: bool = True
    fail_fast: bool = False


class _Work(NamedTuple):
    """A job of a window: its document when it could be read, and its outcome when that is known before briefing."""

    job: Job
    document: Document | None
    outcome: Outcome | None


def run(jobs: Sequence[Job], make: Make, output: Path, manifest: Manifest, rules: Rules) -> Iterator[Outcome]:
    """Do the jobs; an error of a job is its outcome, not the end (unless `fail_fast`). Raises NoRoomError."""
    return _Run(make, output, manifest, rules).over(jobs)


class _Run:
    def __init__(self, make: Make, output: Path, manifest: Manifest, rules: Rules) -> None:
        self._make = make
        self._output = output
        self._manifest = manifest
        self._rules = rules
        self._held: dict[int, tuple[list[_Work], float]] = {}

    def over(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        for number, results in self._make(self._windows(jobs)):
            works, started = self._held.pop(number)
            for outcome in self._finish(works, results, started):
                yield outcome
                if outcome.status == "failed" and self._rules.fail_fast:
                    return

    def _windows(self, jobs: Sequence[Job]) -> Iterator[list[Document]]:
        for number, start in enumerate(range(0, len(jobs), WINDOW)):
            works = [self._prepare(job) for job in jobs[start : start + WINDOW]]
            if not self._was_interrupted(works):
                works = [work if work.outcome is None else work._replace(document=None) for work in works]
            self._held[number] = works, time.monotonic()
            yield [work.document for work in works if work.document]

    def _was_interrupted(self, works: Sequence[_Work]) -> bool:
        """Something is missing that no run has tried: with what is there it makes up the window of the plan."""
        return any(work.outcome is None and not self._manifest.failed(work.job.name) for work in works)

    def _prepare(self, job: Job) -> _Work:
        try:
            document = read_file(job.source, self._rules.encoding, self._rules.bounds)
            outputs = self._outputs(job)
            if self._rules.resume and self._manifest.is_done(job.name, document.sha256, self._rules.signature, outputs):
                return _Work(job, document, Outcome(job, "kept"))
            self._guard(outputs)
        except ComsumError as error:
            return _Work(job, None, Outcome(job, "failed", str(error)))
        return _Work(job, document, None)

    def _guard(self, outputs: Iterable[str]) -> None:
        for output in outputs:
            path = self._output / output
            if not self._rules.force and path.exists() and not self._manifest.wrote(output):
                raise OutputError(f"{path}: exists and was not made by comsum; --force replaces it")

    def _outputs(self, job: Job) -> list[str]:
        name = job.target.relative_to(self._output).as_posix()
        return [name + suffix for suffix in self._rules.views]

    def _finish(self, works: Sequence[_Work], results: Sequence[Result], started: float) -> list[Outcome]:
        """Write what is new in a window, between a line that says so and one that says it is done."""
        briefed = iter(results)
        pairs = [(work, next(briefed, None) if work.document else None) for work in works]
        new = [(work, result) for work, result in pairs if work.outcome is None and result is not None]
        if new:
            self._manifest.append(self._record(work, "writing") for work, _ in new)
        done = {work.job: self._write(work.job, result) for work, result in new}
        outcomes = [work.outcome or done[work.job] for work in works]
        seconds = (time.monotonic() - started) / max(1, len(new))
        noted = [
            self._record(work, outcome.status, seconds, outcome.message)
            for work, outcome in zip(works, outcomes, strict=True)
            if outcome.status != "kept"
        ]
        if noted:
            self._manifest.append(noted)
        return outcomes

    def _write(self, job: Job, result: Result) -> Outcome:
        if isinstance(result, ComsumError):
            return Outcome(job, "failed", str(result))
        try:
            for output, render in zip(self._outputs(job), self._rules.views.values(), strict=True):
                write_atomically(self._output / output, render(result), force=True)
        except NoRoomError:
            raise  # nor could the next be written, and the manifest is to know of those that are
        except OutputError as error:
            return Outcome(job, "failed", str(error))
        return Outcome(job, "made")

    def _record(self, work: _Work, status: str, seconds: float = 0.0, message: str = "") -> Record:
        outputs = tuple(self._outputs(work.job)) if status != "failed" else ()
        sha256 = work.document.sha256 if work.document else ""
        return Record(work.job.name, sha256, self._rules.signature, status, outputs, round(seconds, 3), message)


def locally(briefs: Callable[[Sequence[Document]], Sequence[Result]]) -> Make:
    """Make windows one after the other in this process."""

    def make(windows: Iterable[Sequence[Document]]) -> Iterator[tuple[int, Sequence[Result]]]:
        for number, documents in enumerate(windows):
            yield number, briefs(documents) if documents else ()

    return make
