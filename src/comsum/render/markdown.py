"""Markdown for notes and wikis. Text from the release is escaped: none of it becomes markup or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from comsum.brief import Brief, Sentence
from comsum.render.view import Section, headline, references, sections, verdict

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LINE_START = re.compile(r"^(\s*)([-+=>]|\d+[.)])")


def render_markdown(brief: Brief, *, only: str | None = None, bilingual: bool = False) -> str:
    """Return the brief (or one part of it) as Markdown."""
    parts = {
        "summary": list(_summary(brief)),
        "facts": list(_facts(brief)),
        "translation": list(_bilingual(brief) if bilingual else _translation(brief)),
    }
    if only:
        return "\n".join(parts[only]).strip() + "\n"
    title = escape(brief.title.target) if brief.title else escape(brief.source.name)
    lines = [f"# {title}", "", f"*{escape(headline(brief))}*", ""]
    lines += ["## Summary", "", *parts["summary"], "", "## Key facts", "", *parts["facts"]]
    lines += ["## Translation", "", *parts["translation"], "## Checks", "", verdict(brief), ""]
    lines += [f"<!-- {brief.signature.replace('--', '')} -->"]
    return "\n".join(lines).strip() + "\n"


def escape(text: str) -> str:
    """Escape what Markdown or HTML would take for markup."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("\n", " "))


def _summary(brief: Brief) -> Iterator[str]:
    for sentence in brief.summary:
        yield f"{escape(sentence.text)} {escape(references(sentence.rests_on))}  "


def _facts(brief: Brief) -> Iterator[str]:
    for section in sections(brief):
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"**{section.title}**"
    yield ""
    for row in section.rows:
        note = f": {escape(row.note)}" if row.note else ""
        yield f"- **{escape(row.name)}**{note} {escape(references(row.sentences))}"
    yield ""


def _translation(brief: Brief) -> Iterator[str]:
    for paragraph in brief.paragraphs():
        yield " ".join(_sentence(brief, sentence) for sentence in paragraph)
        yield ""


def _sentence(brief: Brief, sentence: Sentence) -> str:
    text = f"{escape(f'[{sentence.id}]')} {escape(sentence.target)}"
    notes = "; ".join(escape(check.message) for check in brief.checks_of(sentence.id))
    text = f"**{text}**" if sentence.kind == "heading" else text
    return f"{text} *(⚠ {notes})*" if notes else text


def _bilingual(brief: Brief) -> Iterator[str]:
    yield "| | French | English |"
    yield "|---|---|---|"
    for sentence in brief.sentences:
        notes = "".join(f"<br>*⚠ {escape(check.message)}*" for check in brief.checks_of(sentence.id))
        yield f"| {sentence.id} | {escape(sentence.source)} | {escape(sentence.target)}{notes} |"
    yield ""
