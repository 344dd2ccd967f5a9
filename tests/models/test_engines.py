"""Which engine is chosen, that conversion is safe from crowds, and that the bundled model says the same on both."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from comsum.errors import ConfigurationError, ModelError
from comsum.models import ct2_convert, engines
from comsum.models.ct2_engine import CT2Engine
from comsum.models.engines import LazyEngine, choose_engine, engine_name, load_engine
from comsum.models.registry import find_checkpoint
from comsum.models.search import Decoding
from comsum.models.threads import physical_cores
from comsum.models.torch_engine import TorchEngine
from tests.conftest import SAMPLE, run_comsum

FRENCH = ["translate: Le <x0> a reçu la délégation.", "translate: La paix et la sécurité.", "translate: <x3> <x1>"]


@pytest.mark.parametrize(
    ("installed", "writable", "wanted", "chosen"),
    [
        (True, True, "auto", "ct2"),
        (False, True, "auto", "torch"),
        (True, False, "auto", "torch"),
        (True, True, "torch", "torch"),
        (True, False, "ct2", "ct2"),
    ],
)
def test_the_fast_engine_is_taken_where_it_can_be(
    monkeypatch: pytest.MonkeyPatch, installed: bool, writable: bool, wanted: str, chosen: str
) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: object() if installed else None)
    monkeypatch.setattr(engines, "_can_keep", lambda: writable)
    assert choose_engine(wanted) == chosen


def test_an_engine_that_is_not_installed_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'comsum\[fast\]'"):
        LazyEngine(find_checkpoint(), "ct2")


def test_a_lazy_engine_is_the_real_one_and_loads_it_when_asked() -> None:
    lazy = LazyEngine(find_checkpoint(), "ct2")
    assert "_loaded" not in vars(lazy)
    assert lazy.name == engine_name("ct2") == CT2Engine.name
    assert lazy.generate(FRENCH, Decoding())[0][0].text
    assert lazy.knows_sentinels == lazy.engine.knows_sentinels
    assert (lazy.max_tokens, lazy.count_tokens("la paix")) == (lazy.engine.max_tokens, 3)


def test_the_bundled_model_says_nearly_the_same_on_both() -> None:
    """Its int8 weights are near enough to float32: the same sentinels and score, and most of the words."""
    reference, fast = (load_engine(find_checkpoint(), name).generate(FRENCH, Decoding()) for name in ("torch", "ct2"))
    for one, other in zip(reference, fast, strict=True):
        assert re.findall(r"<x\d+>", one[0].text) == re.findall(r"<x\d+>", other[0].text)
        assert SequenceMatcher(None, one[0].text, other[0].text).ratio() > 0.8
        assert one[0].score == pytest.approx(other[0].score, abs=0.15)


def test_later_runs_of_the_fast_engine_import_neither_torch_nor_transformers() -> None:
    CT2Engine(find_checkpoint())
    code = (
        "import sys; from comsum.cli import main; "
        f"main([{str(SAMPLE)!r}, '--engine', 'ct2', '--no-cache', '--only', 'summary']); "
        "print(sorted({'torch', 'transformers', 'numpy.testing'} & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True)
    assert result.stderr == "[]\n"


def test_many_processes_convert_once(tmp_path: Path) -> None:
    """Four cold starts at once into one empty cache: all brief, one folder is left, no debris."""
    command = [sys.executable, "-m", "comsum", "--engine", "ct2", "--only", "translation", "-"]
    environment = {"XDG_CACHE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    running = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        for _ in range(4)
    ]
    results = [process.communicate("La délégation est arrivée à Paris.".encode(), timeout=200) for process in running]
    assert len({stdout for stdout, _ in results}) == 1
    assert all(stderr == b"" for _, stderr in results)
    left = sorted(path.name for path in (tmp_path / "comsum" / "ct2").iterdir())
    assert len(left) == 2
    assert left[1] == f"{left[0]}.lock"


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelError, match=r"cannot be written .* take --engine torch"):
        CT2Engine(find_checkpoint())


def test_a_conversion_of_other_weights_is_another_folder(tmp_path: Path) -> None:
    checkpoint = find_checkpoint()
    copy = tmp_path / "copy"
    shutil.copytree(checkpoint.folder, copy)
    meta = copy / "meta.json"
    meta.write_text(meta.read_text("utf-8").replace(checkpoint.digest, "0" * 8), "utf-8")
    other = find_checkpoint(str(copy))
    assert ct2_convert.converted_folder(other) != ct2_convert.converted_folder(checkpoint)
    with pytest.raises(ModelError, match="damaged"):
        TorchEngine(other)


def test_the_same_sentences_are_not_translated_twice_in_two_runs(tmp_path: Path) -> None:
    cache = str(tmp_path)
    first = run_comsum(SAMPLE, "--json", "--engine", "ct2", XDG_CACHE_HOME=cache)
    kept = tmp_path / "comsum" / "ct2"
    shutil.rmtree(kept)
    again = run_comsum(SAMPLE, "--json", "--engine", "ct2", XDG_CACHE_HOME=cache)
    assert again.stdout == first.stdout
    assert not kept.exists()  # nothing was asked of a model
    run_comsum(SAMPLE, "--json", "--engine", "ct2", "--no-cache", XDG_CACHE_HOME=cache)
    assert kept.exists()


def test_there_is_a_thread_for_each_core_at_least_one() -> None:
    assert 1 <= physical_cores() <= 1024
