"""The server: what it answers, to whom, under load, and how it stops."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from comsum.errors import NotFrenchError, OutputError
from comsum.pipeline import Briefer, Options
from comsum.reading.document import MAX_BYTES, document_from_text
from comsum.serving.desk import BusyError, ClosedError, Desk, LateError
from comsum.serving.http import BriefServer, listen_on_port, listen_on_socket
from tests.conftest import SAMPLE, echo, translator_with

FRENCH = "Le Ministre DIOP a reçu l'Ambassadeur de France le 3 mai 2022 à Bamako."
Ask = Callable[..., tuple[int, dict[str, Any]]]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(self._path)


def _ask(
    connection: http.client.HTTPConnection,
    method: str = "POST",
    path: str = "/brief",
    body: str | bytes | None = FRENCH,
    **headers: str,
) -> tuple[int, dict[str, Any]]:
    data = body.encode() if isinstance(body, str) else body
    with suppress(BrokenPipeError):  # refused before all was sent; the answer is there all the same
        connection.request(method, path, data, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content: dict[str, Any] = json.loads(answer.read())
    return answer.status, content


def _once(connection: http.client.HTTPConnection, *arguments: Any, **named: Any) -> tuple[int, dict[str, Any]]:
    try:
        return _ask(connection, *arguments, **named)
    finally:
        connection.close()


def slow_briefer(gate: threading.Event | None = None) -> Briefer:
    """A briefer that waits for the gate at every release."""

    def answer(prompt: str, decoding: Any) -> str:
        if gate:
            gate.wait(20)
        return echo(prompt, decoding)

    return Briefer(Options(), translator_with(answer))


@contextmanager
def running(server: BriefServer, desk: Desk) -> Iterator[BriefServer]:
    server.desk, server.signature = desk, "signed"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.finish()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "s"
    with running(listen_on_socket(path), Desk(slow_briefer())):
        yield path


@pytest.fixture
def ask(served: Path) -> Ask:
    return lambda *arguments, **named: _once(UnixConnection(str(served)), *arguments, **named)


def test_a_release_comes_back_as_the_brief_that_the_library_makes(ask: Ask) -> None:
    status, content = ask()
    assert status == 200
    made = slow_briefer().brief(document_from_text(FRENCH, "request")).to_dict()
    assert content["facts"] == json.loads(json.dumps(made["facts"]))
    assert content["source"]["name"] == "request"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 422, "empty"),
        (b"   \n", 422, "empty"),
        (b"\x00\x01\x02\xff" * 50, 422, "binary"),
        ("The ministers met in Paris on Monday to discuss peace.", 422, "not French"),
        ("Le Ministre est arrivé à Paris.".encode("cp1252"), 200, ""),
    ],
)
def test_what_cannot_be_briefed_is_said(ask: Ask, body: bytes, status: int, said: str) -> None:
    found, content = ask(body=body)
    assert found == status
    assert said in content.get("error", "")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/health", 200), ("GET", "/brief", 404), ("GET", "/../etc/passwd", 404), ("POST", "/etc/passwd", 404)],
)
def test_there_are_two_paths_and_no_files(ask: Ask, method: str, path: str, status: int) -> None:
    found, content = ask(method, path)
    assert found == status
    assert ("signature" in content) == (status == 200)


def test_a_body_must_say_its_length_and_not_be_huge(served: Path) -> None:
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(served))
        client.sendall(f"POST /brief HTTP/1.1\r\nContent-Length: {MAX_BYTES + 1}\r\n\r\n".encode())
        assert b" 413 " in client.recv(200)
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(served))
        client.sendall(b"POST /brief HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
        assert b" 411 " in client.recv(200)


def test_a_page_in_a_browser_is_never_heard(ask: Ask) -> None:
    assert ask(Origin="http://example.org")[0] == 403


def test_on_loopback_only_the_token_opens() -> None:
    server = listen_on_port(0)
    server.token = "secret"
    with running(server, Desk(slow_briefer())):
        assert server.server_address[0] == "127.0.0.1"

        def ask(**headers: str) -> int:
            return _once(http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30), **headers)[0]

        assert ask() == 403
        assert ask(Authorization="Bearer wrong") == 403
        assert ask(Authorization="Bearer sécret") == 403
        assert ask(Authorization="Bearer secret") == 200


def test_a_connection_serves_many_requests(served: Path) -> None:
    with closing(UnixConnection(str(served))) as connection:
        assert [_ask(connection)[0] for _ in range(5)] == [200] * 5


def test_only_the_user_may_open_the_socket(served: Path) -> None:
    assert stat.S_IMODE(served.stat().st_mode) == 0o600


def test_under_load_every_client_gets_its_own_brief(served: Path) -> None:
    def one(number: int) -> bool:
        text = f"Le Ministre a visité Dakar le {number % 28 + 1} mai {1950 + number // 28}."
        status, content = _once(UnixConnection(str(served)), body=text)
        return status == 503 or (status == 200 and content["sentences"][0]["source"] == text)

    with ThreadPoolExecutor(24) as pool:
        assert all(pool.map(one, range(400)))


def test_when_too_many_wait_the_next_is_told_at_once() -> None:
    gate = threading.Event()
    desk = Desk(slow_briefer(gate), places=2)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(desk.brief, document_from_text(FRENCH))
        time.sleep(0.2)  # it is in work now
        others = [pool.submit(desk.brief, document_from_text(f"{FRENCH} {n}.")) for n in range(2)]
        time.sleep(0.2)
        with pytest.raises(BusyError, match="2 releases wait already"):
            desk.brief(document_from_text(FRENCH))
        gate.set()
        assert all(one.result(20).sentences for one in [first, *others])
    desk.close()


def test_a_brief_that_takes_too_long_is_said_and_what_waits_is_not_begun() -> None:
    gate = threading.Event()
    desk = Desk(slow_briefer(gate), seconds=0.2)
    with pytest.raises(LateError, match=r"within 0\.2 seconds"):
        desk.brief(document_from_text(FRENCH))
    with pytest.raises(LateError):  # waits behind the first, and is forgotten
        desk.brief(document_from_text("Le Président est arrivé à Niamey."))
    gate.set()
    assert desk.brief(document_from_text(FRENCH)).sentences
    desk.close()
    with pytest.raises(ClosedError):
        desk.brief(document_from_text(FRENCH))


def test_one_release_that_breaks_comsum_does_not_break_the_others() -> None:
    def answer(prompt: str, decoding: Any) -> str:
        if "mauvais" in prompt:
            raise RuntimeError("a defect")
        return echo(prompt, decoding)

    desk = Desk(Briefer(Options(), translator_with(answer)))
    with ThreadPoolExecutor(4) as pool:
        texts = [FRENCH, "Le temps est mauvais à Paris.", f"{FRENCH} Il est parti."]
        results = [pool.submit(desk.brief, document_from_text(text)) for text in texts]
        assert [type(one.exception()).__name__ for one in results] == ["NoneType", "UnexpectedError", "NoneType"]
    with pytest.raises(NotFrenchError):
        desk.brief(document_from_text("The ministers met in Paris on Monday to discuss peace."))
    desk.close()


def test_a_socket_left_by_a_killed_server_is_replaced_a_live_one_is_not(served: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="answers there already"):
        listen_on_socket(served)
    left = tmp_path / "left"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(left))
    listen_on_socket(left).server_close()
    with pytest.raises(OutputError, match="cannot listen there"):
        listen_on_socket(tmp_path / "no" / "folder")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_the_command_serves_and_stops_cleanly(tmp_path: Path, number: int, code: int) -> None:
    path = tmp_path / "s"
    command = [sys.executable, "-m", "comsum", "serve", "--socket", str(path)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline() == f"comsum: serving on {path}; stop with Ctrl-C\n"
    text = SAMPLE.read_bytes()
    assert _once(UnixConnection(str(path)), body=text)[0] == 200
    idle = UnixConnection(str(path))
    idle.connect()  # a client that says nothing does not keep the server from leaving
    os.kill(process.pid, number)
    assert process.wait(10) == code
    idle.close()
    with process.stderr as stream:
        assert stream.read() == ""
    assert not path.exists()
