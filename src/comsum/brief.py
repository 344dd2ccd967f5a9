"""The product: one frozen tree, `Brief`, of which every output format is a view.

Offsets are in characters. A sentence's `start` and `end` point into the cleaned source text; a span's into the
French or English text of its sentence. Nothing here knows how a brief is made or shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

SCHEMA = "comsum.brief/1"

SentenceKind = Literal["sentence", "heading", "item", "signature", "foreign"]
Origin = Literal["model", "retry", "fallback", "kept"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Source:
    """What was read. `date` is the date that release or file state about themselves (ISO 8601, may lack day or month).

    `title`, `author` and `url` are what a file's own description says; a title in the text is the brief's.
    """

    name: str
    sha256: str
    bytes: int
    encoding: str
    language: str
    characters: int
    date: str | None = None
    format: str = "text"
    title: str | None = None
    author: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One unit of the release. `score` is the model's mean log probability per token; None when not translated.

    `origin` says how the English came about: by the model, by its second try, by the word-level fallback, or kept
    as it stood (text that is not French).
    """

    id: int
    paragraph: int
    kind: SentenceKind
    start: int
    end: int
    source: str
    target: str
    score: float | None
    origin: Origin


@dataclass(frozen=True)
class Title:
    """The heading of the release in both languages."""

    source: str
    target: str


@dataclass(frozen=True)
class SummarySentence:
    """One English sentence and the ids of the French sentences that it rests on.

    `origin`: `model` (shortened by the seq2seq model), `facts` (written from checked facts) or `translation`.
    """

    text: str
    rests_on: tuple[int, ...]
    origin: Literal["model", "facts", "translation"]


@dataclass(frozen=True)
class Span:
    """A stretch of one sentence's text."""

    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fact:
    """One key fact, found in the French and located in the English.

    `label` is what a reader sees; `value` the normalised form (ISO date or interval, English name, country code,
    number with unit); `role` a person's function or the act of a statement; `part` what a person or place is to the
    event (`visitor`, `host`, `venue`), or for a reckoned date from what it was reckoned; `who` the speaker of a
    statement or actor of an event, `to` whom it was said or done to, `what` the English words of what was said.
    `target` is None when the English does not show the fact, and then a check says so.
    """

    kind: str
    label: str
    value: str
    source: Span
    target: Span | None
    role: str | None = None
    part: str | None = None
    who: str | None = None
    what: str | None = None
    to: str | None = None


@dataclass(frozen=True)
class Check:
    """One thing a reader should know before trusting a sentence (or the whole, when `sentence` is None)."""

    kind: str
    severity: Severity
    sentence: int | None
    message: str


@dataclass(frozen=True)
class Brief:
    """A release read, translated, summarised and checked."""

    source: Source
    title: Title | None
    sentences: tuple[Sentence, ...]
    summary: tuple[SummarySentence, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    signature: str

    def sentence(self, identifier: int) -> Sentence:
        """Return the sentence with this id. Raises KeyError."""
        for sentence in self.sentences:
            if sentence.id == identifier:
                return sentence
        raise KeyError(identifier)

    def checks_of(self, identifier: int | None) -> tuple[Check, ...]:
        """Return the checks that fired on one sentence (None: on the whole release)."""
        return self._checks_by_sentence.get(identifier, ())

    @cached_property
    def _checks_by_sentence(self) -> dict[int | None, tuple[Check, ...]]:
        found: dict[int | None, list[Check]] = {}
        for check in self.checks:
            found.setdefault(check.sentence, []).append(check)
        return {identifier: tuple(checks) for identifier, checks in found.items()}

    def paragraphs(self) -> Iterator[tuple[Sentence, ...]]:
        """Yield the sentences paragraph by paragraph."""
        run: list[Sentence] = []
        for sentence in self.sentences:
            if run and run[-1].paragraph != sentence.paragraph:
                yield tuple(run)
                run = []
            run.append(sentence)
        if run:
            yield tuple(run)

    @property
    def translation(self) -> str:
        """The English text, a blank line between paragraphs."""
        return "\n\n".join(" ".join(part.target for part in paragraph) for paragraph in self.paragraphs())

    @property
    def failed(self) -> bool:
        """True when a check of severity `error` fired."""
        return any(check.severity == "error" for check in self.checks)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, `schema` first; what the JSON formats write."""
        tree = asdict(self)
        for sentence in tree["sentences"]:
            sentence["checks"] = [check.kind for check in self.checks_of(sentence["id"])]
        return {"schema": SCHEMA, **tree}

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the brief as one JSON document."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)
