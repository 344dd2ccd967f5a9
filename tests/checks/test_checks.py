"""Each check over a table of pairs: what must pass and what must be caught."""

from __future__ import annotations

import pytest

from comsum.brief import Origin
from comsum.checks import check_segments
from comsum.terms.find import find_entities
from comsum.terms.glossary import Glossary
from comsum.text.segment import Segment
from comsum.translated import TranslatedSegment, find_english


def segment_of(
    source: str,
    target: str,
    number: int = 1,
    *,
    score: float | None = -0.2,
    origin: Origin = "model",
    glossary: Glossary | None = None,
) -> TranslatedSegment:
    entities = tuple(find_entities(source, glossary.matcher if glossary else None))
    places = tuple(find_english(target, entity.english) for entity in entities)
    return TranslatedSegment(
        Segment(number, 1, "sentence", 0, len(source), source), entities, target, places, score, origin
    )


def kinds(source: str, target: str, **settings: object) -> set[str]:
    glossary = settings.get("glossary")
    checked = glossary if isinstance(glossary, Glossary) else Glossary({})
    return {check.kind for check in check_segments([segment_of(source, target, **settings)], checked)}  # type: ignore[arg-type]


GOOD = [
    ("Il y a eu 25 blessés.", "There were 25 wounded."),
    ("Un montant de 15 000 francs CFA.", "An amount of 15,000 CFA francs."),
    ("3 milliards d'euros ont été promis.", "3 billion euros were promised."),
    ("Dix casques bleus et 3 civils ont été tués.", "10 peacekeepers and three civilians were killed."),
    ("La croissance est de 3,8%.", "Growth is 3.8%."),
    ("du 10 au 12 novembre 2021 à Moscou", "from 10 to 12 November 2021 in Moscow"),
    ("le 1er juin 2021", "on June 1, 2021"),
    ("La 263ème réunion a eu lieu.", "The 263rd meeting took place."),
    ("Le Ministre DIOP a parlé au Mali.", "Minister Diop spoke in Mali."),
    ("La Russie ne reconnaît pas cet accord.", "Russia does not recognise this agreement."),
    ("Il n'a jamais accepté.", "He never accepted."),
    ("Les autorités maliennes et françaises.", "The authorities of Mali and France."),
    ("Le peuple du Mali est uni.", "The Malian people are united."),
    ("La réunion s'est tenue à Pékin.", "The meeting was held in Beijing."),
    ("Les États-Unis et la Chine ont signé.", "The US and China have signed."),
    ("Le parti PPE a voté.", "The European People's Party voted."),
    ("Le sommet de l'ANASE s'ouvre le 1er décembre 2013.", "The ASEAN summit opens on Dec. 1, 2013."),
    ("La déclaration peut être publiée en janvier.", "The statement may be published in January."),
    ("Les organisations non gouvernementales étaient là.", "Non-governmental organisations were there."),
    ("La CEDEAO et l'ONU ont condamné l'attaque.", "ECOWAS and the UN condemned the attack."),
]
BAD = [
    ("Il y a eu 25 blessés.", "There were 52 wounded.", "number"),
    ("Il y a eu 25 blessés.", "There were wounded.", "number"),
    ("Il y a eu des blessés.", "There were 12 wounded.", "number"),
    ("3 milliards d'euros ont été promis.", "3 million euros were promised.", "number"),
    ("Un montant de 15 000 francs CFA.", "An amount of 15 CFA francs.", "number"),
    ("le 3 mai 2022 à Dakar", "on 3 March 2022 in Dakar", "date"),
    ("du 10 au 12 novembre 2021", "from 10 to 13 November 2021", "date"),
    ("en novembre 2021", "in 2021", "date"),
    ("Le Ministre DIOP a parlé.", "Minister Dupont spoke.", "name"),
    ("Il s'est rendu à Moscou.", "He went to London.", "name"),
    ("La CEDEAO a condamné l'attaque.", "The AU condemned the attack.", "name"),
    ("Les autorités ont remercié la Russie.", "The authorities thanked Canada and Russia.", "name"),
    ("L'Union européenne et la Grèce ont signé.", "The Union and Turkey have signed.", "name"),
    ("Le peuple de Grèce et les autorités grecques.", "The people and the Greek authorities.", "name"),
    ("La délégation s'est rendue à Pékin.", "The delegation went to Tokyo.", "name"),
    ("en mai 2022 à Dakar", "in June 2022 in Dakar", "date"),
    ("La Russie ne reconnaît pas cet accord.", "Russia recognises this agreement.", "negation"),
    ("Il a accepté la proposition.", "He did not accept the proposal.", "negation"),
    ("Le Ministre a parlé de la paix et de la sécurité.", "", "empty"),
    ("Les deux pays ont toujours eu de bonnes relations de travail.", "Both.", "length"),
    ("La paix est là.", "peace and peace and peace and peace and peace and peace and", "repetition"),
    ("La transition avance.", "The transitionitionitionition goes on.", "repetition"),
    (
        "Les deux ministres ont parlé avec les délégations.",
        "The two ministers ont parlé avec les delegations.",
        "untranslated",
    ),
    ("Cet appel s'adresse à toutes les parties.", "This appeal is toutes les parties.", "untranslated"),
]


@pytest.mark.parametrize(("source", "target"), GOOD)
def test_a_good_translation_raises_nothing(source: str, target: str) -> None:
    assert kinds(source, target) == set()


@pytest.mark.parametrize(("source", "target", "kind"), BAD)
def test_a_broken_translation_is_caught(source: str, target: str, kind: str) -> None:
    assert kind in kinds(source, target)


def test_origin_and_confidence_are_told() -> None:
    assert kinds("La paix est là.", "Peace is here.", origin="fallback") == {"fallback"}
    assert kinds("La paix est là.", "Peace is here.", score=-3.0) == {"confidence"}


def test_text_in_another_language_is_only_noted() -> None:
    assert kinds("Il y a eu 25 blessés.", "Il y a eu 25 blessés.", origin="kept") == {"language"}


def test_a_glossary_term_must_be_used_and_a_word_avoided() -> None:
    glossary = Glossary({"feuille de route": "roadmap"}, ("deal",))
    assert kinds("La feuille de route est prête.", "The roadmap is ready.", glossary=glossary) == set()
    assert kinds("La feuille de route est prête.", "The way is ready.", glossary=glossary) == {"glossary"}
    assert kinds("L'accord est prêt.", "The deal is ready.", glossary=glossary) == {"glossary"}


def test_messages_name_what_to_look_at() -> None:
    (check,) = check_segments([segment_of("Il y a eu 25 blessés.", "There were 52 wounded.")], Glossary({}))
    assert check.severity == "error"
    assert "25" in check.message
    assert "52" in check.message
    assert check.sentence == 1
