"""Whatever the text: reading, segmentation, protection, checks, cleaning and JSON keep their promises."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from comsum.brief import SCHEMA
from comsum.checks import check_segments
from comsum.errors import ComsumError
from comsum.pipeline import Briefer, Options
from comsum.reading.document import document_from_bytes
from comsum.render.markdown import render_markdown
from comsum.render.plain import render_plain
from comsum.terms.find import find_entities
from comsum.terms.glossary import Glossary
from comsum.terms.protect import Protected, protect
from comsum.terms.restore import restore
from comsum.text.clean import clean_text
from comsum.text.mend import mend_text
from comsum.text.model_text import french_model_text
from comsum.text.segment import LONGEST, segment, sentences
from comsum.text.split import releases_in
from comsum.translated import TranslatedSegment
from tests.conftest import echo, translator_with

# What official French is made of, and what breaks programs, thrown together.
PIECES = st.sampled_from(
    [
        "Le Ministre", "M. DIOP", "Mme Fatou N'DIAYE", "n° 2021-123/MAECI-SG", "du 10 au 12 novembre 2021", "1 234,5",
        "3 milliards d'euros", "résolution 2584 (2021)", "la CEDEAO", "l'Union africaine", "Moscou", "S.E.M.", "art. 3",
        "a reçu", "condamne", "ne pas", "hier", "<x0>", "<x15>", "<x99>", "[bold]", "\x1b[31m", "\u202e", "\u200b", "\n\n",
        "\n- ", ". ", " ; ", "« ", " »", "…", "\t", "\u00a0", "&amp;", "<b>", "=1+1", "{text}", "%s", "\\", "|", "é", "😀", "Ã©",
        "COMMUNIQUE FINAL", "date 2021-11", "-----", "10 h 30", "1er", "\ufb01", "ﷺ", "\U0001d54f", "\ud7ff", "İ", "ß",
    ]
)  # fmt: skip
RELEASES = st.lists(PIECES | st.text(max_size=8), max_size=40).map(" ".join) | st.text(max_size=200)
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@MANY
@given(RELEASES)
@example("\x1b\x1b[31m[31mx")
@example("&#27;[31m &#x202e; &amp;#27;[2J")
@example("\x9b\x1b]0;x")
def test_cleaned_text_is_safe_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_text(text)
    assert not UNSAFE.search(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not UNSAFE.search(clean_text(cleaned))


@MANY
@given(RELEASES)
def test_what_is_protected_comes_back(text: str) -> None:
    """Restoring what was protected gives the text with the English of its entities in their places, nothing else."""
    cleaned = clean_text(text)
    protected = protect(cleaned, find_entities(cleaned))
    restored = restore(protected.text, protected).text
    if not protected.entities:
        assert restored == restore(protect(cleaned, []).text, protect(cleaned, [])).text
    for entity in protected.entities:
        assert entity.english.split()[0].lower().strip("(").rstrip(".,)") in restored.lower()


@MANY
@given(RELEASES.filter(lambda text: "<x" not in text))
def test_restoring_undoes_protecting(text: str) -> None:
    """With entities that are their own English, protected and restored is as if never protected, but for spaces."""
    cleaned = clean_text(text)
    same = [replace(one, kind="term", english=one.text, lead="", parts=()) for one in find_entities(cleaned)]
    protected = protect(cleaned, same)
    there_and_back = restore(protected.text, protected).text
    untouched = restore(french_model_text(cleaned), Protected("", ())).text
    assert _letters(there_and_back) == _letters(untouched)


def _letters(text: str) -> str:
    return "".join(french_model_text(text).split()).casefold()


@MANY
@given(RELEASES)
def test_segments_are_slices_in_order_and_lose_no_letter(text: str) -> None:
    cleaned = clean_text(text)
    parts = segment(cleaned)
    end = 0
    for one in parts.segments:
        assert cleaned[one.start : one.end] == one.text
        assert one.start >= end
        end = one.end
    if not parts.date:
        kept = sum(character.isalpha() for one in parts.segments for character in one.text)
        lone = sum(
            character.isalpha() for match in re.finditer(r"(?m)^[ \t]*[a-z]\)\s", cleaned) for character in match[0]
        )
        assert sum(map(str.isalpha, cleaned)) - lone <= kept <= sum(map(str.isalpha, cleaned))
    assert [cleaned[a:b] for a, b in sentences(cleaned)] == [cleaned[a:b].strip() for a, b in sentences(cleaned)]


@MANY
@given(RELEASES, RELEASES)
def test_checks_say_one_line_and_never_fail(french: str, english: str) -> None:
    parts = segment(clean_text(french)).segments
    pairs = [TranslatedSegment(one, (), clean_text(english), (), -0.3, "model") for one in parts]
    for check in check_segments(pairs, Glossary({})):
        assert "\n" not in check.message
        assert check.severity in ("error", "warning")


@settings(MANY, max_examples=100)
@given(RELEASES)
def test_every_brief_is_safe_in_every_format_and_json_comes_back(text: str) -> None:
    briefer = Briefer(Options(insist=True), translator_with(echo))
    try:
        brief = briefer.brief(text)
    except ComsumError:
        return
    assert json.loads(brief.to_json()) == json.loads(json.dumps(brief.to_dict()))
    assert json.loads(brief.to_json())["schema"] == SCHEMA
    for shown in (brief.to_json(), render_plain(brief), render_markdown(brief, bilingual=True)):
        assert not UNSAFE.search(shown.replace("\n", ""))
    assert not re.search(r"(?<!\\)<(?!br>|!--)[a-z/]", render_markdown(brief))


@MANY
@given(st.binary(max_size=300) | RELEASES.map(str.encode))
def test_bytes_become_text_or_one_line(data: bytes) -> None:
    if data.lstrip()[:1] == b"<" or data[:2] == b"PK" or b"%PDF" in data or b":" in data:
        return  # other formats; the readers' fuzzer has those
    with suppress(ComsumError):
        document = document_from_bytes(data, "x")
        assert document.text
        assert not UNSAFE.search(document.text)


@MANY
@given(RELEASES)
def test_mending_and_splitting_lose_no_word(text: str) -> None:
    cleaned = clean_text(text)
    assert (
        " ".join(releases_in(cleaned)).split()
        == re.sub(
            r"(?m)^[ \t]*(?:[-_=*#~•·—–][ \t]?){5,}[ \t]*$" if len(releases_in(cleaned)) > 1 else r"(?!)", " ", cleaned
        ).split()
        or len(releases_in(cleaned)) > 1
    )
    mended, notes = mend_text(cleaned)
    assert notes or mended == cleaned


@pytest.mark.parametrize(
    "piece",
    [" ", "\n ", "(", "« ", "a", "1", "1 ", "1.", "M. ", "-", "- \n", "\x1b]", "\x1b[", "&", "&amp;", "<x1>", "é. ", "A", "de ", "Le ",
     "du 1 au ", "\t", "_", "le Ministre de ", "n° ", ", ", "et ", "' ", "d'", "Ã©", "l’"],
)  # fmt: skip
def test_no_text_takes_time_that_grows_faster_than_it(piece: str) -> None:
    """A hundred thousand characters of the same, through all that looks at a text before the model does."""
    text = piece * (60_000 // len(piece))
    started = time.monotonic()
    cleaned, _ = mend_text(clean_text(text))
    releases_in(cleaned)
    for one in segment(cleaned).segments[:2000]:
        find_entities(one.text[:20_000])
    assert time.monotonic() - started < 6


@pytest.mark.parametrize(
    "piece",
    ["le ministre de la paix a reçu une délégation ", "a", "12 345 ", "le 3 mai 2022 ", "M. Moussa Diallo, ", "Oui. "],
)
def test_a_line_without_an_end_is_briefed_in_time(piece: str) -> None:
    """Thirty thousand characters of it, from the text to the brief, without the model."""
    started = time.process_time()
    brief = Briefer(Options(insist=True), translator_with(echo)).brief(piece * (30_000 // len(piece)))
    assert time.process_time() - started < 15
    assert max(len(sentence.source) for sentence in brief.sentences) <= LONGEST
