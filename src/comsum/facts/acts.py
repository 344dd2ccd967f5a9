"""Verbs of communiqués as data: which sentence states, reports an event or promises (data/acts.toml)."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from comsum.terms.lexicon import fold
from comsum.wordlists import KNOWN_TEXTS

Group = Literal["statement", "event", "commitment"]


@dataclass(frozen=True)
class Act:
    """One thing that can be said or done. `name` is the English act or event; `weight` its news value, 0 to 1.

    `to` tells that it is done to somebody: thanked, called on, met; `actor` that the subject does it (an attack is only told of).
    """

    group: Group
    name: str
    label: str
    weight: float
    pattern: re.Pattern[str]
    english: re.Pattern[str] | None = None
    to: bool = False
    actor: bool = True

    def what(self, target: str, others: Sequence[Act] = ()) -> str | None:
        """The English after the act's verb, up to the verb of the next act: what was said. None when it is not there."""
        match = self.english.search(target) if self.english else None
        if not match:
            return None
        ends = [
            found.start() for other in others if other.english and (found := other.english.search(target, match.end()))
        ]
        rest = target[match.end() : min(ends, default=len(target))]
        rest = re.sub(r"(?:,?\s+(?:and|which|has|have|had|he|she|they|also|be|been))*\W*$", "", rest).strip(" ,;:")
        return rest if len(rest.split()) >= 2 else None


@dataclass(frozen=True)
class Found:
    """An act met in a French sentence, at `[start:end]`."""

    act: Act
    start: int
    end: int


@functools.cache
def acts() -> tuple[Act, ...]:
    """All acts of data/acts.toml; patterns are matched against folded text (see `fold`)."""
    tables = tomllib.loads(files("comsum.facts").joinpath("data/acts.toml").read_text(encoding="utf-8"))
    groups: tuple[Group, ...] = ("statement", "event", "commitment")
    return tuple(_act(group, row) for group in groups for row in tables[group])


def _act(group: Group, row: dict[str, object]) -> Act:
    name = str(row.get("act") or row["kind"])
    pattern = re.compile(rf"(?<!\w)(?:{fold(str(row['pattern']))})(?!\w)")
    english = re.compile(rf"\b(?:{row['english']})", re.IGNORECASE) if "english" in row else None
    weight = float(str(row["weight"]))
    return Act(
        group,
        name,
        str(row.get("label", name)),
        weight,
        pattern,
        english,
        bool(row.get("to")),
        bool(row.get("actor", True)),
    )


@functools.lru_cache(KNOWN_TEXTS)
def find_acts(text: str) -> tuple[Found, ...]:
    """Each act met in a French sentence, once an act, the first place it stands; the longer of two that overlap."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Found]:
    folded = fold(text)
    met = [Found(act, *match.span()) for act in acts() if (match := _first(act, folded, text))]
    for one in met:
        others = (other for other in met if other is not one and other.act.group == one.act.group)
        if not any(
            o.start <= one.start and one.end <= o.end and (o.end - o.start) > (one.end - one.start) for o in others
        ):
            yield one


def _first(act: Act, folded: str, text: str) -> re.Match[str] | None:
    """The first place of an act; what is announced for later is a verb, so no name with a capital."""
    found = act.pattern.finditer(folded)
    return next((m for m in found if act.group != "commitment" or not text[m.start()].isupper()), None)


def news_value(text: str) -> float:
    """The weight of the weightiest act in a sentence, 0 when there is none."""
    return max((found.act.weight for found in find_acts(text)), default=0.0)
