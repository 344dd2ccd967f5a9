from __future__ import annotations

import pytest

from comsum.terms.find import find_entities
from comsum.terms.people import english_name
from comsum.terms.roles import with_article


def _found(text: str, kind: str) -> list[tuple[str, str]]:
    return [(entity.english, entity.lead) for entity in find_entities(text) if entity.kind == kind]


@pytest.mark.parametrize(
    ("text", "english", "lead"),
    [
        ("le Ministre DIOP a parlé", "Minister Diop", ""),
        ("l'arrivée du Ministre DIOP", "Minister Diop", "de"),
        ("il a dit au Président KEITA", "President Keita", "à"),
        ("Son Excellence le Colonel Assimi GOÏTA", "His Excellency Colonel Assimi Goïta", ""),
        ("Son Excellence Monsieur Vladimir POUTINE", "His Excellency Mr Vladimir Putin", ""),
        ("S.E.M. Ibrahima SARR", "H.E. Mr Ibrahima Sarr", ""),
        ("M. Gérald Darmanin", "Mr Gérald Darmanin", ""),
        ("l'invitation de Sergueï LAVROV", "Sergei Lavrov", ""),
        ("le Président Mohammed Ould Abdel Aziz de Mauritanie", "President Mohammed Ould Abdel Aziz", ""),
        ("avec Abdallah Hamdok hier", "Abdallah Hamdok", ""),
    ],
)
def test_people(text: str, english: str, lead: str) -> None:
    assert _found(text, "person") == [(english, lead)]


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("Sergueï LAVROV", "Sergei Lavrov"),
        ("Abdoulaye DIOP", "Abdoulaye Diop"),
        ("Cheikh N'DIAYE", "Cheikh N'Diaye"),
        ("Jean-Yves LE DRIAN", "Jean-Yves Le Drian"),
        ("Assimi Goïta", "Assimi Goïta"),
    ],
)
def test_names_lose_capitals_and_keep_diacritics(name: str, english: str) -> None:
    assert english_name(name) == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (
            "le Ministre des Affaires étrangères et de la Coopération internationale",
            "Minister of Foreign Affairs and International Cooperation",
        ),
        (
            "Ministre des Affaires étrangères de la Fédération de Russie",
            "Minister of Foreign Affairs of the Russian Federation",
        ),
        ("Président de la Transition", "President of the Transition"),
        ("Chef de l’Etat", "Head of State"),
        ("premier ministre du Soudan", "Prime Minister of Sudan"),
        ("ministre de l'Agriculture, de la pêche et du tourisme", "Minister of Agriculture, Fisheries and Tourism"),
    ],
)
def test_functions(text: str, english: str) -> None:
    assert [found.removeprefix("the ") for found, _ in _found(text, "role")] == [english]


@pytest.mark.parametrize(
    ("text", "kind", "english", "lead"),
    [
        ("le Mali", "country", "Mali", ""),
        ("le peuple du Mali", "country", "Mali", "de"),
        ("au Mali", "country", "Mali", "à"),
        ("la Fédération de Russie", "country", "the Russian Federation", ""),
        ("aux Etats-Unis", "country", "the United States", "à"),
        ("en Côte d’Ivoire", "country", "Côte d'Ivoire", ""),
        ("à Moscou", "place", "Moscow", ""),
        ("la CEDEAO", "organisation", "ECOWAS", ""),
        ("l'ONU", "organisation", "the UN", ""),
        ("le FRODEBU", "organisation", "FRODEBU", ""),
        ("la résolution 2584 (2021) du Conseil", "reference", "resolution 2584 (2021)", ""),
        ("le décret n° 2021-123/MAECI-SG", "document", "Decree No. 2021-123/MAECI-SG", ""),
        ("une visite d’amitié et de travail", "phrase", "friendship and working visit", ""),
        ("des relations bilatérales", "phrase", "bilateral relations", ""),
        ("Le Ministre a parlé", "phrase", "the Minister", ""),
        ("la visite du Ministre, hier", "phrase", "the Minister", "de"),
        ("la Partie russe", "phrase", "Russian side", ""),
        ("les autorités maliennes", "phrase", "Malian authorities", ""),
        ("son homologue russe", "phrase", "Russian counterpart", ""),
    ],
)
def test_places_bodies_references_phrases(text: str, kind: str, english: str, lead: str) -> None:
    assert (english, lead) in _found(text, kind)


@pytest.mark.parametrize("text", ["ua", "la mali", "la paix et la guerre", "les Ministres ont parlé", "Le Conseil,"])
def test_ordinary_words_are_no_entities(text: str) -> None:
    assert [entity for entity in find_entities(text) if entity.kind != "phrase"] == []


def test_the_algiers_agreement_is_one_document() -> None:
    text = "le processus de mise en œuvre de l’Accord pour la paix et la réconciliation au Mali, issu du processus d’Alger."
    documents = [entity for entity in find_entities(text) if entity.kind == "document"]
    assert [entity.english for entity in documents] == [
        "Agreement for Peace and Reconciliation in Mali resulting from the Algiers Process"
    ]


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Mali", False),
        ("Russian Federation", True),
        ("United States", True),
        ("Republic of Mali", True),
        ("Comoros", True),
    ],
)
def test_articles_of_countries(name: str, article: bool) -> None:
    assert with_article(name) == (f"the {name}" if article else name)
