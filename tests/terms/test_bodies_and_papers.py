"""Names composed by rule: functions, bodies, numbered papers."""

from __future__ import annotations

import pytest

from comsum.terms.find import find_entities


@pytest.mark.parametrize(
    ("text", "kind", "english"),
    [
        (
            "la Commission électorale nationale indépendante",
            "organisation",
            "Independent National Electoral Commission",
        ),
        ("le Ministère de la Santé et de la Justice", "organisation", "Ministry of Health and Justice"),
        ("le Conseil économique et social", "organisation", "Economic and Social Council"),
        ("l’Institut national de la Santé", "organisation", "National Institute of Health"),
        ("le Conseil de sécurité", "organisation", "Security Council"),
        ("du parti Union progressiste", "organisation", "Union progressiste"),
        ("la loi n° 2021-049 du 5 novembre 2021", "document", "Law No. 2021-049 of 5 November 2021"),
        ("l’arrêté n°12/MEF", "document", "Order No. 12/MEF"),
        ("l’Accord de paix de 2005", "document", "2005 Peace Agreement"),
        ("un protocole d’accord", "document", "memorandum of understanding"),
        (
            "Ministre des Affaires étrangères et des Tchadiens de l’Étranger",
            "role",
            "Minister of Foreign Affairs and Chadians Abroad",
        ),
        ("l’ancien Président de la République du Kenya", "role", "former President of the Republic of Kenya"),
        ("Président de la République tunisienne", "role", "President of the Tunisian Republic"),
        (
            "Président de la République islamique de Mauritanie",
            "role",
            "President of the Islamic Republic of Mauritania",
        ),
        ("Conseillère spéciale chargée de la Sécurité", "role", "Special Adviser for Security"),
        ("Directrice des opérations de la Banque mondiale", "role", "Director of Operations of the World Bank"),
        ("dans la région de Tillabéri", "place", "Tillabéri"),
        ("les régions des Savanes et de la Kara", "place", "Savanes"),
        ("réfugiés installés à Adré", "place", "Adré"),
    ],
)
def test_composed_names(text: str, kind: str, english: str) -> None:
    assert english in [e.english.removeprefix("the ") for e in find_entities(text) if e.kind == kind]


@pytest.mark.parametrize("text", ["présente à Votre Excellence", "la conférence de presse", "à Monsieur le Ministre"])
def test_what_only_looks_like_a_place_or_body(text: str) -> None:
    assert not [entity for entity in find_entities(text) if entity.kind in ("place", "organisation")]


def test_a_family_name_may_be_a_country() -> None:
    names = [entity.value for entity in find_entities("le Général Oumar TOGO et le Président Zuma d'Afrique du Sud")]
    assert "Oumar Togo" in names
    assert "Zuma" in names
