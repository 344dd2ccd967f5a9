"""The command line. Only this module prints; it parses, calls the pipeline, and turns errors into one line each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from comsum._version import __version__
from comsum.commands import BriefRequest, MakingRequest, run_brief
from comsum.errors import ComsumError, ExitCode, told
from comsum.output import cannot_write
from comsum.settings import load_settings

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
FORMATS = ("terminal", "plain", "markdown", "html", "json", "jsonl")
PARTS = ("summary", "facts", "translation")

EXAMPLES = """\
\b
Examples:
  comsum release.txt                    a brief in the terminal
  cat release.txt | comsum              the same from a pipe ("-" works too)
  comsum releases/ -o briefs/           a folder: one brief a file, an index, a digest
  comsum releases/ --jsonl | jq .facts  a folder into a pipe, a line a release
  comsum release.txt --json | jq .facts machine output
  comsum release.txt --only translation just the English
  comsum release.txt --bilingual        French beside English
  comsum models                         what can be used, what is here
  comsum models pull opus               get one; the only command that uses the network
  comsum doctor                         what to paste in a bug report
"""
EXIT_CODES = """\
\b
Exit codes:
  0 all briefs made    1 some inputs failed       2 wrong usage
  3 --strict and a check failed    66 input not found or unreadable
  69 model not here    130 interrupted
"""


class BriefGroup(click.Group):
    """`comsum FILE` without a verb makes a brief; verbs are the other commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the verb `brief` before arguments that begin with none."""
        verbs = {*self.commands, "--version"}
        if not args or args[0] not in verbs:
            args = ["brief", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the help of `brief`: it is what the command is for."""
        self.commands["brief"].format_help(ctx, formatter)


def _option(*names: str, **settings: Any) -> Callable[[Decorated], Decorated]:
    """An option that can also be set as COMSUM_NAME in the environment."""
    variable = "COMSUM_" + names[-1].lstrip("-").split("/")[0].replace("-", "_").upper()
    return click.option(*names, envvar=variable, **settings)


_MAKING = (
    _option("--sentences", type=click.IntRange(1, 20), default=3, show_default=True, help="Sentences of the summary."),
    _option("--words", type=click.IntRange(10, 500), default=80, show_default=True, help="Most words of the summary."),
    _option(
        "-g", "--glossary", type=click.Path(path_type=Path), multiple=True, help="Your own terms (TSV, CSV, TOML)."
    ),
    _option("-m", "--model", default="bundled", show_default=True, help="Model: see comsum models; or a folder."),
    _option("--summarizer", help="A summarizer of English (T5, mT5, BART) to write the summary."),
    _option("--prompts", type=click.Path(path_type=Path), help="A folder with prompts of your own."),
    _option("--threads", type=click.IntRange(1, 256), help="Processor threads the model may use."),
    _option("--lang", type=click.Choice(["fr"]), help="Insist that all of it is French, whatever it looks like."),
    _option("--cache/--no-cache", default=True, help="Keep translated sentences for the next time."),
)


def _making(command: Decorated) -> Decorated:
    """The options that decide what is in a brief, alike wherever briefs are made."""
    for option in reversed(_MAKING):
        command = option(command)
    return command


def _engine(*names: str, help_: str) -> Callable[[Decorated], Decorated]:
    return _option("--engine", type=click.Choice(names), default="auto", help=help_)


@click.group(cls=BriefGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="comsum")
def main_group() -> None:
    """Brief French official communiqués in English, offline."""


