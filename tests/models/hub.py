"""A stand-in for the hub on loopback: the two calls that `pull` makes, and ways to go wrong."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Hub:
    """One repository. `cut`: bytes of the weights to send before hanging up, once; `lie`: send other bytes."""

    repo: str
    folder: Path
    licence: str = "apache-2.0"
    cut: int = 0
    lie: bool = False
    pull_request: Path | None = None
    asked: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    url: str = ""

    def files(self, revision: str) -> list[Path]:
        folder = self.pull_request if revision.startswith("refs/pr") and self.pull_request else self.folder
        return sorted(folder.iterdir())

    def told(self, revision: str) -> dict[str, Any]:
        siblings = []
        for path in self.files(revision):
            content = path.read_bytes()
            one: dict[str, Any] = {"rfilename": path.name, "size": len(content), "blobId": _blob(content)}
            if path.suffix in (".safetensors", ".spm", ".bin"):
                one["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "pointerSize": 1}
            siblings.append(one)
        card = {"license": self.licence}
        return {"id": self.repo, "modelId": self.repo, "sha": COMMIT, "siblings": siblings, "cardData": card}


def _blob(content: bytes) -> str:
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._serve(body=False)

    def do_GET(self) -> None:
        self._serve(body=True)

    def _serve(self, *, body: bool) -> None:
        path, hub = unquote(urlsplit(self.path).path), self.hub
        hub.asked.append(f"{self.command} {path}")
        if match := re.fullmatch(rf"/api/models/{hub.repo}(?:/revision/(.+))?", path):
            return self._json(hub.told(match[1] or "main"))
        if path == f"/api/models/{hub.repo}/discussions":
            return self._json(self._discussions())
        if match := re.fullmatch(rf"/{hub.repo}/resolve/([0-9a-f]+)/([\w.-]+)", path):
            files = {one.name: one for revision in ("main", "refs/pr/1") for one in hub.files(revision)}
            if match[2] in files:
                return self._file(files[match[2]], body=body)
        return self._answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def _discussions(self) -> dict[str, Any]:
        one = {
            "num": 1, "title": "Adding `safetensors` variant of this model", "status": "open", "isPullRequest": True,
            "author": {"name": "SFconvertbot"}, "createdAt": "2023-01-01T00:00:00.000Z",
            "repo": {"name": self.hub.repo, "type": "model"},
        }  # fmt: skip
        found = [one] if self.hub.pull_request else []
        return {"discussions": found, "count": len(found), "start": 0}

    def _json(self, content: Any) -> None:
        self._answer(200, json.dumps(content).encode(), {"Content-Type": "application/json"})

    def _file(self, path: Path, *, body: bool) -> None:
        hub, content = self.hub, path.read_bytes()
        marks = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if hub.lie and path.suffix == ".safetensors":
            content = bytes(len(content))
        start = int((re.match(r"bytes=(\d+)-", self.headers.get("Range", "")) or [0, 0])[1])
        if start:
            hub.ranges.append(f"{path.name} {start}")
            marks["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        if body and hub.cut and path.suffix == ".safetensors":
            self.send_response(206 if start else 200)
            for name, value in {**marks, "Content-Length": str(len(content) - start)}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[start : hub.cut])
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()
            return
        self._answer(206 if start else 200, content[start:], marks, body=body)

    def _answer(self, status: int, content: bytes, headers: dict[str, str], *, body: bool = True) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body and self.command != "HEAD":
            self.wfile.write(content)


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Serve a hub on a free port of loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    hub.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
