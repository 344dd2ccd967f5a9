"""One page for one brief: complete in itself, without a script, for browsers, phones and printers.

Each reference leads to its sentence. Text from the release is escaped, and a content policy that allows nothing but the
page's own style holds whatever might come through.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files

from comsum.brief import Brief, Sentence
from comsum.render.view import Row, headline, sections, verdict


def render_page(brief: Brief, *, only: str | None = None, bilingual: bool = False) -> str:
    """Return the brief (or one part of it) as HTML."""
    title = escape(brief.title.target if brief.title else brief.source.name)
    parts = {
        "summary": _section("Summary", _summary(brief, linked=only is None)),
        "facts": _section("Key facts", _facts(brief, linked=only is None)),
        "translation": _section("Translation", _bilingual(brief) if bilingual else _translation(brief)),
    }
    return "\n".join(
        [
            *_head(title),
            f'<header>\n<h1>{title}</h1>\n<p class="meta">{escape(headline(brief))}</p>\n</header>\n<main>',
            *(part for name, part in parts.items() if only in (None, name)),
            *([_section("Checks", [f"<p>{escape(verdict(brief))}</p>"])] if only is None else []),
            f"</main>\n<footer>{escape(brief.signature)}</footer>\n</body>\n</html>\n",
        ]
    )


def _head(title: str) -> Iterator[str]:
    style = files("comsum.render").joinpath("data", "page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>"


def _section(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"<section>\n<h2>{title}</h2>", *lines, "</section>"])


def _references(ids: Iterable[int], *, linked: bool) -> str:
    """Links to the sentences, where they are on the page."""
    form = '<a class="ref" href="#s{0}">[{0}]</a>' if linked else '<span class="ref">[{0}]</span>'
    return " ".join(form.format(number) for number in ids)


def _summary(brief: Brief, *, linked: bool) -> Iterator[str]:
    for sentence in brief.summary:
        yield f"<p>{escape(sentence.text)} {_references(sentence.rests_on, linked=linked)}</p>"


def _facts(brief: Brief, *, linked: bool) -> Iterator[str]:
    made = sections(brief)
    if not made:
        return
    yield "<dl>"
    for section in made:
        yield f"<dt>{section.title}</dt>"
        yield from (f"<dd>{_row(row, linked=linked)}</dd>" for row in section.rows)
    yield "</dl>"


def _row(row: Row, *, linked: bool) -> str:
    note = f": {escape(row.note)}" if row.note else ""
    return f"<b>{escape(row.name)}</b>{note} {_references(row.sentences, linked=linked)}"


def _translation(brief: Brief) -> Iterator[str]:
    for paragraph in brief.paragraphs():
        sentences = (
            f'<span class="sentence {one.kind}" id="s{one.id}"><small class="meta">[{one.id}]</small> '
            f"{escape(one.target)}{_notes(brief, one)}</span>"
            for one in paragraph
        )
        yield f"<p>{' '.join(sentences)}</p>"


def _bilingual(brief: Brief) -> Iterator[str]:
    yield "<table>"
    for one in brief.sentences:
        number, french = f'<td class="meta">{one.id}</td>', f'<td lang="fr">{escape(one.source)}</td>'
        yield f'<tr id="s{one.id}">{number}{french}<td>{escape(one.target)}{_notes(brief, one)}</td></tr>'
    yield "</table>"


def _notes(brief: Brief, sentence: Sentence) -> str:
    notes = brief.checks_of(sentence.id)
    return "".join(f'<span class="note">⚠ {escape(check.message)}</span>' for check in notes)
