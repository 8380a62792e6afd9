"""What is read of a Word template's look, and what `charte.yaml` changes of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Mm, Pt, RGBColor

from assembler.model.charter import Charter, Drawing, PageNumber, Paragraph, Piece, Tab, Words
from assembler.model.finding import Finding
from assembler.readers.charter import CharterError, read_charter
from assembler.readers.charter.override import overridden, read_override
from assembler.readers.charter.prefill import prefilled

NATIONAL = Path(__file__).parents[2] / "templates" / "national-2023" / "dossier.docx"


@pytest.fixture(scope="module")
def national() -> Charter:
    return read_charter(NATIONAL.read_bytes())


def edited(change: Callable[[dict[str, bytes]], None], template: bytes | None = None) -> bytes:
    with zipfile.ZipFile(io.BytesIO(template or NATIONAL.read_bytes())) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    change(parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def saved(document: object) -> bytes:
    made = io.BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()


def words(pieces: tuple[Piece, ...]) -> list[str]:
    return [
        "".join(span.text for span in piece.spans if isinstance(span, Words))
        for piece in pieces if isinstance(piece, Paragraph)
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ reading


def test_the_page_is_in_points(national: Charter) -> None:
    page = national.sections[0].page
    assert (page.width, page.height) == pytest.approx((595.3, 841.9), abs=0.1)
    margins = (page.top, page.right, page.bottom, page.left, page.header, page.footer)
    assert [round(one * 25.4 / 72) for one in margins] == [27, 25, 24, 25, 14, 12]


def test_a_style_tells_all_it_inherits(national: Charter) -> None:
    title = national.style("heading 1")
    assert (title.lettering.font, title.lettering.size, title.lettering.colour) == ("Calibri", 20, "#1F3A68")
    assert title.lettering.bold
    assert title.layout.page_break
    assert national.style("normal").layout.align == "both"


def test_fonts_and_colours_of_the_theme_are_named() -> None:
    charter = read_charter(saved(Document()))
    assert charter.style("normal").lettering.font == "Cambria"
    assert (charter.style("heading 1").lettering.font, charter.style("heading 2").lettering.colour) == (
        "Calibri",
        "#4F81BD",
    )


def test_headers_keep_their_words_tabs_and_fields(national: Charter) -> None:
    section = national.sections[0]
    assert words(section.headers.usual) == ["{{ intitule }}{{ candidat }}"]
    foot = section.footers.usual[0]
    assert isinstance(foot, Paragraph)
    assert [(type(span), getattr(span, "total", None)) for span in foot.spans][-4:] == [
        (Words, None), (PageNumber, False), (Words, None), (PageNumber, True),
    ]  # fmt: skip
    assert any(isinstance(span, Tab) for span in foot.spans)
    assert [stop.align for stop in foot.layout.tabs] == ["right"]
    first = section.headers.first
    assert first is not None
    assert [type(span) for piece in first if isinstance(piece, Paragraph) for span in piece.spans] == [Drawing]


def test_sections_are_cut_where_word_cuts_them() -> None:
    document = Document()
    document.add_paragraph("Couverture")
    wide = document.add_section()
    wide.page_width, wide.page_height = Mm(297), Mm(210)
    document.add_paragraph("{{p conformite }}")
    one, two = read_charter(saved(document)).sections
    assert words(one.pieces) == ["Couverture"]
    assert one.page.width < one.page.height
    assert two.page.width > two.page.height


def test_what_word_numbers_by_itself_has_its_number() -> None:
    document = Document()
    for text in ("Un", "Deux"):
        document.add_paragraph(text, "List Number")
    document.add_paragraph("Trois", "List Bullet")
    assert [text[:1] for text in words(read_charter(saved(document)).sections[0].pieces)] == ["1", "2", "•"]


def test_cells_merged_and_shaded_are_so() -> None:
    document = Document()
    table = document.add_table(3, 3, "Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 2).merge(table.cell(2, 2))
    found = next(
        piece for piece in read_charter(saved(document)).sections[0].pieces if not isinstance(piece, Paragraph)
    )
    rows = [[(cell.span, cell.rows) for cell in row.cells] for row in found.rows]  # type: ignore[union-attr]
    assert rows == [[(2, 1), (1, 3)], [(1, 1), (1, 1)], [(1, 1), (1, 1)]]
    assert all(cell.borders[0] for row in found.rows for cell in row.cells)  # type: ignore[union-attr]


def test_a_picture_that_cannot_be_laid_out_is_told() -> None:
    broken = edited(lambda parts: parts.update({"word/media/image1.png": b"\x01\x00\x09\x00metafile"}))
    charter = read_charter(broken)
    assert charter.images == ()
    assert any("image" in what for what in charter.left_out)


@pytest.mark.parametrize(
    "content",
    [
        b"not a zip",
        edited(lambda parts: parts.pop("word/document.xml")),
        edited(
            lambda parts: parts.update(
                {"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts["word/styles.xml"]}
            )
        ),
        edited(lambda parts: parts.update({"word/styles.xml": b"<w:styles"})),
        edited(lambda parts: parts.update({"word/header1.xml": b"\0" * 300_000_000})),
        edited(lambda parts: parts.update({"word/document.xml": b"<a>" * 5000 + b"</a>" * 5000})),
    ],
    ids=["no archive", "no document", "entities", "no XML", "bomb", "too deep"],
)
def test_a_hostile_file_is_refused(content: bytes) -> None:
    with pytest.raises(CharterError):
        read_charter(content)


def test_sizes_out_of_all_measure_are_not_believed() -> None:
    def wild(parts: dict[str, bytes]) -> None:
        document = parts["word/document.xml"].replace(b'w:w="11906"', b'w:w="99999999999999999999"')
        parts["word/document.xml"] = document.replace(b'<w:sz w:val="', b'<w:sz w:val="9999999')

    charter = read_charter(edited(wild))
    assert charter.sections[0].page.width < 6_000


# --------------------------------------------------------------------------------------------------------- overriding


def override(tmp_path: Path, text: str) -> tuple[Charter, list[Finding]]:
    file = tmp_path / "charte.yaml"
    file.write_text(text, "utf-8")
    found: list[Finding] = []
    fields = read_override(file, found)
    assert fields is not None
    return overridden(read_charter(NATIONAL.read_bytes()), fields, {"intitule": "Lycée du bois"}), found


def test_what_is_prefilled_changes_nothing(national: Charter, tmp_path: Path) -> None:
    text = prefilled(national, (("Calibri", "Carlito"),))
    changed, found = override(tmp_path, text)
    assert found == []
    assert changed.substitutes == (("Calibri", "Carlito"),)
    assert changed.style("heading 1") == national.style("heading 1")
    body = changed.style("normal")
    assert replace(body.lettering, colour="") == national.style("normal").lettering
    assert body.layout.line == pytest.approx(national.style("normal").layout.line, abs=0.01)
    for before, after in zip(national.sections, changed.sections, strict=True):
        assert (after.page.left, after.page.top) == pytest.approx((before.page.left, before.page.top), abs=0.2)
        assert after.headers.first == before.headers.first
        assert after.pieces == before.pieces
    assert words(changed.sections[0].headers.usual) == ["Lycée du bois{candidat}"]


def test_a_line_changes_what_it_says_and_nothing_else(national: Charter, tmp_path: Path) -> None:
    changed, found = override(
        tmp_path,
        'texte: {police: Georgia, taille: "10,5"}\ntitres: [{couleur: "#aa0000"}]\npage: {gauche: 30}\n'
        'pied: {gauche: "{intitule}", droite: "{page} sur {pages}"}\n',
    )
    assert found == []
    assert (changed.style("normal").lettering.font, changed.style("normal").lettering.size) == ("Georgia", 10.5)
    assert changed.style("caption").lettering.font == "Georgia"
    title = changed.style("heading 1").lettering
    assert (title.colour, title.size, title.bold) == ("#AA0000", 20, True)
    assert changed.sections[0].page.left == pytest.approx(30 * 72 / 25.4)
    assert changed.sections[0].headers == national.sections[0].headers
    assert words(changed.sections[0].footers.usual) == ["Lycée du bois sur "]


def test_a_wrong_line_is_told_where_it_stands(tmp_path: Path) -> None:
    _, found = override(tmp_path, "texte:\n  taille: grande\n  poilce: Arial\n")
    assert [(each.code, each.source and each.source.line) for each in found] == [
        ("yaml-misfit", 2),
        ("yaml-unknown-key", 3),
    ]


def test_margins_that_leave_no_room_are_not_taken(national: Charter, tmp_path: Path) -> None:
    changed, _ = override(tmp_path, "page: {gauche: 150, droite: 150}\n")
    assert changed.sections[0].page == national.sections[0].page


def test_colours_are_read_as_they_are_shown() -> None:
    document = Document()
    shown = document.add_paragraph().add_run("Rouge")
    shown.font.color.rgb, shown.font.size = RGBColor(0xC0, 0, 0), Pt(13)
    piece = read_charter(saved(document)).sections[0].pieces[0]
    assert isinstance(piece, Paragraph)
    span = piece.spans[0]
    assert isinstance(span, Words)
    assert (span.lettering.colour, span.lettering.size) == ("#C00000", 13)
