"""The contract of a check, after OpusFilter's filters: a score, a threshold, a direction, a verdict.

A check looks at one translated segment and nothing else. `score` is a number with a stated meaning; `accept` says
whether it is good enough; `explain` gives the one line a reader sees when it is not.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

from comsum.brief import Check, Severity
from comsum.translated import TranslatedSegment


class SegmentCheck(ABC):
    """Base of all checks. `direction` says which end of the scale is good."""

    kind: ClassVar[str]
    severity: ClassVar[Severity] = "error"
    threshold: ClassVar[float] = 1.0
    direction: ClassVar[Literal["high", "low"]] = "high"

    @abstractmethod
    def score(self, segment: TranslatedSegment) -> float:
        """Measure the segment; the meaning is in each check's docstring."""

    @abstractmethod
    def explain(self, segment: TranslatedSegment) -> str:
        """Say in plain English what to look at; no capital, no full stop."""

    def accept(self, score: float) -> bool:
        """Tell whether a score is on the good side of the threshold."""
        return score >= self.threshold if self.direction == "high" else score <= self.threshold

    def run(self, segment: TranslatedSegment) -> Check | None:
        """Return what to tell the reader, None when all is well."""
        if self.accept(self.score(segment)):
            return None
        number = segment.segment.id
        return Check(self.kind, self.severity, number, f"Sentence {number}: {self.explain(segment)}.")
