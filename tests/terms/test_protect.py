from __future__ import annotations

from dataclasses import replace

import pytest

from comsum.terms.entity import Entity, Kind, without_overlaps
from comsum.terms.find import find_entities
from comsum.terms.protect import LIMIT, Protected, protect, sentinels_kept
from comsum.terms.restore import restore


def _entity(english: str, kind: Kind = "organisation") -> Entity:
    return Entity(kind, 0, 1, "x", english, english)


def test_entities_become_sentinels_and_contractions_are_undone() -> None:
    text = "Le Ministre DIOP a salué l’engagement du Mali à Moscou, du 10 au 12 novembre 2021."
    protected = protect(text, find_entities(text))
    assert protected.text == "<x0> a salué l'engagement de <x1> à <x2>, <x3>."
    assert [entity.english for entity in protected.entities] == [
        "Minister Diop",
        "Mali",
        "Moscow",
        "from 10 to 12 November 2021",
    ]


@pytest.mark.parametrize(
    ("hypothesis", "english", "expected"),
    [
        (["Mali"], "The people of<x0>.", "The people of Mali."),
        (["Mali"], "<x0> is here", "Mali is here"),
        (["the Russian Federation"], "<x0> agreed", "The Russian Federation agreed"),
        (["the Russian Federation"], "with the <x0>", "with the Russian Federation"),
        (["one-on-one meeting"], "an <x0>", "a one-on-one meeting"),
        (["official visit"], "a <x0>", "an official visit"),
        (["UN mission"], "an <x0>", "a UN mission"),
        (["ECOWAS"], 'He said "<x0>" (<x0>)', 'He said "ECOWAS" ()'),
        (["ECOWAS"], "(<x0>)", "(ECOWAS)"),
        (["A", "B"], "<x1>'s <x0>", "B's A"),
        (["A"], "<x0> and <x7>", "A and"),
        (["A"], "a atmosphere of an peace with <x0>", "an atmosphere of a peace with A"),
        (["A"], "an one, a European, a hour <x0>", "a one, a European, a hour A"),
    ],
)
def test_restore(hypothesis: list[str], english: str, expected: str) -> None:
    protected = Protected("", tuple(_entity(name) for name in hypothesis))
    restored = restore(english, protected)
    assert restored.text == expected
    for name, span in zip(hypothesis, restored.spans, strict=True):
        assert span is not None
        assert restored.text[slice(*span)].lower() == name.lower()


@pytest.mark.parametrize(
    ("entity", "hypothesis", "expected"),
    [
        (("President Souley", "person", "à"), "condolences in <x0>", "condolences to President Souley"),
        (("the President", "phrase", "à"), "a message in the <x0>", "a message to the President"),
        (("Dakar", "place", "à"), "a visit in <x0>", "a visit in Dakar"),
        (("the President", "phrase", ""), "trust in <x0>", "trust in the President"),
        (("10:30", "date", ""), "tomorrow in <x0>", "tomorrow at 10:30"),
        (("this Monday", "date", ""), "met in <x0> in Lomé", "met this Monday in Lomé"),
        (("yesterday", "date", ""), "who died on <x0>", "who died yesterday"),
        (("Wednesday 8 June 2022", "date", ""), "met the <x0>, in Bamako", "met on Wednesday 8 June 2022, in Bamako"),
        (("11 June 2022", "date", ""), "on the <x0> in Gao", "on 11 June 2022 in Gao"),
        (("9 August 2021", "date", ""), "after the <x0> attack", "after the 9 August 2021 attack"),
        (("the United Nations", "organisation", ""), "<x0>'s support", "The United Nations' support"),
        (("Mali", "country", ""), "<x0>'s support", "Mali's support"),
        (("the families", "phrase", ""), "gratitude in <x0>", "gratitude to the families"),
    ],
)
def test_prepositions_fit_what_comes_back(entity: tuple[str, Kind, str], hypothesis: str, expected: str) -> None:
    english, kind, lead = entity
    one = replace(_entity(english, kind), lead=lead)
    assert restore(hypothesis, Protected("", (one,))).text == expected


def test_a_person_takes_no_article() -> None:
    assert restore("the <x0> spoke", Protected("", (_entity("Minister Diop", "person"),))).text == "Minister Diop spoke"


def test_a_name_and_its_functions_travel_together() -> None:
    text = "un message de M. Assimi GOÏTA, Président de la Transition, Chef de l’Etat, destiné à la presse"
    entities = find_entities(text)
    protected = protect(text, entities)
    assert protected.text == "un message de <x0>, destiné à la presse"
    restored = restore("a message from <x0>", protected)
    assert restored.text == "a message from Mr Assimi Goïta, President of the Transition, Head of State"
    for entity in entities:
        place = restored.place(entity)
        assert place is not None
        assert restored.text[slice(*place)] == entity.english


def test_what_got_lost_is_known() -> None:
    restored = restore("Nothing here.", Protected("", (_entity("Mali"),)))
    assert restored.spans == (None,)
    assert not restored.complete


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("<x0> a <x1>", "<x1> of <x0>", True),
        ("<x0> a <x1>", "<x0>", False),
        ("<x0>", "<x0> <x0>", False),
        ("rien", "nothing <x0>", False),
        ("rien", "nothing", True),
        ("<x3> seul", "alone <x3>", True),
    ],
)
def test_sentinels_kept(source: str, target: str, kept: bool) -> None:
    assert sentinels_kept(source, target) is kept


def test_no_more_than_sixteen_and_numbers_come_before_phrases() -> None:
    text = "relations bilatérales, " * 20 + "25 blessés le 3 mai 2022 à Moscou"
    protected = protect(text, find_entities(text))
    assert len(protected.entities) == LIMIT
    assert {"number", "date", "place"} <= {entity.kind for entity in protected.entities}


def test_longer_entities_win_and_user_terms_before_all() -> None:
    long = Entity("document", 0, 20, "", "", "")
    short = Entity("country", 5, 9, "", "", "")
    term = Entity("term", 4, 8, "", "", "")
    assert without_overlaps([short, long]) == [long]
    assert without_overlaps([short, long, term]) == [term]
