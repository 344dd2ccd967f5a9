"""What every engine must agree on: hypotheses and how to search for them, batches of like length, limits of length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

GROWTH = 1.6  # English tokens allowed per French token, plus a few; official English is about as long
EXTRA_TOKENS = 12
SCORE_DIGITS = 2  # what else is in a batch moves the fourth digit


@dataclass(frozen=True)
class Hypothesis:
    """One output of the model; `score` is the mean log probability of its tokens."""

    text: str
    score: float


@dataclass(frozen=True)
class Decoding:
    """How to search: number of beams, how many candidates to return, and the n-grams never to repeat (0: any)."""

    beams: int = 4
    candidates: int = 1
    no_repeat: int = 0
    repetition_penalty: float = 1.0

    def __str__(self) -> str:
        return f"beam{self.beams}"


class Engine(Protocol):
    """What runs a checkpoint: prompts in, candidates out, in order."""

    @property
    def name(self) -> str:
        """The engine's name for the signature: what may change a single digit of the output is part of it."""
        ...

    @property
    def knows_sentinels(self) -> bool:
        """Whether the model has learnt to carry `<x0>` … `<x15>`."""
        ...

    @property
    def max_tokens(self) -> int:
        """The most tokens that the model takes or gives."""
        ...

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        """Return `decoding.candidates` hypotheses for each prompt, best first."""
        ...

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's tokens."""
        ...


def longest_output(source_tokens: int, limit: int) -> int:
    """How many tokens the English of so many French ones may have."""
    return min(limit - 1, int(GROWTH * source_tokens) + EXTRA_TOKENS)


def batches(lengths: Sequence[int], tokens: int) -> list[list[int]]:
    """Places sorted by length and grouped so that each padded batch has at most `tokens` tokens."""
    groups: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place]):
        if groups and (len(groups[-1]) + 1) * lengths[place] <= tokens:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
