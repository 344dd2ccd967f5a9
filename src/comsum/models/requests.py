"""What is asked of the model, and how the askings of many documents are joined.

Work on a document is a generator that yields a Request whenever it needs the model and is sent the answers. One
document driven alone asks for its few sentences; many driven in lockstep have theirs decoded together, in batches of
like length, which is where a folder gets its speed.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from comsum.errors import ComsumError
from comsum.models.translator import Translation, Translator

T = TypeVar("T")
Task = Literal["translate", "shorten"]
Answers = Sequence[Translation | None]


@dataclass(frozen=True)
class Request:
    """French sentences with sentinels, and what is to be done with them."""

    task: Task
    texts: tuple[str, ...]


Steps = Generator[Request, Answers, T]


def run_alone(steps: Steps[T], translator: Translator) -> T:
    """Drive one document to its end. Raises what it raises."""
    result = run_together([steps], translator)[0]
    if isinstance(result, ComsumError):
        raise result
    return result


def run_together(many: Iterable[Steps[T]], translator: Translator) -> list[T | ComsumError]:
    """Drive documents in lockstep; the results in their order, a ComsumError in the place of one that failed."""
    running = dict(enumerate(many))
    results: dict[int, T | ComsumError] = {}
    answers: dict[int, Answers | None] = dict.fromkeys(running)
    while answers:
        asked: dict[int, Request] = {}
        for place, answer in answers.items():
            try:
                asked[place] = next(running[place]) if answer is None else running[place].send(answer)
            except StopIteration as end:
                results[place] = end.value
            except ComsumError as error:
                results[place] = error
        answers = dict(_answer(asked, translator))
    return [results[place] for place in sorted(results)]


def _answer(asked: dict[int, Request], translator: Translator) -> Iterable[tuple[int, Answers]]:
    """Put the texts of one task together, ask once, and deal the answers out."""
    tasks: dict[Task, list[int]] = {}
    for place, request in asked.items():
        tasks.setdefault(request.task, []).append(place)
    for task, places in tasks.items():
        texts = [text for place in places for text in asked[place].texts]
        found: Answers = translator.translate(texts) if task == "translate" else translator.shorten(texts)
        position = 0
        for place in places:
            size = len(asked[place].texts)
            yield place, found[position : position + size]
            position += size
