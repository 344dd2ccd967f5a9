"""Coverage-guided fuzzing of the readers: `python tests/fuzz_readers.py -max_total_time=600 CORPUS` (needs atheris).

What is fed: bytes to each reader as the workshop would call it, and to the whole of `document_from_bytes` for text. Any
exception but those that comsum raises on purpose, and any answer that is no answer, is a finding.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["comsum"]):
    from comsum.errors import ComsumError
    from comsum.reading import workshop
    from comsum.reading.document import document_from_bytes
    from comsum.reading.formats.eml import read_eml
    from comsum.reading.formats.extract import Refusal
    from comsum.reading.formats.html import read_html
    from comsum.reading.formats.sniff import Format, format_of

KINDS: tuple[Format, ...] = ("text", "html", "pdf", "docx", "odt", "eml")
READERS = {"html": read_html, "eml": read_eml}


def one(data: bytes) -> None:
    """The first byte chooses the reader."""
    if not data:
        return
    kind, rest = KINDS[data[0] % len(KINDS)], data[1:]
    if kind == "text":
        try:
            if format_of(rest, "x") == "text":
                document_from_bytes(rest, "x")
        except ComsumError:
            pass
        return
    answer = workshop.read(rest, kind, None)
    if not ({"text"} <= answer.keys() or {"refused"} == answer.keys()):
        raise RuntimeError(answer)
    json.dumps(answer)
    if kind in READERS:
        with suppress(Refusal):
            READERS[kind](rest)


def main() -> None:
    """Seed with the tests' files, then let libFuzzer go on."""
    folder = Path(sys.argv[-1])
    folder.mkdir(parents=True, exist_ok=True)
    for path in (Path(__file__).parent / "fixtures" / "files").iterdir():
        for number, kind in enumerate(KINDS):
            if path.suffix == f".{kind}" or (kind == "text" and path.suffix == ".md"):
                (folder / path.name).write_bytes(bytes([number]) + path.read_bytes())
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
