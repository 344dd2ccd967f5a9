"""Every architecture of the catalogue, tiny and random, through the same loader, prompts and engines."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from comsum.errors import ModelError
from comsum.models import ct2_convert
from comsum.models.catalogue import entries, entry_of, families, family_of
from comsum.models.ct2_engine import CT2Engine
from comsum.models.prompts import load_prompt
from comsum.models.registry import Checkpoint, find_checkpoint
from comsum.models.search import Decoding, Engine, longest_output
from comsum.models.torch_engine import TorchEngine
from comsum.models.translator import Translator
from tests.models.tiny import FAMILIES

FRENCH = ["Le ministre est arrivé à Moscou.", "La paix.", "La délégation a quitté Niamey le 3 mai 2022."]


@pytest.fixture(scope="session", params=list(FAMILIES))
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("models") / request.param
    folder.mkdir()
    FAMILIES[request.param](folder)
    found = find_checkpoint(str(folder))
    assert found.family.name == request.param
    return found


@pytest.fixture(scope="session")
def engines(checkpoint: Checkpoint) -> list[Engine]:
    """Both, with the same float32 weights: int8 of random weights says nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ct2_convert, "QUANTIZATION", "float32")
        return [TorchEngine(checkpoint), CT2Engine(checkpoint)]


def test_both_engines_keep_the_contract(engines: list[Engine]) -> None:
    for engine in engines:
        assert not engine.knows_sentinels
        assert engine.generate([], Decoding()) == []
        found = engine.generate(FRENCH, Decoding(beams=3, candidates=3))
        assert [len(hypotheses) for hypotheses in found] == [3, 3, 3]
        for hypotheses, source in zip(found, FRENCH, strict=True):
            assert [one.score for one in hypotheses] == sorted((one.score for one in hypotheses), reverse=True)
            assert all(one.score <= 0 for one in hypotheses)
            most = longest_output(max(map(engine.count_tokens, FRENCH)), engine.max_tokens)
            assert all(engine.count_tokens(one.text) <= 3 * most for one in hypotheses), source


def test_no_mark_of_the_model_reaches_the_text(engines: list[Engine], checkpoint: Checkpoint) -> None:
    marks = re.compile(rf"^(?:{re.escape(checkpoint.family.target or '</s>')})|</s>|<pad>|<s>")
    for engine in engines:
        for hypotheses in engine.generate(FRENCH, Decoding(beams=2, candidates=2)):
            assert not [one.text for one in hypotheses if marks.search(one.text)]


def test_the_engines_agree(engines: list[Engine]) -> None:
    """The same weights say the same, but for how an output that reaches its limit is ended."""
    torch_found, ct2_found = (engine.generate(FRENCH, Decoding(beams=3)) for engine in engines)
    pairs = [(one[0], other[0]) for one, other in zip(torch_found, ct2_found, strict=True) if one[0].text]
    for one, other in pairs:  # CTranslate2 never answers with nothing at all
        assert one.score == pytest.approx(other.score, abs=0.1)
        assert one.text[:12] == other.text[:12]
    assert engines[0].count_tokens(FRENCH[0]) == engines[1].count_tokens(FRENCH[0])


def test_a_brief_sentence_comes_through_with_the_familys_prompt(engines: list[Engine], checkpoint: Checkpoint) -> None:
    prompt = load_prompt("translate", checkpoint.family.name)
    for engine in engines:
        made = Translator(engine, prompt).translate(FRENCH[1:2])
        assert [one.origin for one in made] in (["model"], ["retry"], ["fallback"])


def test_conversion_is_done_once_and_again_when_damaged(
    checkpoint: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ct2_convert.converted(checkpoint)
    written = (folder / "model.bin").stat().st_mtime_ns
    assert ct2_convert.converted(checkpoint) == folder
    assert (folder / "model.bin").stat().st_mtime_ns == written
    with (folder / "model.bin").open("r+b") as stream:
        stream.truncate(100)
    assert not ct2_convert.is_whole(folder)
    ct2_convert.converted(checkpoint)
    assert ct2_convert.is_whole(folder)
    assert not list(folder.parent.glob("converting-*"))


def test_the_catalogue_is_whole() -> None:
    for entry in entries().values():
        assert entry.family in families()
        assert load_prompt(entry.task, entry.family).fill("x").count("x") >= 1
        assert entry.commercial == ("-NC" not in entry.licence)
        assert bool(entry.quality) == bool(entry.source)
        assert entry_of(entry.repo) == entry


@pytest.mark.parametrize(
    ("config", "tokenizer", "family"),
    [
        ({"model_type": "m2m_100"}, {"tokenizer_class": "NllbTokenizer"}, "nllb"),
        ({"model_type": "m2m_100"}, {}, "m2m100"),
        ({"model_type": "t5", "vocab_size": 32_128}, {}, "t5"),
        ({"model_type": "t5", "vocab_size": 256_000}, {}, "madlad"),
        ({"model_type": "bert"}, {}, None),
        ({}, {}, None),
    ],
)
def test_a_family_is_told_from_the_configuration(
    config: dict[str, object], tokenizer: dict[str, object], family: str | None
) -> None:
    found = family_of(config, tokenizer)
    assert (found.name if found else None) == family


def test_weights_in_shards_are_found_and_a_lost_one_is_said(tmp_path: Path) -> None:
    shards = [tmp_path / f"model-{number}-of-2.safetensors" for number in (1, 2)]
    for shard in shards:
        shard.write_bytes(b"x" * 10)
    index = {"weight_map": {"a": shards[0].name, "b": shards[1].name}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index))
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    assert find_checkpoint(str(tmp_path)).size == 20
    shards[1].unlink()
    with pytest.raises(ModelError, match=r"missing: model-2-of-2"):
        find_checkpoint(str(tmp_path))


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "marian"}')
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'touch /tmp/owned'\ntR.")
    with pytest.raises(ModelError, match=r"pickle \(pytorch_model.bin\), which comsum never opens"):
        find_checkpoint(str(tmp_path))


def test_weights_that_are_not_those_of_their_record_are_refused(tmp_path: Path) -> None:
    FAMILIES["marian"](tmp_path)
    (tmp_path / "comsum.json").write_text(json.dumps({"sha256": "0" * 64, "family": "marian"}))
    with pytest.raises(ModelError, match="damaged"):
        TorchEngine(find_checkpoint(str(tmp_path)))


def test_broken_weights_are_one_clear_error(tmp_path: Path) -> None:
    FAMILIES["marian"](tmp_path)
    with (tmp_path / "model.safetensors").open("r+b") as stream:
        stream.truncate(1000)
    for engine in (TorchEngine, CT2Engine):
        with pytest.raises(ModelError, match="cannot be loaded"):
            engine(find_checkpoint(str(tmp_path)))
