"""Precision, recall and F1 of the facts against the gold releases: `python tests/measure_facts.py [--misses]`.

Facts are found in the French, so no model is needed; what is measured is extraction and normalisation.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from comsum.brief import Brief, Fact
from comsum.models.translator import Translator
from comsum.pipeline import Briefer, Options
from comsum.reading.document import read_file
from comsum.terms.lexicon import fold

GOLD = Path(__file__).parent / "fixtures" / "gold"
SETS = {
    "people": "person",
    "places": "place",
    "dates": "date",
    "organisations": "organisation",
    "documents": "document",
}
Item = tuple[str, ...]


@dataclass
class Tally:
    """Items that both have, that only the gold has, that only comsum has."""

    both: int = 0
    missed: list[Item] = field(default_factory=list)
    invented: list[Item] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.both / max(1, self.both + len(self.invented))

    @property
    def recall(self) -> float:
        return self.both / max(1, self.both + len(self.missed))

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def releases() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each gold release with its marks."""
    for path in sorted(GOLD.glob("*.toml")):
        yield path.with_suffix(".txt"), tomllib.loads(path.read_text(encoding="utf-8"))


def measure(brief_of: Callable[[Path], Brief]) -> dict[str, Tally]:
    """Compare the facts of every gold release with its marks, kind by kind."""
    tallies: dict[str, Tally] = {}
    for path, gold in releases():
        brief = brief_of(path)
        for kind, wanted, found in _compared(brief, gold):
            _count(tallies.setdefault(kind, Tally()), path.stem, wanted, found)
    return tallies


def _compared(brief: Brief, gold: dict[str, Any]) -> Iterator[tuple[str, list[Item], list[Item]]]:
    people = {fold(name): (name, function) for name, function in gold["people"]}
    for plural, kind in SETS.items():
        wanted: list[Item] = [(item[0] if kind == "person" else item,) for item in gold[plural]]
        yield kind, wanted, [(_shown(fact, {one[0] for one in wanted}),) for fact in _of(brief, kind)]
    functions: list[Item] = [(name, fold(fact.role or "")) for fact in _of(brief, "person") if (name := fact.value)]
    known = [item for item in functions if fold(item[0]) in people]
    yield "function", [(name, fold(function)) for name, function in people.values()], known
    events = [(item, _place(brief, item[-1])) for item in gold["events"]]
    yield "event", [(kind, words) for kind, words in gold["events"]], list(_met(brief, "event", events))
    said = [(item, _place(brief, item[-1])) for item in gold["statements"]]
    yield "statement", [tuple(item) for item in gold["statements"]], list(_met(brief, "statement", said))
    promised = [((words,), _place(brief, words)) for words in gold["commitments"]]
    yield "commitment", [item for item, _ in promised], list(_met(brief, "commitment", promised))


def _of(brief: Brief, kind: str) -> list[Fact]:
    return [fact for fact in brief.facts if fact.kind == kind]


def _shown(fact: Fact, wanted: set[str]) -> str:
    return fact.label if fact.label in wanted else fact.value


def _place(brief: Brief, words: str) -> tuple[int, int]:
    """Where the marked words stand in the release; the sentences keep its offsets."""
    for sentence in brief.sentences:
        at = fold(sentence.source).find(fold(words))
        if at >= 0:
            return sentence.start + at, sentence.start + at + len(words)
    raise AssertionError(f"{words!r} is not in one sentence of {brief.source.name}")


def _met(brief: Brief, kind: str, marks: list[tuple[Any, tuple[int, int]]]) -> Iterator[Item]:
    """Write each fact as the mark it meets, once a mark; else as itself."""
    free = list(marks)
    for fact in _of(brief, kind):
        start = brief.sentence(fact.source.sentence).start + fact.source.start
        end = start + len(fact.source.text)
        said = {"event": (fact.value,), "statement": (fact.role, fact.who)}.get(kind, ())
        hit = next((m for m in free if tuple(m[0][:-1]) == said and m[1][0] < end and start < m[1][1]), None)
        if hit:
            free.remove(hit)
        yield tuple(hit[0]) if hit else (*(part or "" for part in said), fact.source.text)


def _count(tally: Tally, name: str, wanted: list[Item], found: list[Item]) -> None:
    both = Counter(wanted) & Counter(found)
    tally.both += both.total()
    tally.missed += [(name, *item) for item in (Counter(wanted) - both).elements()]
    tally.invented += [(name, *item) for item in (Counter(found) - both).elements()]


def without_model() -> Callable[[Path], Brief]:
    """Briefs by a model that leaves the words French."""
    from tests.conftest import echo, translator_with

    translator: Translator = translator_with(echo)
    briefer = Briefer(Options(), translator)
    return lambda path: briefer.brief(read_file(path))


def main() -> None:
    """Print the table, and with --misses every difference."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    tallies = measure(without_model())
    print("| kind | gold | precision | recall | F1 |\n|---|---|---|---|---|")
    for kind, t in tallies.items():
        print(f"| {kind} | {t.both + len(t.missed)} | {t.precision:.2f} | {t.recall:.2f} | {t.f1:.2f} |")
    for kind, t in tallies.items() if "--misses" in sys.argv else ():
        print(f"\n{kind}", *(f"  - {' · '.join(item)}" for item in t.missed), sep="\n")
        print(*(f"  + {' · '.join(item)}" for item in t.invented), sep="\n")


if __name__ == "__main__":
    main()
