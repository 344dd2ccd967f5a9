from __future__ import annotations

import pytest

from comsum.text.segment import LONGEST, segment, sentences
from tests.conftest import SAMPLE

TRICKY = [
    ("M. Diop a reçu Mme Sall. Il est parti.", 2),
    ("S.E.M. Ibrahima SARR est arrivé. La séance est levée.", 2),
    ("MM. Kone et Traoré ont signé. Ils ont parlé.", 2),
    ("Le décret n° 2021-123 est pris. Il entre en vigueur.", 2),
    ("Voir l'art. 5 de la Charte et l'al. 2. Le reste suit.", 2),
    ("Le Dr. Ping a parlé. Le Pr. Sow a répondu.", 2),
    ("La visite, les entretiens, etc. ont eu lieu. Tout va bien.", 2),
    ("Le 1er juin 2021, à 10 h 30, il a signé. Puis il est parti.", 2),
    ("Le montant est de 1 234,56 €. Il sera versé.", 2),
    ("« Nous irons. » Il a conclu ainsi.", 2),
    ("J. F. Kennedy a parlé. Il a conclu.", 2),
    ("La croissance est de 3.8 pour cent. Elle baisse.", 2),
    ("Il a dit : « La paix d'abord. La paix toujours. » Puis il s'est tu.", 3),
    ("Est-ce possible ? Oui ! Nous le ferons…", 3),
    ("Le Gal. Touré commande. Le Col. Sangaré obéit.", 2),
    ("cf. p. 12 du rapport. La suite est connue.", 2),
    ("L'accord de 2015 (cf. annexe) est mort. Vive l'accord.", 2),
    ("Une seule phrase sans point final", 1),
]


@pytest.mark.parametrize(("text", "count"), TRICKY)
def test_sentences_of_official_french(text: str, count: int) -> None:
    found = [text[start:end] for start, end in sentences(text)]
    assert len(found) == count, found
    assert " ".join(found) == text


def test_the_sample_has_its_date_and_thirteen_sentences() -> None:
    parts = segment(SAMPLE.read_text(encoding="utf-8"))
    assert parts.date == "2021-11"
    assert len(parts.segments) == 13
    assert parts.segments[0].text.startswith("Au cours de cette visite")
    assert parts.segments[-1].paragraph == 7


@pytest.mark.parametrize(
    ("head", "date"),
    [("date 2021-11 Le texte.", "2021-11"), ("Date: 2021-11-12\nLe texte.", "2021-11-12"), ("Le texte.", None)],
)
def test_a_date_line_is_metadata(head: str, date: str | None) -> None:
    parts = segment(head)
    assert parts.date == date
    assert parts.segments[0].text == "Le texte."


def test_headings_items_and_signatures_are_told_apart() -> None:
    text = "COMMUNIQUE DE PRESSE\n\nLe Conseil,\n\n1. Prend note du rapport.\n2. Salue l'accord.\n\n- un point\n- un autre\n\nFait à Bamako, le 5 mai 2022"
    kinds = [(one.kind, one.text) for one in segment(text).segments]
    assert kinds == [
        ("heading", "COMMUNIQUE DE PRESSE"),
        ("sentence", "Le Conseil,"),
        ("item", "Prend note du rapport."),
        ("item", "Salue l'accord."),
        ("item", "un point"),
        ("item", "un autre"),
        ("signature", "Fait à Bamako, le 5 mai 2022"),
    ]
    assert segment(text).title == 1


@pytest.mark.parametrize("text", ["", "   ", "a", ".", "...", "\n\n\n", "« »", "🙂", "a" * 5000, "! ? !"])
def test_nothing_is_lost_or_invented(text: str) -> None:
    parts = segment(text)
    for one in parts.segments:
        assert text[one.start : one.end] == one.text
    assert "".join("".join(one.text.split()) for one in parts.segments) == "".join(text.split())


@pytest.mark.parametrize(
    ("unit", "end"), [("la paix, le pain et la terre ", ","), ("la paix ; ", ";"), ("la paix ", "x"), ("a", "a")]
)
def test_what_is_too_long_for_a_sentence_is_cut_where_it_hurts_least(unit: str, end: str) -> None:
    text = unit * (3 * LONGEST // len(unit))
    parts = segment(text).segments
    assert all(len(one.text) <= LONGEST for one in parts)
    assert all(one.text.endswith(end) for one in parts[:-1])
    assert "".join(one.text for one in parts).replace(" ", "") == text.replace(" ", "")


def test_offsets_point_into_the_text() -> None:
    text = SAMPLE.read_text(encoding="utf-8").strip()
    for one in segment(text).segments:
        assert text[one.start : one.end] == one.text


def test_a_dateline_stands_alone_and_a_name_in_capitals_ends_a_sentence() -> None:
    text = "Lomé, le 26 septembre 2022 – Le Ministre a vu M. DIOP. Il a signé."
    assert [(one.kind, one.text) for one in segment(text).segments] == [
        ("signature", "Lomé, le 26 septembre 2022"),
        ("sentence", "Le Ministre a vu M. DIOP."),
        ("sentence", "Il a signé."),
    ]
