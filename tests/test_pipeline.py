from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from comsum.brief import Brief
from comsum.errors import ComsumError, ModelError, NotFrenchError, ShortOfMemoryError, UnexpectedError
from comsum.models.prompts import Prompt
from comsum.models.search import Decoding, Hypothesis
from comsum.models.translator import Translator
from comsum.pipeline import WINDOW, Briefer, Options
from comsum.reading.document import document_from_bytes, read_file
from comsum.terms.glossary import Glossary
from tests.conftest import RELEASES, SAMPLE, ScriptedEngine, echo, translator_with

HARD = [
    "x",
    "🙂 🙂",
    "é" * 3000,
    "1. 2. 3.",
    "<x0> <x15> <x99>",
    "[bold]",
    "=1+1",
    "A",
    "M.",
    "« »",
    "\t\tDe\n\n\nla",
    "12/11/2021",
]


@pytest.mark.parametrize("text", HARD)
def test_hard_strings_pass_through(briefer: Briefer, text: str) -> None:
    brief = briefer.brief(document_from_bytes(text.encode(), "hard"))
    assert brief.to_json()
    assert "".join(sentence.source for sentence in brief.sentences)


def test_sentences_in_are_sentences_out(briefer: Briefer) -> None:
    document = read_file(SAMPLE)
    brief = briefer.brief(document)
    assert [sentence.id for sentence in brief.sentences] == list(range(1, 14))
    for sentence in brief.sentences:
        assert document.text[sentence.start : sentence.end] == sentence.source
        assert sentence.target
    assert [len(paragraph) for paragraph in brief.paragraphs()] == [3, 2, 2, 2, 1, 2, 1]


def test_text_in_another_language_is_kept_and_said(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(RELEASES / "deux_langues.txt"))
    assert [sentence.origin for sentence in brief.sentences] == ["model", "kept"]
    assert brief.sentences[1].target == brief.sentences[1].source
    assert [check.kind for check in brief.checks_of(2)] == ["language"]


def test_a_release_in_another_language_is_refused(briefer: Briefer) -> None:
    text = "The Minister of Foreign Affairs met his counterpart in Moscow and thanked him warmly."
    with pytest.raises(NotFrenchError, match="not French"):
        briefer.brief(document_from_bytes(text.encode(), "english.txt"))


def test_a_heading_in_capitals_is_the_title_and_keeps_its_french(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(RELEASES / "visite_dakar.txt"))
    assert brief.title is not None
    assert brief.title.source.isupper()
    assert not brief.title.target.isupper()
    assert brief.sentences[0].kind == "heading"
    assert brief.sentences[-1].kind == "signature"


def test_the_glossary_reaches_the_english_and_the_signature() -> None:
    glossary = Glossary({"conférence de presse": "media briefing"})
    brief = Briefer(Options(glossary=glossary), translator_with(echo)).brief(read_file(SAMPLE))
    assert "media briefing" in brief.translation
    assert glossary.digest in brief.signature
    assert [fact.label for fact in brief.facts if fact.kind == "term"] == ["media briefing"]


def test_an_engine_without_sentinels_gets_plain_text_and_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    translator = translator_with(lambda prompt, _: "Minister Diop went to Moscow.")
    monkeypatch.setattr(translator.engine, "knows_sentinels", False)
    brief = Briefer(Options(), translator).brief(
        document_from_bytes("Le Ministre DIOP est allé à Moscou.".encode(), "x")
    )
    assert brief.translation == "Minister Diop went to Moscow."
    assert {fact.value: fact.target is not None for fact in brief.facts if fact.kind in ("person", "place")} == {
        "Diop": True,
        "Moscow": True,
    }


