"""`make bench`: what a user waits for, each beside what it is to be measured against, in one run.

    python tests/bench.py [TEXT …]      each TEXT has French sentences, one a line; see `sentences` for what is taken without

The first table is of cold processes, run in turns so that none has the machine's better minutes, the median of five. The
second is of 200 releases, each contender in a process of its own: comsum with each engine, (a) what one would write
first, `generate` for each sentence, and (b) the practical limit, CTranslate2 itself on the same weights, given all
sentences at once with the same beams and threads, translating only. Nothing is remembered from one to the next.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.bench_folder import brief_folder, sentences
from tests.conftest import SAMPLE

RUNS = 5
RELEASES, SIZE = 200, 13  # releases, and sentences in each, as in the sample
LOOPED = 100  # sentences for the loop, which is slow
# A user's Python keeps compiled modules; so do these.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def measure(command: Sequence[str], output: int = subprocess.DEVNULL) -> tuple[float, float, bytes]:
    """Run once; return wall seconds, peak resident memory in MB, and what it printed."""
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, env=ENVIRONMENT) as process:
        printed = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"{command} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024, printed


def cold() -> None:
    """Processes from start to end, in turns."""
    comsum = [sys.executable, "-m", "comsum"]
    commands = {
        "(c) import torch, transformers": [sys.executable, "-c", "import torch, transformers"],
        "comsum --help": [*comsum, "--help"],
        "the sample, ct2": [*comsum, str(SAMPLE), "--no-cache", "--engine", "ct2"],
        "the sample, torch": [*comsum, str(SAMPLE), "--no-cache", "--engine", "torch"],
        "the sample again, remembered": [*comsum, str(SAMPLE)],
    }
    for command in commands.values():  # convert the model, fill caches
        measure(command)
    turns = [{name: measure(command)[:2] for name, command in commands.items()} for _ in range(RUNS)]
    base = statistics.median(turn["(c) import torch, transformers"][0] for turn in turns)
    print(f"{'cold':<34}{'median':>8}  {'range':<12}{'of (c)':>8}{'memory':>10}")
    for name in commands:
        times = [turn[name][0] for turn in turns]
        middle, most = statistics.median(times), max(turn[name][1] for turn in turns)
        print(f"{name:<34}{middle:7.2f}s  {min(times):.2f}-{max(times):.2f}{middle / base:12.2f}{most:7.0f} MB")


def folder_of(texts: Sequence[Path], path: Path) -> list[str]:
    """Write the releases; return their sentences."""
    known, rng, wanted = sentences(texts), random.Random(1), RELEASES * SIZE
    chosen = rng.sample(known, wanted) if len(known) >= wanted else rng.choices(known, k=wanted)
    path.mkdir()
    for number in range(RELEASES):
        (path / f"{number:03d}.txt").write_text(" ".join(chosen[number * SIZE : (number + 1) * SIZE]), "utf-8")
    (path.parent / "sentences.json").write_text(json.dumps(chosen))
    return chosen


def folder(texts: Sequence[Path]) -> None:
    """Two hundred releases by each contender."""
    with tempfile.TemporaryDirectory() as name:
        chosen = folder_of(texts, Path(name) / "releases")
        print(f"\n{RELEASES} releases, {len(set(chosen))} different sentences")
        print(f"{'':<34}{'words/s':>8}{'of (a)':>9}{'of (b)':>9}{'memory':>10}{'a brief warm':>15}")
        rows = {}
        for contender in CONTENDERS:
            _, most, printed = measure([sys.executable, __file__, "--contender", contender, name], subprocess.PIPE)
            rows[contender] = {**json.loads(printed), "memory": most}
        a, b = rows[LOOP]["rate"], rows[LIMIT]["rate"]
        for contender, row in rows.items():
            warm = f"{row['warm']:13.3f} s" if row.get("warm") else ""
            print(
                f"{contender:<34}{row['rate']:8.0f}{row['rate'] / a:9.2f}{row['rate'] / b:9.2f}{row['memory']:7.0f} MB{warm}"
            )


def words(texts: Sequence[str]) -> int:
    """Words, as spaces tell them."""
    return sum(len(text.split()) for text in texts)


def briefs(engine: str) -> Callable[[Path, list[str]], dict[str, float]]:
    """A folder run with an engine, and the time of a brief once the model is loaded."""

    def work(path: Path, chosen: list[str]) -> dict[str, float]:
        from comsum import Briefer, Options, read_file

        briefer = Briefer(Options(engine=engine, cache=False))
        briefer.brief(read_file(SAMPLE))
        started = time.perf_counter()
        briefer.brief(read_file(path / "releases" / "000.txt"))  # another one: nothing of it is known
        warm = time.perf_counter() - started
        return {"rate": words(chosen) / brief_folder(path / "releases", briefer), "warm": warm}

    return work


def translation(engine: str) -> Callable[[Path, list[str]], dict[str, float]]:
    """Sentences translated as in a brief, entities protected and restored, and nothing else done."""

    def work(_: Path, chosen: list[str]) -> dict[str, float]:
        from comsum.models.engines import load_engine
        from comsum.models.prompts import load_prompt
        from comsum.models.registry import find_checkpoint
        from comsum.models.translator import Translator
        from comsum.terms.find import find_entities
        from comsum.terms.protect import protect
        from comsum.terms.restore import restore

        translator = Translator(load_engine(find_checkpoint(), engine), load_prompt("translate", "bundled"))
        translator.translate(["la paix"])
        protect(chosen[0], find_entities(chosen[0]))  # word lists are read at first use
        started = time.perf_counter()
        shielded = [protect(text, find_entities(text)) for text in chosen]
        made = translator.translate([one.text for one in shielded])
        for one, shield in zip(made, shielded, strict=True):
            restore(one.text, shield)
        return {"rate": words(chosen) / (time.perf_counter() - started)}

    return work


def loop(_: Path, chosen: list[str]) -> dict[str, float]:
    """`generate` for each sentence, with the settings that the checkpoint comes with."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    from comsum.models.registry import find_checkpoint

    checkpoint = find_checkpoint().folder
    tokenizer = AutoTokenizer.from_pretrained(checkpoint)
    model = AutoModelForSeq2SeqLM.from_pretrained(checkpoint, dtype=torch.float32)
    started = time.perf_counter()
    for text in chosen[:LOOPED]:
        inputs = tokenizer(f"translate: {text}", return_tensors="pt", return_token_type_ids=False)
        tokenizer.decode(model.generate(**inputs, max_new_tokens=200)[0], skip_special_tokens=True)
    return {"rate": words(chosen[:LOOPED]) / (time.perf_counter() - started)}


