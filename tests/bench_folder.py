"""What a folder costs: speed beside plain loops, memory as it goes, cost as folders and releases grow, and the plan.

    python tests/bench_folder.py [speed] [memory] [growth] [long] [plan] [TEXT …]      all when none is named

Releases are drawn, sentence by sentence, from the texts (one sentence a line) or those of the tests, seeded. Speed and memory run the bundled model;
growth to 10,000 releases, and releases of 10,000 sentences, run everything but the model, whose cost is the sum of its
sentences'.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from comsum.batch import Manifest, Rules, locally, plan, run
from comsum.models.requests import Request
from comsum.pipeline import Briefer, Options
from comsum.reading.document import Document, read_file
from comsum.render.markdown import render_markdown
from comsum.text.language import is_french
from comsum.text.segment import segment
from tests.conftest import RELEASES, SAMPLE, echo, translator_with

T = TypeVar("T")
GOLD = Path(__file__).parent / "fixtures" / "gold"
LOOPED = 24  # releases for the loops, which are slow
TEXTS = [Path(argument) for argument in sys.argv[1:] if argument.endswith(".fr")]
SENTENCES = 13  # in each release, as in the sample; two where thousands are made


def sentences(texts: Sequence[Path] = ()) -> list[str]:
    """Those of the texts, one a line, each once; without texts, those of the tests' releases and the sample."""
    if texts:
        lines = (line for text in texts for line in text.read_text("utf-8").splitlines())
        return list(dict.fromkeys(line for line in lines if 8 < len(line.split()) < 60))
    paths = [SAMPLE, *sorted(GOLD.glob("*.txt")), *sorted(RELEASES.glob("*.txt"))]
    found = [s.text for path in paths for s in segment(read_file(path).text).segments if s.kind == "sentence"]
    return [text for text in dict.fromkeys(found) if is_french(text) and len(text.split()) > 8]


@contextmanager
def folder(count: int, size: int) -> Iterator[Path]:
    """A temporary folder of `count` releases of `size` sentences drawn at random."""
    rng, known = random.Random(1), sentences(TEXTS)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "releases"
        path.mkdir()
        for number in range(count):
            text = f"Communiqué n° {number + 100}. " + " ".join(rng.sample(known, size))
            (path / f"{number:05d}.txt").write_text(text, encoding="utf-8")
        yield path


def brief_folder(path: Path, briefer: Briefer, each: Callable[[int], None] = lambda _: None) -> float:
    """Run the folder into one beside it; return seconds."""
    rules = Rules(briefer.signature, {".json": lambda b: b.to_json(), ".md": render_markdown})
    out, started = path.parent / f"briefs{time.monotonic_ns()}", time.perf_counter()
    with Manifest(out) as manifest:
        for done, outcome in enumerate(run(plan(path, out), locally(briefer.briefs), out, manifest, rules), 1):
            assert outcome.status == "made", outcome
            each(done)
    return time.perf_counter() - started


def speed() -> None:
    """Words a second of a folder run beside three loops over the same files with the same model."""
    first, second, third = (_loaded() for _ in range(3))  # one each: a briefer remembers its last sentences
    with folder(LOOPED, SENTENCES) as path:
        files = sorted(path.iterdir())
        documents = [read_file(file) for file in files]
        words = sum(len(document.text.split()) for document in documents)
        rows = {
            "folder run": brief_folder(path, first),
            "loop: brief() a file, model loaded once": _timed(second.brief, documents),
            "loop: the same, generate a sentence": _timed(lambda one: _one_by_one(third, one), documents),
            "loop: the command a file": _timed(_command, files[:6]) * LOOPED / 6,
        }
    for name, seconds in rows.items():
        print(f"{name:<42}{words / seconds:8.0f} words/s   {seconds / rows['folder run']:5.2f} times the folder run")


def _loaded() -> Briefer:
    briefer = Briefer(Options(cache=False))
    briefer.brief(read_file(SAMPLE))
    return briefer


def _timed(work: Callable[[T], object], things: Sequence[T]) -> float:
    started = time.perf_counter()
    for one in things:
        work(one)
    return time.perf_counter() - started


def _one_by_one(briefer: Briefer, document: Document) -> None:
    """A brief with one call of `generate` a sentence."""
    steps, translator = briefer._steps(document), briefer._translator
    try:
        request: Request = next(steps)
        while True:
            ask = translator.translate if request.task == "translate" else translator.shorten
            request = steps.send([ask([text])[0] for text in request.texts])
    except StopIteration:
        return


def _command(file: Path) -> None:
    subprocess.run([sys.executable, "-m", "comsum", "--no-cache", file], stdout=subprocess.DEVNULL, check=True)


def memory(count: int = 2000) -> None:
    """Resident memory after the first hundred documents and at the end."""
    marks: dict[int, float] = {}

    def note(done: int) -> None:
        if done in (100, count // 2, count):
            marks[done] = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

    with folder(count, 2) as path:
        seconds = brief_folder(path, Briefer(Options(cache=False)), note)
    print(
        f"memory over {count} documents ({seconds:.0f} s): " + ", ".join(f"{k}: {v:.0f} MB" for k, v in marks.items())
    )


def growth(sizes: Sequence[int] = (10, 100, 1000, 10_000)) -> None:
    """Milliseconds a document of everything but the model, as the folder grows."""
    briefer = Briefer(translator=translator_with(echo))
    for size in sizes:
        with folder(size, 2) as path:
            print(f"{size:>6} documents: {1000 * brief_folder(path, briefer) / size:.2f} ms each")


def long(sizes: Sequence[int] = (100, 1000, 10_000)) -> None:
    """Milliseconds a sentence of everything but the model, and the peak of memory, as a release grows."""
    rng, known = random.Random(1), sentences(TEXTS)
    for size in sizes:
        drawn = rng.choices(known, k=size)
        text = "\n\n".join(" ".join(drawn[start : start + 5]) for start in range(0, size, 5))
        briefer = Briefer(translator=translator_with(echo))
        seconds = _timed(lambda one, briefer=briefer: briefer.brief(one).to_json(), [text])  # type: ignore[misc]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>6} sentences: {1000 * seconds / size:.2f} ms each, {peak:.0f} MB")


def planned(count: int = 100_000) -> None:
    """Seconds to plan a hundred thousand files in a hundred folders."""
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            folder = Path(name) / f"{number % 100:02d}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number}.txt").touch()
        started = time.perf_counter()
        jobs = plan(Path(name), Path(name) / "briefs", recursive=True)
        print(f"plan of {len(jobs)} files: {time.perf_counter() - started:.2f} s")


def main() -> None:
    works = {"speed": speed, "memory": memory, "growth": growth, "long": long, "plan": planned}
    for name in [argument for argument in sys.argv[1:] if not argument.endswith(".fr")] or works:
        works[name]()


if __name__ == "__main__":
    main()
