"""The Word file laid out by LibreOffice: what a reader sees of numbers, contents and drafts."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from assembler.tools import libreoffice
from assembler.tools.store import Store
from assembler.writers.word import write_word
from assembler.writers.word.bookmarks import bookmark_name

from .reading import W, document, style, style_names, text
from .sample import sample, template, workshop

pytestmark = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not on this computer")


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[str]]:
    """The file written with measured pages, and the text of its pages."""
    store = Store(tmp_path_factory.mktemp("store"))
    dossier, pagination = sample(store, members=2)
    made = write_word(
        dossier,
        draft=True,
        pagination=pagination,
        toc_pages=libreoffice.bookmark_pages,
        store=store,
        template=template(),
        workshop=workshop(),
    )
    return made, pages(made, tmp_path_factory.mktemp("pdf"))


def test_measuring_again_gives_the_pages_that_were_written(laid: tuple[bytes, list[str]]) -> None:
    made, _ = laid
    measured = dict(libreoffice.bookmark_pages(made) or ())
    assert measured[bookmark_name("critere-2")] > 4
    lines = 0
    for link in document(made).iter(f"{W}hyperlink"):
        if "PAGEREF" in "".join(piece.text or "" for piece in link.iter(f"{W}instrText")):
            lines += 1
            assert text(link).rpartition("\t")[2] == str(measured[link.get(f"{W}anchor")])
    assert lines > 10


def test_headings_stand_on_the_page_that_the_contents_says(laid: tuple[bytes, list[str]]) -> None:
    made, shown = laid
    known = style_names(made)
    for paragraph in document(made).iter(f"{W}p"):
        if style(paragraph, known) == "toc 1":
            title, _, page = text(paragraph).rpartition("\t")
            assert squeezed(title) in squeezed(shown[int(page) - 1])


def test_no_number_is_missing_or_doubled(laid: tuple[bytes, list[str]]) -> None:
    whole = "\n".join(laid[1][5:])
    # The chapter and its row of the compliance table; and, where each member's exhibits are grouped, that of the index.
    for number, times in (("Critère n° 1 —", 2 + 2), ("Critère n° 2 —", 2), ("Critère n° 9-a —", 2)):
        assert len(re.findall(rf"^{number}", whole, re.MULTILINE)) == times
    for number in ("1.1", "1.2", "2.1", "2.2.1", "9-a.1", "9-a.2.1"):
        assert (
            len(re.findall(rf"^{re.escape(number)} ?(?:Des métiers|Tableaux|Section|Détail)", whole, re.MULTILINE)) == 1
        )
    assert "Error: Reference" not in whole
    assert "Erreur" not in whole


def test_cross_references_show_their_label_once(laid: tuple[bytes, list[str]]) -> None:
    whole = squeezed(" ".join(laid[1]))
    assert "preuveA-P1.1,voiraussicritère2etattendu2.b." in whole


def test_a_draft_says_so_on_every_page(laid: tuple[bytes, list[str]]) -> None:
    assert all("BROUILLON" in page.replace(" ", "") for page in laid[1])


def test_no_page_is_empty(laid: tuple[bytes, list[str]]) -> None:
    assert min(len(page) for page in laid[1]) > 150


def pages(docx: bytes, folder: Path) -> list[str]:
    source = folder / "dossier.docx"
    source.write_bytes(docx)
    pdf = libreoffice.to_pdf(source)
    assert pdf is not None
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def squeezed(shown: str) -> str:
    return re.sub(r"\s+", "", shown).replace("\u2011", "-")
