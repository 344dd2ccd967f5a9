"""Plain text for pipes and files: no colour, no wrapping, the same words as in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from comsum.brief import Brief
from comsum.render.view import headline, references, sections, verdict


def render_plain(brief: Brief, *, only: str | None = None, bilingual: bool = False) -> str:
    """Return the brief (or one part of it) as plain text ending in a newline."""
    if only == "summary":
        return "\n".join(sentence.text for sentence in brief.summary) + "\n"
    if only == "translation":
        return "\n".join(_bilingual(brief)) + "\n" if bilingual else brief.translation + "\n"
    if only == "facts":
        return "\n".join(_facts(brief)) + "\n"
    lines = [brief.title.target if brief.title else "", headline(brief), ""]
    lines += ["SUMMARY", *(f"{s.text} {references(s.rests_on)}" for s in brief.summary), ""]
    lines += ["KEY FACTS", *_facts(brief), ""]
    lines += ["TRANSLATION", *(_bilingual(brief) if bilingual else _translation(brief)), ""]
    lines += ["CHECKS", verdict(brief)]
    return "\n".join(lines).strip() + "\n"


def _facts(brief: Brief) -> Iterator[str]:
    for section in sections(brief):
        for row in section.rows:
            note = f": {row.note}" if row.note else ""
            yield f"{section.title:<10}{row.name}{note} {references(row.sentences)}"


def _translation(brief: Brief) -> Iterator[str]:
    for number, paragraph in enumerate(brief.paragraphs()):
        if number:
            yield ""
        for sentence in paragraph:
            yield f"[{sentence.id}] {sentence.target}"
            yield from (f"    {check.severity}: {check.message}" for check in brief.checks_of(sentence.id))


def _bilingual(brief: Brief) -> Iterator[str]:
    for sentence in brief.sentences:
        yield f"[{sentence.id}] {sentence.source}"
        yield f"    {sentence.target}"
        yield from (f"    {check.severity}: {check.message}" for check in brief.checks_of(sentence.id))
        yield ""
