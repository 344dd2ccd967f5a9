"""From lines with their places on pages to running text: paragraphs, words made whole, no headers and footers."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

NEW_PARAGRAPH = 1.45  # times the usual distance of lines
SHORT_LINE = 0.8  # of the column's width; a line that ends sooner ends its paragraph, if a sentence ends there
EDGE_LINES = 3  # at the top and foot of a page that may be header or footer

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*\d{1,3}\s*[-–—]?(?:\s*(?:/|sur|de|of)\s*\d{1,3})?", re.IGNORECASE)
_HYPHENS = "-\u00ad\u2010"
# What follows a hyphen that is part of the word: *celui-ci*, *est-il*, *peut-être*, *vice-président*.
_OWN_HYPHEN = re.compile(r"(?:ci|là|ce|il|elle|on|ils|elles|même|mêmes|être|dire|vous|nous|moi|t-il|t-elle|t-on)\b")
_OWN_BEFORE = re.compile(r"\b(?:vice|non|ex|sous|demi|mi|quasi|nord|sud|est|ouest|porte|arrière|avant|contre|Saint)$")
_ENDS = re.compile(r"[.!?:;…»”\"]$")
_ITEM = re.compile(r"(?:[-•–—*▪●\uf0a7\uf0b7\uf0d8\uf0fc]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Line:
    """A line of text and its box, in points, upwards from the foot of the page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """From foot to top."""
        return self.top - self.bottom


Box = list[Line]  # lines that a layout engine took for one block


def text_of_pages(layouts: Sequence[Sequence[Box]]) -> str:
    """The running text of pages whose boxes stand in reading order; paragraphs are set apart by blank lines."""
    pages = [_mended(boxes) for boxes in layouts]
    repeated = _repeated(pages)
    parts: list[str] = []
    for page in pages:
        for part in _paragraphs(_without_edges(page, repeated)):
            if parts and _goes_on(parts[-1], part):
                parts[-1] = joined(parts[-1], part)
            else:
                parts.append(part)
    return "\n\n".join(parts)


def joined(first: str, second: str) -> str:
    """Two lines of a paragraph as one, a word that was parted between them made whole."""
    if first and first[-1] in _HYPHENS and second[:1].islower() and first[-2:-1].isalpha():
        stem = first[:-1]
        own = first[-1] == "-" and (_OWN_HYPHEN.match(second) or _OWN_BEFORE.search(stem))
        return f"{stem}-{second}" if own else stem + second
    return f"{first} {second}"


def _mended(boxes: Sequence[Box]) -> list[Box]:
    """Bring words home that wide gaps in a justified line have put into a box of their own, and lines into order."""
    homes = {place: _home(box, [one for one in boxes if one is not box]) for place, box in enumerate(boxes)}
    whole = {id(box): list(box) for place, box in enumerate(boxes) if homes[place] is None}
    for place, home in homes.items():
        if home is not None:
            whole.setdefault(id(home), []).extend(boxes[place])
    return [_rows(lines) for lines in whole.values()]


def _home(box: Box, others: Sequence[Box]) -> Box | None:
    """The larger box that this one lies within."""
    left, right = min(line.left for line in box), max(line.right for line in box)
    for other in others:
        within = min(line.left for line in other) - 2 <= left and right <= max(line.right for line in other) + 2
        beside = all(any(_level(line, one) for one in other) for line in box)
        if within and beside and len(other) > len(box):
            return other
    return None


def _rows(lines: Sequence[Line]) -> Box:
    """Lines from the top, pieces of one line as one."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: -one.top):
        if rows and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_as_one(sorted(row, key=lambda one: one.left)) for row in rows]


def _level(one: Line, other: Line) -> bool:
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared > 0.6 * min(one.height, other.height)


def _as_one(row: Sequence[Line]) -> Line:
    bottom, top = min(line.bottom for line in row), max(line.top for line in row)
    return Line(row[0].left, bottom, row[-1].right, top, " ".join(line.text for line in row))


def _repeated(pages: Sequence[Sequence[Box]]) -> set[str]:
    """What stands at the edge of at least two pages, and of half of them, figures aside."""
    counts = Counter(shape for page in pages for shape in {_shape(line) for line in _edges(page)})
    return {shape for shape, count in counts.items() if count >= 2 and 2 * count >= len(pages)}


def _edges(page: Sequence[Box]) -> list[Line]:
    ordered = sorted((line for box in page for line in box), key=lambda line: -line.bottom)
    return [*ordered[:EDGE_LINES], *ordered[EDGE_LINES:][-EDGE_LINES:]]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip().lower()


def _without_edges(page: Sequence[Box], repeated: set[str]) -> list[Box]:
    """The boxes without headers, footers and page numbers."""
    edges = _edges(page)
    gone = {line for line in edges if _shape(line) in repeated or _PAGE_NUMBER.fullmatch(line.text.strip())}
    kept = ([line for line in box if line not in gone] for box in page)
    return [box for box in kept if box]


def _paragraphs(page: Sequence[Box]) -> Iterator[str]:
    pitches = [one.bottom - two.bottom for box in page for one, two in pairwise(box)]
    pitch = statistics.median(pitches) if pitches else 0.0
    for box in page:
        right, text = max(line.right for line in box), box[0].text
        for before, line in pairwise(box):
            if _parts(before, line, pitch, right):
                yield text
                text = line.text
            else:
                text = joined(text, line.text)
        yield text


def _parts(before: Line, line: Line, pitch: float, right: float) -> bool:
    """Tell whether a paragraph ends between two lines of a box."""
    apart = before.bottom - line.bottom > NEW_PARAGRAPH * pitch
    if apart or _ITEM.match(line.text) or abs(before.height - line.height) > 0.3 * line.height:
        return True
    width = right - min(before.left, line.left)
    return bool(_ENDS.search(before.text)) and before.right - before.left < SHORT_LINE * width


def _goes_on(before: str, after: str) -> bool:
    """A paragraph that a column or page cut goes on in small letters."""
    return not _ENDS.search(before) and after[:1].islower()
