"""A summarizer of one's own (`--summarizer`): a hub model that reads the English and writes what it makes of it.

Such a model sees the whole release, so each of its sentences is first traced to those it was made of; one that has no
ground, or names what its ground does not, is left out. When nothing is left, comsum's own summary stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from comsum.brief import SummarySentence
from comsum.models.prompts import Prompt
from comsum.models.search import Decoding, Engine
from comsum.models.translator import is_looping
from comsum.summary.faithful import unsupported
from comsum.summary.select import select, usable, words_of
from comsum.translated import TranslatedSegment

SEARCH = Decoding(beams=4, no_repeat=3)
MOST_GROUNDS = 3
COVERED = 0.7  # of a sentence's words must be in the sentences it rests on
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'A-Z0-9])")


class Abstracter:
    """Summarises English with one engine and one prompt."""

    def __init__(self, engine: Engine, prompt: Prompt) -> None:
        self._engine = engine
        self._prompt = prompt

    def write(self, segments: Sequence[TranslatedSegment], sentences: int, words: int) -> tuple[SummarySentence, ...]:
        """The model's sentences that are faithful, up to the limits; empty when none is."""
        text = self._fitting(segments)
        if not text:
            return ()
        output = self._engine.generate([self._prompt.fill(text)], SEARCH)[0][0].text
        kept: list[SummarySentence] = []
        for sentence in _SENTENCE_END.split(output.strip()):
            grounds = find_grounds(sentence, usable(segments))
            total = sum(len(one.text.split()) for one in kept) + len(sentence.split())
            fits = len(kept) < sentences and total <= words and not is_looping(sentence, text)
            if fits and grounds and not unsupported(sentence, grounds):
                kept.append(SummarySentence(sentence, tuple(ground.segment.id for ground in grounds), "model"))
        return tuple(kept)

    def _fitting(self, segments: Sequence[TranslatedSegment]) -> str:
        """The English that the model can take: the weightiest sentences first, told in their order."""
        chosen: list[TranslatedSegment] = []
        for segment in select(segments, len(segments)):
            longer = sorted([*chosen, segment], key=lambda one: one.segment.id)
            text = " ".join(one.target for one in longer)
            if self._engine.count_tokens(self._prompt.fill(text)) < self._engine.max_tokens:
                chosen = longer
        return " ".join(one.target for one in chosen)


def find_grounds(sentence: str, segments: Sequence[TranslatedSegment]) -> list[TranslatedSegment]:
    """The fewest segments, at most three, whose English or French holds most of a sentence's words; else none."""
    wanted = words_of(sentence)
    bags = {one.segment.id: words_of(f"{one.target} {one.segment.text}") for one in segments}
    left, grounds = Counter(wanted), list[TranslatedSegment]()
    while left.total() > (1 - COVERED) * wanted.total() and len(grounds) < MOST_GROUNDS:
        best = max(segments, key=lambda one: (left & bags[one.segment.id]).total(), default=None)
        if best is None or not (left & bags[best.segment.id]):
            return []
        grounds.append(best)
        left -= bags[best.segment.id]
    enough = wanted.total() > 0 and left.total() <= (1 - COVERED) * wanted.total()
    return sorted(grounds, key=lambda one: one.segment.id) if enough else []
