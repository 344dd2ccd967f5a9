"""The steps of `python -m comsum.training`, each a function of its parsed options."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForSeq2SeqLM, MarianMTModel

from comsum._version import __version__
from comsum.errors import ConfigurationError
from comsum.models.prompts import load_prompt
from comsum.models.registry import find_checkpoint
from comsum.training import lexicon, pack, vocabulary
from comsum.training.evaluate import as_meta, read_set
from comsum.training.evaluate import evaluate as score_set
from comsum.training.export import export as export_folder
from comsum.training.loop import Progress, Settings, Trainer, load_weights
from comsum.training.pairs import Pair, clean, is_good, mix, read_pairs, read_recipe
from comsum.training.seed import new_model, seed_from_counts

LEXICON_PAIRS = 250_000
LEXICON_TOKENS = 50
DEVELOPMENT_PAIRS = 300
SUMMARY_SHARE = 0.5  # of the pairs are tried for the summarize prompt; about a third of them can be shortened
STEERED = ("steps", "tokens", "rate", "minutes", "decay", "optimizer")  # settings that the command line may give
DEVELOPMENT_SETS = ("europarl-dev", "flores-dev", "wmt13")


def data(options: argparse.Namespace) -> dict[str, Any]:
    """Mix the recipe's corpora, train the tokenizer (or take a model's own), pack; return the counts."""
    work: Path = options.work
    (work / "packed").mkdir(parents=True, exist_ok=True)
    recipe = read_recipe(options.recipe)
    mixture = mix(options.corpus, recipe, limit=options.limit)
    if options.tokenizer:
        tokenizer, target_size = _known_vocabulary(options.tokenizer)
    else:
        tokenizer, target_size = vocabulary.make_vocabulary(mixture.pairs, options.vocabulary)
    vocabulary.save_tokenizer(tokenizer, work / "tokenizer")
    for number, part in enumerate(pack.parts(mixture.pairs)):
        for task, share in ((pack.TRANSLATE, 1), (pack.SUMMARIZE, SUMMARY_SHARE)):
            packed = pack.pack(part[: int(share * len(part))], tokenizer, target_size, task=task, seed=number)
            pack.save(packed, work / "packed" / f"{task.rstrip(':')}{number:03d}.npz")
    held_out = [clean(p) for p in read_set(options.development.parent, options.development.name, DEVELOPMENT_PAIRS)]
    pack.save(pack.pack(held_out, tokenizer, target_size, sentinel_share=0.0), work / "development.npz")
    plain = pack.pack(
        mixture.pairs[:LEXICON_PAIRS], tokenizer, target_size, sentinel_share=0.0, max_tokens=LEXICON_TOKENS
    )
    pack.save(plain, work / "lexicon.npz")
    licences = {corpus.name: corpus.licence for corpus in recipe}
    counts = [{"name": name, "pairs": count, "licence": licences[name]} for name, count in mixture.counts.items()]
    facts = {"source_size": tokenizer.get_vocab_size(), "target_size": target_size, "data": counts}
    (work / "data.json").write_text(json.dumps(facts, indent=2, ensure_ascii=False), encoding="utf-8")
    return facts


def _known_vocabulary(model: str) -> tuple[Tokenizer, int]:
    """The word pieces of a model that training will go on from, and the size of its decoder's vocabulary."""
    folder = find_checkpoint(model).folder
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Tokenizer.from_file(str(folder / "tokenizer.json")), int(config["decoder_vocab_size"])


def warm_start(options: argparse.Namespace) -> dict[str, Any]:
    """Count the lexicon, build the model, write its first weights as the run's checkpoint."""
    work: Path = options.work
    facts = _facts(work)
    plain = pack.load([work / "lexicon.npz"])
    table = lexicon.translation_table(plain, facts["source_size"], facts["target_size"])
    lexicon.save_table(table, work / "table.safetensors")
    neighbours = lexicon.neighbour_embeddings(plain, facts["target_size"], options.width)
    frequency = torch.from_numpy(np.bincount(plain.target, minlength=facts["target_size"])).float()
    shape = {"width": options.width, "encoder": options.encoder, "decoder": options.decoder}
    model = new_model(facts["source_size"], facts["target_size"], **shape)
    seed_from_counts(model, table, neighbours, frequency)
    (work / "shape.json").write_text(json.dumps(shape))
    trainer = Trainer(model, work / "run", Settings())
    trainer.save(float("inf"))
    return {"parameters": model.num_parameters(), **shape}


