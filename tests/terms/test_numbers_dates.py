from __future__ import annotations

import pytest

from comsum.terms.dates import english_date, find_dates
from comsum.terms.entity import without_overlaps
from comsum.terms.find import find_entities
from comsum.terms.numbers import find_numbers, ordinal


@pytest.mark.parametrize(
    ("text", "english", "value"),
    [
        ("1 234,5 tonnes", "1,234.5 tonnes", "1234.5 t"),
        ("3 milliards d'euros", "3 billion euros", "3000000000 EUR"),
        ("2,5 millions de dollars", "2.5 million dollars", "2500000 USD"),
        ("15 000 francs CFA", "15,000 CFA francs", "15000 XOF"),
        ("15\u202f000 FCFA", "15,000 CFA francs", "15000 XOF"),
        ("3,8%", "3.8%", "3.8 %"),
        ("3,8 %", "3.8%", "3.8 %"),
        ("1.234.567 habitants", "1,234,567", "1234567"),
        ("25 blessés", "25", "25"),
        ("la 263ème réunion", "263rd", "263"),
        ("1 billion", "1 trillion", "1000000000000"),
        ("0,5 hectares", "0.5 hectares", "0.5 ha"),
        ("un délai de soixante-douze heures", "72", "72"),
        ("soixante-douze (72) heures", "72", "72"),
        ("Trente-cinq soldats", "35", "35"),
        ("deux cents millions de francs CFA", "200 million CFA francs", "200000000 XOF"),
        ("22 milliards 500 millions de francs CFA", "22.5 billion CFA francs", "22500000000 XOF"),
        ("un million d'euros", "1 million euros", "1000000 EUR"),
        ("trois mille cinq cents soldats", "3500", "3500"),
        ("sa soixante et unième session", "61st", "61"),
        ("la cent vingt-cinquième fois", "125th", "125"),
        ("une trentaine de blessés", "about 30", "30"),
    ],
)
def test_numbers(text: str, english: str, value: str) -> None:
    found = without_overlaps(find_numbers(text))
    assert [(entity.english, entity.value) for entity in found] == [(english, value)]


@pytest.mark.parametrize(
    "text",
    ["six personnes et deux entités", "les Vingt-Sept", "d'une part", "cinq ou six", "un ou une", "cent", "dizaines"],
)
def test_words_that_the_model_knows_are_left_to_it(text: str) -> None:
    assert not list(find_numbers(text))


@pytest.mark.parametrize(
    ("number", "written"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd"), (113, "113th")]
)
def test_ordinals(number: int, written: str) -> None:
    assert ordinal(number) == written


@pytest.mark.parametrize(
    ("text", "english", "value"),
    [
        ("du 10 au 12 novembre 2021", "from 10 to 12 November 2021", "2021-11-10/2021-11-12"),
        ("du 30 octobre au 2 novembre 2021", "from 30 October to 2 November 2021", "2021-10-30/2021-11-02"),
        ("du 30 décembre 2021 au 2 janvier 2022", "from 30 December 2021 to 2 January 2022", "2021-12-30/2022-01-02"),
        ("le 1er juin 2021", "1 June 2021", "2021-06-01"),
        ("mardi 3 mai 2022", "Tuesday 3 May 2022", "2022-05-03"),
        ("le 12/11/2021", "12 November 2021", "2021-11-12"),
        ("le 12.03.2024", "12 March 2024", "2024-03-12"),
        ("en novembre 2021", "November 2021", "2021-11"),
        ("à 14 h 30", "14:30", "T14:30"),
        ("les 3 et 4 mai 2022", "3 and 4 May 2022", "2022-05-03/2022-05-04"),
        ("le 13 Mars 2016", "13 March 2016", "2016-03-13"),
        ("le 8 aout", "8 August", "--08-08"),
        ("en 2021", "2021", "2021"),
    ],
)
def test_dates(text: str, english: str, value: str) -> None:
    found = without_overlaps(find_dates(text))
    assert [(entity.english, entity.value) for entity in found] == [(english, value)]


@pytest.mark.parametrize("text", ["mars est une planète", "12 personnes", "la page 2021/3", "le vote : 3-2"])
def test_no_date_where_there_is_none(text: str) -> None:
    assert [entity for entity in find_dates(text) if "-" in entity.value] == []


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("2021-11-10/2021-11-12", "10–12 November 2021"),
        ("2021-10-30/2021-11-02", "30 October 2021 – 2 November 2021"),
        ("2021-11", "November 2021"),
        ("2021", "2021"),
        ("--08-08", "8 August"),
        ("T14:30", "14:30"),
    ],
)
def test_dates_for_readers(value: str, written: str) -> None:
    assert english_date(value) == written


def test_a_year_is_a_date_and_not_a_number() -> None:
    found = find_entities("La croissance de 2023 fut de 3,8%, contre 3,6% en 2022.")
    assert [(entity.kind, entity.value) for entity in found] == [
        ("date", "2023"),
        ("number", "3.8 %"),
        ("number", "3.6 %"),
        ("date", "2022"),
    ]
