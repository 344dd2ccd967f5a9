from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import html5lib
import pytest
from rich.console import Console

from comsum.brief import SCHEMA, Brief, Check
from comsum.pipeline import Briefer
from comsum.reading.document import document_from_bytes, read_file
from comsum.render.markdown import escape, render_markdown
from comsum.render.page import render_page
from comsum.render.plain import render_plain
from comsum.render.terminal import print_brief
from comsum.render.view import sections, verdict
from tests.conftest import SAMPLE

HOSTILE = (
    "Le Ministre [bold red]DIOP[/] a <script>alert(1)</script> dit `x` | *y* _z_ # \x1b[31m=cmd()\x1b[0m à Moscou."
)


@pytest.fixture
def sample(briefer: Briefer) -> Brief:
    return briefer.brief(read_file(SAMPLE))


@pytest.fixture
def hostile(briefer: Briefer) -> Brief:
    return briefer.brief(document_from_bytes(HOSTILE.encode(), "evil\x1b[2J.txt"))


def terminal(brief: Brief, width: int = 100, *, colour: bool = False, **settings: object) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
    )
    print_brief(console, brief, **settings)  # type: ignore[arg-type]
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 120, 140])
@pytest.mark.parametrize("bilingual", [False, True])
def test_no_line_is_wider_than_the_page(sample: Brief, width: int, bilingual: bool) -> None:
    lines = terminal(sample, width, bilingual=bilingual).splitlines()
    assert max(map(len, lines)) <= width


def test_all_formats_say_the_same(sample: Brief) -> None:
    page = " ".join(terminal(sample, 400).split())
    plain, markdown = " ".join(render_plain(sample).split()), render_markdown(sample)
    for sentence in sample.summary:
        assert sentence.text in plain
        assert escape(sentence.text) in markdown
    for section in sections(sample):
        for row in section.rows:
            assert row.name in page
            assert row.name in plain
            assert escape(row.name) in markdown
    for one in sample.sentences:
        assert one.target in render_plain(sample)


def test_colour_carries_nothing_that_words_do_not(sample: Brief) -> None:
    strip = re.compile(r"\x1b\[[0-9;]*m")
    assert strip.sub("", terminal(sample, colour=True)) == terminal(sample)


def test_facts_are_highlighted_in_the_translation(sample: Brief) -> None:
    page = terminal(sample, 400, colour=True, only="translation")
    assert "\x1b[4;32mMoscow\x1b[0m" in page
    assert "\x1b[1;36mSergei Lavrov\x1b[0m" in page
    assert len(re.findall(r"\x1b\[1;36m[^\x1b]*Diop", page)) >= 3  # each mention, not the first only


def test_checks_stand_in_the_margin_and_under_the_sentence(sample: Brief) -> None:
    checks = (Check("number", "error", 3, "number: 12 is missing"), Check("confidence", "warning", 5, "unsure"))
    page = terminal(replace(sample, checks=checks))
    assert re.search(r"^\s+3 ✗ ", page, re.MULTILINE)
    assert re.search(r"^\s+5 ! ", page, re.MULTILINE)
    assert "number: 12 is missing" in page
    assert "1 error and 1 warning" in page
    assert "error: number: 12 is missing" in render_plain(replace(sample, checks=checks))


def test_verdict_counts() -> None:
    assert "All checks passed" in verdict(Brief(None, None, (), (), (), (), ""))  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["summary", "facts", "translation"])
def test_one_part_has_nothing_around_it(sample: Brief, part: str) -> None:
    for text in (render_plain(sample, only=part), terminal(sample, only=part), render_markdown(sample, only=part)):
        assert "CHECKS" not in text
        assert "comsum 0." not in text


def test_hostile_text_stays_text(hostile: Brief) -> None:
    assert "\x1b" not in render_plain(hostile)
    assert "\x1b" not in terminal(hostile)
    assert "[bold red]" in terminal(hostile, 200)
    assert "[/]" in terminal(hostile, 200)
    markdown = render_markdown(hostile)
    assert "<script>" not in markdown.replace("\\<", "")
    assert "\x1b" not in markdown
    assert "\x1b" not in hostile.to_json()
    page = render_page(hostile, bilingual=True)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page


def test_escaped_markdown_has_no_live_markup() -> None:
    assert escape("# *a* <b> [x](y) | `c`") == "\\# \\*a\\* \\<b\\> \\[x\\](y) \\| \\`c\\`"
    assert escape("- point") == "\\- point"
    assert escape("1. point") == "\\1. point"


def test_the_json_contract(sample: Brief) -> None:
    tree = json.loads(sample.to_json())
    assert tree["schema"] == SCHEMA
    assert list(tree) == ["schema", "source", "title", "sentences", "summary", "facts", "checks", "signature"]
    assert set(tree["source"]) == {
        "name",
        "sha256",
        "bytes",
        "encoding",
        "language",
        "characters",
        "date",
        "format",
        "title",
        "author",
        "url",
    }
    assert set(tree["sentences"][0]) == {
        "id",
        "paragraph",
        "kind",
        "start",
        "end",
        "source",
        "target",
        "score",
        "origin",
        "checks",
    }
    assert set(tree["summary"][0]) == {"text", "rests_on", "origin"}
    assert set(tree["facts"][0]) == {"kind", "label", "value", "source", "target", "role", "part", "who", "what", "to"}
    assert set(tree["facts"][0]["source"]) == {"sentence", "start", "end", "text"}


def test_signature_names_every_setting(sample: Brief) -> None:
    for word in ("comsum ", "model ", "engine ", "decoding ", "summary ", "glossary ", "prompts "):
        assert word in sample.signature


@pytest.mark.parametrize("bilingual", [False, True])
def test_a_page_is_valid_complete_in_itself_and_its_links_lead_somewhere(sample: Brief, bilingual: bool) -> None:
    page = render_page(sample, bilingual=bilingual)
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    places = {node.get("id") for node in tree.iter() if node.get("id")}
    links = [node.get("href") for node in tree.iter("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= places
    assert not re.search(r"https?://|<script|\bsrc=|\bon\w+=", page)
    for sentence in sample.sentences:
        assert f'id="s{sentence.id}"' in page
        assert not bilingual or sentence.source.split("’")[0].split("'")[0] in page


@pytest.mark.parametrize("only", ["summary", "facts", "translation"])
def test_a_part_of_a_page_has_no_link_that_leads_nowhere(sample: Brief, only: str) -> None:
    page = render_page(sample, only=only)
    assert page.count("<section>") == 1
    assert 'href="#' not in page


def test_what_is_not_to_be_trusted_stands_by_its_sentence_on_a_page(sample: Brief) -> None:
    marked = replace(sample, checks=(Check("number", "error", 3, "Sentence 3: 12 is not in the English."),))
    sentence = render_page(marked).split('id="s3"')[1].split('id="s4"')[0]
    assert "12 is not in the English" in sentence
