"""Office files as evidence: looked through before anything opens them, converted without a step outside."""

from __future__ import annotations

import io
import struct
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.archive import open_archive
from assembler.readers.exhibits.office import office_to_pdf
from assembler.readers.exhibits.pdf import Unusable
from assembler.tools import libreoffice

from . import offices

there = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not on this computer")


def lying(content: bytes, declared: int) -> bytes:
    """The archive, whose first part says it is of another size."""
    at = content.index(b"PK\x01\x02")
    return (
        content[:22]
        + struct.pack("<I", declared)
        + content[26 : at + 24]
        + struct.pack("<I", declared)
        + content[at + 28 :]
    )


def twice() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("Word/Document.xml", "<b/>")
    return output.getvalue()


ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
REFUSED = {
    "a bomb": (lambda: offices.packed({"word/document.xml": b"<a>" + b"x" * 60_000_000}), Absence.TOO_LARGE),
    "a bomb that lies": (lambda: lying(offices.packed({"a.xml": b"x" * 60_000_000}), 100), None),
    "many parts": (lambda: offices.packed({f"p{number}.xml": "" for number in range(2_001)}), Absence.TOO_LARGE),
    "two parts of one name": (twice, Absence.BROKEN),
    "a part above": (lambda: offices.packed({"../a.xml": ""}), Absence.BROKEN),
    "a part above, on Windows": (lambda: offices.packed({"a\\..\\..\\a.xml": ""}), Absence.BROKEN),
    "an absolute part": (lambda: offices.packed({"/etc/a.xml": ""}), Absence.BROKEN),
    "entities": (lambda: offices.packed({"word/document.xml": ENTITIES}), Absence.BROKEN),
    "entities in UTF-16": (lambda: offices.packed({"word/document.xml": ENTITIES.encode("utf-16")}), Absence.BROKEN),
    "entities after a long comment": (
        lambda: offices.packed({"content.xml": ENTITIES.replace("<!D", f"<!--{'x' * 200_000}--><!D")}), Absence.BROKEN),
    "cut short": (lambda: offices.docx("Bonjour")[:300], Absence.BROKEN),
    "no archive": (lambda: b"PK\x03\x04" + b"\0" * 500, Absence.BROKEN),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_an_archive_that_is_a_trap_is_refused_unopened(what: str) -> None:
    make, absence = REFUSED[what]
    with pytest.raises(Unusable) as caught:
        open_archive(make())
    assert caught.value.absence in ((absence,) if absence else (Absence.TOO_LARGE, Absence.BROKEN))


def test_an_ordinary_file_is_itself_again() -> None:
    content = offices.docx("Bonjour")
    archive = open_archive(content)
    assert archive.removed == ()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(io.BytesIO(archive.packed())) as after:
        assert {name: before.read(name) for name in before.namelist()} == {
            name: after.read(name) for name in after.namelist()
        }


OUTSIDE = ("image", "attachedTemplate", "oleObject", "frame", "aFChunk", "subDocument", "externalLinkPath")


@pytest.mark.parametrize("kind", OUTSIDE)
def test_what_a_file_would_fetch_is_taken_out_and_said(kind: str) -> None:
    archive = open_archive(offices.docx("Bonjour", relations=offices.away(kind, "http://exemple.fr/a")))
    assert archive.removed == ("external",)
    assert b"exemple.fr" not in b"".join(content for _, content in archive.parts)


_AWAY = offices.away("image", "http://exemple.fr/a")
_PREFIXED = _AWAY.replace(
    "<Relationship", '<p:Relationship xmlns:p="http://schemas.openxmlformats.org/package/2006/relationships"'
)
DISGUISED = {
    "a mode by number": _AWAY.replace("External", "&#69;xternal"),
    "an apostrophe for a quote": _AWAY.replace('"', "'"),
    "another case": _AWAY.replace("External", " EXTERNAL "),
    "a prefix": _PREFIXED,
    "a sign that ends a tag, within": _AWAY.replace("<Relationship", "<Relationship Note='&gt;>'"),
    "a long form": _AWAY.replace("/>", "></Relationship>"),
    "a child": _AWAY.replace("/>", "><a/></Relationship>"),
    "no mode at all": _AWAY.replace(' TargetMode="External"', ""),
    "a server": _AWAY.replace("http://exemple.fr/a", r"\\exemple.fr\a").replace(' TargetMode="External"', ""),
    "a comment beside": "<!-- <Relationship -->" + _AWAY,
    "characters by name": f"<![CDATA[ ]]>{_AWAY}",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("what", DISGUISED)
def test_a_relationship_in_disguise_is_taken_out_too(what: str, encoding: str) -> None:
    content = offices.relations_of(offices.inside("image", "media/image1.png") + DISGUISED[what]).encode(encoding)
    archive = open_archive(offices.docx("Bonjour", **{"word___rels__document.xml.rels": content}))
    kept = dict(archive.parts)["word/_rels/document.xml.rels"]
    assert archive.removed == ("external",)
    assert b"exemple.fr" not in kept
    assert b"media/image1.png" in kept


def test_a_program_under_another_name_is_taken_out_too() -> None:
    relations = offices.inside("vbaProject", "suite.bin").replace("officeDocument/2006", "office/2006")
    archive = open_archive(offices.docx("Bonjour", relations=relations, **{"word__suite.bin": b"Sub"}))
    assert archive.removed == ("macros",)
    assert b"suite.bin" not in dict(archive.parts)["word/_rels/document.xml.rels"]


UNREADABLE = {
    "cut short": b"<Relationships><Relationship",
    "of no encoding": b"\xff\xfe\x00",
    "of an entity": b"<Relationships>&a;</Relationships>",
    "in letters only": b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-",
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_relationships_that_cannot_be_read_are_refused(what: str) -> None:
    with pytest.raises(Unusable) as caught:
        open_archive(offices.docx("Bonjour", **{"word___rels__document.xml.rels": UNREADABLE[what]}))
    assert caught.value.absence is Absence.BROKEN


def test_a_web_link_stays() -> None:
    archive = open_archive(offices.docx("Bonjour", relations=offices.away("hyperlink", "https://exemple.fr/a")))
    assert archive.removed == ()
    assert b"exemple.fr" in b"".join(content for _, content in archive.parts)


def odt(body: str, encoding: str = "utf-8") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
        for name, space in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("table", "table"))
    )
    content = f'<office:body {spaces} xmlns:xlink="http://www.w3.org/1999/xlink">{body}</office:body>'
    return offices.packed(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content.encode(encoding)}
    )


