"""ROUGE, chrF and choice of sentences of the summaries, beside lead-1, lead-3 and LexRank: `python tests/measure_summaries.py`.

The summaries of the gold releases are compared with two references each (tests/fixtures/summaries.toml), the better of the
two counting. Lead-n and LexRank choose among the checked English sentences. Needs `pip install 'comsum[measure]'`.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from comsum.brief import Brief
from comsum.terms.lexicon import fold

GOLD = Path(__file__).parent / "fixtures" / "gold"
MEASURES = ("rouge1", "rouge2", "rougeL")


@dataclass(frozen=True)
class Reference:
    """What a release's summary is compared with: French words of the sentences to choose, and two summaries."""

    key: tuple[str, ...]
    summaries: tuple[str, ...]


def references() -> dict[str, Reference]:
    """Read the references by release name."""
    tables = tomllib.loads((GOLD.parent / "summaries.toml").read_text(encoding="utf-8"))
    return {name: Reference(tuple(row["key"]), tuple(row["references"])) for name, row in tables.items()}


def wanted_ids(brief: Brief, reference: Reference) -> list[int]:
    """The ids of the sentences that a desk officer would choose. Raises ValueError for words not in the release."""
    found = [next((s.id for s in brief.sentences if fold(words) in fold(s.source)), 0) for words in reference.key]
    if not all(found):
        raise ValueError(f"{brief.source.name}: no sentence for {reference.key[found.index(0)]!r}")
    return found


def chosen_share(brief: Brief, reference: Reference) -> float:
    """Share of the wanted sentences that the summary rests on."""
    chosen = {identifier for sentence in brief.summary for identifier in sentence.rests_on}
    return len(chosen & set(wanted_ids(brief, reference))) / len(reference.key)


def lead(brief: Brief, count: int) -> str:
    """The first sentences of the release in English, headings and datelines left out."""
    return " ".join([s.target for s in brief.sentences if s.kind == "sentence"][:count])


def lexrank(brief: Brief, count: int = 3) -> str:
    """The sentences that LexRank (the library sumy) chooses."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.lex_rank import LexRankSummarizer

    class Words:
        def to_words(self, text: str) -> Sequence[str]:
            return text.split()

    body = [Sentence(s.target, Words()) for s in brief.sentences if s.kind in ("sentence", "item")]
    document = ObjectDocumentModel([Paragraph(body)])
    return " ".join(str(sentence) for sentence in LexRankSummarizer()(document, count))


def scores(text: str, summaries: Sequence[str]) -> dict[str, float]:
    """ROUGE-1, -2, -L (F1, stemmed) and chrF of one text against its references, each the best over them, 0 to 100."""
    from rouge_score.rouge_scorer import RougeScorer
    from sacrebleu.metrics import CHRF

    scorer = RougeScorer(list(MEASURES), use_stemmer=True)
    found = [scorer.score(summary, text) for summary in summaries]
    best = {name: 100 * max(one[name].fmeasure for one in found) for name in MEASURES}
    return {**best, "chrF": CHRF().sentence_score(text, list(summaries)).score, "words": float(len(text.split()))}


def table(briefs: dict[str, Brief]) -> dict[str, dict[str, float]]:
    """Mean scores of each system over the releases."""
    systems: dict[str, Callable[[Brief], str]] = {
        "lead-1": lambda brief: lead(brief, 1),
        "lead-3": lambda brief: lead(brief, 3),
        "LexRank": lexrank,
        "comsum": lambda brief: " ".join(sentence.text for sentence in brief.summary),
    }
    known = references()
    rows: dict[str, dict[str, float]] = {}
    for name, make in systems.items():
        every: list[dict[str, Any]] = [
            scores(make(brief), known[release].summaries) for release, brief in briefs.items()
        ]
        rows[name] = {key: mean(one[key] for one in every) for key in every[0]}
    return rows


def main() -> None:
    """Make the briefs and print the table; with --show the summaries."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print the summaries too")
    parser.add_argument("--model", default="bundled", help="a model as comsum takes it")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from comsum.pipeline import Briefer, Options
    from comsum.reading.document import read_file

    briefer, known = Briefer(Options(model=options.model)), references()
    briefs = {name: briefer.brief(read_file(GOLD / f"{name}.txt")) for name in known}
    rows = table(briefs)
    print("| system | " + " | ".join(next(iter(rows.values()))) + " |\n|---|" + "---|" * 5)
    for name, row in rows.items():
        print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in row.values()) + " |")
    print(f"\nkey sentences chosen: {100 * mean(chosen_share(briefs[n], r) for n, r in known.items()):.0f} %")
    first = [brief.summary[0].rests_on[0] == wanted_ids(brief, known[name])[0] for name, brief in briefs.items()]
    print(f"lead found: {sum(first)} of {len(first)}")
    made = [sentence.origin for brief in briefs.values() for sentence in brief.summary]
    print("written by " + ", ".join(f"{kind}: {made.count(kind)}" for kind in sorted(set(made))))
    for name, brief in briefs.items() if options.show else ():
        print(f"\n{name} (wanted {wanted_ids(brief, known[name])})")
        for sentence in brief.summary:
            print(f"  {sentence.rests_on} {sentence.origin}: {sentence.text}")


if __name__ == "__main__":
    main()
