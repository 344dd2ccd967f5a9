"""OpenDocument texts, by odfdo: headings, paragraphs and lists in their order; notes and tracked changes left out."""

from __future__ import annotations

import io
from typing import Any

from comsum.reading.formats.extract import Extract, Refusal, paragraphs

_BLOCKS = "descendant::text:h | descendant::text:p"


def read_odt(data: bytes) -> Extract:
    """Read a document. Raises Refusal when it is damaged."""
    from odfdo import Document

    try:
        document = Document(io.BytesIO(data))
        body = document.body
        blocks = body.xpath(_BLOCKS)
        title, author = document.meta.title, document.meta.initial_creator or document.meta.creator
    except Exception as error:  # the library raises what it meets: KeyError, ValueError, lxml's own …
        raise Refusal(f"this OpenDocument text is damaged ({type(error).__name__})") from error
    return Extract(paragraphs([_text(block) for block in blocks if not _aside(block)]), title or None, author or None)


def _text(block: Any) -> str:
    text = str(block.inner_text).strip()
    parent = block.parent
    return f"- {text}" if text and parent is not None and parent.tag == "text:list-item" else text


def _aside(block: Any) -> bool:
    """Notes, annotations and deleted text are no part of the release."""
    asides = "ancestor::text:note | ancestor::office:annotation | ancestor::text:tracked-changes"
    return bool(block.xpath(asides))
