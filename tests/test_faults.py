"""Machines and inputs that are not as one would like them: no home, the C locale, pipes, odd names, nothing writable."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

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
