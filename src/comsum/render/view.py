"""What every format shows, in the order in which it shows it: the key facts in sections, the checks in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from comsum.brief import Brief, Check, Fact
from comsum.terms.dates import english_date

MAX_FIGURES = 8
MAX_WORDS_SAID = 24


@dataclass(frozen=True)
class Row:
    """One line of the key facts: a name, what is said of it, and the sentences it comes from."""

    kind: str
    name: str
    note: str
    sentences: tuple[int, ...]


@dataclass(frozen=True)
class Section:
    """A heading with its rows."""

    title: str
    rows: tuple[Row, ...]


def sections(brief: Brief) -> tuple[Section, ...]:
    """The key facts for people to read; sections without facts are left out."""
    made = (
        Section("Who", tuple(_person(fact) for fact in _of(brief, "person"))),
        Section("Where", tuple(_thing(fact) for fact in _places(brief))),
        Section("When", tuple(_thing(fact) for fact in _of(brief, "date"))),
        Section("Done", _grouped(_of(brief, "event"))),
        Section("Said", tuple(_statement(fact) for fact in _of(brief, "statement"))),
        Section("Next", tuple(_next(fact) for fact in _of(brief, "commitment"))),
        Section("Documents", tuple(_thing(fact) for fact in _of(brief, "document"))),
        Section("Bodies", tuple(_thing(fact) for fact in _of(brief, "organisation"))),
        Section("Figures", tuple(_thing(fact) for fact in _of(brief, "number"))[:MAX_FIGURES]),
    )
    return tuple(section for section in made if section.rows)


def _of(brief: Brief, kind: str) -> list[Fact]:
    return [fact for fact in brief.facts if fact.kind == kind]


def _places(brief: Brief) -> list[Fact]:
    """The venue first, then places as they come."""
    return sorted(_of(brief, "place"), key=lambda fact: fact.part != "venue")


def _person(fact: Fact) -> Row:
    note = "; ".join(part for part in (fact.role, fact.part) if part)
    return Row("person", fact.label, note, (fact.source.sentence,))


def _thing(fact: Fact) -> Row:
    return Row(fact.kind, fact.label, fact.part or "", (fact.source.sentence,))


def _statement(fact: Fact) -> Row:
    what = shortened(fact.what or "", MAX_WORDS_SAID)
    to = f" (to {fact.to})" if fact.to and fact.to.removeprefix("the ") not in what else ""
    return Row("statement", capital(fact.who or "—"), f"{fact.role}{to} {what}".strip(), (fact.source.sentence,))


def _next(fact: Fact) -> Row:
    """What is announced for later, in the words of its sentence."""
    return Row("commitment", shortened(fact.what or fact.label, MAX_WORDS_SAID), "", (fact.source.sentence,))


def _grouped(facts: Iterable[Fact]) -> tuple[Row, ...]:
    """Events of one kind by one actor on one line, with all their sentences."""
    rows: dict[tuple[str, str], list[int]] = {}
    for fact in facts:
        people = f"{capital(fact.who or '')} with {fact.to}" if fact.who and fact.to else capital(fact.who or "")
        places = rows.setdefault((fact.label, people), [])
        if fact.source.sentence not in places:
            places.append(fact.source.sentence)
    return tuple(Row("event", label, who, tuple(places)) for (label, who), places in rows.items())


def shortened(text: str, words: int) -> str:
    """Cut a text after so many words, at a comma when one is near, and show that it goes on."""
    parts = text.split()
    if len(parts) <= words:
        return text
    cut = " ".join(parts[:words])
    comma = cut.rfind(",", len(cut) // 2)
    return (cut[:comma] if comma > 0 else cut).rstrip(" ,;:") + " …"


def capital(text: str) -> str:
    """Upper-case the first letter."""
    return text[:1].upper() + text[1:]


def references(ids: Iterable[int]) -> str:
    """Sentence ids as readers see them: `[4] [5]`."""
    return " ".join(f"[{identifier}]" for identifier in ids)


def headline(brief: Brief) -> str:
    """One line about the source: name, stated date, sentences, encoding."""
    source = brief.source
    count = len(brief.sentences)
    date = english_date(source.date) if source.date else ""
    parts = [source.name, date, f"{count} sentence{'s' if count != 1 else ''}", source.encoding]
    return " · ".join(part for part in parts if part)


def verdict(brief: Brief) -> str:
    """One line about the checks."""
    errors = _count(brief.checks, lambda check: check.severity == "error")
    warnings = len(brief.checks) - errors
    if not brief.checks:
        return "All checks passed: every number, date and name of the French is in the English."
    return f"{_plural(errors, 'error')} and {_plural(warnings, 'warning')}: read the French of the sentences marked."


def _count(checks: Iterable[Check], wanted: Callable[[Check], bool]) -> int:
    return sum(1 for check in checks if wanted(check))


def _plural(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"
