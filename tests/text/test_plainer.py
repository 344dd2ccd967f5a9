"""Formulas in plainer words: what the model sees, never what the reader sees."""

from __future__ import annotations

import re

import pytest

from comsum.text.plainer import plainer, with_subject, without_subject


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Il a effectué une <x0> à <x1>, du <x2>.", "Il s'est rendu à <x1> pour une <x0>, du <x2>."),
        ("Ils ont animé une <x0>.", "Ils ont tenu une <x0>."),
        ("le grand intérêt que <x0> porte au <x1>", "le grand intérêt que <x0> attache au <x1>"),
        ("il a fait le point des <x0> à <x1>", "il a passé en revue les <x0> à <x1>"),
        ("permis d'échanger sur les <x0>", "permis de discuter des <x0>"),
        ("ont procédé à la signature de la <x0>", "ont signé la <x0>"),
        ("C'est avec tristesse que <x0> a appris", "Avec tristesse, <x0> a appris"),
        ("qui a fait <x0> morts et <x1> blessés", "qui a tué <x0> personnes et blessé <x1> autres"),
        ("La paix porte ses fruits.", "La paix porte ses fruits."),
        ("a appris avec une vive émotion la mort", "a été informé avec une vive émotion de la mort"),
        (
            "adresse au <x0> et au peuple les <x1> du peuple béninois.",
            "Il présente les <x1> du peuple béninois au <x0> et au peuple.",
        ),
        ("a présenté aux familles ses sincères <x0>.", "a présenté ses sincères <x0> aux familles."),
        ("à ne ménager aucun effort pour aider", "à tout faire pour aider"),
        ("Il appelle <x0> au calme et à la retenue.", "Il appelle <x0> à faire preuve de calme et de retenue."),
        ("<x0> condamne <x1> cet acte odieux, dit-il.", "<x0> condamne cet acte odieux <x1>, dit-il."),
        ("<x0>, venu lui remettre <x1>", "<x0>, qui est venu lui remettre <x1>"),
        ("Ils ont instruit les deux experts d'agir", "Ils ont demandé aux deux experts d'agir"),
        ("a quitté <x0> à destination de <x1>", "a quitté <x0> pour <x1>"),
        ("l'accord paraphé ce jour", "l'accord initialé ce jour"),
        ("a fait douze morts et <x0> blessés", "a tué douze personnes et blessé <x0> personnes"),
        ("Il a adressé un message aux familles.", "Il a adressé un message aux familles."),
    ],
)
def test_formulas(text: str, plain: str) -> None:
    assert plainer(text) == plain


def test_no_sentinel_is_lost_and_a_second_pass_changes_nothing() -> None:
    text = "<x0> a effectué une <x1> à <x2> et a remis un <x3>, destiné au <x4>, qui a fait <x5> morts."
    once = plainer(text)
    assert sorted(re.findall(r"<x\d+>", once)) == sorted(re.findall(r"<x\d+>", text))
    assert plainer(once) == once


@pytest.mark.parametrize(
    ("french", "seen", "english", "shown"),
    [
        ("Prend note du <x0>", "Il prend note du <x0>", "It takes note of <x0>", "takes note of <x0>"),
        ("Se félicite du <x0>", "Il se félicite du <x0>", "He is pleased with <x0>", "is pleased with <x0>"),
        ("Demande à <x0> d'agir", "Il demande à <x0> d'agir", "It asks <x0> to act", "asks <x0> to act"),
        ("Demande d'adhésion", "Demande d'adhésion", "It is an application", "It is an application"),
        ("Note verbale de <x0>", "Note verbale de <x0>", "Note verbale of <x0>", "Note verbale of <x0>"),
        ("<x0> condamne", "<x0> condamne", "It condemns", "It condemns"),
        ("Condamne l'attaque", "Il condamne l'attaque", "The attack is condemned", "The attack is condemned"),
    ],
)
def test_a_verb_without_its_subject_is_lent_one(french: str, seen: str, english: str, shown: str) -> None:
    assert with_subject(french) == seen
    assert without_subject(french, english) == shown
