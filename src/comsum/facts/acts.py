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

Group = Literal["statement", "event", "commitment"]


@dataclass(frozen=True)
class Act:
    """One thing that can be said or done. `name` is the English act or event; `weight` its news value, 0 to 1."""

    group: Group
    name: str
    label: str
    weight: float
    pattern: re.Pattern[str]
    english: re.Pattern[str] | None = None

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
    return Act(group, name, str(row.get("label", name)), weight, pattern, english)


def find_acts(text: str) -> Iterator[Found]:
    """Yield each act met in a French sentence, once an act, the first place it stands."""
    folded = fold(text)
    for act in acts():
        match = act.pattern.search(folded)
        if match:
            yield Found(act, match.start(), match.end())


def news_value(text: str) -> float:
    """The weight of the weightiest act in a sentence, 0 when there is none."""
    return max((found.act.weight for found in find_acts(text)), default=0.0)
