from __future__ import annotations

from pathlib import Path

import pytest

from comsum.errors import ConfigurationError
from comsum.terms.find import find_entities
from comsum.terms.glossary import Glossary, read_glossaries


def _write(tmp_path: Path, name: str, content: str) -> Path:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("g.tsv", "# house terms\nfeuille de route\troadmap\n"),
        ("g.csv", "feuille de route,roadmap\n"),
        ("g.toml", '[terms]\n"feuille de route" = "roadmap"\n'),
    ],
)
@pytest.mark.parametrize(
    "text", ["la feuille de route", "les feuilles de route", "Feuille de route", "d'une feuille de route"]
)
def test_a_users_term_wins_over_ours(tmp_path: Path, name: str, content: str, text: str) -> None:
    glossary = read_glossaries([_write(tmp_path, name, content)])
    found = find_entities(text, glossary.matcher)
    assert [(entity.kind, entity.english.removesuffix("s")) for entity in found] == [("term", "roadmap")]


def test_later_files_win_and_keep_and_avoid_are_read(tmp_path: Path) -> None:
    first = _write(tmp_path, "a.tsv", "Faso\tFaso\n")
    second = _write(tmp_path, "b.toml", 'keep = ["Koulouba"]\navoid = ["bilateral"]\n[terms]\n"Faso" = "Burkina"\n')
    glossary = read_glossaries([first, second])
    assert glossary == Glossary({"Faso": "Burkina", "Koulouba": "Koulouba"}, ("bilateral",))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("g.tsv", "ok\tok\nun seul\n", "line 2"),
        ("g.tsv", "a\tb\tc\n", "line 1"),
        ("g.csv", "a,\n", "line 1"),
        ("g.toml", "terms = 3\n", "terms must be a table"),
        ("g.toml", "term = {}\n", "unknown key 'term'"),
        ("g.toml", "[terms\n", "g.toml"),
        ("g.toml", 'keep = [""]\n', "keep and avoid"),
    ],
)
def test_a_malformed_glossary_names_file_and_reason(tmp_path: Path, name: str, content: str, says: str) -> None:
    with pytest.raises(ConfigurationError, match=says) as error:
        read_glossaries([_write(tmp_path, name, content)])
    assert name in str(error.value)


def test_a_missing_glossary_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"nowhere\.tsv"):
        read_glossaries([tmp_path / "nowhere.tsv"])


def test_the_digest_changes_with_the_content() -> None:
    assert Glossary({}).digest == "none"
    assert Glossary({"a": "b"}).digest != Glossary({"a": "c"}).digest
