from __future__ import annotations

import json
from pathlib import Path

import pytest

from comsum.errors import ConfigurationError, ModelError
from comsum.models.prompts import load_prompt, parse_prompt
from comsum.models.registry import find_checkpoint


def test_the_shipped_prompts_are_read() -> None:
    assert load_prompt("translate", "bundled").fill("Bonjour") == "translate: Bonjour"
    assert load_prompt("translate", "marian").fill("Bonjour") == "Bonjour"


def test_a_users_prompt_wins_and_the_rest_is_ours(tmp_path: Path) -> None:
    (tmp_path / "translate").mkdir()
    (tmp_path / "translate" / "bundled.txt").write_text("# mine\ndo: {text}\n")
    assert load_prompt("translate", "bundled", tmp_path).fill("x") == "do: x"
    assert load_prompt("translate", "marian", tmp_path).fill("x") == "x"
    assert load_prompt("translate", "bundled", tmp_path).digest != load_prompt("translate", "bundled").digest


@pytest.mark.parametrize("content", ["no place", "{text} {text}", "# {text}\nnothing"])
def test_a_prompt_without_its_place_names_the_file(content: str) -> None:
    with pytest.raises(ConfigurationError, match=r"mine\.txt"):
        parse_prompt(content, "mine.txt")


def test_a_missing_folder_of_prompts_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such folder"):
        load_prompt("translate", "bundled", tmp_path / "nowhere")


def test_the_bundled_checkpoint_is_here_and_small_enough() -> None:
    checkpoint = find_checkpoint()
    assert checkpoint.family.name == "bundled"
    assert checkpoint.size < 95_000_000
    assert {"version", "data", "hours", "scores", "sha256"} <= checkpoint.meta.keys()


def test_the_bundled_weights_are_those_of_the_card() -> None:
    import hashlib

    checkpoint = find_checkpoint()
    assert (
        hashlib.sha256((checkpoint.folder / "model.safetensors").read_bytes()).hexdigest() == checkpoint.meta["sha256"]
    )


def _folder(tmp_path: Path, **files: str) -> Path:
    for name, content in files.items():
        (tmp_path / name.replace("__", ".")).write_text(content)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "config.json is missing"),
        ({"config__json": "{"}, "cannot be read as JSON"),
        ({"config__json": '{"model_type": "marian"}'}, "only as safetensors"),
        ({"config__json": '{"model_type": "bert"}', "model__safetensors": "x"}, "'bert' are not supported"),
    ],
)
def test_a_broken_checkpoint_is_one_clear_error(tmp_path: Path, files: dict[str, str], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        find_checkpoint(str(_folder(tmp_path, **files)))


def test_a_local_checkpoint_gets_its_family_from_its_type(tmp_path: Path) -> None:
    folder = _folder(tmp_path, config__json=json.dumps({"model_type": "marian"}), model__safetensors="x")
    assert find_checkpoint(str(folder)).family.name == "marian"


def test_an_unknown_model_is_said_with_what_to_do() -> None:
    with pytest.raises(ModelError, match="no such model here"):
        find_checkpoint("nonesuch")
