"""Relative days and days without a year, reckoned from the day of the release."""

from __future__ import annotations

import datetime as dt

import pytest

from comsum.brief import Brief
from comsum.pipeline import Briefer
from comsum.reading.document import document_from_bytes
from comsum.terms.relative import day_of, find_relative_dates


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("reçu hier en audience", "yesterday"),
        ("ce mardi, le Ministre", "this Tuesday"),
        ("ce mardi 3 mai", None),
        ("la semaine dernière", "last week"),
        ("lundi prochain", "next Monday"),
        ("le mois prochain", "next month"),
        ("l’année dernière", "last year"),
        ("aujourd’hui", "today"),
        ("avant-hier soir", "the day before yesterday"),
        ("un cahier neuf", None),
    ],
)
def test_relative_days_are_found(french: str, english: str | None) -> None:
    assert [entity.english for entity in find_relative_dates(french)] == ([english] if english else [])


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("yesterday", "2022-10-17"),
        ("today", "2022-10-18"),
        ("this Tuesday", "2022-10-18"),
        ("this Monday", "2022-10-17"),
        ("last Tuesday", "2022-10-11"),
        ("next Tuesday", "2022-10-25"),
        ("next Wednesday", "2022-10-19"),
        ("last week", "2022-10-10/2022-10-16"),
        ("next month", "2022-11"),
        ("last year", "2021"),
        ("2022-10-18", None),
    ],
)
def test_which_day_they_are(value: str, day: str | None) -> None:
    assert day_of(value, dt.date(2022, 10, 18)) == day  # a Tuesday


def test_a_month_before_january_is_last_december() -> None:
    assert day_of("last month", dt.date(2022, 1, 9)) == "2021-12"


def _dates(briefer: Briefer, text: str) -> dict[str, str | None]:
    brief: Brief = briefer.brief(document_from_bytes(text.encode(), "t"))
    return {fact.value: fact.part for fact in brief.facts if fact.kind == "date"}


def test_the_stated_date_and_the_dateline_are_reckoned_from_and_said(briefer: Briefer) -> None:
    stated = _dates(briefer, "date 2022-10-18 Le Ministre a reçu hier les ambassadeurs.")
    assert stated == {"2022-10-17": "“yesterday” in a release of 18 October 2022"}
    dateline = _dates(briefer, "Bamako, le 31 janvier 2022. Les propos tenus le 27 décembre sont hostiles.")
    assert dateline == {"2022-01-31": None, "2021-12-27": "year of 31 January 2022"}


def test_without_a_date_of_the_release_nothing_is_reckoned(briefer: Briefer) -> None:
    assert _dates(briefer, "Le Ministre a reçu hier les ambassadeurs accrédités.") == {"yesterday": None}
