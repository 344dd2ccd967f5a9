from __future__ import annotations

import pytest

from comsum.models.piecewise import piecewise, without_loop
from comsum.models.prompts import Prompt
from comsum.models.search import Decoding
from comsum.models.translator import Translator, is_looping
from tests.conftest import Answer, ScriptedEngine


def _run(answer: Answer, *texts: str) -> tuple[list[tuple[str, str]], ScriptedEngine]:
    engine = ScriptedEngine(answer)
    results = Translator(engine, Prompt("translate: {text}")).translate(texts)
    return [(result.text, result.origin) for result in results], engine


def test_a_good_hypothesis_is_taken_at_once() -> None:
    results, engine = _run(lambda prompt, _: prompt.replace("translate: le", "the"), "le <x0>")
    assert results == [("the <x0>", "model")]
    assert len(engine.calls) == 1


def test_a_lost_sentinel_is_tried_again_with_other_decoding() -> None:
    def answer(prompt: str, decoding: Decoding) -> str:
        return "the <x0>" if decoding.no_repeat else "the"

    results, engine = _run(answer, "le <x0>")
    assert results == [("the <x0>", "retry")]
    assert engine.calls[1][1].beams > engine.calls[0][1].beams


def test_what_cannot_be_saved_is_translated_piece_by_piece_with_every_sentinel() -> None:
    def answer(prompt: str, decoding: Decoding) -> str:
        return "hopeless" if "<x" in prompt else prompt.removeprefix("translate: ").upper()

    results, _ = _run(answer, "le ministre <x0> revoit <x1>, hier.")
    assert results == [("LE MINISTRE <x0> REVOIT <x1>, HIER.", "fallback")]


@pytest.mark.parametrize(
    "bad", ["", "  ", "a b c d a b c d a b c d", "no no no no no", "the <x0> <x0>", "transitionitionition"]
)
def test_bad_output_is_never_shown_as_it_is(bad: str) -> None:
    results, _ = _run(lambda prompt, _: bad if "<x" in prompt else "fine", "texte <x0>")
    assert results == [("fine <x0>", "fallback")]


def test_equal_sentences_are_translated_once_and_order_is_kept() -> None:
    results, engine = _run(lambda prompt, _: prompt[-1] * 2, "a", "b", "a")
    assert [text for text, _ in results] == ["aa", "bb", "aa"]
    assert len(engine.calls) == 2


def test_a_sentence_too_long_for_the_model_is_cut_and_joined() -> None:
    text = (
        ", ".join(f"mot{number} et encore <x{number}>" for number in range(16))
        + " "
        + " ".join(f"fin{n}" for n in range(90))
    )
    results, engine = _run(lambda prompt, _: prompt.removeprefix("translate: "), text.strip())
    assert results[0][0] == text.strip()
    assert len(engine.calls) > 1


@pytest.mark.parametrize(
    ("target", "source", "looping"),
    [
        ("the peace process and the peace process", "", False),
        ("a b c d x a b c d y a b c d", "", True),
        ("very very very very long", "", True),
        ("the Transitionitionitionition", "", True),
        ("Minister of State, Minister of Justice, Minister of Health", "", False),
        ("", "", False),
        (
            "the State of law of the land the State of law of the land the State of law of the land",
            "l'État de droit " * 4,
            False,
        ),
    ],
)
def test_loops(target: str, source: str, looping: bool) -> None:
    assert is_looping(target, source) is looping


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("one two three one two three one", "one two three one"),
        ("one two three", "one two three"),
        ("Transitionitionition x", "Transition x"),
        ("in particular, in particular, the case", "in particular, the case"),
        ("very very long", "very long"),
    ],
)
def test_without_loop(text: str, cut: str) -> None:
    assert without_loop(text) == cut


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("le message de <x0>, <x1>.", "LE MESSAGE DE <x0>, <x1>."),
        ("<x0> de <x1> et <x2>.", "<x0> of <x1> and <x2>."),
        ("<x0>", "<x0>"),
        ("mot (<x0>) fin", "MOT (<x0>) FIN"),
        ("<x0> ... <x1> !", "<x0>... <x1> !"),
    ],
)
def test_piecewise(text: str, joined: str) -> None:
    assert piecewise(text, lambda stretches: [stretch.upper() for stretch in stretches]) == joined
