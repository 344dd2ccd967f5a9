"""Figures of both languages: what is the same number, and what is not."""

from __future__ import annotations

import pytest

from comsum.checks.quantities import differences

SAME = [
    ("1 234,5 tonnes", "1,234.5 tonnes"),
    ("1.234,5 tonnes", "1,234.5 tonnes"),
    ("80 000 hommes", "80,000 men"),
    ("3 milliards d'euros", "3 billion euros"),
    ("3 milliards d'euros", "€3bn"),
    ("1,5 million de francs", "one and a half million francs"),
    ("2 à 3 millions de personnes", "2 to 3 million people"),
    ("vingt-cinq blessés", "25 wounded"),
    ("25 blessés", "twenty-five wounded"),
    ("La réunion débute à 14 h 30.", "The meeting starts at 2.30 p.m."),
    ("La réunion débute à 14 h 30.", "The meeting starts at 14:30."),
    ("dans les années 60", "in the 1960s"),
    ("la XVIIIe session", "the 18th session"),
    ("une dizaine de blessés", "about 10 wounded"),
    ("le 12/11/2021", "12 November 2021"),
    ("une surface de 12 km²", "an area of 12 km²"),
    ("50 % des voix", "half of the votes"),
]
DIFFERENT = [
    ("25 blessés", "52 wounded", ["25"], ["52"]),
    ("25 blessés", "wounded people", ["25"], []),
    ("des blessés", "17 wounded", [], ["17"]),
    ("3 milliards d'euros", "3 million euros", ["3 milliards"], ["3 million"]),
    ("1,5 tonne", "15 tonnes", ["1,5"], ["15"]),
    ("15 000 francs", "15 francs", ["15 000"], ["15"]),
    ("à 14 h 30", "at 4.30 p.m.", ["14 h 30"], ["4.30 p.m"]),
    ("entre 2 et 3 millions", "between 2 and 4 million", ["3 millions"], ["4 million"]),
]


@pytest.mark.parametrize(("source", "target"), SAME)
def test_the_same_number_in_another_dress_passes(source: str, target: str) -> None:
    assert differences(source, target) == ([], [])


@pytest.mark.parametrize(("source", "target", "missing", "extra"), DIFFERENT)
def test_a_different_number_is_named(source: str, target: str, missing: list[str], extra: list[str]) -> None:
    lost, added = differences(source, target)
    assert [figure.text for figure in lost] == missing
    assert [figure.text for figure in added] == extra
