"""What is asked of the model, and how the askings of many documents are joined.

Work on a document is a generator that yields a Request whenever it needs the model and is sent the answers. One
document driven alone asks for its few sentences; many driven in lockstep have theirs decoded together, in batches of
like length, which is where a folder gets its speed.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, TypeVar, cast

from comsum.errors import ComsumError, ModelError
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
    """Drive documents in lockstep; the results in their order, a ComsumError in the place of one that failed.

    Raises ModelError when there is no model: then there is nothing to go on with.
    """
    running = dict(enumerate(many))
    results: dict[int, T | ComsumError] = {}
    answers: dict[int, Answers | Exception | None] = dict.fromkeys(running)
    while answers:
        asked: dict[int, Request] = {}
        for place, answer in answers.items():
            try:
                asked[place] = _go_on(running[place], answer)
            except StopIteration as end:
                results[place] = end.value
            except ComsumError as error:
                results[place] = error
        answers = dict(_answer(asked, translator))
    return [results[place] for place in sorted(results)]


def _go_on(steps: Steps[T], answer: Answers | Exception | None) -> Request:
    return steps.throw(answer) if isinstance(answer, Exception) else steps.send(cast("Answers", answer))


def _answer(asked: dict[int, Request], translator: Translator) -> Iterable[tuple[int, Answers | Exception]]:
    """Put the texts of one task together, and ask once."""
    tasks: dict[Task, dict[int, Request]] = {}
    for place, request in asked.items():
        tasks.setdefault(request.task, {})[place] = request
    for task, requests in tasks.items():
        yield from _ask(task, requests, translator)


def _ask(task: Task, requests: dict[int, Request], translator: Translator) -> Iterable[tuple[int, Answers | Exception]]:
    """Ask for all requests of a task at once and deal the answers out.

    When that fails, as it does where memory is short, each is asked alone, and the one that fails gets the exception.
    """
    texts = [text for request in requests.values() for text in request.texts]
    try:
        found: Answers = translator.translate(texts) if task == "translate" else translator.shorten(texts)
    except ModelError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other documents are owed their answers
        for place, request in requests.items():
            yield from [(place, error)] if len(requests) == 1 else _ask(task, {place: request}, translator)
        return
    answers = iter(found)
    for place, request in requests.items():
        yield place, list(islice(answers, len(request.texts)))
