"""Real files, made with real programs (see fixtures/files/README.md), and hostile ones made here."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from comsum.errors import ConfigurationError, InputError, NotTextError
from comsum.pipeline import Briefer
from comsum.reading import workshop
from comsum.reading.document import Bounds, document_from_bytes, read_file
from comsum.reading.formats.layout import Line, joined, text_of_pages
from comsum.reading.formats.sniff import format_of
from comsum.reading.workshop import WORKSHOP
from tests.conftest import ROOT

FILES = Path(__file__).parents[1] / "fixtures" / "files"
VISIT = (
    "Le Ministre des Affaires étrangères, M. Oumar TRAORÉ, a effectué une visite de travail à Dakar du 2 au 4 mai 2022, "
    "à l’invitation de son homologue sénégalaise, Mme Aïssata SALL."
)


@pytest.mark.parametrize("name", ["page.html", "page.pdf", "release.docx", "release.odt", "release.pdf"])
def test_every_format_gives_the_same_paragraph(name: str) -> None:
    document = read_file(FILES / name)
    assert VISIT in document.text.replace("\u00a0", " ").split("\n\n")
    assert document.format == Path(name).suffix[1:]
    assert "1 250 000 euros" in document.text.replace("\u00a0", " ")


def test_a_page_is_read_without_its_chrome_and_with_its_description() -> None:
    page = read_file(FILES / "page.html")
    for chrome in ("Accueil", "Visas", "lettre d’information", "Mentions légales", "tracker"):
        assert chrome not in page.text
    assert "- Un comité d’experts préparera la feuille de route." in page.text.split("\n\n")
    assert (page.title, page.author, page.date) == (
        "Visite du Ministre à Dakar", "Direction de la communication", "2022-05-04",
    )  # fmt: skip
    assert page.url == "https://diplomatie.example/communiques/visite-dakar"


def test_headers_footers_and_page_numbers_are_dropped_and_lists_kept() -> None:
    document = read_file(FILES / "conference.pdf")
    assert "Un Peuple, Un But" not in document.text
    assert "page" not in document.text
    parts = document.text.split("\n\n")
    assert [part.split(".")[0] for part in parts if part[0].isdigit()] == [str(number) for number in range(1, 13)]
    assert sum(part.startswith("•") for part in parts) == 3
    assert (document.title, document.author) == ("Communiqué final", "Cellule de communication")


def test_justified_columns_are_read_one_after_the_other() -> None:
    parts = read_file(FILES / "colonnes.pdf").text.split("\n\n")
    assert parts[0] == "Communiqué final"
    assert parts[1].startswith(
        "La Conférence des Chefs d’État et de Gouvernement s’est réunie en session extraordinaire"
    )
    assert all(part[0].isupper() and part.endswith(".") for part in parts[1:])


def test_a_message_gives_its_text_subject_sender_and_day() -> None:
    mail = read_file(FILES / "courriel.eml")
    assert mail.text.startswith("Le Gouvernement condamne")
    assert "Version HTML" not in mail.text
    assert (mail.title, mail.author, mail.date) == (
        "Communiqué : condamnation de l’attaque de Tessit", "Cellule de presse", "2022-05-03",
    )  # fmt: skip


def test_the_day_of_a_message_dates_what_it_says_happened_yesterday(briefer: Briefer) -> None:
    brief = briefer.brief(read_file(FILES / "courriel.eml"))
    assert [fact.value for fact in brief.facts if fact.kind == "date"] == ["2022-05-02"]
    assert (brief.source.title, brief.source.date) == ("Communiqué : condamnation de l’attaque de Tessit", "2022-05-03")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("scan.pdf", None, "pictures without a text layer"),
        ("release.doc", None, "save it as .docx"),
        ("a.rtf", b"{\\rtf1 bonjour}", "RTF"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("a.gz", b"\x1f\x8b\x08" + bytes(50), "compressed"),
        ("a.zip", None, "an archive, not a document"),
        ("a.docx", b"PK\x03\x04 nothing of the kind", "damaged"),
        ("a.pdf", b"Bonjour tout le monde.", "the name says pdf"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)), "damaged|cannot be read"),
        ("a.html", b"<html><body><script>alert(1)</script></body></html>", "no text on this page"),
        ("a.html", b'<!DOCTYPE html>\n<html lang="r{}</style>\n<p>Le Ministre</p>2\x0022</body>', "damaged"),
        ("a.eml", b"From: a@b\nDate: x\nContent-Type: image/png\n\nxx", "no text in this message"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    path = FILES / name
    if name == "a.zip":
        data = _archive({"a.txt": b"x"})
    if data is not None:
        path = tmp_path / name
        path.write_bytes(data)
    with pytest.raises(NotTextError, match=said) as raised:
        read_file(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "kind"), [("page.html", "html"), ("release.docx", "docx"), ("release.odt", "odt"), ("courriel.eml", "eml")]
)
def test_content_tells_where_the_name_does_not(name: str, kind: str) -> None:
    assert format_of((FILES / name).read_bytes(), "standard input") == kind


def test_text_is_text_whatever_it_begins_with() -> None:
    for text in ("<Note> Le ministre", "Objet: visite\n\nLe ministre", "PK", "%PD", "De: nous\nA: vous\n\nBonjour"):
        assert format_of(text.encode(), "x.txt") == "text"


def _archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _with(original: str, member: str, content: bytes) -> bytes:
    """A real document with one of its parts put in place of another."""
    with zipfile.ZipFile(FILES / original) as archive:
        return _archive({name: archive.read(name) for name in archive.namelist()} | {member: content})


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(12)
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("zip bomb.docx", _with("release.docx", "word/document.xml", bytes(400_000_000))),
        ("entities.docx", _with("release.docx", "word/document.xml", _ENTITIES + b"]><x>&m;</x>")),
        ("entities.odt", _with("release.odt", "content.xml", _ENTITIES + b"]><x>&m;</x>")),
        ("entities.html", _ENTITIES + b"]><html><body><p>&m;</p></body></html>"),
        ("nested.html", b"<html><body>" + b"<div>" * 200_000 + b"bonjour"),
        ("truncated.pdf", (FILES / "conference.pdf").read_bytes()[:15_000]),
        ("truncated.docx", (FILES / "release.docx").read_bytes()[:4000]),
        ("truncated.odt", (FILES / "release.odt").read_bytes()[:9000]),
    ],
)
def test_bombs_and_broken_files_are_refused_or_read_in_little_time(name: str, data: bytes) -> None:
    started = time.monotonic()
    with suppress(InputError):
        assert len(document_from_bytes(data, name, bounds=Bounds(max_seconds=20)).text) < 1_000_000
    assert time.monotonic() - started < 30


def test_an_entity_of_a_document_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("le mot de passe")
    evil = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    for name, member in (("release.docx", "word/document.xml"), ("release.odt", "content.xml")):
        with zipfile.ZipFile(FILES / name) as archive:
            xml = archive.read(member)
        start = xml.index(b"?>") + 2
        data = _with(name, member, evil + xml[start:].replace(b"Fait", b"&e; Fait"))
        with suppress(InputError):
            assert "mot de passe" not in document_from_bytes(data, name).text


def test_a_pdf_whose_pages_go_in_circles_ends() -> None:
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>endobj\n"
    with pytest.raises(InputError):
        document_from_bytes(body + b"trailer<</Root 1 0 R>>\n%%EOF", "circle.pdf", bounds=Bounds(max_seconds=10))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    WORKSHOP.extract(b"<html><body><p>Bonjour tout le monde.</p></body></html>", "html", "x", encoding=None, seconds=20)
    process = WORKSHOP._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)  # as one that loops
    with pytest.raises(InputError, match=r"more than 0\.5 seconds"):
        read_file(FILES / "page.html", bounds=Bounds(max_seconds=0.5))
    assert process.poll() is not None
    assert read_file(FILES / "page.html").title == "Visite du Ministre à Dakar"


def test_a_reader_that_crashes_costs_its_file_only() -> None:
    read_file(FILES / "page.html")
    process = WORKSHOP._process
    assert process is not None
    process.kill()
    process.wait()
    assert read_file(FILES / "release.odt").format == "odt"


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ImportError("No module named 'docx'")

    monkeypatch.setattr(workshop, "_reader", missing)
    assert "missing" in workshop.read((FILES / "release.docx").read_bytes(), "docx", None)
    monkeypatch.setattr(WORKSHOP, "_ask", lambda *_: {"missing": "docx"})
    with pytest.raises(ConfigurationError, match=r"pip install 'comsum\[files\]'"):
        read_file(FILES / "release.docx")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("la coopé-", "ration", "la coopération"),
        ("la coopé\u00ad", "ration", "la coopération"),
        ("celui-", "ci est parti", "celui-ci est parti"),
        ("le vice-", "président", "le vice-président"),
        ("AKUFO-", "ADDO", "AKUFO- ADDO"),
        ("2020 -", "et la suite", "2020 - et la suite"),
        ("la fin.", "Le début", "la fin. Le début"),
    ],
)
def test_words_parted_between_lines_are_made_whole(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole


def test_a_paragraph_cut_by_a_page_goes_on() -> None:
    def page(*texts: str) -> list[list[Line]]:
        return [[Line(50, 700 - 15 * n, 500, 711 - 15 * n, text) for n, text in enumerate(texts)]]

    text = text_of_pages(
        [page("Entête n° 1", "Le Ministre a reçu", "la délégation"), page("Entête n° 2", "de Guinée.")]
    )
    assert text == "Le Ministre a reçu la délégation de Guinée."


def test_the_files_of_the_tests_name_no_machine() -> None:
    for path in FILES.iterdir():
        assert str(ROOT.parent).encode() not in path.read_bytes()
