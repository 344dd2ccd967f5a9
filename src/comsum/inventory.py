"""What is here and what can be had: `comsum models`, `comsum models pull`, `comsum doctor`. Called by `cli` only."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import click

from comsum._version import __version__
from comsum.errors import ComsumError, ExitCode, ModelError, UsageError
from comsum.text.clean import clean_text

if TYPE_CHECKING:
    from comsum.models.catalogue import Entry

_PACKAGES = ("torch", "transformers", "ctranslate2", "tokenizers", "sentencepiece", "rich", "click")
_HEAD = ("model", "here", "size", "licence", "for", "published or measured quality")


def models_report() -> str:
    """A table of the models known, and how to get and use them."""
    from comsum.models.catalogue import entries
    from comsum.models.registry import models_folder

    rows = [_HEAD, _bundled_row(), *(_row(entry) for entry in entries().values()), *_others()]
    notes = [
        "",
        "translators: comsum -m NAME release.txt      summarizers: comsum --summarizer NAME release.txt",
        "get one:     comsum models pull NAME         NAME may also be an id on the Hugging Face hub",
        "your own:    a folder with a checkpoint in the Hugging Face layout (Marian, M2M100, NLLB, T5, mT5, BART)",
        f"kept in:     {models_folder()}",
        "(nc): not for commercial use. BLEU: Flores-200 devtest; the bundled model: held-out sets.",
    ]
    return "\n".join([*_table(rows), *notes])


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _bundled_row() -> tuple[str, ...]:
    from comsum.models.registry import BUNDLED, find_checkpoint

    try:
        checkpoint = find_checkpoint(BUNDLED)
    except ModelError as error:
        return (BUNDLED, "no", "", "", "translate", str(error))
    scores = checkpoint.meta.get("scores", {})
    quality = ", ".join(f"{name} BLEU {one['bleu']} chrF {one['chrf']}" for name, one in scores.items())
    return (BUNDLED, "yes", f"{checkpoint.size / 1e6:.0f} MB", checkpoint.licence, "translate", quality)


def _row(entry: Entry) -> tuple[str, ...]:
    from comsum.models.registry import NOTE, folder_of

    here = "yes" if (folder_of(entry.repo) / NOTE).is_file() else "no"
    licence = entry.licence if entry.commercial else f"{entry.licence} (nc)"
    return (entry.name, here, f"{entry.size} MB", licence, entry.task, entry.quality)


def _others() -> Iterable[tuple[str, ...]]:
    """Models that were pulled by their hub id."""
    from comsum.models.catalogue import entry_of
    from comsum.models.registry import NOTE, find_checkpoint, models_folder

    for note in sorted(models_folder().glob(f"*/{NOTE}")):
        repo = note.parent.name.replace("--", "/", 1)
        if entry_of(repo):
            continue
        try:
            found = find_checkpoint(repo)
        except ComsumError as error:
            yield (clean_text(repo), "broken", "", "", "", clean_text(str(error)))
        else:
            tasks = ", ".join(found.tasks)
            yield (clean_text(repo), "yes", f"{found.size / 1e6:.0f} MB", clean_text(found.licence), tasks, "")


def run_pull(name: str, *, yes: bool) -> int:
    """Show what would come, ask, bring it. Raises ModelError, OutputError or UsageError."""
    from comsum.models.pull import look_up, pull
    from comsum.models.registry import BUNDLED

    if name == BUNDLED:
        click.echo("the bundled model came with comsum; there is nothing to pull")
        return ExitCode.OK
    offer = look_up(name)
    origin = "" if offer.revision == "main" else f", weights as the hub's bot converted them ({offer.revision})"
    said = f"{offer.repo}: {offer.size / 1e6:.0f} MB in {len(offer.files)} files, licence {offer.licence}{origin}"
    click.echo(clean_text(said), err=True)
    if "-nc-" in f"{offer.licence.lower()}-":
        click.echo("this licence forbids commercial use", err=True)
    if not yes and not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask on: --yes says that size and licence are fine")
    if not yes:
        click.confirm("download?", abort=True, err=True)
    folder = pull(offer, bars=sys.stderr.isatty())
    click.echo(f"here, and whole: {folder}")
    return ExitCode.OK


def doctor_report() -> str:
    """Versions, engine, model, cache and machine, a line each."""
    from comsum.models.digest import cache_folder
    from comsum.models.engines import choose_engine
    from comsum.models.registry import BUNDLED, find_checkpoint, models_folder
    from comsum.models.threads import physical_cores

    try:
        checkpoint = find_checkpoint(BUNDLED)
        model = f"{checkpoint.name}@{checkpoint.digest} ({checkpoint.size / 1e6:.0f} MB)"
    except ModelError as error:
        model = f"missing: {error}"
    rows = {
        "comsum": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "processors": f"{os.cpu_count()}, cores for a model: {physical_cores()}",
        "model": model,
        "models in": str(models_folder()),
        "engine": choose_engine(),
        "cache in": f"{cache_folder()} ({_megabytes_of_cache():.0f} MB)",
        **{name: _version(name) for name in _PACKAGES},
    }
    return "\n".join(f"{name:<14}{clean_text(value)}" for name, value in rows.items())


def _megabytes_of_cache() -> float:
    from comsum.models.digest import cache_folder

    return sum(path.stat().st_size for path in cache_folder().rglob("*") if path.is_file()) / 1e6


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
