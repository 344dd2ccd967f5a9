"""Packed token ids: pairs turned into flat uint16 arrays, in parts small enough to travel (60 MiB).

A part is a `.npz` with four arrays: `source` and `target` (all ids in a row, end-of-sentence included, no padding)
and `source_lengths` and `target_lengths` (tokens of each sentence).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from comsum.terms.lexicon import Matcher
from comsum.training.augment import with_sentinels
from comsum.training.pairs import Pair
from comsum.training.shorten import shorten
from comsum.training.vocabulary import TASKS

Ids = npt.NDArray[np.uint16]
PART_PAIRS = 400_000
SHORT_SHARE = 0.2  # of the sentences too short to shorten are kept among the summaries, to be learnt as they are
TRANSLATE, SUMMARIZE = TASKS


@dataclass(frozen=True)
class Packed:
    """Token ids of many pairs. Lengths in tokens; `source` and `target` are concatenations."""

    source: Ids
    source_lengths: Ids
    target: Ids
    target_lengths: Ids

    def __len__(self) -> int:
        return len(self.source_lengths)


def pack(
    pairs: Sequence[Pair],
    tokenizer: Tokenizer,
    target_size: int,
    *,
    task: str = TRANSLATE,
    sentinel_share: float = 0.5,
    terms: Matcher | None = None,
    max_tokens: int = 160,
    seed: int = 1,
) -> Packed:
    """Augment and encode pairs; those too long or with a target piece outside the decoder are left out.

    For the task of summarizing the English is shortened, and pairs that cannot be are left out.
    """
    rng = random.Random(seed)
    ready = [with_sentinels(pair, rng, terms) if rng.random() < sentinel_share else pair for pair in pairs]
    if task == SUMMARIZE:
        ready = _shortened(ready, rng)
    sources = tokenizer.encode_batch_fast([f"{task} {pair.source}" for pair in ready])
    targets = tokenizer.encode_batch_fast([pair.target for pair in ready])
    kept = [
        (source.ids, target.ids)
        for source, target in zip(sources, targets, strict=True)
        if len(source.ids) <= max_tokens and len(target.ids) <= max_tokens and max(target.ids) < target_size
    ]
    return Packed(
        np.array([token for ids, _ in kept for token in ids], np.uint16),
        np.array([len(ids) for ids, _ in kept], np.uint16),
        np.array([token for _, ids in kept for token in ids], np.uint16),
        np.array([len(ids) for _, ids in kept], np.uint16),
    )


def _shortened(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    found = ((pair, shorten(pair.target)) for pair in pairs)
    return [
        Pair(pair.source, short)
        for pair, short in found
        if short and (short != pair.target or rng.random() < SHORT_SHARE)
    ]


def save(packed: Packed, path: Path) -> None:
    """Write one part."""
    np.savez_compressed(path, **vars(packed))


def load(paths: Sequence[Path]) -> Packed:
    """Read parts and join them."""
    parts = []
    for path in paths:
        with np.load(path) as part:
            parts.append({name: part[name] for name in Packed.__dataclass_fields__})
    return Packed(**{name: np.concatenate([part[name] for part in parts]) for name in Packed.__dataclass_fields__})


def parts(pairs: Sequence[Pair], size: int = PART_PAIRS) -> Iterator[Sequence[Pair]]:
    """Cut pairs into runs that pack into less than 60 MiB each."""
    for start in range(0, len(pairs), size):
        yield pairs[start : start + size]
