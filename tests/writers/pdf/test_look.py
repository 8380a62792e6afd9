"""The PDF beside the Word file, for three templates that look nothing alike: two outputs of one document."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from assembler.charters import Look, look_of
from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.tools import libreoffice
from assembler.tools.store import Store
from assembler.writers.pdf import press, write_pdf
from assembler.writers.word import Workshop, write_word

from . import sample, templates
from .conftest import PACK
from .nasty import PROSE, h, p

pytestmark = pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not on this computer")

TEMPLATES = {"sober": templates.sober, "coloured": templates.coloured, "numbered": templates.numbered}
MILLIMETRE = 72 / 25.4
PAGES = 5


@dataclass(frozen=True)
class Line:
    """Words on one line: left and right edges from the left of the page, top from its top, in points."""

    left: float
    right: float
    top: float
    text: str


@dataclass(frozen=True)
class Sheet:
    """A page as it is seen."""

    width: float
    height: float
    lines: tuple[Line, ...]
    inks: frozenset[tuple[int, int, int]]
    pictures: int


@dataclass(frozen=True)
class Pair:
    look: Look
    ours: tuple[Sheet, ...]
    words: tuple[Sheet, ...]
    fonts: frozenset[str]


@pytest.fixture(scope="module", params=list(TEMPLATES))
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp(request.param)
    store = Store(folder / "store")
    dossier = plainly(sample.dossier(store))
    template = TEMPLATES[request.param](folder / "dossier.docx")
    folders = (folder, PACK)
    with Workshop() as workshop:
        look = look_of(dossier, folders, workshop, draft=False)
        edition = write_pdf(
            dossier, press(draft=False, store=store, pack_folders=folders, charter=look.charter),
            complete=folder / "dossier.pdf", narrative=folder / "seul.pdf", code_version="1.0", progress=lambda _: None,
        )  # fmt: skip
        docx = write_word(
            dossier, draft=False, pagination=Pagination(edition.pagination.pages, edition.narrative_pages),
            toc_pages=libreoffice.bookmark_pages, store=store, template=template, workshop=workshop,
        )  # fmt: skip
    (folder / "word.docx").write_bytes(docx)
    printed = libreoffice.to_pdf(folder / "word.docx")
    assert printed is not None
    (folder / "word.pdf").write_bytes(printed)
    return Pair(look, sheets(folder / "seul.pdf"), sheets(folder / "word.pdf"), families(folder / "seul.pdf"))


def plainly(dossier: Dossier) -> Dossier:
    """The sample with nothing odd in its answers."""
    first, *others = dossier.answers
    return replace(
        dossier,
        answers=(replace(first, blocks=(p(PROSE * 3), h(1, "1.1", "Une offre", "section-1-1"), p(PROSE))), *others),
    )


def test_pages_have_one_size_and_margins_within_a_millimetre(pair: Pair) -> None:
    for number, (ours, words) in enumerate(zip(pair.ours[:PAGES], pair.words[:PAGES], strict=True), 1):
        assert (ours.width, ours.height) == pytest.approx((words.width, words.height), abs=1)
        assert left_edge(ours) == pytest.approx(left_edge(words), abs=MILLIMETRE), number
        assert ours.lines[0].top == pytest.approx(words.lines[0].top, abs=MILLIMETRE), number
        if ours.lines[-1].text == words.lines[-1].text:
            assert ours.lines[-1].top == pytest.approx(words.lines[-1].top, abs=MILLIMETRE), number
        page = pair.look.charter.sections[0].page
        assert max(line.right for line in ours.lines) <= ours.width - page.right + MILLIMETRE


def test_chapters_begin_at_the_same_place_with_the_same_words(pair: Pair) -> None:
    titles = ("Sommaire", "Présentation de l’établissement")
    for title in titles:
        ours, words = (next(line for line in found(sheets, title)) for sheets in (pair.ours, pair.words))
        assert (ours.left, ours.top) == pytest.approx((words.left, words.top), abs=MILLIMETRE), title


def test_the_cover_says_the_same_at_the_same_places(pair: Pair) -> None:
    ours, words = pair.ours[0].lines, pair.words[0].lines
    assert [line.text for line in ours] == [line.text for line in words]
    for mine, theirs in zip(ours, words, strict=True):
        assert (mine.left, mine.top) == pytest.approx((theirs.left, theirs.top), abs=MILLIMETRE), mine.text
    assert pair.ours[0].pictures == pair.words[0].pictures


def test_headers_and_footers_say_the_same(pair: Pair) -> None:
    for ours, words in zip(pair.ours[:PAGES], pair.words[:PAGES], strict=True):
        assert outside(ours, pair) == outside(words, pair)
    assert any(outside(sheet, pair) for sheet in pair.ours[:PAGES])


def test_no_colour_of_the_word_file_is_missing(pair: Pair) -> None:
    ours, words = (frozenset().union(*(sheet.inks for sheet in of[:PAGES])) for of in (pair.ours, pair.words))
    assert len(words) > 1
    assert words <= ours


def test_every_font_is_the_templates_or_a_replacement_that_is_told(pair: Pair) -> None:
    named = {font for font, _ in pair.look.charter.fonts}
    replaced = {one.font: one.by for one in pair.look.replacements}
    wanted = {replaced.get(font, font).replace(" ", "") for font in named}
    signs = {"DejaVuSansMono", "LibertinusSerif", "Carlito"}  # for what the others have not
    assert pair.fonts & wanted
    assert pair.fonts <= wanted | signs
    told = {dict(each.values)["font"] for each in pair.look.findings if each.code == "font-replaced"}
    assert told == set(replaced) - {"Calibri"}  # whose replacement the pack has chosen


def test_annexes_are_wide_where_the_template_makes_them_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    dossier = sample.dossier(store)
    templates.coloured(tmp_path / "dossier.docx")
    with Workshop() as workshop:
        look = look_of(dossier, (tmp_path, PACK), workshop, draft=False)
    edition = write_pdf(
        dossier, press(draft=False, store=store, pack_folders=(tmp_path, PACK), charter=look.charter),
        complete=tmp_path / "dossier.pdf", narrative=tmp_path / "seul.pdf", code_version="1.0", progress=lambda _: None,
    )  # fmt: skip
    pages = dict(edition.pagination.pages)
    with pypdfium2.PdfDocument(tmp_path / "dossier.pdf") as pdf:
        wide = {
            anchor: pdf[pages[anchor] - 1].get_width() > 600 for anchor in ("accord", "conformite", "index", "preuves")
        }
    assert wide == {"accord": False, "conformite": True, "index": True, "preuves": False}


# ------------------------------------------------------------------------------------------------------------ reading


def sheets(path: Path) -> tuple[Sheet, ...]:
    with pypdfium2.PdfDocument(path) as pdf:
        return tuple(sheet(page) for page in pdf)


def sheet(page: pypdfium2.PdfPage) -> Sheet:
    text = page.get_textpage()
    width, height = page.get_size()
    pieces: list[Line] = []
    for at in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(at)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            pieces.append(Line(left, right, height - top, words))
    objects = list(page.get_objects())
    inks = frozenset(ink(each) for each in objects if each.type == pdfium.FPDF_PAGEOBJ_TEXT)
    pictures = sum(each.type == pdfium.FPDF_PAGEOBJ_IMAGE for each in objects)
    return Sheet(width, height, tuple(lines(pieces)), inks, pictures)


def lines(pieces: list[Line]) -> list[Line]:
    """Pieces of about one height are one line."""
    made: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if made and piece.top - made[-1][0].top < 3:
            made[-1].append(piece)
        else:
            made.append([piece])
    return [
        Line(min(one.left for one in row), max(one.right for one in row), row[0].top, shown(row))
        for row in made
    ]  # fmt: skip


def shown(row: list[Line]) -> str:
    return re.sub(r"\s+", "", "".join(one.text for one in sorted(row, key=lambda one: one.left)))


def ink(piece: pypdfium2.PdfObject) -> tuple[int, int, int]:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    assert pdfium.FPDFPageObj_GetFillColor(piece.raw, red, green, blue, opacity)
    return red.value, green.value, blue.value


def families(path: Path) -> frozenset[str]:
    """The names of the embedded fonts, without their cut or style."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        names = {str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
    return frozenset(
        re.sub(r"^/[A-Z]{6}\+|-(?:Regular|Bold|Italic|BoldItalic)(?:-Identity-H)?$|-Identity-H$", "", name)
        for name in names
    )


def left_edge(sheet: Sheet) -> float:
    return min(line.left for line in sheet.lines)


def found(of: tuple[Sheet, ...], title: str) -> list[Line]:
    return [line for each in of for line in each.lines if line.text == re.sub(r"\s+", "", title)]


def outside(sheet: Sheet, pair: Pair) -> list[str]:
    """The words above and below the text, whatever the numbers of pages in all."""
    page = pair.look.charter.sections[0].page
    return [
        re.sub(r"/\d+", "/n", line.text)
        for line in sheet.lines
        if line.top < page.top - 4 or line.top > sheet.height - page.bottom + 2
    ]
