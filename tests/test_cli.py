"""The real command, run as a user runs it: results, exit codes, one line for each mistake."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from comsum import __version__
from tests.conftest import RELEASES, SAMPLE

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]


def one_line(result: subprocess.CompletedProcess[bytes]) -> str:
    """The error message, which must be a single line without a traceback."""
    text = result.stderr.decode()
    assert text.count("\n") == 1, text
    assert text.startswith("comsum: ")
    return text


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "says"),
    [
        (["nowhere.txt"], None, 66, "no such file"),
        (["empty.txt"], None, 66, "empty"),
        (["binary.txt"], None, 66, "binary"),
        (["folder"], None, 2, "-o briefs/"),
        (["folder", "-o", "out"], None, 66, "no releases"),
        (["folder", "good.txt"], None, 2, "one folder at a time"),
        (["good.txt", "-m", "nonesuch"], None, 69, "no such model"),
        (["good.txt", "-o", "there.txt"], None, 1, "--force"),
        (["good.txt", "--format", "pdf"], None, 2, "'pdf' is not one of"),
        (["good.txt", "--sentences", "0"], None, 2, "--sentences"),
        (["good.txt", "--nonsense"], None, 2, "--nonsense"),
        (["good.txt", "-g", "bad.tsv"], None, 2, "line 1"),
        (["good.txt", "--prompts", "nowhere"], None, 2, "no such folder of prompts"),
        (["good.txt", "--encoding", "klingon"], None, 2, "no such encoding"),
        ([], b"", 66, "empty"),
        (["-"], b"\x00\x01\x02", 66, "binary"),
    ],
)
def test_a_mistake_is_one_line_and_a_known_code(
    comsum: Run, tmp_path: Path, arguments: list[str], stdin: bytes | None, code: int, says: str
) -> None:
    (tmp_path / "good.txt").write_text("Le Ministre a reçu l'Ambassadeur de France à Bamako.")
    (tmp_path / "empty.txt").write_text(" \n")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00\x00\x01")
    (tmp_path / "there.txt").write_text("mine")
    (tmp_path / "bad.tsv").write_text("one column\n")
    (tmp_path / "folder").mkdir()
    result = comsum(*arguments, stdin=stdin, cwd=tmp_path)
    assert result.returncode == code
    assert says in one_line(result)
    assert result.stdout == b""
    assert (tmp_path / "there.txt").read_text() == "mine"
    assert not (tmp_path / "out").exists()


def test_a_release_in_another_language_is_said(comsum: Run, tmp_path: Path) -> None:
    path = tmp_path / "english.txt"
    path.write_text("The Minister of Foreign Affairs met his counterpart in Moscow and thanked him warmly.")
    result = comsum(path)
    assert result.returncode == 1
    assert "not French" in one_line(result)


def test_a_folder_that_cannot_be_written_is_said(comsum: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    locked = Path("/proc") if os.geteuid() == 0 else tmp_path / "locked"  # root may write anywhere else
    result = comsum(RELEASES / "condamnation.txt", "-o", locked / "brief.md")
    assert result.returncode == 1
    assert "cannot be written" in one_line(result)


def test_an_output_below_a_file_is_said(comsum: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    result = comsum(RELEASES / "condamnation.txt", "-o", tmp_path / "file" / "brief.md")
    assert result.returncode == 1
    assert "cannot be written" in one_line(result)


def test_help_is_quick_and_imports_nothing_heavy(comsum: Run) -> None:
    started = time.perf_counter()
    result = comsum("--help")
    passed = time.perf_counter() - started
    text = result.stdout.decode()
    assert result.returncode == 0
    assert text.index("comsum release.txt") < text.index("--format")
    for code in ("0 ", "1 ", "2 ", "3 ", "66 ", "69 ", "130 "):
        assert code in text[text.index("Exit codes") :]
    assert passed < 2.0
    probe = "import sys, comsum.cli; sys.exit(bool({'torch', 'transformers'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_version_models_and_doctor(comsum: Run) -> None:
    assert comsum("--version").stdout.decode().strip().endswith(__version__)
    assert "bundled" in comsum("models").stdout.decode()
    doctor = comsum("doctor").stdout.decode()
    for word in ("comsum", "torch", "transformers", "model", "processors"):
        assert word in doctor


def test_a_file_gives_a_plain_brief_when_piped(comsum: Run) -> None:
    result = comsum(SAMPLE)
    text = result.stdout.decode()
    assert result.returncode == 0, result.stderr
    assert "\x1b" not in text
    assert result.stderr == b""
    for word in ("SUMMARY", "KEY FACTS", "TRANSLATION", "CHECKS", "Moscow", "Abdoulaye Diop", "Sergei Lavrov"):
        assert word in text
    assert text.index("Abdoulaye Diop paid") < text.index("KEY FACTS")


def test_standard_input_gives_the_same_brief_as_the_file(comsum: Run) -> None:
    release = RELEASES / "condamnation.txt"
    from_file = json.loads(comsum(release, "--json").stdout)
    for arguments in ([], ["-"]):
        from_pipe = json.loads(comsum(*arguments, "--json", stdin=release.read_bytes()).stdout)
        assert from_pipe.pop("source")["sha256"] == from_file["source"]["sha256"]
        assert from_pipe == {key: value for key, value in from_file.items() if key != "source"}


def test_twice_the_same_bytes(comsum: Run) -> None:
    first, second = (comsum(RELEASES / "visite_dakar.txt", "--json").stdout for _ in range(2))
    assert first == second


def test_settings_come_from_flags_then_environment_then_files(comsum: Run, tmp_path: Path) -> None:
    (tmp_path / "comsum.toml").write_text('only = "facts"\n')
    release = RELEASES / "condamnation.txt"
    assert comsum(release, cwd=tmp_path).stdout.decode().startswith("Where")
    assert comsum(release, cwd=tmp_path, COMSUM_ONLY="summary").stdout.decode().count("\n") <= 3
    shown = comsum(release, "--only", "translation", cwd=tmp_path, COMSUM_ONLY="summary").stdout.decode()
    assert "\n\n" in shown
    (tmp_path / "comsum.toml").write_text("ony = 1\n")
    result = comsum(release, cwd=tmp_path)
    assert result.returncode == 2
    assert "unknown setting 'ony'" in one_line(result)


def test_a_glossary_of_the_settings_file_is_found_beside_it(comsum: Run, tmp_path: Path) -> None:
    (tmp_path / "house.tsv").write_text("attaque\tOUTRAGE\n")
    (tmp_path / "comsum.toml").write_text('glossary = "house.tsv"\nonly = "translation"\n')
    shown = comsum(RELEASES / "condamnation.txt", cwd=tmp_path).stdout.decode()
    assert "OUTRAGE" in shown


def test_several_files_and_one_of_them_bad(comsum: Run, tmp_path: Path) -> None:
    result = comsum(
        RELEASES / "condamnation.txt", tmp_path / "nowhere.txt", RELEASES / "visite_dakar.txt", "-f", "jsonl"
    )
    assert result.returncode == 1
    assert "no such file" in one_line(result)
    names = [json.loads(line)["source"]["name"] for line in result.stdout.splitlines()]
    assert names == ["condamnation.txt", "visite_dakar.txt"]


def test_a_folder_gives_briefs_an_index_and_a_tally(comsum: Run, tmp_path: Path) -> None:
    folder, out = tmp_path / "releases", tmp_path / "briefs"
    folder.mkdir()
    for release in RELEASES.iterdir():
        (folder / release.name).write_bytes(release.read_bytes())
    (folder / "bad.txt").write_bytes(b"\x00\x00")
    result = comsum(folder, "-o", out)
    assert result.returncode == 1
    assert result.stdout == b""
    lines = result.stderr.decode().splitlines()
    assert lines[0] == "comsum: 4 releases, 0 of them briefed before"
    assert "bad.txt" in lines[1]
    assert [line.split()[:2] for line in lines[2:5]] == [["made", "3"], ["kept", "0"], ["failed", "1"]]
    assert sorted(path.name for path in out.iterdir()) == sorted(
        [f"{release.stem}{suffix}" for release in RELEASES.iterdir() for suffix in (".json", ".md")]
        + ["digest.html", "index.jsonl", "manifest.jsonl"]
    )
    again = comsum(folder, "-o", out)
    assert [line.split()[:2] for line in again.stderr.decode().splitlines()[2:4]] == [["made", "0"], ["kept", "3"]]


def test_output_goes_to_a_file_by_its_suffix(comsum: Run, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "brief.md"
    result = comsum(RELEASES / "condamnation.txt", "-o", target)
    assert (result.returncode, result.stdout) == (0, b"")
    assert target.read_text(encoding="utf-8").startswith("# ")
    assert [path.name for path in target.parent.iterdir()] == ["brief.md"]


def test_strict_says_three_when_a_check_fails(comsum: Run, tmp_path: Path) -> None:
    glossary = tmp_path / "house.toml"
    glossary.write_text('avoid = ["the"]\n')
    release = RELEASES / "condamnation.txt"
    assert comsum(release, "-g", glossary).returncode == 0
    assert comsum(release, "-g", glossary, "--strict").returncode == 3


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m comsum {RELEASES / 'visite_dakar.txt'} | head -1"
    result = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, timeout=300, check=False)
    assert result.stderr == b""
    assert result.stdout.count(b"\n") == 1


def test_ctrl_c_is_one_line_and_130_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"{SAMPLE.read_text('utf-8')}\n\nFin {n}." for n in range(40)), encoding="utf-8")
    command = [sys.executable, "-m", "comsum", str(long), "-o", str(target), "--engine", "torch", "--no-cache"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr == b"comsum: interrupted\n"
    assert list(tmp_path.iterdir()) == [long]


def test_colour_is_asked_for_or_left_out(comsum: Run) -> None:
    release = RELEASES / "condamnation.txt"
    assert b"\x1b[" in comsum(release, "--color", "always").stdout
    bare = comsum(release, "-f", "terminal", "--color", "always", NO_COLOR="1").stdout
    assert b"\x1b[1m" in bare
    assert not re.search(rb"\x1b\[[0-9;]*\b3[0-7]m", bare)
    assert b"\x1b" not in comsum(release, "-f", "terminal").stdout


def test_documents_come_from_json_lines_and_bad_lines_cost_a_line(comsum: Run) -> None:
    rows = [
        b'{"id": 7, "body": "Le Ministre a quitt\\u00e9 Dakar le 3 mai 2022."}',
        b"not json",
        b'{"id": 8, "text": "elsewhere"}',
        b"",
        b'{"url": "https://example.org/x", "body": "La CEDEAO condamne l\'attaque."}',
    ]
    result = comsum("-", "--from-jsonl", "body", stdin=b"\n".join(rows))
    assert result.returncode == 1
    briefs = [json.loads(line) for line in result.stdout.splitlines()]
    assert [brief["source"]["name"] for brief in briefs] == ["7", "x"]
    said = result.stderr.decode().splitlines()
    assert [("line 2" in said[0], "line 3" in said[1]), len(said)] == [(True, True), 2]


def test_a_folder_goes_into_a_pipe_a_line_a_release(comsum: Run, tmp_path: Path) -> None:
    for release in RELEASES.iterdir():
        (tmp_path / release.name).write_bytes(release.read_bytes())
    (tmp_path / "bad.txt").write_bytes(b"\0")
    result = comsum(tmp_path, "--jsonl")
    assert result.returncode == 1
    names = [json.loads(line)["source"]["name"] for line in result.stdout.splitlines()]
    assert names == sorted(release.name for release in RELEASES.iterdir())
    assert "bad.txt" in result.stderr.decode()
    alone = comsum(tmp_path / names[0], "--jsonl").stdout
    assert alone == result.stdout.splitlines(keepends=True)[0]


def test_a_folder_without_output_says_what_to_do(comsum: Run, tmp_path: Path) -> None:
    result = comsum(tmp_path)
    assert result.returncode == 2
    assert b"-o briefs/" in result.stderr
    assert b"--jsonl" in result.stderr
