"""Kill -9 at any moment: what is left can be gone on with, and ends with the same bytes as a run left alone."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from comsum.batch import Manifest
from comsum.errors import OutputError

KILLS = 20
RELEASES = 40  # two windows and a half

# A real folder run with everything but the model, which is slowed so that a kill meets it at work.
SCRIPT = """
import sys, time
from pathlib import Path
from comsum.batch import Manifest, Rules, locally, plan, run, write_digest, write_index
from comsum.brief import Brief
from comsum.render.markdown import render_markdown
from tests.conftest import echo, translator_with
from comsum.pipeline import Briefer, Options

releases, out = Path(sys.argv[1]), Path(sys.argv[2])
briefer = Briefer(Options(), translator_with(lambda prompt, decoding: time.sleep(0.0005) or echo(prompt, decoding)))
rules = Rules(briefer.signature, {".json": Brief.to_json, ".md": render_markdown})
jobs = plan(releases, out)
print("ready", flush=True)
with Manifest(out) as manifest:
    for outcome in run(jobs, locally(briefer.briefs), out, manifest, rules):
        assert outcome.status in ("made", "kept"), outcome
write_index(jobs, out)
write_digest(jobs, out)
"""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    for number in range(RELEASES):
        text = (
            f"Le Ministre DIOP a reçu l'Ambassadeur de France le {number % 28 + 1} mai 2022. Ils ont signé un accord."
        )
        (folder / f"{number:03d}.txt").write_text(text, encoding="utf-8")
    return folder


def _start(releases: Path, out: Path) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(releases), str(out)],
        cwd=root,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline() == b"ready\n"
    return process


def _files(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != "manifest.jsonl"}


@pytest.fixture(scope="module")
def whole(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    out = tmp_path_factory.mktemp("whole")
    process, started = _start(releases, out), time.monotonic()
    assert process.wait(timeout=120) == 0
    return _files(out), time.monotonic() - started


def test_twenty_killed_runs_end_with_the_bytes_of_one_left_alone(
    releases: Path, whole: tuple[dict[str, bytes], float], tmp_path: Path
) -> None:
    expected, seconds = whole
    rng = random.Random(7)
    out, killed = tmp_path / "out", 0
    for number in range(KILLS):
        if number % 5 == 0:
            out = tmp_path / f"out{number}"
        process = _start(releases, out)
        time.sleep(rng.uniform(0, seconds * 0.9))
        process.send_signal(signal.SIGKILL)
        killed += process.wait(timeout=60) == -signal.SIGKILL
        for path in out.glob("*.json"):
            json.loads(path.read_text(encoding="utf-8"))  # whole or not there
        if number % 5 == 4:
            assert _start(releases, out).wait(timeout=120) == 0
            assert _files(out) == expected  # no half-written file is left over either
    assert killed >= KILLS // 2


def test_a_torn_line_is_passed_over_and_the_next_one_stands_on_its_own(tmp_path: Path) -> None:
    (tmp_path / "manifest.jsonl").write_bytes(b'{"name": "a.txt", "sha2')
    with Manifest(tmp_path) as manifest:
        assert not manifest.failed("a.txt")
        manifest.append([])
    assert (tmp_path / "manifest.jsonl").read_bytes().endswith(b"\n")


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with Manifest(tmp_path), pytest.raises(OutputError, match="another comsum"):
        Manifest(tmp_path)
    Manifest(tmp_path).__exit__()
