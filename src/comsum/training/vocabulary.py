"""The tokenizer of the bundled model: one SentencePiece unigram vocabulary for French and English.

Pieces that English uses come first, so that the decoder's vocabulary is a prefix of the encoder's: the softmax,
half of a small model's work, is as small as English allows, and one tokenizer serves both sides.
"""

from __future__ import annotations

import collections
import io
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import sentencepiece
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

from comsum.training.augment import SENTINELS
from comsum.training.pairs import Pair

PAD, EOS, UNK, BOS = "<pad>", "</s>", "<unk>", "<s>"
TASKS = ("translate:", "summarize:")
RESERVED = (PAD, EOS, UNK, BOS, *SENTINELS, *TASKS)
MIN_ENGLISH_COUNT = 4


def train_pieces(pairs: Sequence[Pair], size: int, threads: int = 2) -> list[tuple[str, float]]:
    """Train a unigram model of `size` pieces on both sides; return (piece, log probability), bytes included."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(itertools.chain.from_iterable(pairs)),
        model_writer=model,
        vocab_size=size,
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        hard_vocab_limit=False,  # a small translation memory has fewer pieces than asked for
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        num_threads=threads,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = range(processor.get_piece_size())
    usable = (index for index in pieces if not processor.is_control(index) and not processor.is_unknown(index))
    return [(processor.id_to_piece(index), processor.get_score(index)) for index in usable]


def build_tokenizer(pieces: Iterable[tuple[str, float]], first: Iterable[str] = ()) -> Tokenizer:
    """Make the fast tokenizer: reserved tokens, then the pieces named in `first`, then the others."""
    scores = dict(pieces)
    early = [piece for piece in scores if piece.startswith("<0x")]
    early += [piece for piece in first if piece in scores and piece not in set(early)]
    order = dict.fromkeys([*early, *scores])
    vocabulary = [(token, 0.0) for token in RESERVED] + [(piece, scores[piece]) for piece in order]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=RESERVED.index(UNK), byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    tokenizer.decoder = decoders.Sequence([decoders.ByteFallback(), decoders.Metaspace(prepend_scheme="first")])
    tokenizer.add_special_tokens([AddedToken(token, normalized=False) for token in RESERVED[:4]])
    words = [AddedToken(token, lstrip=True, normalized=False) for token in (*SENTINELS, *TASKS)]
    tokenizer.add_tokens(words)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {EOS}", pair=f"$A {EOS} $B {EOS}", special_tokens=[(EOS, RESERVED.index(EOS))]
    )
    return tokenizer


def english_pieces(tokenizer: Tokenizer, targets: Sequence[str]) -> list[str]:
    """Return the pieces that occur at least `MIN_ENGLISH_COUNT` times in English, most frequent first."""
    counts: collections.Counter[int] = collections.Counter()
    for encoding in tokenizer.encode_batch_fast(list(targets), add_special_tokens=False):
        counts.update(encoding.ids)
    frequent = [index for index, count in counts.most_common() if count >= MIN_ENGLISH_COUNT]
    return [str(tokenizer.id_to_token(index)) for index in frequent if index >= len(RESERVED)]


def make_vocabulary(pairs: Sequence[Pair], size: int, sample: int = 400_000) -> tuple[Tokenizer, int]:
    """Train the tokenizer on a sample of pairs; return it with the size of the decoder's vocabulary."""
    pieces = train_pieces(pairs[:sample], size - len(RESERVED))
    plain = build_tokenizer(pieces)
    english = english_pieces(plain, [pair.target for pair in pairs[: 2 * sample]])
    tokenizer = build_tokenizer(pieces, first=english)
    last = max(tokenizer.token_to_id(piece) or 0 for piece in english)
    return tokenizer, last + 1


def save_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write the tokenizer in the Hugging Face layout (tokenizer.json, tokenizer_config.json)."""
    wrapped = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=PAD,
        eos_token=EOS,
        unk_token=UNK,
        bos_token=BOS,
        model_max_length=512,
        clean_up_tokenization_spaces=False,
    )
    wrapped.save_pretrained(folder)
