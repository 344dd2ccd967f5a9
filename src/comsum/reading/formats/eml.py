"""Mail as saved by mail programs: the text of the message, its subject, sender and date. Attachments are not opened."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from comsum.reading.formats.extract import Extract, Refusal
from comsum.reading.formats.html import read_html


def read_eml(data: bytes) -> Extract:
    """Read a message. Raises Refusal when it has no text."""
    message = message_from_bytes(data, policy=policy.default)
    body = message.get_body(("plain", "html"))
    if not isinstance(body, EmailMessage):
        raise Refusal("there is no text in this message; save its attachments and brief those")
    text = _text(body)
    return Extract(text, _header(message, "subject"), _sender(message), None, _date(message))


def _text(body: EmailMessage) -> str:
    charset = body.get_content_charset("utf-8")
    content = body.get_payload(decode=True)
    assert isinstance(content, bytes)
    if body.get_content_subtype() == "html":
        return read_html(content, _known(charset)).text
    return content.decode(_known(charset), "replace")


def _known(charset: str) -> str:
    try:
        "".encode(charset)
    except (LookupError, UnicodeError):
        return "utf-8"
    return charset


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        return str(message[name]).strip() or None if message[name] else None
    except (ValueError, IndexError, AttributeError):  # headers that break the standard library's parser
        return None


def _sender(message: EmailMessage) -> str | None:
    name, address = parseaddr(_header(message, "from") or "")
    return name or address or None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError):
        return None
