"""Batches of like length, measured in tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from comsum.training.pack import Ids, Packed


class Batch(NamedTuple):
    """Token ids padded with 0: `source` (batch, source length) and `target` (batch, target length), int64."""

    source: Tensor
    target: Tensor


def batches(packed: Packed, *, tokens: int, shuffle: bool = True, seed: int = 0) -> Iterator[Batch]:
    """Yield every pair once, in batches of at most `tokens` padded tokens a side, in random order of batches.

    Pairs are shuffled in pools of some hundred batches and sorted by length inside a pool, so that little
    is padding and no two epochs (`seed`) meet the same batches.
    """
    rng = np.random.default_rng(seed)
    starts = _starts(packed.source_lengths), _starts(packed.target_lengths)
    order = rng.permutation(len(packed)) if shuffle else np.arange(len(packed))
    pool = max(1, 6 * tokens)
    for start in range(0, len(order), pool):
        groups = list(_groups(packed, order[start : start + pool], tokens))
        if shuffle:
            rng.shuffle(groups)
        for group in groups:
            yield Batch(
                _padded(packed.source, starts[0], packed.source_lengths, group),
                _padded(packed.target, starts[1], packed.target_lengths, group),
            )


def _starts(lengths: Ids) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)[:-1]])


def _groups(packed: Packed, pool: np.ndarray, tokens: int) -> Iterator[np.ndarray]:
    longest = np.maximum(packed.source_lengths[pool], packed.target_lengths[pool]).astype(np.int64)
    ordered = pool[np.lexsort((packed.source_lengths[pool], longest))]
    group: list[int] = []
    for index in ordered:
        width = max(packed.source_lengths[index], packed.target_lengths[index])
        if group and (len(group) + 1) * int(width) > tokens:
            yield np.array(group)
            group = []
        group.append(index)
    if group:
        yield np.array(group)


def _padded(ids: Ids, starts: np.ndarray, lengths: Ids, group: np.ndarray) -> Tensor:
    width = int(lengths[group].max())
    rows = np.zeros((len(group), width), np.int64)
    for row, index in enumerate(group):
        rows[row, : lengths[index]] = ids[starts[index] : starts[index] + lengths[index]]
    return torch.from_numpy(rows)
