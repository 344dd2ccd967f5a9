"""Machines and inputs that are not as one would like them: no home, the C locale, pipes, odd names, nothing writable."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from comsum.batch import Manifest
from tests.conftest import SAMPLE, run_comsum

COMMAND = [sys.executable, "-m", "comsum", "--only", "summary"]


@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C"}, {"HOME": "/nonexistent"}, {"HOME": "/nonexistent", "LC_ALL": "C"}]
)
def test_a_bare_environment_is_enough(environment: dict[str, str], tmp_path: Path) -> None:
    bare = {"PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(tmp_path), **environment}
    result = subprocess.run([*COMMAND, str(SAMPLE)], env=bare, capture_output=True, timeout=120, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert "Goïta".encode() in result.stdout or b"Diop" in result.stdout


def test_a_pipe_given_by_name_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_bytes, args=("La paix est revenue à Dakar.".encode(),), daemon=True).start()
    assert run_comsum(pipe, "--only", "translation").returncode == 0


def test_a_folder_with_pipes_loops_and_odd_names_is_briefed(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    (folder / "folder.txt").mkdir(parents=True)
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "up").symlink_to(folder)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("La délégation est à Dakar.", encoding="utf-8")
    result = run_comsum(folder, "-o", tmp_path / "out", "--recursive")
    assert result.returncode == 0, result.stderr
    assert len(list((tmp_path / "out").glob("caf*.json"))) == 1


def test_what_is_too_large_is_said_for_files_and_pipes(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"a" * 5000)
    for result in (run_comsum(path, "--max-bytes", "4000"), run_comsum("--max-bytes", "4000", stdin=path.read_bytes())):
        assert result.returncode == 66
        assert b"--max-bytes" in result.stderr
        assert result.stderr.count(b"\n") == 1


def test_several_releases_in_one_file_are_offered_and_split(tmp_path: Path) -> None:
    one = "Le Ministre a reçu l'Ambassadeur de France à Dakar le 3 mai 2022. Ils ont parlé de la paix et de la sécurité dans la région. "
    path = tmp_path / "many.txt"
    path.write_text(f"{one * 2}\n\n----------\n\n{one.replace('France', 'Chine') * 2}", encoding="utf-8")
    assert b"2 releases; --split" in run_comsum(path, "-f", "json").stdout
    lines = run_comsum(path, "--split", "--jsonl").stdout.splitlines()
    assert [b"(1 of 2)" in lines[0], b"(2 of 2)" in lines[1], len(lines)] == [True, True, 2]
    assert run_comsum(tmp_path, "--split", "--jsonl").stdout.splitlines() == lines
    assert b"--split --jsonl" in run_comsum(tmp_path, "--split", "-o", tmp_path / "out").stderr


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    for number in range(1, 21):
        text = f"Le {number} mai 2022, le Ministre a reçu l'Ambassadeur du Niger à Bamako."
        (folder / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    return folder


def _limited(kind: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (most, most))


def _run(*arguments: str | Path, before: Callable[[], None] | None = None, powers: bool = True) -> tuple[int, str]:
    """Run the command, with a limit or without the powers of root; return code and what it says."""
    bare = [] if powers or os.geteuid() else ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]
    command = [*bare, sys.executable, "-m", "comsum", *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, timeout=300, check=False, preexec_fn=before)
    return result.returncode, result.stderr.decode()


@pytest.mark.parametrize("arguments", [[SAMPLE], [SAMPLE, "--jsonl"], ["doctor"]])
def test_a_full_disk_behind_standard_output_is_one_line(arguments: list[str | Path]) -> None:
    command = [sys.executable, "-m", "comsum", *map(str, arguments)]
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=300, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith(b"comsum: standard output: cannot be written: no space left")
    assert result.stderr.count(b"\n") == 1


def test_no_room_for_a_brief_ends_the_run_and_the_next_one_keeps_what_was_done(releases: Path, tmp_path: Path) -> None:
    (releases / "20.txt").write_text("Le Ministre a reçu l'Ambassadeur du Niger. " * 300, encoding="utf-8")
    out, limit = tmp_path / "out", 60_000  # bytes a file: enough for all but the last brief
    code, said = _run(releases, "-o", out, before=_limited(resource.RLIMIT_FSIZE, limit))
    assert (code, said.count("make room")) == (1, 1)
    assert "20.json: cannot be written" in said
    assert len(list(out.glob("*.json"))) == 19
    assert not list(out.glob(".*"))  # nothing half written
    code, said = _run(releases, "-o", out)
    assert (code, len(list(out.glob("*.json")))) == (0, 20)
    assert "kept    16" in said  # the first window, the one that was noted whole


def test_no_room_for_the_manifest_is_one_line(releases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.jsonl").write_text("x" * 60_000 + "\n")
    code, said = _run(releases, "-o", out, before=_limited(resource.RLIMIT_FSIZE, 60_000))
    assert code == 1
    assert said.splitlines()[-1].startswith(f"comsum: {out}/manifest.jsonl: cannot be written: file too large; make")
    assert not list(out.glob("*.json"))  # nothing is written that the next run would not know for its own


def test_a_folder_that_may_not_be_written_is_one_line(releases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir(mode=0o555)
    code, said = _run(releases, "-o", out, powers=False)
    assert (code, said) == (1, f"comsum: {out}/manifest.jsonl: cannot be written: permission denied\n")


def test_a_folder_that_another_run_writes_is_left_to_it(releases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Manifest(out):
        code, said = _run(releases, "-o", out)
        assert code == 1
        assert "another comsum is writing briefs here" in said
        assert [path.name for path in out.iterdir()] == ["manifest.jsonl"]
    assert _run(releases, "-o", out)[0] == 0


def test_too_little_memory_for_the_model_is_one_line() -> None:
    assert run_comsum(SAMPLE, "--engine", "ct2", "--only", "summary").returncode == 0  # converted, if need be
    before = _limited(resource.RLIMIT_AS, 600 * 2**20)
    code, said = _run(SAMPLE, "--engine", "ct2", "--no-cache", before=before)
    assert code == 69
    assert said.startswith("comsum: bundled: not enough memory for this model")
    assert said.count("\n") == 1


def test_a_cache_that_another_process_holds_is_gone_without(tmp_path: Path) -> None:
    cache = str(tmp_path)
    expected = run_comsum(SAMPLE, "--only", "summary", XDG_CACHE_HOME=cache)
    path = tmp_path / "comsum" / "sentences.sqlite"
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    held = run_comsum(SAMPLE, "--only", "summary", XDG_CACHE_HOME=cache)
    holder.close()
    for file in path.parent.glob("sentences.sqlite*"):
        file.write_bytes(b"\xff" * 5000)
    damaged = run_comsum(SAMPLE, "--only", "summary", XDG_CACHE_HOME=cache)
    assert (held.returncode, held.stdout, held.stderr) == (0, expected.stdout, b"")
    assert (damaged.returncode, damaged.stdout, damaged.stderr) == (0, expected.stdout, b"")


def test_a_truncated_checkpoint_says_what_to_do(tmp_path: Path) -> None:
    bundled = Path(__file__).parents[1] / "src" / "comsum" / "models" / "bundled"
    folder = shutil.copytree(bundled, tmp_path / "model")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1000])
    code, said = _run(SAMPLE, "-m", folder, "--engine", "torch")
    assert code == 69
    assert said.count("\n") == 1
