"""Checkpoints converted once for CTranslate2: int8, in the user's cache, named by the hash of their weights.

Only this module needs torch and transformers for that engine; what it writes is all that later runs read.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from comsum.errors import ModelError
from comsum.models.digest import cache_folder, sha256_of
from comsum.models.pieces import PIECES, SPM, TOKENIZER
from comsum.models.registry import Checkpoint

LAYOUT = 1  # of the folder; another number converts anew
QUANTIZATION = "int8"
_CHECKED_UP_TO = 100_000_000  # bytes; the hash of more costs more than it saves
_LOCK_SECONDS = 1800


def converted_folder(checkpoint: Checkpoint) -> Path:
    """Where the converted model stands, or will."""
    import ctranslate2

    kind = f"{checkpoint.family.name}-{checkpoint.digest}-{QUANTIZATION}-{ctranslate2.__version__}-{LAYOUT}"
    return cache_folder() / "ct2" / kind


def converted(checkpoint: Checkpoint) -> Path:
    """The folder of the converted model, made now when it is not there or damaged. Raises ModelError."""
    folder = converted_folder(checkpoint)
    if is_whole(folder):
        return folder
    from filelock import FileLock, Timeout

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{folder}.lock", timeout=_LOCK_SECONDS):
            if not is_whole(folder):  # another process may have made it while this one waited
                _convert_into(folder, checkpoint)
    except Timeout as error:
        raise ModelError(f"{folder}: another process has been converting this model for half an hour") from error
    except OSError as error:
        raise ModelError(f"{folder}: cannot be written ({error.strerror or error}); take --engine torch") from error
    return folder


def is_whole(folder: Path) -> bool:
    """Tell whether a converted model is there and is what was written: size, and hash unless it is large."""
    try:
        told = json.loads((folder / PIECES).read_text(encoding="utf-8"))
        model = folder / "model.bin"
        size = model.stat().st_size
        return size == told["size"] and (size > _CHECKED_UP_TO or sha256_of(model) == told["sha256"])
    except (OSError, ValueError, KeyError):
        return False


def _convert_into(folder: Path, checkpoint: Checkpoint) -> None:
    """Convert beside the place and move there whole, so that a killed conversion leaves nothing that looks done."""
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="converting-") as name:
        made = Path(name) / "model"
        try:
            told = _convert(checkpoint, made)
        except (ValueError, RuntimeError, NotImplementedError, AttributeError) as error:
            raise ModelError(f"{checkpoint.name}: CTranslate2 cannot take it ({error}); use --engine torch") from error
        model = made / "model.bin"
        told |= {"size": model.stat().st_size, "sha256": sha256_of(model)}
        (made / PIECES).write_text(json.dumps(told), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        made.replace(folder)


def _convert(checkpoint: Checkpoint, made: Path) -> dict[str, Any]:
    from comsum.models.ct2_loader import CheckpointConverter
    from comsum.models.torch_engine import knows_sentinels, load_pretrained, token_limit

    tokenizer, model = load_pretrained(checkpoint)
    CheckpointConverter(checkpoint, tokenizer, model).convert(str(made), quantization=QUANTIZATION)
    return {
        **_save_tokenizer(tokenizer, checkpoint, made),
        "target": checkpoint.family.target,
        "knows_sentinels": knows_sentinels(tokenizer),
        "max_tokens": token_limit(model.config),
    }


def _language(checkpoint: Checkpoint) -> list[str]:
    """The token that the English begins with, which is no part of it; M2M100's tokenizer does not call it special."""
    return [checkpoint.family.target] if checkpoint.family.target else []


def _save_tokenizer(tokenizer: Any, checkpoint: Checkpoint, made: Path) -> dict[str, Any]:
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is not None:
        backend.save(str(made / TOKENIZER))
        return {"kind": "fast"}
    both = [checkpoint.folder / name for name in SPM]
    one = checkpoint.folder / "sentencepiece.bpe.model"
    for path, name in zip(both if both[0].is_file() else [one, one], SPM, strict=True):
        shutil.copyfile(path, made / name)
    ids = tokenizer("")["input_ids"]  # the marks alone: language before, end after
    marks = tokenizer.convert_ids_to_tokens(ids)
    end = marks.index(tokenizer.eos_token) if tokenizer.eos_token in marks else len(marks)
    return {
        "kind": "spm",
        "before": marks[:end],
        "after": marks[end:],
        "marks": [*tokenizer.all_special_tokens, *_language(checkpoint)],
    }
