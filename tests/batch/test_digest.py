"""The digest in a real browser: it loads, filters, works by keyboard and on a phone, and hostile text stays text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest

from comsum.batch import Job, plan, write_digest
from comsum.output import write_atomically
from comsum.pipeline import Briefer
from comsum.reading.document import read_file
from tests.batch.chromium import BINARY, Page
from tests.conftest import echo, translator_with

TEXTS = {
    "mali": "date 2022-05-03\n\nLe Ministre Abdoulaye DIOP a effectué une visite officielle à Dakar le 3 mai 2022.",
    "niger": "date 2022-06-08\n\nLe Président Mohamed BAZOUM a condamné l'attaque du 7 juin 2022 à Niamey.",
    "hostile": "date 2021-01-02\n\nM. Jean DUPONT a quitté Dakar <script>document.title='owned'</script> &lt;img src=x "
    "onerror=\"document.title='owned'\"&gt; le 1er janvier 2021.\n\n</script><script>document.title='owned'</script>",
}
needs_browser = pytest.mark.skipif(BINARY is None, reason="no Chromium here (Debian: apt install chromium)")


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    folder = tmp_path_factory.mktemp("digest")
    briefer = Briefer(translator=translator_with(echo))
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    found = plan(folder, folder / "briefs")
    for job in found:
        write_atomically(
            job.target.with_name(job.target.name + ".json"), briefer.brief(read_file(job.source)).to_json()
        )
    return found


@pytest.fixture(scope="module")
def digest(jobs: list[Job]) -> Path:
    output = jobs[0].target.parent
    assert write_digest(jobs, output) == len(TEXTS)
    return output / "digest.html"


@pytest.fixture
def page(digest: Path, tmp_path: Path) -> Iterator[Page]:
    with Page(digest, tmp_path) as opened:
        yield opened


SHOWN = (
    "[...document.querySelectorAll('article')].filter(a => !a.hidden).map(a => a.querySelector('.meta a').textContent)"
)


def test_it_is_valid_html_without_anything_from_elsewhere(digest: Path) -> None:
    text = digest.read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert "default-src 'none'" in text
    assert "http:" not in text
    assert "https:" not in text
    assert text.count("<script") == 1


def test_the_newest_comes_first_and_links_to_its_brief(digest: Path) -> None:
    text = digest.read_text(encoding="utf-8")
    assert text.index("niger.txt</a>") < text.index("mali.txt</a>") < text.index("hostile.txt</a>")
    assert '<a href="mali.json">' in text


@needs_browser
def test_it_loads_without_complaint_and_hostile_text_stays_text(page: Page) -> None:
    assert page.evaluate(SHOWN) == ["niger.txt", "mali.txt", "hostile.txt"]
    assert page.evaluate("document.title") == "Digest of 3 releases"
    assert page.evaluate("document.querySelectorAll('article script, article img').length") == 0
    assert page.errors == []


FILTERS = [
    ("document.querySelector('[data-filter=person]').value = 'Abdoulaye Diop'", ["mali.txt"]),
    ("document.querySelector('[data-filter=place]').value = 'Dakar'", ["mali.txt", "hostile.txt"]),
    ("document.querySelector('[data-from]').value = '2022-06-01'", ["niger.txt"]),
    ("document.querySelector('[data-to]').value = '2022-01-01'", ["hostile.txt"]),
    ("document.querySelector('[data-words]').value = 'BAZOUM attaque'", ["niger.txt"]),
]


@needs_browser
def test_the_filters_filter_and_are_taken_back(page: Page) -> None:
    for script, names in FILTERS:
        page.evaluate(f"{script}; document.querySelector('form').dispatchEvent(new Event('input'))")
        assert page.evaluate(SHOWN) == names, script
        page.evaluate("document.querySelector('[type=reset]').click(); new Promise(done => setTimeout(done, 20))")
        assert len(page.evaluate(SHOWN)) == len(TEXTS)


@needs_browser
def test_chips_and_months_filter_too(page: Page) -> None:
    page.evaluate("[...document.querySelectorAll('[data-chip=place]')].find(b => b.textContent === 'Niamey').click()")
    assert page.evaluate(SHOWN) == ["niger.txt"]
    page.evaluate("document.querySelector('[type=reset]').click(); new Promise(done => setTimeout(done, 20))")
    page.evaluate("document.querySelector('[data-month=\"2022-05\"]').click()")
    assert page.evaluate(SHOWN) == ["mali.txt"]
    assert page.evaluate("document.getElementById('count').textContent") == "1 of 3 releases"


@needs_browser
def test_the_keyboard_reaches_and_presses_a_month(page: Page) -> None:
    page.press("Tab")
    assert page.evaluate("document.activeElement.dataset.month") == "2022-06"
    page.press(" ")
    assert page.evaluate(SHOWN) == ["niger.txt"]


@needs_browser
def test_a_reference_opens_the_french_it_points_at(page: Page) -> None:
    page.evaluate("document.querySelector('small a').click()")
    assert page.evaluate("document.querySelector('article details').open") is True


@needs_browser
def test_nothing_is_cut_off_on_a_phone(digest: Path, tmp_path: Path) -> None:
    with Page(digest, tmp_path, width=360) as phone:
        phone.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert phone.evaluate("document.documentElement.scrollWidth <= 360")


def test_a_brief_that_is_broken_is_passed_over(jobs: list[Job]) -> None:
    output = jobs[0].target.parent
    (output / "mali.json").rename(output / "kept")
    (output / "mali.json").write_text("{")
    assert write_digest(jobs, output) == len(TEXTS) - 1
    (output / "kept").rename(output / "mali.json")
    assert write_digest(jobs, output) == len(TEXTS)


def test_beyond_some_hundreds_the_sentences_are_left_to_the_briefs(
    jobs: list[Job], digest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comsum.batch.digest.WHOLE", 1)
    write_digest(jobs, digest.parent)
    assert digest.read_text(encoding="utf-8").count("<details>") == 1
    monkeypatch.undo()
    write_digest(jobs, digest.parent)
    assert digest.read_text(encoding="utf-8").count("<details>") == len(TEXTS)
