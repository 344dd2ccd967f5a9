"""Scores of a checkpoint: BLEU and chrF with their signatures, numbers and sentinels kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sacrebleu.metrics import BLEU, CHRF

from comsum.checks.numbers import english_numbers
from comsum.models.prompts import Prompt
from comsum.models.translator import FIRST, Engine, Translator
from comsum.terms.find import find_entities
from comsum.terms.protect import protect, restore, sentinels_kept
from comsum.training.pairs import Pair


@dataclass(frozen=True)
class Scores:
    """Scores of one set. `numbers`: share of the reference's figures found; `sentinels`: share of sentences in which

    the first hypothesis kept every sentinel exactly once.
    """

    bleu: float
    chrf: float
    numbers: float
    sentinels: float
    sentences: int


def read_set(folder: Path, name: str, limit: int | None = None) -> list[Pair]:
    """Read `NAME.fr` and `NAME.en` of a folder of development sets."""
    sides = [(folder / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", "en")]
    return [Pair(*lines) for lines in zip(*sides, strict=True)][:limit]


def evaluate(engine: Engine, prompt: Prompt, pairs: Sequence[Pair]) -> tuple[Scores, dict[str, str]]:
    """Translate a set as comsum does, sentinels included; return scores and sacreBLEU signatures."""
    protected = [protect(pair.source, find_entities(pair.source)) for pair in pairs]
    texts = [one.text for one in protected]
    raw = [best[0].text for best in engine.generate([prompt.fill(text) for text in texts], FIRST)]
    kept = [sentinels_kept(text, output) for text, output in zip(texts, raw, strict=True) if "<x" in text]
    final = Translator(engine, prompt).translate(texts)
    outputs = [restore(one.text, shield).text for one, shield in zip(final, protected, strict=True)]
    references = [pair.target for pair in pairs]
    bleu, chrf = BLEU(), CHRF()
    scores = Scores(
        bleu=round(bleu.corpus_score(outputs, [references]).score, 1),
        chrf=round(chrf.corpus_score(outputs, [references]).score, 1),
        numbers=round(number_recall(references, outputs), 3),
        sentinels=round(sum(kept) / max(1, len(kept)), 3),
        sentences=len(pairs),
    )
    return scores, {"bleu": str(bleu.get_signature()), "chrf": str(chrf.get_signature())}


def number_recall(references: Sequence[str], outputs: Sequence[str]) -> float:
    """Share of the references' figures that the outputs hold in the same sentence."""
    wanted = found = 0
    for reference, output in zip(references, outputs, strict=True):
        numbers = english_numbers(reference)
        wanted += sum(numbers.values())
        found += sum((numbers & english_numbers(output)).values())
    return found / max(1, wanted)


def as_meta(scores: Scores) -> dict[str, Any]:
    """Scores as plain data for meta.json."""
    return asdict(scores)
