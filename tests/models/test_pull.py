"""`comsum models pull` against a stand-in hub: what it brings, resumes, verifies, refuses."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from types import SimpleNamespace

import pytest

from comsum.models.catalogue import entries
from tests.conftest import SAMPLE, run_comsum
from tests.models.hub import Hub, serving
from tests.models.tiny import FAMILIES

CHUNK = 10 * 1024 * 1024  # what the hub's library writes at once; the part of one that came is lost
REPO = "Helsinki-NLP/opus-mt-fr-en"
Comsum = Callable[..., CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opus")
    FAMILIES["marian"](folder)
    return folder


@pytest.fixture
def hub(checkpoint: Path, tmp_path: Path) -> Iterator[Hub]:
    folder = tmp_path / "remote"
    shutil.copytree(checkpoint, folder)
    (folder / "modeling_evil.py").write_text("raise SystemExit")
    (folder / "README.md").write_text("hello")
    with serving(Hub(REPO, folder)) as served:
        yield served


@pytest.fixture
def pull(hub: Hub, tmp_path: Path) -> Callable[..., CompletedProcess[bytes]]:
    def run(*arguments: str, stdin: bytes | None = None) -> CompletedProcess[bytes]:
        return run_comsum(
            *arguments, stdin=stdin, HF_ENDPOINT=hub.url, COMSUM_MODELS=str(tmp_path / "models"), HF_HUB_OFFLINE="0"
        )

    return run


def _folder(tmp_path: Path) -> Path:
    return tmp_path / "models" / REPO.replace("/", "--")


def test_a_model_is_shown_brought_verified_and_used(pull: Comsum, tmp_path: Path) -> None:
    before = pull("-m", "opus", str(SAMPLE))
    assert before.returncode == 69
    assert b"comsum models pull opus" in before.stderr
    result = pull("models", "pull", "opus", "--yes")
    assert result.returncode == 0, result.stderr
    assert b"licence apache-2.0" in result.stderr
    names = {path.name for path in _folder(tmp_path).iterdir()}
    assert {"model.safetensors", "source.spm", "vocab.json", "comsum.json"} <= names
    assert not {"modeling_evil.py", "README.md", "model.safetensors.part"} & names
    listed = pull("models").stdout.decode()
    assert next(line for line in listed.splitlines() if line.startswith("opus ")).split()[1] == "yes"
    made = pull("-m", "opus", "--only", "translation", "-", stdin=b"La paix.")
    assert made.returncode == 0, made.stderr
    assert REPO.encode() not in made.stderr


def test_without_a_terminal_nothing_comes_unasked(pull: Comsum, tmp_path: Path) -> None:
    result = pull("models", "pull", "opus", stdin=b"y\n")
    assert result.returncode == 2
    assert b"--yes" in result.stderr
    assert not _folder(tmp_path).exists()


def test_a_licence_that_forbids_trade_is_said(pull: Comsum, hub: Hub) -> None:
    hub.licence = "cc-by-nc-4.0"
    assert b"forbids commercial use" in pull("models", "pull", "opus", "--yes").stderr


def test_an_interrupted_download_goes_on_where_it_stopped(pull: Comsum, hub: Hub, tmp_path: Path) -> None:
    weights = hub.folder / "model.safetensors"
    weights.write_bytes(random.Random(1).randbytes(2 * CHUNK))
    hub.cut = CHUNK + 1000
    first = pull("models", "pull", "opus", "--yes")
    assert first.returncode == 69
    assert b"pull again, it goes on" in first.stderr
    assert b"Traceback" not in first.stderr
    assert not (_folder(tmp_path) / "comsum.json").exists()
    assert pull("-m", "opus", str(SAMPLE)).returncode == 69  # half a model is no model
    hub.cut, hub.ranges = 0, []
    assert pull("models", "pull", "opus", "--yes").returncode == 0
    assert hub.ranges == [f"model.safetensors {CHUNK}"]
    assert (_folder(tmp_path) / "model.safetensors").read_bytes() == weights.read_bytes()


def test_what_comes_damaged_is_deleted_and_said(pull: Comsum, hub: Hub, tmp_path: Path) -> None:
    hub.lie = True
    result = pull("models", "pull", "opus", "--yes")
    assert result.returncode == 69
    assert b"model.safetensors came damaged" in result.stderr
    assert not (_folder(tmp_path) / "model.safetensors").exists()
    hub.lie = False
    assert pull("models", "pull", "opus", "--yes").returncode == 0


def test_a_second_pull_brings_nothing(pull: Comsum, hub: Hub) -> None:
    pull("models", "pull", "opus", "--yes")
    hub.asked.clear()
    assert pull("models", "pull", "opus", "--yes").returncode == 0
    assert not [line for line in hub.asked if "resolve" in line]


@pytest.mark.parametrize("name", ["nobody/nothing", "no such name", "../up"])
def test_a_model_that_is_not_there_is_one_line(pull: Comsum, name: str) -> None:
    result = pull("models", "pull", name, "--yes")
    assert result.returncode == 69
    assert result.stderr.count(b"\n") == 1
    assert b"no such model on the hub" in result.stderr


def test_a_hub_out_of_reach_is_one_line(tmp_path: Path) -> None:
    result = run_comsum(
        "models",
        "pull",
        "opus",
        "--yes",
        HF_ENDPOINT="http://127.0.0.1:9",
        HF_HUB_OFFLINE="0",
        COMSUM_MODELS=str(tmp_path),
    )
    assert result.returncode == 69
    assert result.stderr.count(b"\n") == 1, result.stderr


def test_pickles_are_replaced_by_the_hubs_own_conversion(pull: Comsum, hub: Hub, tmp_path: Path) -> None:
    converted = tmp_path / "converted"
    shutil.copytree(hub.folder, converted)
    (hub.folder / "model.safetensors").rename(hub.folder / "pytorch_model.bin")
    result = pull("models", "pull", "opus", "--yes")
    assert result.returncode == 69
    assert b"a pickle only, which comsum never opens" in result.stderr
    hub.pull_request = converted
    result = pull("models", "pull", "opus", "--yes")
    assert result.returncode == 0, result.stderr
    assert b"refs/pr/1" in result.stderr
    assert not (_folder(tmp_path) / "pytorch_model.bin").exists()


def test_no_room_is_said_before_anything_comes(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from comsum.cli import main

    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    monkeypatch.setenv("COMSUM_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)  # engines loaded in this process set it
    full = SimpleNamespace(total=10**9, used=10**9, free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    assert main(["models", "pull", "opus", "--yes"]) == 1
    assert "COMSUM_MODELS names another place" in capsys.readouterr().err
    assert not [line for line in hub.asked if "resolve" in line]


def test_a_place_that_cannot_be_written_is_said(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run_comsum(
        "models",
        "pull",
        "opus",
        "--yes",
        HF_ENDPOINT=hub.url,
        HF_HUB_OFFLINE="0",
        COMSUM_MODELS=str(tmp_path / "file" / "models"),
    )
    assert result.returncode == 1
    assert b"COMSUM_MODELS" in result.stderr


@pytest.mark.parametrize("name", list(entries()))
def test_a_model_that_is_not_here_says_how_to_get_it(name: str, tmp_path: Path) -> None:
    from comsum.errors import ModelError
    from comsum.models.registry import find_checkpoint

    with pytest.raises(ModelError, match=f"comsum models pull {name}$"):
        find_checkpoint(name)
