"""Teach the model to carry sentinels: what is the same on both sides travels as `<x0>` … `<x15>`.

At use, `comsum.terms` takes numbers, dates, names, functions and set phrases out of the French and puts their
English back afterwards. The training pairs go through the very same finder: an entity whose English stands in the
target exactly once becomes a sentinel on both sides. Names that merely look alike are added, so that unknown names
are learnt too. Half of the time the sentinels are numbered at random, so that all sixteen are learnt alike.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from comsum.terms.entity import Entity, without_overlaps
from comsum.terms.find import find_entities
from comsum.terms.lexicon import Matcher
from comsum.training.pairs import Pair

SENTINELS = tuple(f"<x{number}>" for number in range(16))
KEPT_SHARE = 0.85  # of the entities found become sentinels; the model must know how to translate the rest itself

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮŁŃŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽ]"
_NAME = re.compile(rf"(?<![.!?\"] )(?<!^)\b{_CAPITAL}[\w-]+(?: (?:(?:de|van|von|bin|el|al) )?{_CAPITAL}[\w-]+)*")


def with_sentinels(pair: Pair, rng: random.Random, terms: Matcher | None = None) -> Pair:
    """Replace what is known to be equal on both sides by sentinels; the pair itself when nothing is."""
    found = [*find_entities(pair.source, terms), *_same_names(pair)]
    chosen = [e for e in without_overlaps(found) if rng.random() < KEPT_SHARE and _in_target(e, pair.target)]
    chosen = chosen[: len(SENTINELS)]
    if not chosen:
        return pair
    names = rng.sample(SENTINELS, len(chosen)) if rng.random() < 0.5 else SENTINELS
    source, target = pair
    for entity, name in reversed(list(zip(chosen, names, strict=False))):
        lead = f"{entity.lead} " if entity.lead else ""
        place = _in_target(entity, target)
        if place:
            source = source[: entity.start] + lead + name + source[entity.end :]
            target = target[: place.start()] + name + target[place.end() :]
    return Pair(source, target)


def _same_names(pair: Pair) -> Iterator[Entity]:
    for match in _NAME.finditer(pair.source):
        name = match.group()
        yield Entity("place", match.start(), match.end(), name, name, name)


def _in_target(entity: Entity, target: str) -> re.Match[str] | None:
    """Find the entity's English, when it stands in the target exactly once."""
    english = entity.english
    pattern = rf"(?<![\w<])(?i:{re.escape(english[0])}){re.escape(english[1:])}(?![\w>])"
    matches = list(re.finditer(pattern, target))
    return matches[0] if len(matches) == 1 else None
