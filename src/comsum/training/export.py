"""From training checkpoints to a folder that `from_pretrained` loads: averaged, fp16, with its card and meta.json."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import MarianMTModel

from comsum.training.loop import average

MAX_BYTES = 95_000_000
MAX_POSITIONS = 256  # sinusoids are made anew at every load, slowly; sentences are cut at 110 tokens anyway


def export(
    model: MarianMTModel, checkpoints: Sequence[Path], tokenizer: Path, folder: Path, meta: dict[str, Any]
) -> dict[str, Any]:
    """Average `checkpoints`, write the model in fp16 to `folder` and return the completed meta data.

    `model` gives architecture and generation settings; `tokenizer` is the folder of the tokenizer's files.
    Raises ValueError when the file would be larger than a wheel should carry.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.to(torch.float16).contiguous() for name, tensor in average(list(checkpoints)).items()}
    weights = {
        name: tensor[:MAX_POSITIONS].contiguous() if "embed_positions" in name else tensor
        for name, tensor in weights.items()
    }
    model.config.max_position_embeddings = MAX_POSITIONS
    model.config.dtype = "float16"
    model.config.architectures = ["MarianMTModel"]
    model.config.save_pretrained(folder)
    model.generation_config.save_pretrained(folder)
    path = folder / "model.safetensors"
    save_file(weights, path, metadata={"format": "pt"})
    path.chmod(0o644)
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path}: {path.stat().st_size} bytes, the limit is {MAX_BYTES}")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(tokenizer / name, folder / name)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    complete = {**meta, "family": "bundled", "sha256": digest, "parameters": sum(w.numel() for w in weights.values())}
    (folder / "meta.json").write_text(json.dumps(complete, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(model_card(complete), encoding="utf-8")
    return complete


def model_card(meta: dict[str, Any]) -> str:
    """Write the model card from the meta data: what it is, what it saw, what it scores, where it fails."""
    rows = [f"| {c['name']} | {c['pairs']:,} | {c['licence']} |" for c in meta["data"]]
    scores = [
        f"| {name} | {s['bleu']} | {s['chrf']} | {s['numbers']:.1%} | {s['names']:.1%} | {s['sentinels']:.1%} | {s['loops']} |"
        for name, s in meta["scores"].items()
    ]
    return "\n".join(
        [
            "# The bundled French-to-English model of comsum",
            "",
            f"Version {meta['version']}. {meta['architecture']}, {meta['parameters'] / 1e6:.1f} million parameters, fp16.",
            f"Trained for {meta['hours']:.1f} hours on {meta['device']}: {meta['pairs_seen']:,} sentence pairs seen,",
            f"{meta['steps']:,} steps. {meta['judgement']}",
            "",
            "## Scores",
            "",
            "| set | BLEU | chrF2 | numbers found | names found | sentinels kept | loops |",
            "|---|---|---|---|---|---|---|",
            *scores,
            "",
            f"BLEU: `{meta['signatures']['bleu']}`; chrF: `{meta['signatures']['chrf']}` (sacreBLEU).",
            "",
            "## Training data",
            "",
            "| corpus | pairs drawn | terms of use |",
            "|---|---|---|",
            *rows,
            "",
            "Sentinels `<x0>` … `<x15>` stand for protected names, numbers, dates and terms; the task is the prompt's first",
            "word (`translate:`). Made by `comsum.training`; see its `--help`.",
            "",
        ]
    )