def limit(_: Path, chosen: list[str]) -> dict[str, float]:
    """CTranslate2 itself, told to make its own batches of all sentences."""
    import ctranslate2

    from comsum.models.ct2_convert import converted
    from comsum.models.ct2_engine import BATCH_TOKENS
    from comsum.models.pieces import read_pieces
    from comsum.models.registry import find_checkpoint
    from comsum.models.threads import physical_cores
    from comsum.models.translator import FIRST

    place = converted(find_checkpoint())
    pieces, _told = read_pieces(place)
    model = ctranslate2.Translator(str(place), inter_threads=physical_cores(), intra_threads=1)
    model.translate_batch([pieces.encode("translate: la paix")])
    started = time.perf_counter()
    sources = [pieces.encode(f"translate: {text}") for text in chosen]
    found = model.translate_batch(
        sources, beam_size=FIRST.beams, max_batch_size=BATCH_TOKENS, batch_type="tokens", max_input_length=0
    )
    for one in found:
        pieces.decode(one.hypotheses[0])
    return {"rate": words(chosen) / (time.perf_counter() - started)}


LOOP, LIMIT = "(a) a plain loop of generate", "(b) CTranslate2 directly"
CONTENDERS = {
    LOOP: loop,
    LIMIT: limit,
    "comsum, translation alone, ct2": translation("ct2"),
    "comsum, translation alone, torch": translation("torch"),
    "comsum, whole briefs, ct2": briefs("ct2"),
    "comsum, whole briefs, torch": briefs("torch"),
}


def main() -> None:
    if sys.argv[1:2] == ["--contender"]:
        name, place = sys.argv[2], Path(sys.argv[3])
        print(json.dumps(CONTENDERS[name](place, json.loads((place / "sentences.json").read_text()))))
        return
    cold()
    folder([Path(argument) for argument in sys.argv[1:]])


if __name__ == "__main__":
    main()
