from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from comsum.models import sentence_cache
from comsum.models.prompts import Prompt
from comsum.models.sentence_cache import Recent, SentenceCache
from comsum.models.translator import Made, Translation, Translator
from tests.conftest import ScriptedEngine

MADE = {"un": Translation("one", -0.5, "model"), "deux": None}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "sentences.sqlite"


def test_what_was_kept_is_recalled_by_scope_and_task(path: Path) -> None:
    SentenceCache(path, "a").keep("translate", MADE)
    assert SentenceCache(path, "a").recall("translate", ["un", "deux", "trois"]) == MADE
    assert SentenceCache(path, "a").recall("shorten", ["un"]) == {}
    assert SentenceCache(path, "b").recall("translate", ["un"]) == {}


def test_the_file_is_the_users_alone_and_holds_no_french(path: Path) -> None:
    SentenceCache(path, "a").keep("translate", {"le secret de la phrase": Translation("x", 0.0, "model")})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"le secret" not in written


def test_more_keys_than_a_statement_takes(path: Path) -> None:
    many: Made = {f"phrase {number}": Translation(str(number), 0.0, "model") for number in range(1700)}
    cache = SentenceCache(path, "a")
    cache.keep("translate", many)
    assert cache.recall("translate", list(many)) == many


def test_the_oldest_go_when_there_are_too_many(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_cache, "MOST_ROWS", 3)
    cache = SentenceCache(path, "a")
    for number in range(6):
        cache.keep("translate", {str(number): Translation("x", 0.0, "model")})
    assert set(cache.recall("translate", list("012345"))) == {"3", "4", "5"}


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_put_aside(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    cache = SentenceCache(path, "a")
    cache.keep("translate", MADE)
    assert cache.recall("translate", ["un"]) == {"un": MADE["un"]}


def test_damage_in_the_middle_of_a_file_is_survived(path: Path) -> None:
    cache = SentenceCache(path, "a")
    cache.keep("translate", {f"phrase {n}": Translation("y" * 200, 0.0, "model") for n in range(400)})
    cache.close()
    with path.open("r+b") as stream:
        stream.seek(5000)
        stream.write(b"\xff" * 20_000)
    again = SentenceCache(path, "a")
    again.recall("translate", [f"phrase {n}" for n in range(400)])
    again.keep("translate", MADE)
    assert again.recall("translate", ["un"]) in ({"un": MADE["un"]}, {})


def test_a_row_that_says_nothing_sensible_is_passed_over(path: Path) -> None:
    cache = SentenceCache(path, "a")
    cache.keep("translate", MADE)
    cache.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE sentences SET made = '[1'")
    assert SentenceCache(path, "a").recall("translate", ["un"]) == {}


def test_a_locked_file_is_gone_without(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentence_cache, "_WAIT_SECONDS", 0.05)
    SentenceCache(path, "a").keep("translate", MADE)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    cache = SentenceCache(path, "a")
    cache.keep("translate", {"trois": Translation("three", 0.0, "model")})
    holder.execute("ROLLBACK")
    assert SentenceCache(path, "a").recall("translate", ["un", "trois"]) == {"un": MADE["un"]}


def test_a_folder_that_cannot_be_made_is_gone_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = SentenceCache(tmp_path / "file" / "sentences.sqlite", "a")
    cache.keep("translate", MADE)
    assert cache.recall("translate", ["un"]) == {}


def test_many_threads_may_ask_and_keep_at_once(path: Path) -> None:
    cache = SentenceCache(path, "a")

    def work(name: int) -> None:
        for number in range(20):
            cache.keep("translate", {f"{name} {number}": Translation(f"{name}", 0.0, "model")})

    threads = [threading.Thread(target=work, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = cache.recall("translate", [f"{name} {number}" for name in range(6) for number in range(20)])
    assert len(found) == 120


def test_a_remembered_sentence_is_not_asked_again(path: Path) -> None:
    engine = ScriptedEngine(lambda prompt, _: prompt.upper())
    for _ in range(2):
        made = Translator(engine, Prompt("{text}"), memory=SentenceCache(path, "a")).translate(["un", "deux", "un"])
        assert [one.text for one in made] == ["UN", "DEUX", "UN"]
    assert len(engine.calls) == 2


def test_the_last_sentences_are_remembered_without_a_file() -> None:
    memory = Recent(most=2)
    memory.keep("translate", MADE)
    assert memory.recall("translate", ["un", "deux", "trois"]) == MADE
    assert memory.recall("shorten", ["un"]) == {}
    memory.keep("shorten", {"trois": None})
    assert memory.recall("translate", ["un", "deux"]) == {"deux": None}
