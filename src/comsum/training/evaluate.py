"""Scores of a checkpoint: BLEU and chrF with their signatures, numbers and sentinels kept."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sacrebleu.metrics import BLEU, CHRF

from comsum.checks.quantities import explained, figures
from comsum.models.prompts import Prompt
from comsum.models.search import Engine
from comsum.models.translator import FIRST, Translator, is_looping
from comsum.terms.find import find_entities
from comsum.terms.protect import protect
from comsum.terms.restore import restore
from comsum.training.pairs import Pair


@dataclass(frozen=True)
class Scores:
    """Scores of one set.

    `numbers` and `names`: share of the reference's figures and capitalised names found in the same sentence;
    `sentinels`: share of the sentinels that the first hypothesis of the model holds exactly once; `fallbacks`: share
    of sentences translated piece by piece; `loops`: outputs that repeat themselves; `seconds`: what the
    translation took on the wall.
    """

    bleu: float
    chrf: float
    numbers: float
    names: float
    sentinels: float
    fallbacks: float
    loops: int
    sentences: int
    seconds: float


def read_set(folder: Path, name: str, limit: int | None = None) -> list[Pair]:
    """Read `NAME.fr` and `NAME.en` of a folder of development sets."""
    sides = [(folder / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", "en")]
    return [Pair(*lines) for lines in zip(*sides, strict=True)][:limit]


def evaluate(engine: Engine, prompt: Prompt, pairs: Sequence[Pair], beams: int = 0) -> tuple[Scores, dict[str, str]]:
    """Translate a set as comsum does, sentinels included; return scores and sacreBLEU signatures."""
    protected = [protect(pair.source, find_entities(pair.source)) for pair in pairs]
    texts = [one.text for one in protected]
    first = replace(FIRST, beams=beams, candidates=1) if beams else FIRST
    raw = [best[0].text for best in engine.generate([prompt.fill(text) for text in texts], first)]
    started = time.perf_counter()
    final = Translator(engine, prompt, beams=beams).translate(texts)
    seconds = time.perf_counter() - started
    outputs = [restore(one.text, shield).text for one, shield in zip(final, protected, strict=True)]
    references = [pair.target for pair in pairs]
    bleu, chrf = BLEU(), CHRF()
    scores = Scores(
        bleu=round(bleu.corpus_score(outputs, [references]).score, 1),
        chrf=round(chrf.corpus_score(outputs, [references]).score, 1),
        numbers=round(number_recall(references, outputs), 3),
        names=round(name_recall(references, outputs), 3),
        sentinels=round(sentinel_share(texts, raw), 4),
        fallbacks=round(sum(one.origin == "fallback" for one in final) / len(final), 4),
        loops=sum(is_looping(output, text) for output, text in zip(outputs, texts, strict=True)),
        sentences=len(pairs),
        seconds=round(seconds, 1),
    )
    return scores, {"bleu": str(bleu.get_signature()), "chrf": str(chrf.get_signature())}


def number_recall(references: Sequence[str], outputs: Sequence[str]) -> float:
    """Share of the references' figures that the outputs hold in the same sentence."""
    wanted = found = 0
    for reference, output in zip(references, outputs, strict=True):
        numbers = figures(reference, "en")
        wanted += len(numbers)
        found += sum(explained(number, output, "en") for number in numbers)
    return found / max(1, wanted)


_NAME = re.compile(r"(?<![.!?\"] )(?<!^)\b[A-Z][\w'-]*[a-z][\w'-]*")


def name_recall(references: Sequence[str], outputs: Sequence[str]) -> float:
    """Share of the references' capitalised words inside sentences that the outputs hold in the same sentence."""
    wanted = found = 0
    for reference, output in zip(references, outputs, strict=True):
        names = Counter(_NAME.findall(reference))
        wanted += sum(names.values())
        found += sum((names & Counter(re.findall(r"[\w'-]+", output))).values())
    return found / max(1, wanted)


def sentinel_share(sources: Sequence[str], outputs: Sequence[str]) -> float:
    """Share of the sources' sentinels that stand exactly once in their outputs."""
    wanted = kept = 0
    for source, output in zip(sources, outputs, strict=True):
        for name in re.findall(r"<x\d+>", source):
            wanted += 1
            kept += output.count(name) == 1
    return kept / max(1, wanted)


def as_meta(scores: Scores) -> dict[str, Any]:
    """Scores as plain data for meta.json."""
    return asdict(scores)
