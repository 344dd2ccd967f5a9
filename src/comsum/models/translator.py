"""Translation of segments: batches by length, loops and lost sentinels caught, a second try, a visible fallback.

Small models fail in known ways: they repeat themselves, drop a sentinel, or stop early. Each hypothesis is judged;
a rejected one is decoded again with several beams and other settings, the best acceptable candidate kept; and when
nothing is acceptable, the sentence is translated in the stretches between its sentinels, which keeps every number
and name in place at the price of fluency, and is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, cast

from comsum.brief import Origin
from comsum.models.piecewise import piecewise
from comsum.models.prompts import Prompt
from comsum.models.search import Decoding, Engine, Hypothesis
from comsum.terms.protect import sentinels_kept, sentinels_within
from comsum.text.clauses import split_clauses

MAX_TOKENS = 110  # of a sentence; the bundled model saw few longer ones in training
# Three beams by measurement: on europarl-dev BLEU 29.3, 29.9, 29.9, 30.0, 30.1 and 1.5, 2.1, 2.6, 3.8, 5.1 seconds a
# thousand sentences with 1, 2, 3, 4, 6 beams (int8); on flores-dev 24.9, 25.6, 26.1, 26.0, 26.1.
FIRST = Decoding(beams=3, candidates=3)
SHORT = Decoding(beams=3, candidates=3, no_repeat=5)
SECOND = Decoding(beams=8, candidates=8, no_repeat=4, repetition_penalty=1.2)


@dataclass(frozen=True)
class Translation:
    """English with sentinels still in it, and how it came about."""

    text: str
    score: float
    origin: Origin


Made = dict[str, Translation | None]


class Memory(Protocol):
    """What was made before, by task and source text; see `sentence_cache`."""

    def recall(self, task: str, texts: Sequence[str]) -> Made:
        """What is known of these texts."""
        ...

    def keep(self, task: str, made: Made) -> None:
        """Remember what was made of texts."""
        ...


class Translator:
    """Translates protected French segments with one engine and one prompt, and shortens with another when given.

    Each text is asked of the model once, and not at all when `memory` has it. `beams` of the first search are
    comsum's own choice when 0.
    """

    def __init__(
        self,
        engine: Engine,
        prompt: Prompt,
        summarize: Prompt | None = None,
        *,
        memory: Memory | None = None,
        beams: int = 0,
    ) -> None:
        self._engine = engine
        self._prompt = prompt
        self._summarize = summarize
        self._memory = memory
        self._first = replace(FIRST, beams=beams, candidates=beams) if beams else FIRST

    @property
    def engine(self) -> Engine:
        """The engine that runs the checkpoint."""
        return self._engine

    def translate(self, texts: Sequence[str]) -> list[Translation]:
        """Translate each text, cutting those too long for the model; every `<x…>` of a text is to be kept."""
        known = self._remembered("translate", texts, self._translate)
        return [one for text in texts if (one := known[text])]

    def shorten(self, texts: Sequence[str]) -> list[Translation | None]:
        """English that says the gist of each text; None where no hypothesis is fit to be read.

        Sentinels may be left out with what they belong to, but not written twice nor made up. Without a prompt for
        the task every answer is None.
        """
        if self._summarize is None or not texts:
            return [None] * len(texts)
        known = self._remembered("shorten", texts, self._shorten)
        return [known[text] for text in texts]

    def _remembered(self, task: str, texts: Sequence[str], make: Callable[[Sequence[str]], Made]) -> Made:
        known = self._memory.recall(task, texts) if self._memory else {}
        todo = [text for text in dict.fromkeys(texts) if text not in known]
        made = make(todo) if todo else {}
        if self._memory and made:
            self._memory.keep(task, made)
        return {**known, **made}

    def _translate(self, texts: Sequence[str]) -> Made:
        parts = {text: split_clauses(text, MAX_TOKENS, self._engine.count_tokens) for text in texts}
        known = self._in_turn(list(dict.fromkeys(part for some in parts.values() for part in some)))
        return {text: _joined([known[part] for part in some]) for text, some in parts.items()}

    def _shorten(self, texts: Sequence[str]) -> Made:
        assert self._summarize is not None
        found = self._engine.generate([self._summarize.fill(text) for text in texts], SHORT)
        return {text: _gist(text, candidates) for text, candidates in zip(texts, found, strict=True)}

    def _in_turn(self, texts: Sequence[str]) -> dict[str, Translation]:
        """Search once, again and otherwise for what was not acceptable, and at last in pieces."""
        results: dict[str, Translation] = {}
        for decoding, origin in ((self._first, "model"), (SECOND, "retry")):
            left = [text for text in texts if text not in results]
            for text, candidates in zip(left, self._generate(left, decoding), strict=True):
                if best := next((one for one in candidates if acceptable(text, one.text)), None):
                    results[text] = Translation(best.text, best.score, cast("Origin", origin))
        return {text: results.get(text) or self._in_pieces(text) for text in texts}

    def _generate(self, texts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        return self._engine.generate([self._prompt.fill(text) for text in texts], decoding) if texts else []

    def _in_pieces(self, text: str) -> Translation:
        scores: list[float] = []

        def translate(stretches: Sequence[str]) -> list[str]:
            best = [_steadiest(candidates) for candidates in self._generate(stretches, self._first)]
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
