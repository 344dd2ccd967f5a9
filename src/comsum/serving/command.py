"""`comsum serve`: load the model, listen, brief until told to stop. Called by `cli` only."""

from __future__ import annotations

import os
import secrets
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comsum.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from comsum.pipeline import Options
    from comsum.serving.http import BriefServer

TOKEN = "COMSUM_TOKEN"  # noqa: S105 - the variable's name
_WARM_UP = "La délégation est arrivée à Paris le 3 mai 2022."


@dataclass(frozen=True)
class ServeRequest:
    """What `comsum serve` was told: where to listen, how many may wait, how long a brief may take."""

    options: Options
    socket: Path | None
    port: int | None
    places: int
    seconds: float


def default_socket() -> Path:
    """Where the server listens when nothing is said: in the user's own runtime folder."""
    from platformdirs import user_runtime_path

    return user_runtime_path("comsum") / "comsum.sock"


def run_serve(request: ServeRequest) -> int:
    """Serve until SIGTERM (0) or Ctrl-C (130). Raises UsageError, OutputError, ModelError."""
    if request.socket and request.port is not None:
        raise UsageError("--socket or --port, not both")
    from comsum.pipeline import Briefer
    from comsum.serving.desk import Desk

    briefer = Briefer(request.options)
    briefer.brief(_WARM_UP)  # what is wrong with the model is said now, and the first client does not wait for it
    server, place = _listen(request)
    server.signature = briefer.signature
    server.desk = Desk(briefer, places=request.places, seconds=request.seconds)
    click.echo(f"comsum: serving on {place}; stop with Ctrl-C", err=True)
    code = _until_told(server)
    server.finish()
    if request.port is None:
        Path(str(server.server_address)).unlink(missing_ok=True)
    return code


def _listen(request: ServeRequest) -> tuple[BriefServer, str]:
    from comsum.serving.http import listen_on_port, listen_on_socket

    if request.port is None:
        path = request.socket or default_socket()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return listen_on_socket(path), str(path)
    server = listen_on_port(request.port)
    server.token = os.environ.get(TOKEN) or secrets.token_urlsafe(24)
    told = f"the token in {TOKEN}" if os.environ.get(TOKEN) else f"token {server.token}"
    return server, f"http://127.0.0.1:{server.server_port}, {told}"


def _until_told(server: BriefServer) -> int:
    """Serve until a signal comes; return what to leave with."""
    codes = {signal.SIGTERM: ExitCode.OK, signal.SIGINT: ExitCode.INTERRUPTED}
    told: list[int] = []

    def stop(number: int, _: object) -> None:
        told.append(codes[signal.Signals(number)])
        threading.Thread(target=server.shutdown, daemon=True).start()  # from this thread it would wait for itself

    for number in codes:
        signal.signal(number, stop)
    server.serve_forever(poll_interval=0.1)
    return told[0] if told else ExitCode.OK
