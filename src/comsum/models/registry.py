"""Which checkpoint is meant: the bundled one, one that was pulled, or a local folder in the Hugging Face layout."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from comsum.errors import ModelError
from comsum.models.catalogue import Family, entry_of, families, family_of
from comsum.models.digest import digest_of

BUNDLED = "bundled"
NOTE = "comsum.json"  # what `comsum models pull` writes beside the files it brought
_WEIGHTS = "model.safetensors"
_SHARDS = "model.safetensors.index.json"
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True)
class Checkpoint:
    """A model that is here. `digest` is the first eight digits of its weights' SHA-256, `size` in bytes."""

    name: str
    folder: Path
    family: Family
    digest: str
    licence: str
    size: int
    meta: dict[str, Any]

    @property
    def tasks(self) -> tuple[str, ...]:
        """What it was trained to do."""
        return tuple(self.meta.get("tasks", ("translate",)))

    @property
    def beams(self) -> int:
        """Beams of the first search, 0 for comsum's own choice."""
        entry = entry_of(self.meta.get("repo", ""))
        return entry.beams if entry else 0


def models_folder() -> Path:
    """Where pulled models are kept: `COMSUM_MODELS`, else the user's data folder."""
    from platformdirs import user_data_path

    chosen = os.environ.get("COMSUM_MODELS")
    return Path(chosen).expanduser() if chosen else user_data_path("comsum") / "models"


def folder_of(repo: str) -> Path:
    """Where the model of a hub id is kept once pulled."""
    return models_folder() / repo.replace("/", "--")


def find_checkpoint(name: str = BUNDLED) -> Checkpoint:
    """Find a checkpoint by name, hub id or folder. Raises ModelError when it is not here or not usable."""
    if name == BUNDLED:
        folder = Path(str(files("comsum"))) / "models" / BUNDLED
        if not (folder / _WEIGHTS).is_file():
            raise ModelError("the bundled model is not in this installation; reinstall comsum, or give --model FOLDER")
        return read_checkpoint(name, folder)
    entry = entry_of(name)
    local = Path(name).expanduser()
    if local.is_dir() and not entry:
        return read_checkpoint(local.name, local)
    if not entry and not _HUB_ID.fullmatch(name):
        raise ModelError(
            f"{name}: no such model here; give {BUNDLED!r}, a name of `comsum models`, a hub id, or a folder"
        )
    folder = folder_of(entry.repo if entry else name)
    if not (folder / NOTE).is_file():
        raise ModelError(f"{name}: this model is not here; get it once with: comsum models pull {name}")
    return read_checkpoint(name, folder)


def read_checkpoint(name: str, folder: Path) -> Checkpoint:
    """Read what a checkpoint's folder says of it. Raises ModelError when it cannot be used."""
    config, meta = _read_json(folder / "config.json"), _read_json(folder / "meta.json", missing={})
    meta = {**meta, **_read_json(folder / NOTE, missing={})}
    weights = weight_files(folder)
    family = families().get(meta.get("family", "")) or family_of(
        config, _read_json(folder / "tokenizer_config.json", missing={})
    )
    if family is None:
        raise ModelError(f"{folder}: models of type {config.get('model_type')!r} are not supported yet")
    digest = meta.get("sha256") or digest_of(weights)
    size = sum(path.stat().st_size for path in weights)
    return Checkpoint(name, folder, family, digest[:8], str(meta.get("licence", "unknown")), size, meta)


def weight_files(folder: Path) -> list[Path]:
    """The files with a checkpoint's weights. Raises ModelError when there are none, or only pickles."""
    if (folder / _WEIGHTS).is_file():
        return [folder / _WEIGHTS]
    if (folder / _SHARDS).is_file():
        names = sorted(set(_read_json(folder / _SHARDS).get("weight_map", {}).values()))
        shards = [folder / Path(str(name)).name for name in names]  # never out of the folder
        lost = [path.name for path in shards if not path.is_file() or path.suffix != ".safetensors"]
        if not shards or lost:
            raise ModelError(f"{folder}: shards of the weights are missing: {', '.join(lost) or 'all'}")
        return shards
    pickle = next((path.name for pattern in _PICKLES for path in folder.glob(pattern)), None)
    if pickle:
        raise ModelError(f"{folder}: its weights are a pickle ({pickle}), which comsum never opens; get safetensors")
    raise ModelError(f"{folder}: no {_WEIGHTS}; comsum loads weights only as safetensors")


def _read_json(path: Path, missing: dict[str, Any] | None = None) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if missing is not None:
            return missing
        raise ModelError(f"{path.parent}: not a checkpoint, {path.name} is missing") from error
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read as JSON") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path}: cannot be read as JSON of an object")
    return content


def verify(checkpoint: Checkpoint) -> None:
    """Raise ModelError when the weights are not those of the checkpoint's own record; without one, all is well."""
    recorded = checkpoint.meta.get("sha256")
    if recorded and digest_of(weight_files(checkpoint.folder)) != recorded:
        again = "reinstall comsum" if checkpoint.name == BUNDLED else "pull or copy it again"
        raise ModelError(f"{checkpoint.folder}: the weights are not those of its record, so damaged; {again}")
