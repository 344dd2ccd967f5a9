"""PDF files with a text layer, by pdfminer.six, which finds lines, columns and their order."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from comsum.reading.formats.extract import Extract, Refusal
from comsum.reading.formats.layout import Box, Line, text_of_pages

MOST_PAGES = 500
WIDEST_GAP = 4.0  # character widths between words of one line: justified lines have wide ones, columns wider
_SCAN = "its pages are pictures without a text layer; run it through a text recogniser (OCR) first"


def read_pdf(data: bytes) -> Extract:
    """Read a document. Raises Refusal for a password, a scan, damage, or more pages than a release has."""
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfparser import PDFParser, PDFSyntaxError

    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = [list(_boxes(page)) for page in _pages(document)]
    except (PDFPasswordIncorrect, PDFTextExtractionNotAllowed) as error:
        raise Refusal("it is locked; save it without its password") from error
    except PDFSyntaxError as error:
        raise Refusal("this PDF is damaged") from error
    text = text_of_pages(pages)
    if not text.strip():
        raise Refusal(_SCAN if pages else "this PDF is damaged: it has no pages")
    told = document.info[0] if document.info else {}
    return Extract(text, _said(told.get("Title")), _said(told.get("Author")))


def _pages(document: Any) -> Iterator[Any]:
    """Layouts of the pages."""
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LAParams
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams(char_margin=WIDEST_GAP, line_margin=0.6))
    interpreter = PDFPageInterpreter(resources, device)
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        if number > MOST_PAGES:
            raise Refusal(f"more than {MOST_PAGES} pages are more than a release has")
        interpreter.process_page(page)
        yield device.get_result()


def _boxes(page: Any) -> Iterator[Box]:
    from pdfminer.layout import LTTextBox

    for box in page:
        if isinstance(box, LTTextBox):
            lines = [Line(one.x0, one.y0, one.x1, one.y1, " ".join(one.get_text().split())) for one in box]
            if lines := [line for line in lines if line.text]:
                yield lines


def _said(value: object) -> str | None:
    """Text of a document's description: UTF-16 with its mark, UTF-8 with its mark, or near enough to Latin-1."""
    if not isinstance(value, bytes):
        return None
    for mark, encoding in ((b"\xfe\xff", "utf-16"), (b"\xff\xfe", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if value.startswith(mark):
            return value.decode(encoding, "replace") or None
    return value.decode("latin-1") or None
