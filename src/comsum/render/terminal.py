"""The brief in a terminal, with rich: header, summary, key facts, translation with facts highlighted, checks, legend.

Everything is built from `Text`, so nothing in a release is read as markup, and each kind of fact has a typeface of its
own beside its colour, so that the page reads without colour too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from comsum.brief import Brief, Check, Fact, Sentence
from comsum.render.view import Section, headline, references, sections, verdict

STYLES = {
    "person": "bold cyan",
    "place": "underline green",
    "date": "italic magenta",
    "number": "bold yellow",
    "document": "italic underline blue",
    "organisation": "bold blue",
    "term": "underline",
}
_NAMES = {"person": "person", "place": "place", "date": "date", "number": "number", "document": "document"}
_NAMES |= {"organisation": "body"}
_MARKS = {"error": Text("✗", "bold red"), "warning": Text("!", "bold yellow")}
_LABEL = "bold"
_WIDE = 110
_TEXT_WIDTH = 100


def print_brief(console: Console, brief: Brief, *, only: str | None = None, bilingual: bool = False) -> None:
    """Print the brief, or the part named by `only` (summary, facts, translation)."""
    parts = {
        "summary": lambda: [_summary(brief)],
        "facts": lambda: [_facts(brief)],
        "translation": lambda: [_bilingual(brief, console.width) if bilingual else _translation(brief), _legend(brief)],
    }
    chosen: Iterable[str] = (only,) if only else parts
    if only is None:
        console.print(_header(brief))
    for name in chosen:
        if only is None:
            console.print(_heading(name))
        for renderable in parts[name]():
            console.print(Padding(renderable, (0, 1, 0, 2)), width=min(console.width, _page(bilingual)))
    if only is None:
        console.print(_footer(brief))


def _page(bilingual: bool) -> int:
    """Lines longer than a hundred characters are hard to read; two languages side by side need more."""
    return 2 * _TEXT_WIDTH if bilingual else _TEXT_WIDTH + 12


def _header(brief: Brief) -> RenderableType:
    lines: list[RenderableType] = [Rule(Text("comsum", "bold"), align="left", style="dim", characters="─")]
    if brief.title:
        lines.append(Padding(Text(brief.title.target, "bold"), (0, 1, 0, 2)))
    lines.append(Padding(Text(headline(brief), "dim"), (0, 1, 0, 2)))
    return Group(*lines)


def _heading(name: str) -> RenderableType:
    titles = {"summary": "Summary", "facts": "Key facts", "translation": "Translation"}
    return Padding(Text(titles[name].upper(), _LABEL), (1, 0, 0, 1))


def _summary(brief: Brief) -> RenderableType:
    if not brief.summary:
        return Text("No sentence could be chosen; read the translation.", "italic")
    text = Text()
    for number, sentence in enumerate(brief.summary):
        text.append(" " if number else "").append(sentence.text)
        text.append(" " + references(sentence.rests_on), "dim")
    return text


def _facts(brief: Brief) -> RenderableType:
    grid = Table.grid(padding=(0, 1), expand=False)
    grid.add_column(width=10, style="dim")
    grid.add_column()
    for section in sections(brief):
        for number, row in enumerate(_rows(section)):
            grid.add_row(section.title if number == 0 else "", row)
    return grid


def _rows(section: Section) -> Iterator[Text]:
    """Short things share a line; people, events and statements have one each."""
    if section.title in ("Where", "When", "Figures", "Bodies"):
        line = Text()
        for number, row in enumerate(section.rows):
            line.append(" · " if number else "", "dim").append(row.name, STYLES.get(row.kind, ""))
            line.append(f" ({row.note})" if row.note else "")
            line.append(" " + references(row.sentences), "dim")
        yield line
        return
    for row in section.rows:
        line = Text().append(row.name, STYLES.get(row.kind, _LABEL))
        line.append(_separator(section.title) if row.note else "").append(row.note)
        line.append(" " + references(row.sentences), "dim")
        yield line


def _separator(title: str) -> str:
    return {"Said": " ", "Who": ", ", "Done": " · "}.get(title, ", ")


def _translation(brief: Brief) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=4, justify="right", style="dim")
    grid.add_column(width=1)
    grid.add_column()
    for number, paragraph in enumerate(brief.paragraphs()):
        if number:
            grid.add_row("", "", "")
        for sentence in paragraph:
            checks = brief.checks_of(sentence.id)
            grid.add_row(str(sentence.id), _mark(checks), highlighted(brief, sentence))
            for check in checks:
                grid.add_row("", "", _note(check))
    return grid


def _bilingual(brief: Brief, width: int) -> RenderableType:
    """French beside English on a wide page, above it on a narrow one."""
    wide = width >= _WIDE
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=4, justify="right", style="dim")
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    if wide:
        grid.add_column(ratio=1)
    for sentence in brief.sentences:
        checks = brief.checks_of(sentence.id)
        english = Group(highlighted(brief, sentence), *(_note(check) for check in checks), Text())
        french = _highlighted_french(brief, sentence)
        cells = [french, english] if wide else [Group(french, english)]
        grid.add_row(str(sentence.id), _mark(checks), *cells)
    return grid


def highlighted(brief: Brief, sentence: Sentence) -> Text:
    """The English of a sentence with its facts in their styles."""
    text = Text(sentence.target, "bold" if sentence.kind == "heading" else "")
    if sentence.kind == "foreign":
        text.stylize("dim italic")
    return _stylized(
        text, ((*place, fact.kind) for fact in brief.facts if fact.kind in STYLES for place in _places(fact, sentence))
    )


def _highlighted_french(brief: Brief, sentence: Sentence) -> Text:
    """The French of a sentence, dim, with its facts in their styles."""
    known = {(fact.source.text, fact.kind) for fact in brief.facts if fact.kind in STYLES}
    spans = (
        (*match.span(), kind)
        for words, kind in known
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", sentence.source)
    )
    return _stylized(Text(sentence.source, "dim"), spans)


def _stylized(text: Text, spans: Iterable[tuple[int, int, str]]) -> Text:
    """Give each span its style, the longer of two that overlap."""
    taken: set[int] = set()
    for start, end, kind in sorted(set(spans), key=lambda span: (span[0] - span[1], span)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            text.stylize(STYLES[kind], start, end)
    return text


def _places(fact: Fact, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Every place where a sentence shows a fact: the span itself, and the same name said again."""
    if fact.target and fact.target.sentence == sentence.id:
        yield fact.target.start, fact.target.end
    forms = {fact.label, fact.target.text if fact.target else fact.label}
    if fact.kind == "person":
        forms.add(fact.value.split(" ")[-1])
    for form in forms:
        if len(form) > 2:
            yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", sentence.target))


def _mark(checks: Iterable[Check]) -> Text:
    severities = {check.severity for check in checks}
    return next((_MARKS[severity] for severity in ("error", "warning") if severity in severities), Text(""))


def _note(check: Check) -> Text:
    return Text(check.message, "red" if check.severity == "error" else "yellow")


def _legend(brief: Brief) -> RenderableType:
    shown = {fact.kind for fact in brief.facts}
    text = Text("\n")
    for kind, name in _NAMES.items():
        if kind in shown:
            text.append(name, STYLES[kind]).append("  ")
    return text.append("✗", "bold red").append(" wrong  ").append("!", "bold yellow").append(" doubtful")


def _footer(brief: Brief) -> RenderableType:
    style = "bold red" if brief.failed else "bold yellow" if brief.checks else "bold green"
    line = Text("CHECKS  ", _LABEL).append(verdict(brief), style)
    whole = [_note(check) for check in brief.checks_of(None)]
    model = Text(brief.signature, "dim")
    return Padding(Group(line, *whole, model, Rule(style="dim")), (1, 0, 0, 1))
