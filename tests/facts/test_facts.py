"""Facts of the sample and of releases written for the tests. The words stay French here: facts are found in the French."""

from __future__ import annotations

import pytest

from comsum.brief import Brief, Fact
from comsum.pipeline import Briefer, Options
from comsum.reading.document import document_from_bytes, read_file
from tests.conftest import RELEASES, SAMPLE, translator_with
from tests.measure_facts import GOLD


@pytest.fixture
def sample(briefer: Briefer) -> Brief:
    return briefer.brief(read_file(SAMPLE))


def of(brief: Brief, kind: str) -> list[Fact]:
    return [fact for fact in brief.facts if fact.kind == kind]


def test_the_four_people_with_their_functions_and_parts(sample: Brief) -> None:
    people = {fact.value: (fact.role, fact.part) for fact in of(sample, "person")}
    assert people == {
        "Abdoulaye Diop": ("Minister of Foreign Affairs and International Cooperation", "visitor"),
        "Sergei Lavrov": ("Minister of Foreign Affairs of the Russian Federation", "host"),
        "Assimi Goïta": ("President of the Transition, Head of State", None),
        "Vladimir Putin": ("President of the Russian Federation", None),
    }


def test_places_dates_and_the_agreement(sample: Brief) -> None:
    assert {(fact.label, fact.value, fact.part) for fact in of(sample, "place")} == {
        ("Moscow", "Moscow", "venue"),
        ("Mali", "ML", None),
        ("Russian Federation", "RU", None),
    }
    assert [fact.value for fact in of(sample, "date")] == ["2021-11-10/2021-11-12"]
    assert [fact.value for fact in of(sample, "document")] == [
        "Agreement for Peace and Reconciliation in Mali resulting from the Algiers Process"
    ]


def test_who_said_what_in_which_sentence(sample: Brief) -> None:
    said = {(fact.source.sentence, fact.role): fact.who for fact in of(sample, "statement")}
    assert said[4, "welcomed"] == "the two ministers"
    assert said[5, "welcomed"] == "the two ministers"
    assert said[6, "stressed"] == "Abdoulaye Diop"
    assert said[7, "expressed gratitude"] == "Abdoulaye Diop"
    assert said[8, "reaffirmed"] == "the Russian side"
    assert said[9, "commended"] == "Abdoulaye Diop"


def test_events_have_their_place_and_time(sample: Brief) -> None:
    labels = {(fact.value, fact.source.sentence): fact.label for fact in of(sample, "event")}
    assert labels["visit", 13] == "visit · Moscow · 10–12 November 2021"
    assert {kind for kind, _ in labels} == {"visit", "meeting", "press conference", "message"}


def test_every_span_is_where_it_says(sample: Brief) -> None:
    for fact in sample.facts:
        sentence = sample.sentence(fact.source.sentence)
        assert sentence.source[fact.source.start : fact.source.end] == fact.source.text
        if fact.target:
            target = sample.sentence(fact.target.sentence).target
            assert target[fact.target.start : fact.target.end] == fact.target.text


def test_numbers_and_names_of_the_sample_are_all_in_the_english(sample: Brief) -> None:
    assert [check for check in sample.checks if check.kind in ("number", "date", "name")] == []
    assert all(fact.target for fact in sample.facts)


def test_an_attack_with_its_figures(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(RELEASES / "condamnation.txt"))
    assert [fact.value for fact in of(brief, "date")] == ["2023-03-14"]
    assert [fact.value for fact in of(brief, "number")] == ["12", "25"]
    assert {fact.value for fact in of(brief, "organisation")} == {"ECOWAS", "UN"}
    acts = {(fact.role, fact.who) for fact in of(brief, "statement")}
    assert ("condemned", "the Government") in acts
    assert {"attack", "death"} & {fact.value for fact in of(brief, "event")}


def test_the_joint_communique(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(RELEASES / "visite_dakar.txt"))
    people = {fact.value: (fact.role, fact.part) for fact in of(brief, "person")}
    assert people["Awa Konaté"] == ("Minister of Foreign Affairs of the Republic of Mali", "visitor")
    assert people["Ibrahima Sarr"] == ("President of the Republic of Senegal", "host")
    assert "2022-05-03/2022-05-05" in {fact.value for fact in of(brief, "date")}
    assert "15000000 XOF" in {fact.value for fact in of(brief, "number")}
    assert "2584 (2021)" in {fact.value for fact in of(brief, "document")}


