"""Which format bytes are in: by what they begin with, and by the name only where that does not tell."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Literal

from comsum.errors import NotTextError

Format = Literal["text", "html", "pdf", "docx", "odt", "eml"]
SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".eml": "eml",
}
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_OF_MAIL = re.compile(rb"^(?:From|Date|Message-ID|Received|Return-Path):", re.IGNORECASE | re.MULTILINE)
_KNOWN_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "this is an old Word or Office file; save it as .docx, .odt or .pdf"),
    (b"{\\rtf", "this is RTF; save it as .docx, .odt or .txt"),
    (b"\x89PNG", "this is a picture; run it through a text recogniser (OCR) first"),
    (b"\xff\xd8\xff", "this is a picture; run it through a text recogniser (OCR) first"),
    (b"\x1f\x8b", "this is compressed (gzip); unpack it first"),
)


def format_of(data: bytes, name: str) -> Format:
    """Tell the format. Raises NotTextError for those that are known and not read."""
    for mark, message in _KNOWN_OTHERS:
        if data.startswith(mark):
            raise NotTextError(f"{name}: {message}")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data, name)
    head = data[:20_000].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return "html"
    told = SUFFIXES.get(PurePath(name).suffix.lower(), "text")
    header = _HEADER.match(head)
    if told == "eml" or (header and len(_OF_MAIL.findall(header.group())) >= 2):
        return "eml"
    if told in ("pdf", "docx", "odt"):
        raise NotTextError(f"{name}: the name says {told}, the content is something else")
    return told


def _packed(data: bytes, name: str) -> Format:
    """An archive is a document by what is in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            kind = archive.open("mimetype").read(60) if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise NotTextError(f"{name}: the file is damaged ({error})") from error
    if "word/document.xml" in names:
        return "docx"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    raise NotTextError(f"{name}: this is an archive, not a document; unpack it first")
