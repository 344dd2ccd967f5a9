"""Shared fixtures: engines that stand in for the model, and the real command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from comsum.models.prompts import Prompt
from comsum.models.translator import Decoding, Hypothesis, Translator
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