@pytest.mark.parametrize(
    ("text", "who", "act"),
    [
        ("Le Secrétaire général condamne fermement l'attaque.", "the Secretary-General", "condemned"),
        ("L’Algérie condamne fermement l’attentat.", "Algeria", "condemned"),
        ("Les deux Chefs d’Etat se sont félicités de la coopération.", "the two Heads of State", "welcomed"),
        ("La CEDEAO exhorte les autorités à agir sans délai.", "ECOWAS", "called on"),
        ("Nous condamnons l’attaque commise hier soir.", "we", "condemned"),
    ],
)
def test_speakers(briefer: Briefer, text: str, who: str, act: str) -> None:
    brief = briefer.brief(document_from_bytes(text.encode(), "t"))
    assert (who, act) in {(fact.who, fact.role) for fact in of(brief, "statement")}


def test_il_is_he_where_the_subject_is_a_person_and_it_where_not() -> None:
    def answer(prompt: str, decoding: object) -> str:
        return "It also praised peace." if "Il a" in prompt else "<x0> spoke." if "<x0>" in prompt else "Words."

    briefer = Briefer(Options(), translator_with(answer))
    for text, english in (
        ("Le Ministre Abdoulaye DIOP a salué la presse. Il a également salué la paix.", "He also praised peace."),
        ("La CEDEAO a salué la presse. Il a également salué la paix.", "It also praised peace."),
    ):
        brief = briefer.brief(document_from_bytes(text.encode(), "x"))
        assert brief.sentences[1].target == english


@pytest.mark.parametrize(
    ("french", "model", "english"),
    [
        ("Le Ministre a exprimé sa gratitude.", "<x0> expressed its <x1>.", "The Minister expressed his gratitude."),
        ("La Ministre a invité son homologue.", "<x0> invited his <x1>.", "The Minister invited her counterpart."),
        ("Mme Awa NDOYE a invité son homologue.", "<x0> invited its <x1>.", "Ms Awa Ndoye invited her counterpart."),
        (
            "Le Ministre a transmis à Mme NDOYE ses condoléances.",
            "<x0> sent <x1> her <x2>.",
            "The Minister sent Ms Ndoye his condolences.",
        ),
        ("Le Gouvernement a présenté ses condoléances.", "<x0> sent its <x1>.", "The Government sent its condolences."),
        ("Le Ministre a salué son programme.", "<x0> praised its programme.", "The Minister praised its programme."),
    ],
)
def test_what_only_a_person_has_is_his_or_hers(french: str, model: str, english: str) -> None:
    brief = Briefer(Options(), translator_with(lambda *_: model)).brief(french)
    assert brief.sentences[0].target == english


def test_nobody_is_the_subject_of_an_impersonal_verb() -> None:
    answers = {"convoqué": "<x0> was convened.", "notifié": "It was notified a decision."}
    briefer = Briefer(Options(), translator_with(lambda prompt, _: next(v for k, v in answers.items() if k in prompt)))
    brief = briefer.brief("M. Ali DIOP a été convoqué. Il lui a été notifié une décision.")
    assert brief.sentences[1].target == "It was notified a decision."


def test_the_host_is_who_invites_even_when_called_a_counterpart(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(GOLD / "visite.txt"))
    parts = {fact.value: fact.part for fact in of(brief, "person")}
    assert parts == {"Kemal Arslan": "host", "Issoufou Maïga": "visitor", "Boubacar Adamou": None}
    met = {(fact.value, fact.to) for fact in of(brief, "event") if fact.to}
    assert met == {("meeting", "the President of the Republic of Türkiye"), ("meeting", "Kemal Arslan")}


def test_two_who_sign_are_one_subject_and_thanks_go_to_somebody(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(GOLD / "signature.txt"))
    assert "Sani Agbéko and Clara Fischer" in {fact.who for fact in of(brief, "event")}
    assert {fact.to for fact in of(brief, "statement") if fact.role == "commended"} == {"the Togolese Government"}


def test_what_comes_next_stands_apart_with_its_words(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(GOLD / "sommet.txt"))
    (coming,) = of(brief, "commitment")
    assert "Abuja" in (coming.what or "")
