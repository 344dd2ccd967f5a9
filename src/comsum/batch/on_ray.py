"""Windows spread over Ray workers, each with one model: `--engine ray`.

The driver reads and writes; workers only brief. A worker that dies is replaced and its window asked again, three times
at most; then its releases are asked one by one, so that only the one that kills workers fails.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from comsum.batch.run import Make, Result
from comsum.errors import ComsumError, ConfigurationError, OutputError
from comsum.pipeline import Briefer, Options
from comsum.reading.document import Document

TRIES = 3
RESTART_SECONDS = 120.0  # for a worker to be replaced and load its model
WAITING = 2  # windows a worker has at hand: one in work, one waiting


class Worker:
    """One process of a Ray cluster with one loaded model."""

    def __init__(self, options: Options) -> None:
        self._briefer = Briefer(options)

    def is_ready(self) -> bool:
        """Answers once the model is loaded."""
        return True

    def briefs(self, documents: Sequence[Document]) -> list[Result]:
        """Brief one window."""
        return self._briefer.briefs(documents)


def over_ray(
    options: Options, *, address: str | None = None, workers: int | None = None, worker: type[Worker] = Worker
) -> Make:
    """Make windows on a local Ray, or on the cluster at `address`. Raises ConfigurationError without Ray.

    `workers` is one for each two processors when not given: a model keeps two busy.
    """
    ray = _ray(address)
    count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)) // 2)
    actor: Any = ray.remote(num_cpus=1, max_restarts=-1)(worker)
    pool = [actor.remote(options) for _ in range(count)]

    def make(windows: Iterable[Sequence[Document]]) -> Iterator[tuple[int, Sequence[Result]]]:
        return _spread(ray, pool, windows)

    return make


def _ray(address: str | None) -> Any:
    try:
        import ray
    except ImportError as error:
        raise ConfigurationError("--engine ray needs the extra: pip install 'comsum[ray]'") from error
    try:
        if not ray.is_initialized():
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=False)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise ConfigurationError(f"--ray-address {address}: {str(error).splitlines()[0]}") from error
    return ray


def _spread(
    ray: Any, pool: Sequence[Any], windows: Iterable[Sequence[Document]]
) -> Iterator[tuple[int, Sequence[Result]]]:
    """Keep each worker supplied; give windows back as they are done."""
    todo = enumerate(windows)
    running: dict[Any, tuple[int, Sequence[Document], Any, int]] = {}
    idle = [worker for worker in pool for _ in range(WAITING)]
    while True:
        while idle and (job := next(todo, None)):
            number, documents = job
            if not documents:
                yield number, ()
                continue
            worker = idle.pop(0)
            running[worker.briefs.remote(documents)] = number, documents, worker, 1
        if not running:
            return
        (ready, *_), _ = ray.wait(list(running), num_returns=1)
        number, documents, worker, tries = running.pop(ready)
        result = _result(ray, ready)
        if result is None and tries < TRIES:
            _await(ray, worker)
            running[worker.briefs.remote(documents)] = number, documents, worker, tries + 1
            continue
        idle.append(worker)
        yield number, _one_by_one(ray, worker, documents) if result is None else result


def _one_by_one(ray: Any, worker: Any, documents: Sequence[Document]) -> list[Result]:
    """A window that killed its worker each time: the others in it are not to pay for the one that did."""
    results: list[Result] = []
    for one in documents:
        _await(ray, worker)
        results += _result(ray, worker.briefs.remote([one])) or [_lost(one)]
    return results


def _await(ray: Any, worker: Any) -> None:
    """Wait for a worker that is being replaced: what is asked of it meanwhile fails, and is nobody's fault."""
    end = time.monotonic() + RESTART_SECONDS
    while time.monotonic() < end:
        try:
            ray.get(worker.is_ready.remote(), timeout=RESTART_SECONDS)
        except (ray.exceptions.RayActorError, ray.exceptions.GetTimeoutError):
            time.sleep(0.2)
        else:
            return


def _result(ray: Any, reference: Any) -> Sequence[Result] | None:
    """What a worker made of a window; None when the worker died."""
    try:
        made: Sequence[Result] = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, ComsumError):
            raise error.cause from error
        return None
    except ray.exceptions.RayActorError:
        return None
    return made


def _lost(document: Document) -> ComsumError:
    return OutputError(f"{document.name}: it killed the worker each time; brief it without --engine ray to see why")
