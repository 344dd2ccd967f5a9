"""What the summarize prompt is learnt from: English cut by its syntax, and the packed pairs made of it."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer

from comsum.training import pack, vocabulary
from comsum.training.pairs import Pair
from comsum.training.shorten import shorten

SHORTENED = [
    (
        "In this regard, the two Ministers agreed to hold the next session of the Joint Commission in Bamako.",
        "The two Ministers agreed to hold the next session of the Joint Commission in Bamako.",
    ),
    (
        "Our relations with Russia, which have been so important since the 10 May summit, have warmed considerably.",
        "Our relations with Russia have warmed considerably.",
    ),
    (
        "The Council is monitoring the situation in <x0>, in particular the case of the leaders held by <x1> since <x2>.",
        "The Council is monitoring the situation in <x0>.",
    ),
    (
        "<x0> representatives (those of <x1> too) agreed in principle on a peace plan, injecting new life into it.",
        "<x0> representatives agreed in principle on a peace plan.",
    ),
    (
        "Despite the increase in sales, Honda has once again raised its market share in Spain to 1.8%.",
        "Honda has raised its market share in Spain to 1.8%.",
    ),
    ("The Minister signed the agreement on 4 April.", "The Minister signed the agreement on 4 April."),
    ("Yes, indeed.", None),
    (
        "The President received the credentials of the Ambassador of Japan yesterday morning at the palace in Koulouba.",
        None,
    ),
    (
        'The company owns various technologies, such as the legendary "time clock, which recorded when" workers left.',
        None,
    ),
]


@pytest.mark.parametrize(("english", "short"), SHORTENED)
def test_the_main_clause_stays_and_what_hangs_on_it_goes(english: str, short: str | None) -> None:
    assert shorten(english) == short


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    pairs = [
        Pair(f"Le ministre a signé l'accord numéro {n}.", f"The minister signed agreement {n}.") for n in range(300)
    ]
    return vocabulary.make_vocabulary(pairs, 500)[0]


def test_pairs_for_the_summarize_prompt_carry_its_task_and_the_short_english(tokenizer: Tokenizer) -> None:
    long = Pair(
        "À cet égard, les deux ministres ont signé l'accord à Bamako, qui a été négocié pendant de longues années.",
        "In this regard, the two ministers signed the agreement in Bamako, which was negotiated over very many years.",
    )
    size = tokenizer.get_vocab_size()
    packed = pack.pack([long], tokenizer, size, task=pack.SUMMARIZE, sentinel_share=0.0, max_tokens=900)
    source, target = tokenizer.decode(list(packed.source)), tokenizer.decode(list(packed.target))
    assert packed.source[0] == tokenizer.token_to_id("summarize:")
    assert "qui a été négocié" in source
    assert target == "The two ministers signed the agreement in Bamako."


def test_only_some_sentences_that_are_short_already_are_learnt_as_they_are(tokenizer: Tokenizer) -> None:
    pairs = [
        Pair(f"Le ministre a signé l'accord numéro {n}.", f"The minister signed agreement number {n}.")
        for n in range(400)
    ]
    packed = pack.pack(pairs, tokenizer, tokenizer.get_vocab_size(), task=pack.SUMMARIZE, max_tokens=900)
    assert 0.1 * len(pairs) < len(packed) < 0.3 * len(pairs)
