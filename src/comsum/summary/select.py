"""Which sentences carry the release: density of events, lead, centrality, and no two that say the same.

Official releases put the news first, last or behind a dateline, so the lead is recognised by what it says (who did
what, where, when), not by where it stands. Weights are data (data/weights.toml).
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from comsum.facts.acts import find_acts
from comsum.terms.lexicon import fold
from comsum.translated import TranslatedSegment

_WORD = re.compile(r"[a-z]{4,}")
_LEAD_EVENTS = ("visit", "signing", "attack", "appointment", "death", "sanctions", "expulsion", "message")


@dataclass(frozen=True)
class Weights:
    """Weights of the traits and the patterns of three of them, as read from data/weights.toml."""

    values: dict[str, float]
    patterns: dict[str, re.Pattern[str]]


@functools.cache
def weights() -> Weights:
    """Read the weights once."""
    tables = tomllib.loads(files("comsum.summary").joinpath("data/weights.toml").read_text(encoding="utf-8"))
    patterns = {name: re.compile(pattern) for name, pattern in tables["patterns"].items()}
    return Weights(tables["weights"], patterns)


def select(segments: Sequence[TranslatedSegment], count: int) -> list[TranslatedSegment]:
    """Choose up to `count` segments, the weightiest first, each weighed beside those chosen before."""
    left = usable(segments)
    bags = {segment.segment.id: words_of(segment.segment.text) for segment in left}
    whole = Counter(word for bag in bags.values() for word in bag.elements())
    size = norm(whole)  # once: in a long release it is the largest of bags
    scores = {s.segment.id: score(s, place, cosine(bags[s.segment.id], whole, size)) for place, s in enumerate(left)}
    chosen: list[TranslatedSegment] = []
    while left and len(chosen) < count:
        best = max(left, key=lambda s: scores[s.segment.id] + _repeat(s, chosen, bags))
        if chosen and scores[best.segment.id] <= weights().values["formula"] / 2:
            break
        left.remove(best)
        chosen.append(best)
    return chosen


def usable(segments: Sequence[TranslatedSegment]) -> list[TranslatedSegment]:
    """The segments that a summary may rest on: translated sentences and items."""
    return [one for one in segments if one.segment.kind in ("sentence", "item") and one.origin != "kept"]


def score(segment: TranslatedSegment, place: int, centrality: float) -> float:
    """Sum of weighted traits of one sentence; `place` counts from 0 among the usable sentences."""
    values, traits = weights().values, _traits(segment, place)
    return sum(values[name] * amount for name, amount in traits.items()) + values["centrality"] * centrality


def _traits(segment: TranslatedSegment, place: int) -> dict[str, float]:
    text = segment.segment.text
    folded = fold(text)
    kinds = Counter(entity.kind for entity in segment.entities)
    found = list(find_acts(text))
    lead = any(item.act.group == "event" and item.act.name in _LEAD_EVENTS for item in found)
    dated = any(entity.kind == "date" and "-" in entity.value for entity in segment.entities)
    placed = kinds["place"] + kinds["country"] > 0
    return {
        "news": max((item.act.weight for item in found), default=0.0),
        "lead": float(lead) * (0.3 + 0.5 * dated + 0.2 * placed),
        "persons": min(3, kinds["person"]),
        "dates": min(2, kinds["date"]),
        "places": min(2, kinds["place"] + kinds["country"]),
        "documents": min(2, kinds["document"]),
        "position": max(0.0, 1 - place / 4),
        "long": max(0, len(text.split()) - 30),
        **{name: float(bool(pattern.search(folded))) for name, pattern in weights().patterns.items()},
    }


def _repeat(segment: TranslatedSegment, chosen: Sequence[TranslatedSegment], bags: dict[int, Counter[str]]) -> float:
    likeness = max((cosine(bags[segment.segment.id], bags[other.segment.id]) for other in chosen), default=0.0)
    return weights().values["repeat"] * likeness


def words_of(text: str) -> Counter[str]:
    """The words of four letters and more of a text in either language, folded, cut to seven letters."""
    return Counter(word[:7] for word in _WORD.findall(fold(text)))


def cosine(left: Counter[str], right: Counter[str], size: float | None = None) -> float:
    """Cosine of two bags of words, 0 to 1; `size` is the norm of the right one, when it is known."""
    shared = sum(count * right[word] for word, count in left.items())
    norms = norm(left) * (norm(right) if size is None else size)
    return shared / norms if norms else 0.0


def norm(bag: Counter[str]) -> float:
    """Length of a bag of words as a vector."""
    return math.sqrt(sum(count * count for count in bag.values()))
