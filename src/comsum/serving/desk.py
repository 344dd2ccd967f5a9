"""One model and the releases that wait for it: a bounded queue, and one thread that briefs what is in it together.

Whoever hands in a release waits for its brief. A release that nobody waits for any more is not begun; one that is begun
is finished, since a decoding cannot be broken off.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress

from comsum.brief import Brief
from comsum.errors import ComsumError, told
from comsum.pipeline import WINDOW, Briefer
from comsum.reading.document import Document


class BusyError(ComsumError):
    """As many releases wait as may."""


class LateError(ComsumError):
    """The brief was not ready in time."""


class ClosedError(ComsumError):
    """The desk takes no more releases."""


Waiting = tuple[Document, "Future[Brief | ComsumError]"]


class Desk:
    """Takes releases from any thread. `places` may wait beside those in work; `seconds` is how long one may take."""

    def __init__(self, briefer: Briefer, *, places: int = 32, seconds: float = 60.0) -> None:
        self._briefer = briefer
        self._seconds = seconds
        self._queue: queue.Queue[Waiting | None] = queue.Queue(places)
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="comsum-desk", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Releases that wait, about."""
        return self._queue.qsize()

    def brief(self, document: Document) -> Brief:
        """Wait for the brief of a release. Raises BusyError, LateError, ClosedError, and what Briefer.brief raises."""
        if self._closed:
            raise ClosedError("the server is stopping")
        future: Future[Brief | ComsumError] = Future()
        try:
            self._queue.put_nowait((document, future))
        except queue.Full as error:
            raise BusyError(f"{self._queue.maxsize} releases wait already; try again") from error
        try:
            result = future.result(self._seconds)
        except TimeoutError as error:
            future.cancel()
            raise LateError(f"{document.name}: no brief within {self._seconds:g} seconds") from error
        except CancelledError as error:
            raise ClosedError("the server is stopping") from error
        if isinstance(result, ComsumError):
            raise result
        return result

    def close(self) -> None:
        """Finish what is in work, refuse what waits, end the thread."""
        self._closed = True
        with suppress(queue.Empty):
            while one := self._queue.get_nowait():
                one[1].cancel()
        with suppress(queue.Full):
            self._queue.put_nowait(None)
        self._thread.join()

    def _work(self) -> None:
        while first := self._queue.get():
            batch = [first, *self._more()]
            begun = [one for one in batch if one[1].set_running_or_notify_cancel()]
            for (_, future), result in zip(begun, self._results([one for one, _ in begun]), strict=True):
                future.set_result(result)
            if self._closed:
                return

    def _more(self) -> list[Waiting]:
        """What else waits already, up to a window: sentences of many releases are decoded together."""
        found: list[Waiting] = []
        with suppress(queue.Empty):
            while len(found) < WINDOW - 1 and (one := self._queue.get_nowait()):
                found.append(one)
        return found

    def _results(self, documents: Sequence[Document]) -> Sequence[Brief | ComsumError]:
        """Briefs, or errors in their places; whatever goes wrong, the server is not to stop."""
        try:
            return self._briefer.briefs(documents)
        except Exception as error:  # noqa: BLE001
            return [told(error, document.name) for document in documents]
