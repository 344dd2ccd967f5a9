"""The folder command: plan, run, follow, report. Called by `commands` only; returns exit codes."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comsum.errors import ComsumError, ExitCode, UsageError
from comsum.text.clean import clean_text

if TYPE_CHECKING:
    from comsum.batch import Job, Make, Outcome
    from comsum.batch.run import Result
    from comsum.brief import Brief
    from comsum.commands import BriefRequest
    from comsum.pipeline import Briefer
    from comsum.reading.document import Document

LINE_SECONDS = 30.0  # between two lines of progress where there is no terminal
STATUSES = ("made", "kept", "failed")


def run_folder(request: BriefRequest, folder: Path) -> int:
    """Brief a folder into another, or as JSON Lines onto standard output. Raises ComsumError when it cannot begin."""
    from comsum.batch import plan

    if request.output is None and request.chosen_format != "jsonl":
        raise UsageError(
            f"{folder} is a folder: say where the briefs go, as in comsum {folder} -o briefs/, or --jsonl for a pipe"
        )
    if request.output and request.output.is_file():
        raise UsageError(f"{request.output} is a file; a folder's briefs go into a folder")
    if request.split and request.output:
        raise UsageError(
            "--split has no names for the briefs of a folder; comsum FOLDER --split --jsonl gives a line each"
        )
    jobs = plan(folder, request.output or Path(), recursive=request.recursive, glob=request.glob)
    if request.output is None:
        return _stream(request, jobs)
    return _write(request, jobs, request.output)


def _write(request: BriefRequest, jobs: Sequence[Job], output: Path) -> int:
    from comsum.batch import Manifest, Rules, run, write_digest, write_index

    with Manifest(output) as manifest:
        say(f"{len(jobs)} releases, {manifest.done_among(job.name for job in jobs)} of them briefed before")
        make, signature = maker(request)
        rules = Rules(
            signature=signature,
            views=views(request),
            encoding=request.encoding,
            bounds=request.bounds,
            force=request.force,
            resume=request.resume,
            fail_fast=request.fail_fast,
        )
        report = Report(len(jobs))
        with report.shown():
            for outcome in run(jobs, make, output, manifest, rules):
                report.add(outcome)
        write_index(jobs, output)
        write_digest(jobs, output)
    report.close(output)
    return report.exit_code


def _stream(request: BriefRequest, jobs: Sequence[Job]) -> int:
    """A line a document on standard output, written out as soon as it is made."""
    from comsum.commands import load, render
    from comsum.pipeline import WINDOW

    briefer = load(request)
    failures = errors = 0
    for start in range(0, len(jobs), WINDOW):
        read = [one for job in jobs[start : start + WINDOW] for one in _read(job, request)]
        made = iter(briefer.briefs(one for one in read if not isinstance(one, ComsumError)))
        for one in read:
            result = one if isinstance(one, ComsumError) else next(made)
            if isinstance(result, ComsumError):
                say(str(result))
                failures += 1
            else:
                errors += result.failed
                sys.stdout.write(render(request, result))
                sys.stdout.flush()
        if failures and request.fail_fast:
            break
    if failures:
        return ExitCode.SOME_FAILED
    return ExitCode.CHECK_FAILED if errors and request.strict else ExitCode.OK


def _read(job: Job, request: BriefRequest) -> list[Document] | list[ComsumError]:
    """The document of a file, those in it where --split asks for them, or why there is none."""
    from comsum.commands import parts_of
    from comsum.reading.document import read_file

    try:
        return parts_of(read_file(job.source, request.encoding, request.bounds), request)
    except ComsumError as error:
        return [error]


def maker(request: BriefRequest) -> tuple[Make, str]:
    """What makes windows into briefs by the engine asked for, and its signature."""
    from comsum.batch import locally
    from comsum.commands import load
    from comsum.pipeline import signature

    options = request.options()
    if request.engine == "ray":
        from comsum.batch.on_ray import over_ray

        return over_ray(options, address=request.ray_address, workers=request.jobs), signature(options)
    kept: list[Briefer] = []

    def briefs(documents: Sequence[Document]) -> Sequence[Result]:
        if not kept:  # a run that finds everything done loads no model
            kept.append(load(request))
        return kept[0].briefs(documents)

    return locally(briefs), signature(options)


def views(request: BriefRequest) -> dict[str, Callable[[Brief], str]]:
    """The files made of each brief: JSON always, since index and digest are made of it, and one to be read."""
    from comsum.render.markdown import render_markdown
    from comsum.render.page import render_page
    from comsum.render.plain import render_plain

    chosen: dict[str, Callable[[Brief], str]] = {".json": lambda brief: brief.to_json() + "\n"}
    if request.format_ in (None, "markdown"):
        chosen[".md"] = lambda brief: render_markdown(brief, bilingual=request.bilingual)
    elif request.format_ == "html":
        chosen[".html"] = lambda brief: render_page(brief, bilingual=request.bilingual)
    elif request.format_ == "plain":
        chosen[".brief.txt"] = lambda brief: render_plain(brief, bilingual=request.bilingual)
    elif request.format_ == "terminal":
        raise UsageError("--format terminal is for a terminal; a folder's briefs are markdown, html, plain or json")
    return chosen


def say(message: str) -> None:
    """One line on standard error."""
    click.echo("comsum: " + " ".join(clean_text(message).split()), err=True)


@dataclass
class Report:
    """Follows a run on standard error: a bar on a terminal, else a line for each failure and one now and then."""

    total: int
    counts: Counter[str] = field(default_factory=Counter)
    started: float = field(default_factory=time.monotonic)
    _shown: float = field(default_factory=time.monotonic)
    _advance: Callable[[], None] | None = None

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the bar while the run goes on, when standard error is a terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        if not console.is_terminal:
            yield
            return
        rate, failed = TextColumn("{task.fields[rate]}/s"), TextColumn("{task.fields[failed]} failed")
        columns = (TextColumn("briefs"), BarColumn(), MofNCompleteColumn(), rate, failed, TimeRemainingColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("briefs", total=self.total, rate="–", failed=0)
            self._advance = lambda: bar.update(task, advance=1, rate=f"{self.rate:.1f}", failed=self.counts["failed"])
            yield

    def add(self, outcome: Outcome) -> None:
        """Count one outcome and show it."""
        self.counts[outcome.status] += 1
        if outcome.status == "failed":
            say(outcome.message)
        if self._advance:
            self._advance()
        elif time.monotonic() - self._shown > LINE_SECONDS:
            self._shown = time.monotonic()
            left = (self.total - self.counts.total()) / max(self.rate, 1e-9)
            say(f"{self.counts.total()} of {self.total}, {self.rate:.1f} a second, {left / 60:.0f} min left")

    @property
    def rate(self) -> float:
        """Documents a second since the run began."""
        return self.counts.total() / max(1e-9, time.monotonic() - self.started)

    @property
    def exit_code(self) -> int:
        """1 when an input failed, else 0."""
        return ExitCode.SOME_FAILED if self.counts["failed"] else ExitCode.OK

    def close(self, output: Path) -> None:
        """Print the table of what became of the run."""
        for label, value in self._rows(output):
            click.echo(f"{label:<8}{value}", err=True)

    def _rows(self, output: Path) -> Iterable[tuple[str, str]]:
        seconds = time.monotonic() - self.started
        yield from ((status, str(self.counts[status])) for status in STATUSES)
        yield "in all", str(self.total)
        yield "time", f"{seconds:.0f} s, {self.rate:.1f} a second"
        yield "briefs", clean_text(str(output))
        yield "digest", clean_text(str(output / "digest.html"))