@main_group.command("brief", epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_option("-f", "--format", "format_", type=click.Choice(FORMATS), help="Output format; plain when not a terminal.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Short for --format jsonl: a line a document.")
@_option("--from-jsonl", metavar="FIELD", help="Read documents from JSON Lines: the field that holds the text.")
@_option("--only", type=click.Choice(PARTS), help="One part of the brief, nothing around it.")
@_making
@_option("--bilingual", is_flag=True, help="French beside English, sentence by sentence.")
@_option("-o", "--output", type=click.Path(path_type=Path), help="File to write, or the folder for a folder's briefs.")
@_option("--force", is_flag=True, help="Replace files that are there.")
@_option("--encoding", help="Encoding of the input; detected when not given.")
@_option("--max-bytes", type=click.IntRange(1), default=20_000_000, show_default=True, help="Largest file to read.")
@_option("--max-seconds", type=click.FloatRange(0.1), default=60.0, show_default=True, help="Most time to read one.")
@_option("--split", is_flag=True, help="Brief each release of a file that holds several.")
@_option("--strict", is_flag=True, help="Exit with 3 when a check finds an error.")
@_option("--recursive", "-r", is_flag=True, help="Folders: go into subfolders.")
@_option("--glob", help="Folders: which names, such as '*.txt'.")
@_option("--resume/--no-resume", default=True, help="Folders: keep briefs made before with the same settings.")
@_option("--fail-fast", is_flag=True, help="Folders: stop at the first failure.")
@_engine(
    "auto", "torch", "ct2", "ray", help_="What runs the model: ct2 (fast, when installed), torch; ray spreads folders."
)
@_option("--ray-address", help="Folders: a Ray cluster to use; a local one is started when not given.")
@_option("-j", "--jobs", type=click.IntRange(1, 10_000), help="Folders: Ray workers, each with one model.")
@_option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour; NO_COLOR is obeyed.")
@_option("--width", type=click.IntRange(40, 400), help="Columns of the terminal page.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.pass_context
def brief_command(ctx: click.Context, /, **values: Any) -> None:
    """Translate, summarise and check French official communiqués. Nothing leaves this machine.

    PATHS are files, "-" for standard input, or one folder with -o.
    """
    values.pop("debug")
    for flag, name in (("as_json", "json"), ("as_jsonl", "jsonl")):
        if values.pop(flag):
            values["format_"] = name
    if not values["paths"] and sys.stdin.isatty():
        click.echo(ctx.get_help(), err=True)
        raise SystemExit(ExitCode.USAGE)
    try:
        code = run_brief(BriefRequest(**values))
    except KeyboardInterrupt:
        code = _say("interrupted", ExitCode.INTERRUPTED)
    raise SystemExit(code)


def _examples_first(command: click.Command) -> None:
    """Help begins with examples: they say more than options do."""
    command.help = f"{EXAMPLES}\n\n{command.help}"


_examples_first(brief_command)


@main_group.group("models", invoke_without_command=True)
@click.pass_context
def models_command(ctx: click.Context) -> None:
    """Show which models can be used and which are here."""
    if ctx.invoked_subcommand is None:
        from comsum.inventory import models_report

        click.echo(models_report())


@models_command.command("pull")
@click.argument("name")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before downloading.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def pull_command(name: str, *, yes: bool, debug: bool) -> None:  # noqa: ARG001 - main looks at --debug
    """Download a model, by its name here or its id on the Hugging Face hub. Only this command uses the network."""
    from comsum.inventory import run_pull

    raise SystemExit(run_pull(name, yes=yes))


@main_group.command("serve")
@_option("--socket", type=click.Path(path_type=Path), help="Unix socket to listen on; one in your runtime folder.")
@_option("--port", type=click.IntRange(0, 65535), help="Listen on this port of 127.0.0.1 instead; asks for a token.")
@_option("--places", type=click.IntRange(1, 10_000), default=32, show_default=True, help="Most releases that may wait.")
@_option("--seconds", type=click.FloatRange(1, 3600), default=60.0, show_default=True, help="Most time for a brief.")
@_making
@_engine("auto", "torch", "ct2", help_="What runs the model: ct2 (fast, when installed) or torch.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def serve_command(
    *,
    socket: Path | None,
    port: int | None,
    places: int,
    seconds: float,
    debug: bool,  # noqa: ARG001 - main looks at it
    **making: Any,
) -> None:
    """Keep the model loaded and brief what is sent: POST /brief with a release, JSON comes back."""
    from comsum.serving.command import ServeRequest, run_serve

    options = MakingRequest(**making).options()
    raise SystemExit(run_serve(ServeRequest(options, socket, port, places, seconds)))


@main_group.command("doctor")
def doctor_command() -> None:
    """Show versions, model and machine: what to paste in a bug report."""
    from comsum.inventory import doctor_report

    click.echo(doctor_report())


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one return for each way to end
    """Run the command line; return the exit code. This is the entry point."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    try:
        names = {parameter.name or "" for parameter in brief_command.params} - {"paths", "debug", "as_json", "as_jsonl"}
        defaults = {"brief": load_settings(names | {"format"})}
        if "format" in defaults["brief"]:
            defaults["brief"]["format_"] = defaults["brief"].pop("format")
        code = main_group.main(args, prog_name="comsum", standalone_mode=False, default_map=defaults)
        return int(code or 0)
    except SystemExit as end:
        return int(end.code or 0) if not isinstance(end.code, str) else ExitCode.USAGE
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _say("interrupted", ExitCode.INTERRUPTED)
    except click.ClickException as error:
        return _say(f"{error.format_message()} (comsum --help shows how)", ExitCode.USAGE)
    except BrokenPipeError:
        # The reader has seen enough (`| head -1`); say nothing, and keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK
    except ComsumError as error:
        if "--debug" in args:
            raise
        return _say(str(error), error.exit_code)
    except Exception as error:
        if "--debug" in args:
            raise
        said = _as_told(error)
        return _say(str(said), said.exit_code)


def _as_told(error: Exception) -> ComsumError:
    """An OSError without the name of a file is of standard output."""
    if isinstance(error, OSError) and not error.filename:
        return cannot_write("standard output", error)
    return told(error)


def _say(message: str, code: int) -> int:
    from comsum.text.clean import clean_text

    click.echo("comsum: " + " ".join(clean_text(message).split()), err=True)
    return int(code)


def entry_point() -> None:
    """Console script: run and leave."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = main()
    except KeyboardInterrupt:  # a second Ctrl-C, or one that came while the first was being said
        code = int(ExitCode.INTERRUPTED)
    if code == ExitCode.INTERRUPTED:
        # An interrupt inside exec(), as in many imports, would make the interpreter leave by the signal, not with 130.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)
