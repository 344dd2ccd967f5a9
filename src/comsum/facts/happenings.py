"""What was said and done: statements, events and commitments, each tied to its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from comsum.brief import Fact
from comsum.facts.acts import Act, Found, find_acts
from comsum.facts.people import Person
from comsum.facts.subjects import Subjects
from comsum.terms.dates import english_date
from comsum.translated import TranslatedSegment

_VERB = re.compile(r"(?<=\w) (?:a|ont|est|sont|s['’]est|se sont) (?=\w)")
_CONTAINED = {"expressed": {"expressed gratitude", "offered condolences"}, "noted": {"reviewed"}}


def happening_facts(segments: Sequence[TranslatedSegment], persons: Sequence[Person]) -> list[Fact]:
    """Find statements, events and commitments sentence by sentence, in order."""
    subjects = Subjects(persons)
    facts: list[Fact] = []
    for segment in segments:
        if (verb := _VERB.search(segment.segment.text)) or segment.segment.text.endswith(","):
            subjects.of(segment, verb.start() if verb else len(segment.segment.text))  # who *il* is in what follows
        found = sorted(_without_contained(list(find_acts(segment.segment.text))), key=lambda item: item.start)
        who: str | None = None
        after = 0
        for item in found:
            who = subjects.after(segment, item.start, item.end) or subjects.of(segment, item.start, after) or who
            after = item.end if who else 0
            to = subjects.addressee(segment, item.end) if item.act.to else None
            facts.append(
                _fact(
                    segment,
                    item,
                    who if item.act.actor else None,
                    to,
                    [other.act for other in found if other is not item],
                )
            )
    return facts


def _without_contained(found: list[Found]) -> list[Found]:
    names = {item.act.name for item in found}
    return [item for item in found if not (_CONTAINED.get(item.act.name, set()) & names)]


def _fact(segment: TranslatedSegment, item: Found, who: str | None, to: str | None, others: Sequence[Act]) -> Fact:
    source = segment.source_span(item.start, item.end)
    target = segment.target_span((0, len(segment.target))) if segment.target else None
    role = item.act.name if item.act.group == "statement" else None
    label = item.act.label if item.act.group == "statement" else _event_label(segment, item)
    what = segment.target if item.act.group == "commitment" else item.act.what(segment.target, others) if role else None
    return Fact(item.act.group, label, item.act.name, source, target, role=role, who=who, what=what, to=to)


def _event_label(segment: TranslatedSegment, item: Found) -> str:
    """An event with the place and date of its own sentence: `visit · Moscow · 10–12 November 2021`."""
    parts = [item.act.label]
    if item.act.name in ("visit", "meeting", "signing", "attack"):
        parts += [e.english.removeprefix("the ") for e in segment.entities if e.kind == "place"][:1]
    parts += [english_date(e.value) for e in segment.entities if e.kind == "date"][:1]
    return " · ".join(parts)
