"""What not to trust: each translated sentence against its French, one check a class."""

from __future__ import annotations

from collections.abc import Iterable

from comsum.brief import Check
from comsum.checks.base import SegmentCheck
from comsum.checks.dates import DateCheck
from comsum.checks.fluency import (
    ConfidenceCheck,
    EmptyCheck,
    FallbackCheck,
    LengthCheck,
    RepetitionCheck,
    UntranslatedCheck,
)
from comsum.checks.glossary import GlossaryCheck
from comsum.checks.meaning import NegationCheck
from comsum.checks.names import NameCheck
from comsum.checks.numbers import NumberCheck
from comsum.terms.glossary import Glossary
from comsum.translated import TranslatedSegment


def all_checks(glossary: Glossary) -> tuple[SegmentCheck, ...]:
    """The checks in the order in which a reader should see them."""
    return (
        EmptyCheck(),
        NumberCheck(),
        DateCheck(),
        NameCheck(),
        GlossaryCheck(glossary),
        NegationCheck(),
        RepetitionCheck(),
        UntranslatedCheck(),
        LengthCheck(),
        FallbackCheck(),
        ConfidenceCheck(),
    )


def check_segments(segments: Iterable[TranslatedSegment], glossary: Glossary) -> tuple[Check, ...]:
    """Run all checks over the translated segments; text kept in its own language is noted, not checked."""
    checks = all_checks(glossary)
    found: list[Check] = []
    for segment in segments:
        if segment.origin == "kept":
            number = segment.segment.id
            found.append(Check("language", "warning", number, f"Sentence {number}: not French, left as it stands."))
            continue
        found.extend(result for check in checks if (result := check.run(segment)))
    return tuple(found)


__all__ = ["SegmentCheck", "all_checks", "check_segments"]
