"""What the commands do: read, brief, render, write, report. Called by `cli` only; returns exit codes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comsum.errors import ComsumError, ExitCode, ModelError, OutputError, UsageError
from comsum.text.clean import clean_text

if TYPE_CHECKING:
    from rich.console import Console

    from comsum.brief import Brief
    from comsum.pipeline import Briefer, Options
    from comsum.reading.document import Bounds, Document

_BY_SUFFIX = {".md": "markdown", ".markdown": "markdown", ".json": "json", ".jsonl": "jsonl"}
_BY_SUFFIX |= {".html": "html", ".htm": "html"}


@dataclass(frozen=True)
class MakingRequest:
    """What decides what is in a brief, as the command line said it, after environment and settings files."""

    sentences: int
    words: int
    glossary: tuple[Path, ...]
    model: str
    prompts: Path | None
    summarizer: str | None
    threads: int | None
    engine: str
    cache: bool
    lang: str | None

    def options(self) -> Options:
        """The same for the pipeline. Raises ConfigurationError when a glossary cannot be read."""
        from comsum.pipeline import Options
        from comsum.summary import Limits
        from comsum.terms.glossary import read_glossaries

        return Options(
            model=self.model,
            prompts=self.prompts,
            glossary=read_glossaries(self.glossary),
            limits=Limits(self.sentences, self.words),
            threads=self.threads,
            summarizer=self.summarizer,
            engine="auto" if self.engine == "ray" else self.engine,
            cache=self.cache,
            insist=self.lang == "fr",
        )


@dataclass(frozen=True)
class BriefRequest(MakingRequest):
    """Everything that was said of briefs to make: also what of, into what, and how it is shown."""

    paths: tuple[Path, ...]
    format_: str | None
    only: str | None
    bilingual: bool
    output: Path | None
    force: bool
    encoding: str | None
    split: bool
    max_bytes: int
    max_seconds: float
    strict: bool
    recursive: bool
    glob: str | None
    resume: bool
    fail_fast: bool
    ray_address: str | None
    jobs: int | None
    from_jsonl: str | None
    color: str
    width: int | None

    @property
    def bounds(self) -> Bounds:
        """How much of a file is read."""
        from comsum.reading.document import Bounds

        return Bounds(self.max_bytes, self.max_seconds)

    @property
    def chosen_format(self) -> str:
        """The format asked for, else by the name of the output, else terminal or plain."""
        if self.format_:
            return self.format_
        if self.from_jsonl and not self.output:
            return "jsonl"
        if self.output:
            return _BY_SUFFIX.get(self.output.suffix.lower(), "plain")
        return "terminal" if sys.stdout.isatty() or self.color == "always" else "plain"


def run_brief(request: BriefRequest) -> int:
    """Make the briefs asked for; return the exit code. Raises ComsumError when there is nothing to go on with."""
    folders = [path for path in request.paths if path.is_dir()]
    if folders and len(request.paths) > 1:
        raise UsageError("one folder at a time, or any number of files")
    if folders:
        from comsum.folder import run_folder

        return run_folder(request, folders[0])
    return _run_files(request)


def _run_files(request: BriefRequest) -> int:
    if request.from_jsonl:
        return _run_lines(request)
    paths = request.paths or (Path("-"),)
    if request.output and request.output.exists() and not request.force:
        raise OutputError(f"{request.output}: exists already; --force replaces it")
    briefer: Briefer | None = None
    pieces: list[str] = []
    failures = errors = 0
    for path in paths:
        try:
            documents = _documents(request, path)
            briefer = briefer or load(request)
            briefs = [briefer.brief(document) for document in documents]
        except ComsumError as error:
            if len(paths) == 1 or isinstance(error, ModelError | UsageError):
                raise
            _report(error)
            failures += 1
            continue
        errors += sum(brief.failed for brief in briefs)
        for brief in briefs:
            _emit(request, brief, pieces, several=len(paths) * len(briefs) > 1)
    if request.output and pieces:
        _write(request, "".join(pieces))
    return _exit_code(request, failures, errors)


def _documents(request: BriefRequest, path: Path) -> list[Document]:
    """The release of a file or of standard input, or the releases where --split asks for them."""
    from comsum.reading.document import read_file, read_stdin

    read = read_stdin if str(path) == "-" else partial(read_file, path)
    return parts_of(read(request.encoding, request.bounds), request)


def parts_of(document: Document, request: BriefRequest) -> list[Document]:
    """The document, or those in it where --split asks for them."""
    from comsum.reading.document import split_document

    return split_document(document) if request.split else [document]


def _run_lines(request: BriefRequest) -> int:
    """Brief the documents of JSON Lines, one by one as they come, from standard input or files."""
    from comsum.reading.jsonl import read_lines

    assert request.from_jsonl is not None
    briefer = load(request)
    pieces: list[str] = []
    failures = errors = 0
    for found in read_lines(request.paths or (Path("-"),), request.from_jsonl, request.bounds):
        try:
            briefs = [briefer.brief(document) for document in parts_of(found(), request)]
        except ModelError:
            raise
        except ComsumError as error:
            _report(error)
            failures += 1
            if request.fail_fast:
                break
            continue
        errors += sum(brief.failed for brief in briefs)
        for brief in briefs:
            _emit(request, brief, pieces)
    if request.output and pieces:
        _write(request, "".join(pieces))
    return _exit_code(request, failures, errors)


def _exit_code(request: BriefRequest, failures: int, errors: int) -> int:
    if failures:
        return ExitCode.SOME_FAILED
    return ExitCode.CHECK_FAILED if errors and request.strict else ExitCode.OK


def load(request: BriefRequest) -> Briefer:
    """Import the heavy libraries and load the model, saying so on a terminal."""
    with _status("Loading the model…"), _without_collector():
        from comsum.pipeline import Briefer

        return Briefer(request.options())


@contextmanager
def _without_collector() -> Iterator[None]:
    """Imports make many objects and no garbage: half a second is saved by not looking for any."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _status(message: str) -> Iterator[None]:
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(message):
        yield


