"""Every figure of the French in the English, and no other."""

from __future__ import annotations

from comsum.checks.base import SegmentCheck
from comsum.checks.quantities import differences, figures
from comsum.translated import TranslatedSegment


class NumberCheck(SegmentCheck):
    """Score: 1 minus the share of figures that stand on one side only (1 = all agree)."""

    kind = "number"

    def score(self, segment: TranslatedSegment) -> float:
        missing, extra = differences(segment.segment.text, segment.target)
        total = max(1, len(figures(segment.segment.text, "fr")))
        return 1.0 - min(1.0, (len(missing) + len(extra)) / total)

    def explain(self, segment: TranslatedSegment) -> str:
        missing, extra = differences(segment.segment.text, segment.target)
        parts = [f"the French says {figure.text}, the English does not" for figure in missing]
        parts += [f"the English says {figure.text}, the French does not" for figure in extra]
        return "; ".join(parts)
