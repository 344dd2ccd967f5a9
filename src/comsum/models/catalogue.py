"""What is known of families and models before any is here: `catalogue.toml`, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Task = Literal["translate", "summarize"]


@dataclass(frozen=True)
class Family:
    """Checkpoints that are asked alike. `source` and `target` are language codes, empty where none is wanted."""

    name: str
    model_type: str
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class Entry:
    """A model of the hub. `size` is in MB, `beams` 0 where comsum's own search is right."""

    name: str
    repo: str
    task: Task
    family: str
    size: int
    licence: str
    commercial: bool = True
    quality: str = ""
    source: str = ""
    beams: int = 0


@cache
def _content() -> Mapping[str, Any]:
    return tomllib.loads((files("comsum.models") / "catalogue.toml").read_text(encoding="utf-8"))


@cache
def families() -> dict[str, Family]:
    """All families by name."""
    return {name: Family(name, **fields) for name, fields in _content()["family"].items()}


@cache
def entries() -> dict[str, Entry]:
    """All known models by name, in the order of the file."""
    return {name: Entry(name, **fields) for name, fields in _content()["model"].items()}


def entry_of(name: str) -> Entry | None:
    """The entry of a model given by its name here or by its hub id."""
    return entries().get(name) or next((one for one in entries().values() if one.repo == name), None)


MADLAD_VOCABULARY = 200_000  # T5's own have 32,128 tokens, MADLAD-400's 256,000


def family_of(config: Mapping[str, Any], tokenizer: Mapping[str, Any]) -> Family | None:
    """Tell a checkpoint's family from its `config.json` and `tokenizer_config.json`; None when it is of none we know."""
    kind = config.get("model_type")
    if kind == "m2m_100":
        return families()["nllb" if "nllb" in str(tokenizer.get("tokenizer_class", "")).lower() else "m2m100"]
    if kind == "t5" and int(config.get("vocab_size", 0)) > MADLAD_VOCABULARY:
        return families()["madlad"]
    return families().get(str(kind))