def _emit(request: BriefRequest, brief: Brief, pieces: list[str], *, several: bool = False) -> None:
    """Show one brief: on the terminal, as text on standard output, or kept for the output file."""
    text = render(request, brief)
    if request.output:
        pieces.append(text)
        return
    if request.chosen_format == "plain" and several:
        text += "\n" + "=" * 72 + "\n"
    sys.stdout.write(text)
    sys.stdout.flush()


def render(request: BriefRequest, brief: Brief) -> str:
    """The brief in the format asked for, as text."""
    chosen = request.chosen_format
    if chosen in ("json", "jsonl"):
        return _json(request, brief, indent=2 if chosen == "json" else None)
    if chosen == "markdown":
        from comsum.render.markdown import render_markdown

        return render_markdown(brief, only=request.only, bilingual=request.bilingual)
    if chosen == "html":
        from comsum.render.page import render_page

        return render_page(brief, only=request.only, bilingual=request.bilingual)
    if chosen == "plain":
        from comsum.render.plain import render_plain

        return render_plain(brief, only=request.only, bilingual=request.bilingual)
    from comsum.render.terminal import print_brief

    console = _console(request)
    print_brief(console, brief, only=request.only, bilingual=request.bilingual)
    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _json(request: BriefRequest, brief: Brief, indent: int | None) -> str:
    import json

    tree = brief.to_dict()
    if request.only:
        kept = {"summary": ("summary",), "facts": ("facts",), "translation": ("sentences",)}[request.only]
        tree = {key: tree[key] for key in ("schema", "source", *kept, "signature")}
    return json.dumps(tree, ensure_ascii=False, indent=indent) + "\n"


def _console(request: BriefRequest) -> Console:
    """A console that writes to memory with the width and colours of the real one."""
    from rich.console import Console

    real = Console()
    colour = {"always": True, "never": False, "auto": real.is_terminal}[request.color]
    if request.color == "auto" and os.environ.get("FORCE_COLOR"):
        colour = True
    return Console(
        file=StringIO(),
        width=request.width or min(real.width, 200),
        force_terminal=colour,
        no_color=True if request.color == "never" else None,
        color_system="standard" if colour else None,
        markup=False,
        emoji=False,
        highlight=False,
    )


def _write(request: BriefRequest, text: str) -> None:
    from comsum.output import write_atomically

    assert request.output is not None
    write_atomically(request.output, text, force=request.force)


def _report(error: ComsumError) -> None:
    click.echo("comsum: " + " ".join(clean_text(str(error)).split()), err=True)