ELSEWHERE = {
    "a picture": '<draw:image xlink:href="http://exemple.fr/a.png"/>',
    "a file of this computer": '<draw:image xlink:href="file:///exemple.fr"/>',
    "a neighbour": '<text:section-source xlink:href="../exemple.fr"/>',
    "a server": '<table:table-source xlink:href="//exemple.fr/a"/>',
    "another prefix": '<draw:image xmlns:x="http://www.w3.org/1999/xlink" x:href=" https://exemple.fr/"/>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("what", ELSEWHERE)
def test_what_an_open_document_would_fetch_is_taken_out_and_said(what: str, encoding: str) -> None:
    archive = open_archive(odt(ELSEWHERE[what], encoding))
    assert archive.removed == ("external",)
    assert b"exemple.fr" not in dict(archive.parts)["content.xml"]


def test_an_open_document_keeps_its_own_pictures_and_its_links() -> None:
    content = odt('<text:a xlink:href="https://exemple.fr/">ici</text:a><draw:image xlink:href="Pictures/1.png"/>')
    archive = open_archive(content)
    assert archive.removed == ()
    assert b"exemple.fr" in dict(archive.parts)["content.xml"]


def test_macros_are_taken_out_and_said() -> None:
    archive = open_archive(offices.docx("Bonjour", word__vbaProject_bin=b"", **{"word__vbaProject.bin": b"Sub"}))
    assert archive.removed == ("macros",)
    assert "word/vbaProject.bin" not in [name for name, _ in archive.parts]


# --------------------------------------------------------------------------------------------- through LibreOffice


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, list[str]]]:
    """A web server on this computer, and the addresses asked of it."""
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"SECRET")

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()


def fetching(kind: str, web: str, local: Path) -> tuple[bytes, str]:
    """A file that would show what is at a web address and in a file of this computer, and its suffix."""
    here = (local / "secret.png").as_uri()
    page = f'<html><body>Bonjour <img src="{web}/a.png"><img src="{here}"><iframe src="{web}/b.html"></iframe></body></html>'
    text = "".join(map(offices.open_picture, (f"{web}/a.png", here, (local / "secret.txt").as_uri())))
    match kind:
        case "Word":
            return offices.docx(
                "Bonjour", offices.linked_picture(), relations=offices.away("image", f"{web}/a.png")
            ), ".docx"
        case "OpenDocument":
            return offices.open_text(text), ".odt"
        case "OpenDocument in one file":
            return offices.open_text(text, flat=True), ".odt"
        case "rich text":
            return offices.rich_text(f"{web}/a.png", str(local / "secret.png"), here), ".rtf"
        case "rich text called Word":
            return offices.rich_text(str(local / "secret.png")), ".doc"
        case "a web page called Word":
            return page.encode(), ".doc"
        case _:
            return f'=WEBSERVICE("{web}/a");=WEBSERVICE("{here}");Bonjour\n'.encode(), ".csv"


FETCHING = ("Word", "OpenDocument", "OpenDocument in one file", "rich text", "rich text called Word", "a web page called Word",
            "a table")  # fmt: skip


@there
@pytest.mark.parametrize("kind", FETCHING)
def test_a_conversion_asks_nothing_of_the_web_and_shows_no_other_file(
    kind: str, server: tuple[str, list[str]], tmp_path: Path
) -> None:
    Image.new("RGB", (300, 300), "red").save(tmp_path / "secret.png")
    (tmp_path / "secret.txt").write_text("SECRET")
    try:
        made, _ = office_to_pdf(*fetching(kind, server[0], tmp_path))
    except Unusable as refused:
        assert refused.absence is Absence.CONVERSION
    else:
        with pypdfium2.PdfDocument(made) as pdf:
            assert not [held for page in pdf for held in page.get_objects() if held.type == 3]
            assert "SECRET" not in "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert server[1] == []


@there
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_a_wide_sheet_keeps_its_last_column(suffix: str, tmp_path: Path) -> None:
    content = offices.workbook(40)
    if suffix != ".xlsx":
        (tmp_path / "a.xlsx").write_bytes(content)
        made = libreoffice.convert(tmp_path / "a.xlsx", tmp_path, timeout=60, to=suffix[1:])
        assert made is not None
        content = made.read_bytes()
    pdf, noted = office_to_pdf(content, suffix)
    with pypdfium2.PdfDocument(pdf) as opened:
        words = opened[0].get_textpage().get_text_bounded().split()
        assert len(opened) == 1
        assert opened[0].get_width() > opened[0].get_height()
    assert words.count("c40") == words.count("c1") == 3
    assert "small-print" not in noted
