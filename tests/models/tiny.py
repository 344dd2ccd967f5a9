"""Tiny random checkpoints of each architecture, as the hub would hold them: real tokenizers, real layouts, no sense."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers
from tokenizers import ByteLevelBPETokenizer

from tests.conftest import RELEASES

PIECES = 240


def corpus() -> list[str]:
    return [line for path in sorted(RELEASES.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]


def _spm(path: Path, **more: Any) -> sentencepiece.SentencePieceProcessor:
    """A SentencePiece model trained on the tests' releases, as `path`."""
    prefix = path.with_name("trained")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus()),
        model_prefix=str(prefix),
        vocab_size=PIECES,
        hard_vocab_limit=False,
        minloglevel=2,
        **more,
    )
    prefix.with_suffix(".model").replace(path)
    prefix.with_suffix(".vocab").unlink()
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def _pieces(model: sentencepiece.SentencePieceProcessor) -> list[str]:
    return [model.id_to_piece(place) for place in range(model.get_piece_size())]


def _write(folder: Path, name: str, content: Any) -> None:
    (folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


_SMALL = {"encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2}
_SMALL |= {"encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "d_model": 16, "max_position_embeddings": 128}
_T5 = {"d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 1, "num_decoder_layers": 1, "num_heads": 2}
_T5 |= {"decoder_start_token_id": 0, "pad_token_id": 0, "eos_token_id": 1}


def _save(folder: Path, model_class: Any, config: Any) -> None:
    transformers.logging.disable_progress_bar()
    torch.manual_seed(7)
    model = model_class(config)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.mul_(2 if "t5" in model.config.model_type else 8)  # the best far from the second
    model.save_pretrained(folder)


def marian(folder: Path) -> None:
    """Like Helsinki-NLP/opus-mt-fr-en: two SentencePiece models, one vocabulary, starts from `<pad>`."""
    known = dict.fromkeys([*_pieces(_spm(folder / "source.spm")), *_pieces(_spm(folder / "target.spm"))])
    tokens = ["</s>", "<unk>", *(piece for piece in known if piece not in ("<s>", "</s>", "<unk>")), "<pad>"]
    _write(folder, "vocab.json", {token: place for place, token in enumerate(tokens)})
    _write(folder, "tokenizer_config.json", {"tokenizer_class": "MarianTokenizer", "source_lang": "fra"})
    pad = len(tokens) - 1
    config = transformers.MarianConfig(
        vocab_size=len(tokens), pad_token_id=pad, decoder_start_token_id=pad, eos_token_id=0, forced_eos_token_id=None,
        **_SMALL,
    )  # fmt: skip
    _save(folder, transformers.MarianMTModel, config)


def m2m100(folder: Path) -> None:
    """Like facebook/m2m100_418M."""
    model = _spm(folder / "sentencepiece.bpe.model")
    tokens = ["<s>", "<pad>", "</s>", "<unk>", *(piece for piece in _pieces(model) if piece not in _MARKS)]
    _write(folder, "vocab.json", {token: place for place, token in enumerate(tokens)})
    _write(folder, "tokenizer_config.json", {"tokenizer_class": "M2M100Tokenizer"})
    last = max(transformers.AutoTokenizer.from_pretrained(folder).lang_token_to_id.values())
    config = transformers.M2M100Config(vocab_size=last + 9, **_SMALL)  # eight made-up words, as the real one
    _save(folder, transformers.M2M100ForConditionalGeneration, config)


_MARKS = ("<s>", "<pad>", "</s>", "<unk>")


def nllb(folder: Path) -> None:
    """Like facebook/nllb-200-distilled-600M."""
    _spm(folder / "sentencepiece.bpe.model")
    codes = ["ace_Arab", "eng_Latn", "fra_Latn"]
    _write(folder, "tokenizer_config.json", {"tokenizer_class": "NllbTokenizer", "additional_special_tokens": codes})
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = transformers.M2M100Config(vocab_size=len(tokenizer), **_SMALL)
    _save(folder, transformers.M2M100ForConditionalGeneration, config)


def _t5_tokenizer(folder: Path, kind: str, **more: Any) -> int:
    _spm(folder / "spiece.model", pad_id=0, eos_id=1, unk_id=2, bos_id=-1, **more)
    _write(folder, "tokenizer_config.json", {"tokenizer_class": kind, "extra_ids": 100})
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return len(tokenizer)


def t5(folder: Path) -> None:
    """Like google/flan-t5-base."""
    size = _t5_tokenizer(folder, "T5Tokenizer")
    config = transformers.T5Config(vocab_size=size, feed_forward_proj="gated-gelu", tie_word_embeddings=False, **_T5)
    _save(folder, transformers.T5ForConditionalGeneration, config)


def madlad(folder: Path) -> None:
    """Like google/madlad400-3b-mt: a T5 that is told the language in its first token."""
    size = _t5_tokenizer(folder, "T5Tokenizer", user_defined_symbols="<2en>")
    _write(folder, "comsum.json", {"family": "madlad"})  # as pulled; the real one has 256,000 pieces to tell it by
    config = transformers.T5Config(vocab_size=size, feed_forward_proj="gated-gelu", tie_word_embeddings=False, **_T5)
    _save(folder, transformers.T5ForConditionalGeneration, config)


def mt5(folder: Path) -> None:
    """Like csebuetnlp/mT5_multilingual_XLSum."""
    size = _t5_tokenizer(folder, "T5Tokenizer")
    config = transformers.MT5Config(vocab_size=size, feed_forward_proj="gated-gelu", tie_word_embeddings=False, **_T5)
    _save(folder, transformers.MT5ForConditionalGeneration, config)


def bart(folder: Path) -> None:
    """Like sshleifer/distilbart-cnn-12-6."""
    trained = ByteLevelBPETokenizer()
    trained.train_from_iterator(
        corpus(), vocab_size=400, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"], show_progress=False
    )
    trained.save_model(str(folder))
    _write(folder, "tokenizer_config.json", {"tokenizer_class": "BartTokenizer"})
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = transformers.BartConfig(vocab_size=len(tokenizer), **_SMALL)
    _save(folder, transformers.BartForConditionalGeneration, config)


FAMILIES: dict[str, Callable[[Path], None]] = {
    "marian": marian,
    "m2m100": m2m100,
    "nllb": nllb,
    "t5": t5,
    "madlad": madlad,
    "mt5": mt5,
    "bart": bart,
}
