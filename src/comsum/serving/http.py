"""HTTP over a Unix socket or loopback: `POST /brief` takes the bytes of a release and answers with its JSON.

A client says nothing but the text: no path, no option, so that what can reach the socket can read no file. On loopback
a client shows the server's token, since any page in a browser can send requests there.
"""

from __future__ import annotations

import hmac
import json
import os
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from comsum._version import __version__
from comsum.errors import ComsumError, InputError, OutputError
from comsum.reading.document import MAX_BYTES, document_from_bytes
from comsum.serving.desk import BusyError, ClosedError, Desk, LateError

READ_SECONDS = 10.0  # of silence before a client is taken for gone
BODY_SECONDS = 30.0  # for all of a release to come
MOST_CONNECTIONS = 128
_STATUS = (
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ClosedError, HTTPStatus.SERVICE_UNAVAILABLE),
    (LateError, HTTPStatus.GATEWAY_TIMEOUT),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
)


class Handler(BaseHTTPRequestHandler):
    """One connection; kept open between requests, so that an editor connects once."""

    protocol_version = "HTTP/1.1"
    server_version = f"comsum/{__version__}"
    sys_version = ""
    timeout = READ_SECONDS
    server: BriefServer

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing: what is read here is nobody's business, a log's neither."""

    def address_string(self) -> str:
        """A Unix socket's clients have no address."""
        return "client"

    def do_GET(self) -> None:
        """`/health`: what is served, and how many releases wait."""
        if self._is_refused():
            return
        if self.path != "/health":
            self._say(HTTPStatus.NOT_FOUND, {"error": "there is POST /brief and GET /health"})
            return
        self._say(HTTPStatus.OK, {"signature": self.server.signature, "waiting": self.server.desk.waiting})

    def do_POST(self) -> None:
        """`/brief`: the bytes of a release in, its brief as JSON out."""
        if self._is_refused():
            return
        if self.path != "/brief":
            self._refuse(HTTPStatus.NOT_FOUND, "there is POST /brief and GET /health")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "say Content-Length")
        elif int(length) > MAX_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MAX_BYTES} bytes")
        else:
            self._brief(int(length))

    def _brief(self, length: int) -> None:
        data = self._read(length)
        if data is None:
            return
        with self.server.answering():
            try:
                brief = self.server.desk.brief(document_from_bytes(data, "request"))
            except ComsumError as error:
                found = (code for kind, code in _STATUS if isinstance(error, kind))
                self._say(next(found, HTTPStatus.INTERNAL_SERVER_ERROR), {"error": str(error)})
            else:
                self._say(HTTPStatus.OK, brief.to_dict())

    def _read(self, length: int) -> bytes | None:
        """The body, or None when the client left in the middle of it or dawdles."""
        deadline, data = time.monotonic() + BODY_SECONDS, bytearray()
        while len(data) < length:
            try:
                part = self.rfile.read1(min(length - len(data), 1 << 16))
            except OSError:
                part = b""
            if not part or time.monotonic() > deadline:
                self.close_connection = True
                return None
            data += part
        return bytes(data)

    def _is_refused(self) -> bool:
        """Only those with the token are heard on loopback; a browser's page never is."""
        token = self.server.token
        shown = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if "Origin" not in self.headers and (not token or hmac.compare_digest(shown.encode(), token.encode())):
            return False
        self._refuse(HTTPStatus.FORBIDDEN, "send the token: Authorization: Bearer …")
        return True

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        """Answer without reading what was sent, which ends the connection."""
        self.close_connection = True
        self._say(status, {"error": message})

    def _say(self, status: HTTPStatus, content: dict[str, Any]) -> None:
        body = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "1")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


class BriefServer(ThreadingHTTPServer):
    """Threads talk with clients, the desk briefs. `token` is empty where the socket's file keeps others out."""

    daemon_threads = True
    request_queue_size = MOST_CONNECTIONS
    desk: Desk
    signature: str
    token: str = ""

    def __init__(self, *arguments: Any) -> None:
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._answers = 0
        self._answered = threading.Condition()
        super().__init__(*arguments)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A client waits for a brief; see `finish`."""
        with self._answered:
            self._answers += 1
        try:
            yield
        finally:
            with self._answered:
                self._answers -= 1
                self._answered.notify_all()

    def finish(self) -> None:
        """Stop the desk, let those in work have their answers, close the socket."""
        self.desk.close()
        with self._answered:
            self._answered.wait_for(lambda: not self._answers, timeout=5.0)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a client in a thread of its own, while there are not too many."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """The thread of one client."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no matter of ours."""


class UnixServer(BriefServer):
    """The same on a Unix socket that only its user may open."""

    address_family = socket.AF_UNIX

    def server_bind(self) -> None:
        """Bind, for this user alone from the first moment; there is no host name to look up."""
        before = os.umask(0o177)
        try:
            socketserver.TCPServer.server_bind(self)
        finally:
            os.umask(before)
        self.server_name, self.server_port = "localhost", 0

    def get_request(self) -> tuple[Any, Any]:
        """Accept; a Unix socket's clients have no address, and http.server wants one."""
        request, _ = super().get_request()
        return request, ("client", 0)


def listen_on_socket(path: Path) -> BriefServer:
    """Bind a Unix socket, in place of one that a killed server left. Raises OutputError."""
    if path.is_socket():
        if _answers(path):
            raise OutputError(f"{path}: a server answers there already")
        path.unlink()
    return _bound(lambda: UnixServer(str(path), Handler), str(path))


def listen_on_port(port: int) -> BriefServer:
    """Bind a port of loopback, and no other address. Raises OutputError."""
    return _bound(lambda: BriefServer(("127.0.0.1", port), Handler), f"port {port}")


def _bound(make: Callable[[], BriefServer], place: str) -> BriefServer:
    try:
        return make()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"{place}: cannot listen there ({reason.lower()})") from error


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1.0)
        try:
            client.connect(str(path))
        except OSError:
            return False
        return True
