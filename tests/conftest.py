"""Shared fixtures: engines that stand in for the model, and the real command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from comsum.models.prompts import Prompt
from comsum.models.search import Decoding, Hypothesis
from comsum.models.translator import Translator
from comsum.pipeline import Briefer, Options

ROOT = Path(__file__).resolve().parents[1]
RELEASES = Path(__file__).parent / "fixtures" / "releases"
SAMPLE = ROOT / "seeds" / "000_2ab1ddd695d3d8fc.txt"

Answer = Callable[[str, Decoding], str]


class ScriptedEngine:
    """Answers each prompt with a function of it; remembers how often it was asked."""

    name = "scripted"
    family = "bundled"
    knows_sentinels = True
    max_tokens = 512

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.calls: list[tuple[str, Decoding]] = []

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        self.calls += [(prompt, decoding) for prompt in prompts]
        return [[Hypothesis(self._answer(prompt, decoding), -0.1)] * decoding.candidates for prompt in prompts]

    def count_tokens(self, text: str) -> int:
        return len(re.findall(r"<x\d+>|\w+|[^\w\s]", text))


def echo(prompt: str, decoding: Decoding) -> str:
    """The most faithful model of all: every sentinel in its place, words left alone."""
    return prompt.removeprefix("translate: ")


def translator_with(answer: Answer) -> Translator:
    return Translator(ScriptedEngine(answer), Prompt("translate: {text}"))


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or leaves anything in the user's cache, models or settings; one cache serves the session."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CACHE", "DATA", "CONFIG"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        patch.delenv("COMSUM_MODELS", raising=False)
        yield


@pytest.fixture
def briefer() -> Briefer:
    """The pipeline without a model: entities become English, the words stay French."""
    return Briefer(Options(), translator_with(echo))


@pytest.fixture(scope="session")
def real_briefer() -> Briefer:
    """The pipeline with the bundled checkpoint."""
    return Briefer(Options())


def run_comsum(
    *arguments: str | Path, stdin: bytes | None = None, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the real command; standard input is closed when not given."""
    env = {**os.environ, "COLUMNS": "100", **environment}
    command = [sys.executable, "-m", "comsum", *map(str, arguments)]
    return subprocess.run(
        command,
        input=stdin if stdin is not None else b"",
        capture_output=True,
        env=env,
        cwd=cwd,
        timeout=300,
        check=False,
    )


@pytest.fixture
def comsum() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    return run_comsum
