"""The user's own terms, which win over ours.

Two shapes: a table (TSV or CSV, French and English in two columns, `#` comments) or TOML with `terms` (French =
English), `keep` (left as it is) and `avoid` (English never to be used, reported by a check). Several files may be
given; later ones win. A malformed file is an error that names line and reason.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from comsum.errors import ConfigurationError
from comsum.terms.lexicon import Entry, Matcher


@dataclass(frozen=True)
class Glossary:
    """Terms of the house. `terms` maps French to English, `avoid` lists English never to be used."""

    terms: dict[str, str]
    avoid: tuple[str, ...] = ()

    @property
    def matcher(self) -> Matcher | None:
        """What finds the terms in a text; None when there are none."""
        entries = [Entry(french, english, english) for french, english in self.terms.items()]
        return Matcher("term", entries, plural=True) if entries else None

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits naming the content; `none` when empty."""
        content = repr((sorted(self.terms.items()), self.avoid))
        return hashlib.sha256(content.encode()).hexdigest()[:8] if self.terms or self.avoid else "none"


def read_glossaries(paths: Iterable[Path]) -> Glossary:
    """Read and join glossary files. Raises ConfigurationError naming file, line and reason."""
    terms: dict[str, str] = {}
    avoid: list[str] = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8 text"
            raise ConfigurationError(f"{path}: the glossary cannot be read: {reason}") from error
        if path.suffix == ".toml":
            _read_toml(path, text, terms, avoid)
        else:
            terms.update(_read_table(path, text))
    return Glossary(terms, tuple(avoid))


def _read_table(path: Path, text: str) -> dict[str, str]:
    delimiter = "," if path.suffix == ".csv" else "\t"
    terms = {}
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=delimiter), 1):
        if not row or not "".join(row).strip() or row[0].startswith("#"):
            continue
        if len(row) != 2 or not all(cell.strip() for cell in row):
            name = "comma" if delimiter == "," else "tab"
            raise ConfigurationError(
                f"{path}, line {number}: expected French {name} English, found {len(row)} column(s)"
            )
        terms[row[0].strip()] = row[1].strip()
    return terms


def _read_toml(path: Path, text: str, terms: dict[str, str], avoid: list[str]) -> None:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: {error}") from error
    unknown = set(tables) - {"terms", "keep", "avoid"}
    if unknown:
        raise ConfigurationError(f"{path}: unknown key {min(unknown)!r}; a glossary has terms, keep and avoid")
    own, keep, bad = tables.get("terms", {}), tables.get("keep", []), tables.get("avoid", [])
    if not isinstance(own, dict) or not all(isinstance(value, str) and value.strip() for value in own.values()):
        raise ConfigurationError(f'{path}: terms must be a table of French = "English"')
    if not all(isinstance(item, str) and item.strip() for item in [*keep, *bad]):
        raise ConfigurationError(f"{path}: keep and avoid must be lists of words")
    terms.update(own)
    terms.update({word: word for word in keep})
    avoid.extend(bad)
