"""From text to segments: metadata, paragraphs, headings, list items, signatures, sentences.

The release is never rewritten here: each segment is a slice of the cleaned text, with its offsets. A rule-based
splitter is used because official French is unusual enough for the trained ones to do worse (17 of 18 tricky cases
against 5 to 12, and 16 for the best library); the abbreviations are data (data/abbreviations.txt).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from comsum.wordlists import data_lines

Kind = Literal["sentence", "heading", "item", "signature"]


@dataclass(frozen=True)
class Segment:
    """A slice `[start:end]` of the cleaned text; `id` counts from 1, `paragraph` from 1."""

    id: int
    paragraph: int
    kind: Kind
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Segmentation:
    """A release in parts. `date` is the stated date (ISO), `title` the id of the segment that is the title."""

    segments: tuple[Segment, ...]
    date: str | None = None
    title: int | None = None


_METADATA = re.compile(r"\s*date\s*:?\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)\b[ \t]*[.;:]?\s*", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-•–—*▪●]|\d{1,2}[.)])\s)")
_ITEM = re.compile(r"[ \t]*(?:[-•–—*▪●]|\d{1,2}[.)]|[a-z]\))\s+")
_SIGNATURE = re.compile(
    r"(?:Fait à|Pour (?:le|la|les) |Le (?:Secrétaire|Porte-parole|Ministre|Président)\b[^.]*$|Signé)"
)
# *Lomé, le 26 septembre 2022 –* before the first sentence.
_DATELINE = re.compile(
    r"(?P<line>[A-ZÀ-Þ][\w '’-]{1,30}, (?:le )?(?:\w+ )?(?:1er|\d{1,2}) [a-zéû]{3,9} \d{4}(?: ?\([A-Z]{2,6}\))?)\s*[–—:-]\s+(?=[A-ZÀ-Þ«“\"])"
)
_BOUNDARY = re.compile(r"(?<=[.!?…])(?:[\s\u00a0\u202f]?[»”\")\]]+)?\s+(?![»”])|;\s*\n\s*|\n(?=\s*[-•–])")
_OPENING = re.compile(r"[«“\"(\[\s]*")
_WORD_BEFORE = re.compile(r"([^\s(«“\"'’]+)\.[»”\")\]]*\s*$")
_INITIALS = re.compile(r"^[A-ZÀ-Þ](?:[.-]+[A-ZÀ-Þ])*$|^[A-ZÀ-Þ][a-z]$")
_LETTERS = re.compile(r"[^\W\d_]")


LONGEST = 3000  # characters of a sentence; none in real releases is half as long, and a longer one is cut at a comma
LONGEST_HEADING = 400  # characters
NEAR = 100  # characters on each side of a boundary that decide; more would make long texts slow


def segment(text: str) -> Segmentation:
    """Split a cleaned release into segments (see the module's docstring)."""
    date, offset = _stated_date(text)
    segments: list[Segment] = []
    for number, (start, end) in enumerate(_paragraphs(text, offset), 1):
        for kind, first, last in _units(text, start, end):
            segments.append(Segment(len(segments) + 1, number, kind, first, last, text[first:last]))
    return Segmentation(tuple(segments), date, _title(segments))


def _stated_date(text: str) -> tuple[str | None, int]:
    match = _METADATA.match(text)
    return (match[1], match.end()) if match else (None, 0)


def _paragraphs(text: str, offset: int) -> Iterator[tuple[int, int]]:
    position = offset
    for gap in _BLANK_LINE.finditer(text, offset):
        yield from _trimmed(text, position, gap.start())
        position = gap.end()
    yield from _trimmed(text, position, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _units(text: str, start: int, end: int) -> Iterator[tuple[Kind, int, int]]:
    paragraph = text[start:end]
    if _is_heading(paragraph):
        yield "heading", start, end
        return
    if (dateline := _DATELINE.match(text, start, end)) and dateline.end() < end:
        yield "signature", start, dateline.end("line")
        start = dateline.end()
        paragraph = text[start:end]
    kind: Kind = "sentence"
    if marker := _ITEM.match(paragraph):
        kind, start = "item", start + marker.end()
    elif _SIGNATURE.match(paragraph) and len(paragraph) < 120 and not paragraph.endswith("."):
        kind = "signature"
    for first, last in sentences(text, start, end):
        for begin, stop in _bounded(text, first, last):
            yield kind, begin, stop


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what no sentence is long enough to be, so that no later step meets more than it can do in a moment."""
    while end - start > LONGEST:
        places = (text.rfind(mark, start + LONGEST // 2, start + LONGEST) + 1 for mark in ";, ")
        cut = next((place for place in places if place), start + LONGEST)
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _is_heading(paragraph: str) -> bool:
    """A short line without a full stop, or one in capitals; a lone bullet line is none."""
    if len(paragraph) >= LONGEST_HEADING:
        return False
    if is_capitals(paragraph):
        return True
    if "\n" in paragraph.strip():
        return False
    short = len(paragraph.split()) <= 14 and paragraph[-1] not in '.!?…;,»”"'
    return short and not _ITEM.match(paragraph) and not _SIGNATURE.match(paragraph) and paragraph[0].isupper()


def is_capitals(text: str) -> bool:
    """Tell whether a line is set in capitals (at least 8 letters, four fifths of them upper case)."""
    letters = _LETTERS.findall(text)
    return len(letters) >= 8 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of `text[start:end]`, trimmed."""
    end = len(text) if end is None else end
    position = start
    for gap in _BOUNDARY.finditer(text, start, end):
        before = text[max(position, gap.start() - NEAR) : gap.end()]
        if _ends_sentence(before, text[gap.end() : min(end, gap.end() + NEAR)]):
            yield from _trimmed(text, position, gap.end())
            position = gap.end()
    yield from _trimmed(text, position, end)


def _ends_sentence(before: str, after: str) -> bool:
    rest = after[_OPENING.match(after).end() :]  # type: ignore[union-attr]
    if not rest:
        return False
    if rest[0].islower() or (rest[0].isdigit() and before.rstrip().endswith(("n°.", "art.", "p."))):
        return before.rstrip().endswith(";")
    word = _WORD_BEFORE.search(before)
    if not word:
        return True
    strict, loose = _abbreviations()
    if word[1] in strict or _INITIALS.match(word[1]):
        return False
    return word[1] not in loose or rest[0].isupper()


@functools.cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Return those after which a capital never starts a sentence, and all others."""
    entries = [line.strip() for line in data_lines("comsum.text", "abbreviations.txt")]
    strict = {entry[:-1].strip() for entry in entries if entry.endswith("+")}
    return frozenset(strict | {word.capitalize() for word in strict}), frozenset(entries) - strict


def _title(segments: list[Segment]) -> int | None:
    """The first heading, when it stands before the first sentence."""
    for one in segments:
        if one.kind == "heading" and len(one.text) >= 20:
            return one.id
        if one.kind != "heading":
            return None
    return segments[0].id if segments and segments[0].kind == "heading" else None
