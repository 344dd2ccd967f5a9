"""Word documents, by python-docx: paragraphs, lists and tables in their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from comsum.reading.formats.extract import Extract, Refusal, paragraphs


def read_docx(data: bytes) -> Extract:
    """Read a document. Raises Refusal when it is damaged."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Refusal("this Word document is damaged") from error
    told = document.core_properties
    return Extract(paragraphs(list(_parts(document))), told.title or None, told.author or None)


def _parts(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _cells(block)
        else:
            yield f"- {block.text}" if block.text.strip() and _is_listed(block) else block.text


def _is_listed(paragraph: Any) -> bool:
    """Numbered or bulleted, by its own properties or by its style."""
    own = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public word for numbering
    numbered = own is not None and own.numPr is not None
    return numbered or (paragraph.style is not None and str(paragraph.style.name).startswith("List"))


def _cells(table: Any) -> Iterator[str]:
    """A merged cell stands in several places of its row; it is read once."""
    for row in table.rows:
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # noqa: SLF001 - nothing public tells that two cells are one
                seen.add(id(cell._tc))  # noqa: SLF001
                yield from _parts(cell)
