from __future__ import annotations

import json
from pathlib import Path

import pytest

from comsum.batch import Manifest, Rules, locally, plan, run, write_index
from comsum.brief import Brief
from comsum.errors import InputError
from comsum.pipeline import Briefer
from comsum.render.markdown import render_markdown


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("Le Ministre a reçu l'Ambassadeur de France le 3 mai 2022.", encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\x00\x01\x02")
    (folder / "c.md").write_text("La CEDEAO condamne l'attaque du 4 mai 2022 à Gao.", encoding="utf-8")
    (folder / "image.png").write_bytes(b"\x89PNG")
    (folder / "sub" / "d.txt").write_text("Le Président a quitté Bamako hier pour Dakar.", encoding="utf-8")
    return folder


def test_the_plan_is_sorted_and_knows_what_is_a_release(releases: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert [job.name for job in plan(releases, out)] == ["a.txt", "b.txt", "c.md"]
    assert [job.name for job in plan(releases, out, recursive=True)] == ["a.txt", "b.txt", "c.md", "sub/d.txt"]
    assert [job.name for job in plan(releases, out, glob="*.md")] == ["c.md"]


def test_two_files_of_one_stem_do_not_share_a_brief(releases: Path, tmp_path: Path) -> None:
    (releases / "a.md").write_text("Autre.", encoding="utf-8")
    targets = [job.target for job in plan(releases, tmp_path / "out")]
    assert len(set(targets)) == len(targets)


def test_a_folder_without_releases_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no releases"):
        plan(tmp_path, tmp_path / "out")


def test_outputs_inside_the_folder_are_no_inputs(releases: Path) -> None:
    out = releases / "briefs"
    out.mkdir()
    (out / "a.md").write_text("# an older brief")
    assert all("briefs" not in job.name for job in plan(releases, out, recursive=True))


VIEWS = {".json": Brief.to_json, ".md": render_markdown}


def _statuses(releases: Path, out: Path, briefer: Briefer, **settings: bool) -> list[str]:
    rules = Rules(briefer.signature, VIEWS, **settings)  # type: ignore[arg-type]
    with Manifest(out) as manifest:
        return [one.status for one in run(plan(releases, out), locally(briefer.briefs), out, manifest, rules)]


def test_a_bad_file_is_one_failure_and_the_run_goes_on(releases: Path, tmp_path: Path, briefer: Briefer) -> None:
    out = tmp_path / "out"
    assert _statuses(releases, out, briefer) == ["made", "failed", "made"]
    assert sorted(path.name for path in out.iterdir()) == ["a.json", "a.md", "c.json", "c.md", "manifest.jsonl"]
    assert _statuses(releases, tmp_path / "other", briefer, fail_fast=True) == ["made", "failed"]


def test_a_second_run_makes_only_what_is_new_or_changed(releases: Path, tmp_path: Path, briefer: Briefer) -> None:
    out = tmp_path / "out"
    _statuses(releases, out, briefer)
    before = (out / "a.json").stat().st_mtime_ns
    (releases / "c.md").write_text("La CEDEAO salue l'accord du 5 mai 2022.", encoding="utf-8")
    assert _statuses(releases, out, briefer) == ["kept", "failed", "made"]
    assert (out / "a.json").stat().st_mtime_ns == before
    assert _statuses(releases, out, briefer, resume=False) == ["made", "failed", "made"]


def test_what_comsum_did_not_write_is_not_overwritten(releases: Path, tmp_path: Path, briefer: Briefer) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.json").write_text('{"mine": true}')
    assert _statuses(releases, out, briefer)[0] == "failed"
    assert json.loads((out / "a.json").read_text()) == {"mine": True}
    assert _statuses(releases, out, briefer, force=True)[0] == "made"


def test_the_index_has_a_line_for_each_brief(releases: Path, tmp_path: Path, briefer: Briefer) -> None:
    out = tmp_path / "out"
    _statuses(releases, out, briefer)
    assert write_index(plan(releases, out), out) == 2
    lines = [json.loads(line) for line in (out / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["file"] for line in lines] == ["a.json", "c.json"]
    assert all({"schema", "source", "summary", "errors", "signature"} <= line.keys() for line in lines)


def test_a_run_twice_gives_the_same_bytes(releases: Path, tmp_path: Path, briefer: Briefer) -> None:
    for name in ("one", "two"):
        _statuses(releases, tmp_path / name, briefer)
    assert (tmp_path / "one" / "a.json").read_bytes() == (tmp_path / "two" / "a.json").read_bytes()
