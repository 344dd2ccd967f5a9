"""Which checkpoint is meant: the bundled one by default, or a local folder in the Hugging Face layout."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from comsum.errors import ModelError

BUNDLED = "bundled"
_FAMILIES = {"marian": "marian", "t5": "t5", "mt5": "mt5", "bart": "bart"}
_WEIGHTS = "model.safetensors"


@dataclass(frozen=True)
class Checkpoint:
    """A model that is here. `family` names its prompts; `digest` the first eight digits of its weights' SHA-256."""

    name: str
    folder: Path
    family: str
    digest: str
    licence: str
    size: int
    meta: dict[str, Any]


def find_checkpoint(name: str = BUNDLED) -> Checkpoint:
    """Find a checkpoint by name or folder. Raises ModelError when it is not here or not usable."""
    if name == BUNDLED:
        folder = Path(str(files("comsum"))) / "models" / BUNDLED
        if not (folder / _WEIGHTS).is_file():
            raise ModelError("the bundled model is not in this installation; reinstall comsum, or give --model FOLDER")
        return _checkpoint(name, folder)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise ModelError(f"{name}: no such model here; give {BUNDLED!r} or a folder with a Hugging Face checkpoint")
    return _checkpoint(folder.name, folder)


def _checkpoint(name: str, folder: Path) -> Checkpoint:
    config, meta = _read_json(folder / "config.json"), _read_json(folder / "meta.json", missing={})
    weights = folder / _WEIGHTS
    if not weights.is_file():
        raise ModelError(f"{folder}: no {_WEIGHTS}; comsum loads weights only as safetensors")
    family = meta.get("family") or _FAMILIES.get(str(config.get("model_type")))
    if family is None:
        raise ModelError(f"{folder}: models of type {config.get('model_type')!r} are not supported yet")
    digest = meta.get("sha256") or _sha256(weights)
    licence = str(meta.get("licence", "unknown"))
    return Checkpoint(name, folder, family, digest[:8], licence, weights.stat().st_size, meta)


def _read_json(path: Path, missing: dict[str, Any] | None = None) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if missing is not None:
            return missing
        raise ModelError(f"{path.parent}: not a checkpoint, {path.name} is missing") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read as JSON") from error
    return content


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
