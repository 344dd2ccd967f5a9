"""Pages: the release without menus, banners and footers, by trafilatura; plain text of the body where that finds none."""

from __future__ import annotations

import re
from typing import Any

from comsum.reading.formats.extract import Extract, Refusal, paragraphs

_BLOCKS = "//p | //h1 | //h2 | //h3 | //h4 | //li | //blockquote | //td | //pre"
_CHROME = "//script | //style | //nav | //header | //footer | //aside | //form | //noscript | //template | //svg"
FEWEST_WORDS = 8  # of what the extractor found; less is a caption, and the page is read plainly


def read_html(data: bytes, encoding: str | None = None) -> Extract:
    """Read a page. Raises Refusal when there is nothing to read."""
    import lxml.etree
    import trafilatura

    page: str | bytes = data.decode(encoding, "replace") if encoding else data
    found: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, date_extraction_params={"extensive_search": False}
    )
    text = paragraphs((found.text or "").split("\n")) if found else ""
    if len(text.split()) < FEWEST_WORDS:
        try:
            text = max(text, _plainly(page), key=len)
        except (ValueError, lxml.etree.LxmlError) as error:  # control characters; no element in it
            raise Refusal("this page is damaged") from error
    if not text:
        raise Refusal("there is no text on this page")
    if not found:
        return Extract(text)
    return Extract(text, found.title, found.author, found.url, found.date)


def _plainly(page: str | bytes) -> str:
    from lxml import html

    tree = html.fromstring(page)
    for part in tree.xpath(_CHROME):
        part.drop_tree()
    blocks = [block for block in tree.xpath(_BLOCKS) if not block.xpath(".//p | .//li")]
    texts = [block.text_content() for block in blocks] or [tree.text_content()]
    return paragraphs([re.sub(r"\s+", " ", text) for text in texts])
