"""Bilingual sentence pairs: reading, filtering, mixing.

`read_pairs` takes what translators have: TSV (French TAB English, `.xz` too) and TMX. `mix` draws from many
corpora by the weights of a recipe (see corpora.toml), filtered and without repeats, and counts what it took,
for the card of the checkpoint.
"""

from __future__ import annotations

import csv
import lzma
import random
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from defusedxml.ElementTree import iterparse

from comsum.errors import ConfigurationError
from comsum.text.model_text import french_model_text, plain_typography


class Pair(NamedTuple):
    """One sentence in French (`source`) and its English (`target`)."""

    source: str
    target: str


@dataclass(frozen=True)
class Corpus:
    """One entry of a recipe: a file, how much of it to take (1.0 = each pair once) and its terms of use."""

    name: str
    weight: float
    licence: str
    what: str = ""
    stage: str = "all"


def read_recipe(path: Path) -> list[Corpus]:
    """Read a recipe (TOML, one `[corpora.NAME]` table each). Raises ConfigurationError naming the entry."""
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("corpora", {})
    try:
        return [Corpus(name=name, **entry) for name, entry in tables.items()]
    except TypeError as error:
        raise ConfigurationError(f"{path}: {error}") from error


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of a `.tsv`, `.tsv.xz` or `.tmx` file as they stand. Raises ConfigurationError."""
    if path.suffix == ".tmx":
        yield from _read_tmx(path)
    elif path.suffix in (".tsv", ".xz", ".csv"):
        yield from _read_table(path)
    else:
        raise ConfigurationError(f"{path}: training pairs come as .tsv, .tsv.xz or .tmx")


def _read_table(path: Path) -> Iterator[Pair]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) >= 2:
                yield Pair(row[0], row[1])


def _read_tmx(path: Path) -> Iterator[Pair]:
    language_key = "{http://www.w3.org/XML/1998/namespace}lang"
    for _, unit in iterparse(path):
        if unit.tag != "tu":
            continue
        texts: dict[str, str] = {}
        for variant in unit.iter("tuv"):
            language = (variant.get(language_key) or variant.get("lang") or "").lower()[:2]
            segment = variant.find("seg")
            if segment is not None:
                texts[language] = "".join(segment.itertext())
        if "fr" in texts and "en" in texts:
            yield Pair(texts["fr"], texts["en"])
        unit.clear()


def clean(pair: Pair) -> Pair:
    """Bring both sides to the typography that the model sees."""
    return Pair(french_model_text(pair.source), plain_typography(pair.target))


_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")


def is_good(pair: Pair, *, max_words: int = 80) -> bool:
    """Tell whether a pair is worth learning from: lengths, their ratio, letters, and the same figures.

    The ratio bound (characters, 0.45 to 2.1 above 20 characters) keeps over 99 % of the Europarl pairs; pairs
    whose digits differ teach a model to drop numbers, which is the one thing it must not learn.
    """
    source, target = pair
    words = source.count(" ") + 1
    if not source or not target or source == target or words > max_words or target.count(" ") >= max_words:
        return False
    ratio = len(target) / len(source)
    if len(source) > 20 and not 0.45 <= ratio <= 2.1:
        return False
    if len(_LETTER.findall(source)) < 0.6 * len(source.replace(" ", "")):
        return False
    return "".join(sorted(_DIGITS.findall(source))) == "".join(sorted(_DIGITS.findall(target)))


@dataclass
class Mixture:
    """The pairs drawn for training and, by corpus, how many of them."""

    pairs: list[Pair]
    counts: dict[str, int]


def mix(folder: Path, corpora: Iterable[Corpus], *, seed: int = 1, limit: int | None = None) -> Mixture:
    """Draw from each corpus of `folder` by its weight; keep good pairs once each, shuffled.

    `limit` is the most pairs in all, taken evenly; weights over 1 repeat a corpus.
    """
    rng = random.Random(seed)
    drawn: list[Pair] = []
    counts: dict[str, int] = {}
    seen: set[int] = set()
    for corpus in corpora:
        taken = list(_draw(folder, corpus, rng, seen))
        counts[corpus.name] = len(taken)
        drawn.extend(taken)
    rng.shuffle(drawn)
    if limit is not None and limit < len(drawn):
        counts = {name: round(count * limit / len(drawn)) for name, count in counts.items()}
        drawn = drawn[:limit]
    return Mixture(drawn, counts)


def _draw(folder: Path, corpus: Corpus, rng: random.Random, seen: set[int]) -> Iterator[Pair]:
    whole, part = int(corpus.weight), corpus.weight % 1
    for raw in read_pairs(folder / f"{corpus.name}.tsv.xz"):
        copies = whole + (rng.random() < part)
        if not copies:
            continue
        pair = clean(raw)
        key = hash(pair)
        if key not in seen and is_good(pair):
            seen.add(key)
            yield from [pair] * copies
