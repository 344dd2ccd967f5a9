"""A summarizer of the user's own: traced to its ground, taken only when faithful."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, T5Config, T5ForConditionalGeneration

from comsum.errors import ModelError
from comsum.models.prompts import Prompt
from comsum.pipeline import Briefer, Options
from comsum.reading.document import document_from_bytes
from comsum.summary.abstract import Abstracter, find_grounds
from comsum.translated import TranslatedSegment
from tests.checks.test_checks import segment_of
from tests.conftest import ScriptedEngine, echo, translator_with

FRENCH = (
    "Le Ministre Abdoulaye DIOP a effectué une visite à Moscou le 11 novembre 2021. "
    "Il a remis un message au Président POUTINE. La CEDEAO a condamné l'attaque de Niamey, qui a fait 12 morts."
)


def _segments() -> list[TranslatedSegment]:
    pairs = [
        ("Le Ministre DIOP a visité Moscou le 11 novembre 2021.", "Minister Diop visited Moscow on 11 November 2021."),
        ("Il a remis un message.", "He delivered a friendly message to the President."),
        ("La CEDEAO condamne l'attaque, qui a fait 12 morts.", "ECOWAS condemns the attack, which killed 12 people."),
    ]
    return [segment_of(french, english, number) for number, (french, english) in enumerate(pairs, 1)]


CASES = [
    ("Minister Diop visited Moscow and delivered a friendly message.", [1, 2]),
    ("ECOWAS condemns the attack, which killed 12 people.", [3]),
    ("Prime Minister Netanyahu resigned amid widespread protests.", []),
    ("Of it.", []),
]


@pytest.mark.parametrize(("sentence", "ids"), CASES)
def test_a_sentence_is_traced_to_what_it_was_made_of(sentence: str, ids: list[int]) -> None:
    assert [ground.segment.id for ground in find_grounds(sentence, _segments())] == ids


def test_what_is_not_in_the_release_is_left_out_and_the_limits_hold() -> None:
    said = (
        "Minister Diop visited Moscow on 11 November 2021. ECOWAS condemns the attack, which killed 40 people. "
        "Minister Lavrov visited Moscow. He delivered a friendly message."
    )
    engine = ScriptedEngine(lambda prompt, decoding: said)
    summary = Abstracter(engine, Prompt("summarize: {text}")).write(_segments(), 3, 80)
    assert [(one.text, one.rests_on) for one in summary] == [
        ("Minister Diop visited Moscow on 11 November 2021.", (1,)),
        ("He delivered a friendly message.", (2,)),
    ]
    assert len(Abstracter(engine, Prompt("{text}")).write(_segments(), 1, 80)) == 1
    assert engine.calls[0][0].startswith("summarize: Minister Diop")


def test_a_release_longer_than_the_model_is_cut_at_sentences() -> None:
    engine = ScriptedEngine(lambda prompt, decoding: "")
    engine.max_tokens = 14
    Abstracter(engine, Prompt("{text}")).write(_segments(), 3, 80)
    assert engine.calls[0][0] in {segment.target for segment in _segments()}


@pytest.fixture(scope="module")
def tiny_t5(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A T5 of random weights in the Hugging Face layout: it writes nonsense, which must not be shown."""
    folder = tmp_path_factory.mktemp("t5")
    words = ["<pad>", "</s>", "<unk>", "summarize:", "Zanzibar", "Napoleon", "won", "the", "war", "."]
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>"
    ).save_pretrained(folder)
    torch.manual_seed(3)
    config = T5Config(
        vocab_size=len(words), d_model=16, d_ff=16, d_kv=4, num_heads=2, num_layers=1, decoder_start_token_id=0
    )
    T5ForConditionalGeneration(config).save_pretrained(folder)
    return folder


def test_nonsense_gives_way_to_the_summary_of_our_own(tiny_t5: Path) -> None:
    document = document_from_bytes(FRENCH.encode(), "x")
    plain = Briefer(Options(), translator_with(echo)).brief(document)
    other = Briefer(Options(summarizer=str(tiny_t5)), translator_with(echo)).brief(document)
    assert other.summary == plain.summary
    assert other.signature != plain.signature
    assert f"summarizer {tiny_t5.name}@" in other.signature


def test_a_summarizer_that_is_not_here_is_said() -> None:
    with pytest.raises(ModelError, match="no such model here"):
        Briefer(Options(summarizer="nowhere"), translator_with(echo))
