"""A process apart that opens what strangers wrote: a page, a PDF, an archive that may crash, loop or swell.

It is started when first needed, kept for the next file, bounded in memory, and killed when a file takes too long. It
has no more to say than text and a few lines about it. `python -m comsum.reading.workshop` is that process.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from comsum.errors import ConfigurationError, InputError, NotTextError
from comsum.reading.formats.extract import Extract, Refusal
from comsum.reading.formats.sniff import Format

MOST_MEMORY = 4 << 30  # bytes of address space; libraries alone map a good part of one
MOST_UNPACKED = 300_000_000  # bytes in an archive
MOST_RATIO = 200  # unpacked to packed; documents reach 20 or so


class Workshop:
    """The process, from outside. One file at a time; threads wait for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.close)

    def extract(self, data: bytes, kind: Format, name: str, *, encoding: str | None, seconds: float) -> Extract:
        """Have a file read. Raises NotTextError, InputError, or ConfigurationError when a library is missing."""
        with self._lock:
            answer = self._ask(data, {"format": kind, "length": len(data), "encoding": encoding}, seconds)
        if answer is None:
            raise InputError(f"{name}: reading it took more than {seconds:g} seconds or all memory; it may be hostile")
        if "missing" in answer:
            raise ConfigurationError(f"{name}: {kind} files need the extra: pip install 'comsum[files]'")
        if "refused" in answer:
            raise NotTextError(f"{name}: {answer['refused']}")
        return Extract(**answer)

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    stream.close()  # type: ignore[union-attr]

    def _ask(self, data: bytes, what: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """The answer, or None when the process died or had to be killed."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _start()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(what).encode() + b"\n" + data)
            process.stdin.flush()
            line = process.stdout.readline()
            answer: dict[str, Any] | None = json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.close()
        return answer


WORKSHOP = Workshop()


def _start() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "comsum.reading.workshop"]
    return subprocess.Popen(  # noqa: S603 - ourselves
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def read(data: bytes, kind: Format, encoding: str | None) -> dict[str, Any]:
    """Read a file here; what `extract` makes of the answer."""
    try:
        if kind in ("docx", "odt"):
            _check_archive(data)
        return asdict(_reader(kind, encoding)(data))
    except ImportError as error:
        return {"missing": str(error)}
    except Refusal as error:
        return {"refused": str(error)}
    except (MemoryError, RecursionError) as error:
        return {"refused": f"it is nested or swells beyond what a document may ({type(error).__name__})"}
    except Exception as error:  # noqa: BLE001 - whatever a library meets in a broken file
        return {"refused": f"this {kind} file cannot be read ({type(error).__name__})"}


def _reader(kind: Format, encoding: str | None) -> Callable[[bytes], Extract]:
    if kind == "html":
        from comsum.reading.formats.html import read_html

        return lambda data: read_html(data, encoding)
    if kind == "pdf":
        from comsum.reading.formats.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from comsum.reading.formats.docx import read_docx

        return read_docx
    if kind == "odt":
        from comsum.reading.formats.odt import read_odt

        return read_odt
    from comsum.reading.formats.eml import read_eml

    return read_eml


def _check_archive(data: bytes) -> None:
    """Refuse what unpacks to far more than a document, before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > MOST_UNPACKED or size > MOST_RATIO * max(len(data), 50_000):
        raise Refusal(f"it unpacks to {size / 1e6:.0f} MB, which no release does")


def _bound() -> None:
    """Bound memory, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer one line for each file that comes, until none comes; what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bound()
    while header := sys.stdin.buffer.readline():
        what = json.loads(header)
        data = sys.stdin.buffer.read(what["length"])
        answers.write(json.dumps(read(data, what["format"], what["encoding"])).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    main()