def test_what_a_model_loses_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    translator = translator_with(lambda prompt, _: "They met.")
    monkeypatch.setattr(translator.engine, "knows_sentinels", False)
    text = "Les délégations se sont réunies le 3 mai 2022 à Moscou avec 25 experts."
    brief = Briefer(Options(), translator).brief(document_from_bytes(text.encode(), "x"))
    assert {"number", "date", "name"} <= {check.kind for check in brief.checks}
    assert brief.failed


def test_a_model_without_sentinels_is_repaired_where_it_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    translator = translator_with(
        lambda prompt, _: "The CEDEAO met in Moscou on 12 novembre 2021 and gave 1 234,5 euros."
    )
    monkeypatch.setattr(translator.engine, "knows_sentinels", False)
    text = "La CEDEAO s'est réunie à Moscou le 12 novembre 2021 et a donné 1 234,5 euros."
    brief = Briefer(Options(), translator).brief(document_from_bytes(text.encode(), "x"))
    assert brief.sentences[0].target == "The ECOWAS met in Moscow on 12 November 2021 and gave 1,234.5 euros."
    assert not [check for check in brief.checks if check.kind in ("number", "date", "name")]


def test_threads_may_share_a_briefer(real_briefer: Briefer) -> None:
    texts = [path.read_text("utf-8") for path in sorted((RELEASES.parent / "gold").glob("*.txt"))][:6]
    alone = [real_briefer.brief(text).to_json() for text in texts]
    fresh = Briefer(Options(cache=False))
    with ThreadPoolExecutor(6) as pool:
        assert [one.to_json() for one in pool.map(fresh.brief, texts)] == alone


def test_a_stream_is_taken_as_it_comes_and_given_back_in_order(briefer: Briefer) -> None:
    taken: list[int] = []

    def releases() -> Iterator[str]:
        for number in itertools.count(1):
            taken.append(number)
            yield (
                "This is a meeting in English, held on Monday."
                if number == 3
                else f"Il y a {number} ministres à Paris."
            )

    first = list(itertools.islice(briefer.stream(releases()), 5))
    assert taken == list(range(1, WINDOW + 1))
    assert [type(one).__name__ for one in first] == ["Brief", "Brief", "NotFrenchError", "Brief", "Brief"]
    assert [one.sentences[0].source.split()[3] for one in first if isinstance(one, Brief)] == ["1", "2", "4", "5"]


TEXTS = ["Le Ministre est à Dakar.", "La délégation est à Gao.", "Le Président est à Niamey."]


class _Small(ScriptedEngine):
    """An engine with memory for one sentence, and an error of its own for some."""

    def __init__(self, errors: dict[str, Exception]) -> None:
        super().__init__(echo)
        self._errors = errors

    def generate(self, prompts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
        if len(prompts) > 1:
            raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 2 bytes")
        for word, error in self._errors.items():
            if word in prompts[0]:
                raise error
        return super().generate(prompts, decoding)


def _small(**errors: Exception) -> list[Brief | ComsumError]:
    return Briefer(Options(), Translator(_Small(errors), Prompt("translate: {text}"))).briefs(TEXTS)


def test_releases_that_do_not_fit_into_memory_together_are_briefed_alone() -> None:
    assert all(isinstance(result, Brief) for result in _small())


@pytest.mark.parametrize(
    ("error", "expected", "says"),
    [
        (MemoryError(), ShortOfMemoryError, "--threads"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), ShortOfMemoryError, "--max-bytes"),
        (RuntimeError("std::bad_alloc"), ShortOfMemoryError, "--engine ct2"),
        (ValueError("a defect"), UnexpectedError, "text: unexpected ValueError: a defect"),
    ],
)
def test_what_one_release_brings_out_costs_that_release_only(
    error: Exception, expected: type[ComsumError], says: str
) -> None:
    results = _small(délégation=error)
    assert [type(one) for one in results] == [Brief, expected, Brief]
    assert says in str(results[1])


def test_without_a_model_there_is_nothing_to_go_on_with() -> None:
    with pytest.raises(ModelError):
        _small(délégation=ModelError("gone"))