def train(options: argparse.Namespace) -> dict[str, Any]:
    """Train on the packed parts (or the user's own pairs) until steps or minutes are over."""
    work: Path = options.work
    given = {name: getattr(options, name) for name in STEERED}
    settings = replace(Settings(), **{name: value for name, value in given.items() if value is not None})
    if options.data:
        return _fine_tune(options, settings)
    if options.source:
        return _go_on(options, settings)
    trainer = Trainer(_shaped(work), work / "run", settings, lexicon.load_table(work / "table.safetensors"))
    trainer.resume()
    paths = sorted((work / "packed").glob("*.npz"))
    progress = trainer.run(pack.load(paths), pack.load([work / "development.npz"]))
    return asdict(progress)


def _go_on(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Go on from an exported model with pairs packed by its own tokenizer (`data --tokenizer`)."""
    work: Path = options.work
    folder = find_checkpoint(options.source).folder
    theirs, ours = folder / "tokenizer.json", work / "tokenizer" / "tokenizer.json"
    if (
        not ours.is_file()
        or json.loads(ours.read_text("utf-8"))["model"] != json.loads(theirs.read_text("utf-8"))["model"]
    ):
        raise ConfigurationError(
            f"--from needs pairs in that model's word pieces: --data FILE, or first `data --tokenizer {options.source}`"
        )
    model = _weights_of(folder)
    _note_shape(model, work)
    _note_base(folder, work)
    trainer = Trainer(model, work / "run", settings)
    trainer.resume()
    progress = trainer.run(pack.load(sorted((work / "packed").glob("*.npz"))), pack.load([work / "development.npz"]))
    return asdict(progress)


def _weights_of(folder: Path) -> MarianMTModel:
    return AutoModelForSeq2SeqLM.from_pretrained(folder, dtype=torch.float32, local_files_only=True)


def _note_shape(model: MarianMTModel, work: Path) -> None:
    config = model.config
    shape = {"width": config.d_model, "encoder": config.encoder_layers, "decoder": config.decoder_layers}
    (work / "shape.json").write_text(json.dumps(shape))


def _note_base(folder: Path, work: Path) -> None:
    """Keep what is known of the model that training goes on from: the card of what comes of it adds it up."""
    card = folder / "meta.json"
    if card.is_file():
        shutil.copyfile(card, work / "base.json")


def _fine_tune(options: argparse.Namespace, settings: Settings) -> dict[str, Any]:
    """Go on from an exported model with the user's translation memory; one pair in twenty is held out."""
    checkpoint = find_checkpoint(options.source or "bundled")
    tokenizer = Tokenizer.from_file(str(checkpoint.folder / "tokenizer.json"))
    model = _weights_of(checkpoint.folder)
    pairs = [clean(pair) for path in options.data for pair in read_pairs(path)]
    pairs = [pair for pair in pairs if is_good(pair)]
    if len(pairs) < 20:
        raise ConfigurationError(f"only {len(pairs)} usable pairs; fine-tuning needs at least 20")
    size = model.config.decoder_vocab_size
    held_out = pack.pack(pairs[::20], tokenizer, size, sentinel_share=0.0)
    own = pack.pack([pair for number, pair in enumerate(pairs) if number % 20], tokenizer, size)
    folder: Path = options.work / "run"
    trainer = Trainer(model, folder, settings)
    trainer.resume()
    progress = trainer.run(own, held_out)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (options.work / "tokenizer").mkdir(parents=True, exist_ok=True)
        (options.work / "tokenizer" / name).write_bytes((checkpoint.folder / name).read_bytes())
    model.config.save_pretrained(options.work / "base")
    facts = {"source_size": model.config.vocab_size, "target_size": size, "data": [_own_data(options.data, len(pairs))]}
    (options.work / "data.json").write_text(json.dumps(facts))
    _note_shape(model, options.work)
    _note_base(checkpoint.folder, options.work)
    return asdict(progress)


def _own_data(paths: list[Path], count: int) -> dict[str, Any]:
    return {"name": ", ".join(path.name for path in paths), "pairs": count, "licence": "the user's own"}


def export(options: argparse.Namespace) -> dict[str, Any]:
    """Average the last checkpoints, score them when sets are given, write the folder."""
    work: Path = options.work
    model, facts = _shaped(work), _facts(work)
    progress = Progress(**json.loads((work / "run" / "last.json").read_text()))
    base = work / "base.json"
    meta = _meta(model, facts, progress, json.loads(base.read_text(encoding="utf-8")) if base.is_file() else {})
    checkpoints = sorted((work / "run").glob("snap-*.safetensors"))[-options.last :]
    export_folder(model, checkpoints, work / "tokenizer", options.to, meta)
    if options.eval:
        meta["scores"], meta["signatures"] = _scores(options.to, options.eval, DEVELOPMENT_SETS, None)
        return export_folder(model, checkpoints, work / "tokenizer", options.to, meta)
    return meta


def _meta(model: MarianMTModel, facts: dict[str, Any], progress: Progress, base: dict[str, Any]) -> dict[str, Any]:
    config = model.config
    drawn = {corpus["name"]: corpus for corpus in sorted([*base.get("data", []), *facts["data"]], key=_pairs)}
    return {
        "version": __version__,
        "licence": "MIT",
        "architecture": f"Marian, {config.encoder_layers}+{config.decoder_layers} layers, width {config.d_model}",
        "hours": round(base.get("hours", 0.0) + progress.seconds / 3600, 2),
        "device": "a GPU" if torch.cuda.is_available() else "two CPU cores",
        "pairs_seen": base.get("pairs_seen", 0) + progress.pairs,
        "steps": base.get("steps", 0) + progress.step,
        "development_loss": round(progress.best_loss, 3),
        "judgement": base.get("judgement", ""),
        "tasks": [task.rstrip(":") for task in vocabulary.TASKS],
        "data": list(drawn.values()),
        "scores": {},
        "signatures": {"bleu": "", "chrf": ""},
    }


def _pairs(corpus: dict[str, Any]) -> int:
    return int(corpus["pairs"])


def evaluate(options: argparse.Namespace) -> dict[str, Any]:
    """Score a folder on development sets."""
    scores, signatures = _scores(
        options.model, options.eval, options.sets, options.limit, options.engine, options.beams
    )
    return {"scores": scores, "signatures": signatures}


def _scores(
    model: Path,
    folder: Path,
    sets: tuple[str, ...] | list[str],
    limit: int | None,
    engine_name: str = "torch",
    beams: int = 0,
) -> tuple[dict[str, Any], dict[str, str]]:
    from comsum.models.engines import load_engine

    checkpoint = find_checkpoint(str(model))
    engine = load_engine(checkpoint, engine_name)
    prompt = load_prompt("translate", checkpoint.family.name)
    results: dict[str, Any] = {}
    signatures: dict[str, str] = {}
    for name in sets:
        scores, signatures = score_set(engine, prompt, read_set(folder, name, limit), beams)
        results[name] = as_meta(scores)
    return results, signatures


def _facts(work: Path) -> dict[str, Any]:
    path = work / "data.json"
    if not path.is_file():
        raise ConfigurationError(f"{path} is not there; run the step `data` first")
    facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return facts


def _shaped(work: Path) -> MarianMTModel:
    facts, shape = _facts(work), json.loads((work / "shape.json").read_text())
    return new_model(facts["source_size"], facts["target_size"], **shape)


__all__ = ["Pair", "data", "evaluate", "export", "load_weights", "train", "warm_start"]
