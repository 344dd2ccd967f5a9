"""What counting can teach before any gradient: a word-piece lexicon and embeddings, from the whole corpus.

Counting is thousands of times cheaper than back-propagation, so on a CPU it pays to let it learn what it can:

- IBM model 1 (Brown et al. 1993), trained by expectation-maximisation on word pieces, says how likely an English
  piece is given a French one;
- positive pointwise mutual information of English neighbours, reduced by a truncated SVD (Levy & Goldberg 2014),
  gives English pieces vectors in which related pieces are near.

`comsum.training.seed` builds the first weights from both, so that the network starts as a word-by-word
translator and training time goes to word order, agreement and idiom.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from comsum.training.batches import batches
from comsum.training.pack import Packed

TOP = 32
DIAGONAL = 4.0  # how strongly alignments keep to the diagonal, as in fast_align (Dyer et al. 2013)


def translation_table(packed: Packed, source_size: int, target_size: int, iterations: int = 4) -> Tensor:
    """Return t(target | source), float32 of shape (source_size, target_size), rows summing to one."""
    table = torch.full((source_size, target_size), 1.0 / target_size)
    for _ in range(iterations):
        counts = torch.zeros_like(table)
        for batch in batches(packed, tokens=20_000, shuffle=False):
            _collect(counts, table, batch.source, batch.target)
        table = counts / counts.sum(1, keepdim=True).clamp_min(1e-9)
    return table


def _collect(counts: Tensor, table: Tensor, source: Tensor, target: Tensor) -> None:
    cells = source[:, :, None] * table.shape[1] + target[:, None, :]
    real = (source != 0)[:, :, None] & (target != 0)[:, None, :]
    likelihood = table.view(-1)[cells] * real
    posterior = likelihood / likelihood.sum(1, keepdim=True).clamp_min(1e-12)
    counts.view(-1).scatter_add_(0, cells.flatten(), posterior.flatten())


def alignment(table: Tensor, source: Tensor, target: Tensor) -> Tensor:
    """Return p(source position | target position), shape (batch, target, source), for guiding attention."""
    likelihood = table[source[:, None, :], target[:, :, None]] + 1e-6
    rows = torch.arange(target.shape[1], device=target.device)[None, :, None]
    columns = torch.arange(source.shape[1], device=source.device)[None, None, :]
    target_lengths = (target != 0).sum(1)[:, None, None].clamp_min(1)
    source_lengths = (source != 0).sum(1)[:, None, None].clamp_min(1)
    distance = (columns / source_lengths - rows / target_lengths).abs()
    weight = likelihood * torch.exp(-DIAGONAL * distance) * (source != 0)[:, None, :]
    return weight / weight.sum(-1, keepdim=True).clamp_min(1e-12)


def save_table(table: Tensor, path: Path) -> None:
    """Keep the `TOP` most likely translations of each piece (a few MB instead of hundreds)."""
    values, indices = table.topk(TOP, dim=1)
    shape = torch.tensor(table.shape)
    save_file({"values": values.contiguous(), "indices": indices.contiguous(), "shape": shape}, path)


def load_table(path: Path) -> Tensor:
    """Read a table written by `save_table` into a dense float32 tensor."""
    stored = load_file(path)
    rows, columns = stored["shape"].tolist()
    return torch.zeros(rows, columns).scatter_(1, stored["indices"], stored["values"])


def neighbour_embeddings(packed: Packed, target_size: int, width: int, window: int = 3) -> Tensor:
    """Return unit vectors (target_size, width) of English pieces from the pieces around them."""
    counts = _neighbour_counts(torch.from_numpy(packed.target.astype(np.int64)), target_size, window)
    left, right = counts.indices()
    marginal = torch.sparse.sum(counts, 1).to_dense()
    context = marginal.clamp_min(1e-9) ** 0.75
    information = torch.log(counts.values() * context.sum() / (marginal[left] * context[right]))
    ppmi = _sparse(counts.indices(), information.clamp_min(0), target_size)
    torch.manual_seed(1)
    vectors, strengths, _ = torch.svd_lowrank(ppmi, q=width, niter=3)
    return torch.nn.functional.normalize(vectors * strengths.sqrt(), dim=1)


def _neighbour_counts(ids: Tensor, size: int, window: int) -> Tensor:
    """How often two pieces stand within `window` of each other, nearer ones counting more; sparse (size, size)."""
    counts = _sparse(torch.zeros(2, 0, dtype=torch.long), torch.zeros(0), size)
    for distance in range(1, window + 1):
        pairs = torch.stack([ids[:-distance], ids[distance:]])
        for half in (pairs, pairs.flip(0)):
            counts = counts + _sparse(half, torch.full((half.shape[1],), 1.0 / distance), size)
    return counts.coalesce()


def _sparse(indices: Tensor, values: Tensor, size: int) -> Tensor:
    return torch.sparse_coo_tensor(indices, values, (size, size), check_invariants=False).coalesce()
