"""Translation of segments: batches by length, loops and lost sentinels caught, a second try, a visible fallback.

Small models fail in known ways: they repeat themselves, drop a sentinel, or stop early. Each hypothesis is judged;
a rejected one is decoded again with several beams and other settings, the best acceptable candidate kept; and when
nothing is acceptable, the sentence is translated in the stretches between its sentinels, which keeps every number
and name in place at the price of fluency, and is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from comsum.brief import Origin
from comsum.models.piecewise import piecewise
from comsum.models.prompts import Prompt
from comsum.terms.protect import sentinels_kept, sentinels_within
from comsum.text.clauses import split_clauses


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


MAX_TOKENS = 110  # of a sentence; the bundled model saw few longer ones in training
FIRST = Decoding(candidates=4)
SHORT = Decoding(candidates=4, no_repeat=5)
SECOND = Decoding(beams=8, candidates=8, no_repeat=4, repetition_penalty=1.2)


class Engine(Protocol):
    """What runs a checkpoint: prompts in, candidates out, in order."""

    name: str
    family: str
    knows_sentinels: bool
    max_tokens: int

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        """Return `decoding.candidates` hypotheses for each prompt, best first."""
        ...

    def count_tokens(self, text: str) -> int:
        """Length of a text in the model's tokens."""
        ...


@dataclass(frozen=True)
class Translation:
    """English with sentinels still in it, and how it came about."""

    text: str
    score: float
    origin: Origin


class Translator:
    """Translates protected French segments with one engine and one prompt, and shortens with another when given."""

    def __init__(self, engine: Engine, prompt: Prompt, summarize: Prompt | None = None) -> None:
        self._engine = engine
        self._prompt = prompt
        self._summarize = summarize

    @property
    def engine(self) -> Engine:
        """The engine that runs the checkpoint."""
        return self._engine

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Translate each text, cutting those too long for the model; every `<x…>` of a text is to be kept."""
        parts = [split_clauses(text, MAX_TOKENS, self._engine.count_tokens) for text in texts]
        known = self._translate_unique(list(dict.fromkeys(part for some in parts for part in some)))
        return [_joined([known[part] for part in some]) for some in parts]

    def shorten(self, texts: Sequence[str]) -> list[Translation | None]:
        """English that says the gist of each text; None where no hypothesis is fit to be read.

        Sentinels may be left out with what they belong to, but not written twice nor made up. Without a prompt for
        the task every answer is None.
        """
        if self._summarize is None or not texts:
            return [None] * len(texts)
        unique = list(dict.fromkeys(texts))
        found = self._engine.generate([self._summarize.fill(text) for text in unique], SHORT)
        known = {text: _gist(text, candidates) for text, candidates in zip(unique, found, strict=True)}
        return [known[text] for text in texts]

    def _translate_unique(self, texts: Sequence[str]) -> dict[str, Translation]:
        results = {}
        for text, candidates in zip(texts, self._generate(texts, FIRST), strict=True):
            best = next((candidate for candidate in candidates if acceptable(text, candidate.text)), None)
            results[text] = Translation(best.text, best.score, "model") if best else self._again(text)
        return results

    def _generate(self, texts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        return self._engine.generate([self._prompt.fill(text) for text in texts], decoding)

    def _again(self, text: str) -> Translation:
        for candidate in self._generate([text], SECOND)[0]:
            if acceptable(text, candidate.text):
                return Translation(candidate.text, candidate.score, "retry")
        return self._in_pieces(text)

    def _in_pieces(self, text: str) -> Translation:
        scores: list[float] = []

        def translate(stretches: Sequence[str]) -> list[str]:
            best = [_steadiest(candidates) for candidates in self._generate(stretches, FIRST)]
            scores.extend(hypothesis.score for hypothesis in best)
            return [hypothesis.text for hypothesis in best]

        english = piecewise(text, translate)
        return Translation(english, min(scores, default=0.0), "fallback")


def _gist(source: str, candidates: Sequence[Hypothesis]) -> Translation | None:
    good = (one for one in candidates if one.text.strip() and not is_looping(one.text, source))
    best = next((one for one in good if sentinels_within(source, one.text)), None)
    return Translation(best.text, best.score, "model") if best else None


def _steadiest(candidates: Sequence[Hypothesis]) -> Hypothesis:
    """The best candidate that does not loop, else the best."""
    return next((one for one in candidates if not is_looping(one.text, "")), candidates[0])


def acceptable(source: str, target: str) -> bool:
    """Tell whether a hypothesis may be shown: it says something, does not loop, and keeps every sentinel once."""
    return bool(target.strip()) and not is_looping(target, source) and sentinels_kept(source, target)


def _joined(parts: Sequence[Translation]) -> Translation:
    if len(parts) == 1:
        return parts[0]
    worst = max(parts, key=lambda part: ("model", "retry", "fallback").index(part.origin))
    return Translation(" ".join(part.text for part in parts), min(part.score for part in parts), worst.origin)


_NGRAM = 4
_STUTTER = re.compile(r"\b([\w'-]+)(?:[ ,]+\1\b){3,}|([^\W\d_]{3,8})\2{2,}")


def is_looping(target: str, source: str) -> bool:
    """Tell whether a hypothesis repeats itself: four words three times, a word four times running, or a syllable thrice.

    Official titles do repeat once; what the source itself repeats is no loop.
    """
    if _STUTTER.search(target.lower()):
        return True
    words = target.lower().split()
    grams = [tuple(words[start : start + _NGRAM]) for start in range(len(words) - _NGRAM + 1)]
    most = max((grams.count(gram) for gram in set(grams)), default=0)
    source_words = source.lower().split()
    source_grams = [tuple(source_words[start : start + 3]) for start in range(len(source_words) - 2)]
    allowed = max((source_grams.count(gram) for gram in set(source_grams)), default=1)
    return most >= 3 and most > allowed
