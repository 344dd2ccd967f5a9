"""How far the checks can be trusted: `python tests/measure_checks.py EVAL` prints a table.

Good pairs are human translations of the development sets. *False alarms* is the share of them (among those that hold
what the check looks at) in which the check fires. *Recall* is the share of broken pairs that it catches: each pair is
broken in one known way, and pairs in which the check fired before are left out. *Precision* is over as many broken pairs
as good ones.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from comsum.checks import all_checks
from comsum.checks.base import SegmentCheck
from comsum.terms.dates import ENGLISH_MONTHS
from comsum.terms.find import find_entities
from comsum.terms.glossary import Glossary
from comsum.text.segment import Segment
from comsum.translated import TranslatedSegment, find_english

Break = Callable[[str, str, random.Random], str | None]
SETS = ("europarl-dev", "flores-dev", "wmt13")
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_MONTH = re.compile(rf"\b(?:{'|'.join(ENGLISH_MONTHS)})(?=,? \d)|(?<=\d )(?:{'|'.join(ENGLISH_MONTHS)})\b")
_NOT = re.compile(
    r"\b(?:did|does|do|is|are|was|were|has|have|will|can|should|would|could|must) not\b|\bcannot\b|\b\w+n't\b"
)


def change_number(source: str, target: str, rng: random.Random) -> str | None:
    """Write another figure in place of one."""
    found = [match for match in _FIGURE.finditer(target) if match.group() in source.replace("\u00a0", " ")]
    if not found:
        return None
    match = rng.choice(found)
    digits = list(match.group())
    place = rng.choice([index for index, character in enumerate(digits) if character.isdigit()])
    digits[place] = str((int(digits[place]) + rng.randint(1, 8)) % 10 or 9)
    changed = "".join(digits)
    return None if changed == match.group() else target[: match.start()] + changed + target[match.end() :]


def change_month(source: str, target: str, rng: random.Random) -> str | None:
    """Write another month."""
    match = _MONTH.search(target)
    if not match or not re.search(r"\d", target):
        return None
    other = rng.choice([month for month in ENGLISH_MONTHS if month != match.group()])
    return target[: match.start()] + other + target[match.end() :]


def swap_name(source: str, target: str, rng: random.Random) -> str | None:
    """Write another name in place of one that the French holds."""
    kinds = ("person", "country", "place", "organisation")
    for entity in find_entities(source):
        place = find_english(target, entity.english) if entity.kind in kinds else None
        if place:
            other = rng.choice([name for name in ("Ruritania", "Dupont", "Atlantis", "Zembla") if name not in target])
            bare = entity.english.removeprefix("the ")
            return re.sub(rf"\b{re.escape(bare)}\b", other, target)
    return None


def drop_not(source: str, target: str, rng: random.Random) -> str | None:
    """Take the only *not* out."""
    found = list(_NOT.finditer(target))
    if len(found) != 1 or re.search(r"\b(?:no|never|nor|nothing|none|without)\b", target, re.IGNORECASE):
        return None
    verb = found[0].group()
    bare = verb.removesuffix(" not").removesuffix("not").removesuffix("n't")
    return target.replace(verb, bare, 1)


def repeat_phrase(source: str, target: str, rng: random.Random) -> str | None:
    """Say four words three times more."""
    words = target.split()
    if len(words) < 10:
        return None
    start = rng.randrange(len(words) - 5)
    phrase = words[start : start + 4]
    return " ".join(words[: start + 4] + phrase * 3 + words[start + 4 :])


def leave_half_french(source: str, target: str, rng: random.Random) -> str | None:
    """Keep the second half of the sentence in French."""
    words, french = target.split(), source.split()
    return " ".join(words[: len(words) // 2] + french[len(french) // 2 :]) if len(words) > 9 else None


def drop_clause(source: str, target: str, rng: random.Random) -> str | None:
    """Keep only the first third of the sentence."""
    words = target.split()
    return " ".join(words[: len(words) // 3]) if len(words) > 14 else None


def drop_all(source: str, target: str, rng: random.Random) -> str | None:
    """Leave nothing."""
    return ""


BREAKS: dict[str, tuple[Break, ...]] = {
    "number": (change_number,),
    "date": (change_month,),
    "name": (swap_name,),
    "negation": (drop_not,),
    "repetition": (repeat_phrase,),
    "untranslated": (leave_half_french,),
    "length": (drop_clause,),
    "empty": (drop_all,),
}


def segment_of(source: str, target: str) -> TranslatedSegment:
    """A pair as the checks see it."""
    entities = tuple(find_entities(source))
    places = tuple(find_english(target, entity.english) for entity in entities)
    return TranslatedSegment(Segment(1, 1, "sentence", 0, len(source), source), entities, target, places, None, "model")


def concerned(kind: str, source: str) -> bool:
    """Tell whether the French holds what the check looks at."""
    kinds = {entity.kind for entity in find_entities(source)}
    if kind == "number":
        return bool(re.search(r"\d", source))
    if kind == "date":
        return "date" in kinds
    return bool(kinds & {"person", "country", "place", "organisation", "document"}) if kind == "name" else True


def measure(check: SegmentCheck, pairs: Sequence[tuple[str, str]]) -> tuple[int, float, int, float, float]:
    """Return good pairs, false alarms, broken pairs, recall, precision."""
    rng = random.Random(7)
    good = [segment_of(*pair) for pair in pairs if concerned(check.kind, pair[0])]
    quiet = [segment for segment in good if check.run(segment) is None]
    broken = list(_broken(quiet, BREAKS[check.kind], rng))
    caught = sum(check.run(segment) is not None for segment in broken)
    alarms = 1 - len(quiet) / max(1, len(good))
    recall = caught / max(1, len(broken))
    return len(good), alarms, len(broken), recall, recall / max(1e-9, recall + alarms)


def _broken(
    segments: Sequence[TranslatedSegment], ways: Sequence[Break], rng: random.Random
) -> Iterator[TranslatedSegment]:
    for segment in segments:
        for way in ways:
            target = way(segment.segment.text, segment.target, rng)
            if target is not None and target != segment.target:
                yield segment_of(segment.segment.text, target)


def main() -> None:
    folder = Path(sys.argv[1])
    pairs: list[tuple[str, str]] = []
    for name in SETS:
        sides = [(folder / f"{name}.{side}").read_text(encoding="utf-8").splitlines() for side in ("fr", "en")]
        pairs += zip(*sides, strict=True)
    print("| check | good pairs | false alarms | broken pairs | recall | precision |\n|---|---|---|---|---|---|")
    for check in all_checks(Glossary({})):
        if check.kind in BREAKS:
            good, alarms, broken, recall, precision = measure(check, pairs)
            print(f"| {check.kind} | {good} | {alarms:.1%} | {broken} | {recall:.1%} | {precision:.1%} |")


if __name__ == "__main__":
    main()
