"""A local Ray of two workers, one of them killed in mid-run: every release is briefed, with the bytes of a plain run."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from comsum.batch import Manifest, Rules, locally, plan, run
from comsum.batch.on_ray import Worker, over_ray
from comsum.brief import Brief
from comsum.errors import ConfigurationError
from comsum.pipeline import Briefer, Options
from comsum.reading.document import Document
from tests.conftest import echo, translator_with

ray = pytest.importorskip("ray")


class EchoWorker(Worker):
    """Without a model; kills itself once over a release that says so, or each time over one that says always."""

    def __init__(self, options: Options) -> None:
        self._briefer = Briefer(options, translator_with(echo))

    def briefs(self, documents: Sequence[Document]) -> list[Brief | Exception]:  # type: ignore[override]
        for document in documents:
            once = Path(document.name).with_suffix(".killed")
            if "toujours" in document.text or ("une fois" in document.text and not once.exists()):
                once.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return list(self._briefer.briefs(documents))


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    root = str(Path(__file__).resolve().parents[2])
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": root}})
    yield
    ray.shutdown()


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    for number in range(70):  # five windows
        kill = " Il meurt une fois." if number == 20 else ""
        (folder / f"{number:02d}.txt").write_text(
            f"Le Ministre DIOP a reçu l'Ambassadeur de France le {number % 28 + 1} mai 2022.{kill}", encoding="utf-8"
        )
    return folder


def _run(releases: Path, out: Path, *, on_ray: bool) -> list[str]:
    briefer = Briefer(translator=translator_with(echo))
    make = over_ray(Options(), workers=2, worker=EchoWorker) if on_ray else locally(briefer.briefs)
    rules = Rules(briefer.signature, {".json": Brief.to_json})
    with Manifest(out) as manifest:
        return [one.status for one in run(plan(releases, out), make, out, manifest, rules)]


def test_a_worker_that_dies_is_replaced_and_nothing_is_lost(releases: Path, tmp_path: Path) -> None:
    assert set(_run(releases, tmp_path / "spread", on_ray=True)) == {"made"}
    assert (releases / "20.killed").exists()
    assert set(_run(releases, tmp_path / "plain", on_ray=False)) == {"made"}
    for path in (tmp_path / "plain").glob("*.json"):
        assert path.read_bytes() == (tmp_path / "spread" / path.name).read_bytes()
    assert set(_run(releases, tmp_path / "spread", on_ray=True)) == {"kept"}


def test_a_release_that_kills_every_worker_fails_alone(releases: Path, tmp_path: Path) -> None:
    (releases / "69.txt").write_text("Il meurt toujours.", encoding="utf-8")
    statuses = _run(releases, tmp_path / "out", on_ray=True)
    assert (statuses.count("made"), statuses.count("failed")) == (69, 1)


def test_a_cluster_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ray, "is_initialized", lambda: False)

    def refuse(**_: object) -> None:
        raise ConnectionError("nobody answers at 10.0.0.1:6379")

    monkeypatch.setattr(ray, "init", refuse)
    with pytest.raises(ConfigurationError, match="nobody answers"):
        over_ray(Options(), address="10.0.0.1:6379")
