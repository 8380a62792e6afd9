"""Three Word templates that look nothing alike, as three académies might make them."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw

from assembler.writers.word.fields import field, run

MARKS = ("sommaire", "dossier", "conformite", "accord_ca", "index_preuves")


def sober(path: Path) -> Path:
    """Times, black, wide margins, a page number in the middle of the foot, none on the cover."""
    document = _document("Times New Roman", 12, 1.15, 6)
    _page(document.sections[0], (30, 25, 25, 30), 15)
    document.sections[0].different_first_page_header_footer = True
    for level, size in ((1, 18), (2, 14), (3, 12)):
        _heading(document, level, "Times New Roman", size, "000000", bold=True, italic=level == 3)
    _line(document, "{{ academies }}", 12, after=120, align=WD_ALIGN_PARAGRAPH.CENTER)
    title = _line(document, "{{ mots.dossier }}", 26, after=12, align=WD_ALIGN_PARAGRAPH.CENTER)
    title.runs[0].font.all_caps = True
    _line(document, "{{ intitule }}", 16, after=40, align=WD_ALIGN_PARAGRAPH.CENTER).runs[0].italic = True
    _line(document, "{{ candidat }} — {{ edition }}", 12, align=WD_ALIGN_PARAGRAPH.CENTER)
    section = document.sections[0]
    _write(section.header.paragraphs[0], "{{ intitule }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(foot, "– ")
    _number(foot, "PAGE")
    foot.add_run(" –")
    _marks(document, *MARKS)
    return _saved(document, path)


def coloured(path: Path) -> Path:
    """Green and orange, two logos at the head, a box on the cover, the annexes on wide pages."""
    document = _document("Calibri", 10.5, 1.08, 8)
    section = document.sections[0]
    _page(section, (35, 20, 20, 20), 10)
    section.different_first_page_header_footer = True
    for level, size, colour in ((1, 22, "1B7F5C"), (2, 15, "E07B00"), (3, 12, "1B7F5C")):
        _heading(document, level, "Cambria", size, colour, bold=level < 3)
    _line(document, "", 11).runs[0].add_picture(_logo("#E07B00", "A"), Mm(30))
    _line(document, "{{ mots.dossier }}", 30, before=60, after=6, colour="1B7F5C", bold=True, font="Cambria")
    _line(document, "{{ intitule }}", 18, after=30, colour="E07B00")
    box = document.add_table(1, 1)
    box.rows[0].cells[0].paragraphs[0].add_run("{{ candidat }}\n{{ edition }}").font.color.rgb = RGBColor(255, 255, 255)
    shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="1B7F5C"/>')
    box.rows[0].cells[0]._tc.get_or_add_tcPr().append(shade)
    _logos(section)
    _foot_line(section, "{{ candidat }}", "1B7F5C")
    _marks(document, "sommaire", "dossier", "accord_ca")
    wide = document.add_section(WD_SECTION.NEW_PAGE)
    wide.orientation = WD_ORIENT.LANDSCAPE
    wide.page_width, wide.page_height = section.page_height, section.page_width
    wide.different_first_page_header_footer = False
    _marks(document, "conformite", "index_preuves")
    return _saved(document, path)


def numbered(path: Path) -> Path:
    """Arial with headings in Courier, numbered « I », « A » by the template, which has a heading of its own."""
    document = _document("Arial", 10, 1.5, 4)
    section = document.sections[0]
    _page(section, (22, 18, 18, 28), 9)
    for level, size in ((1, 16), (2, 13), (3, 11)):
        _heading(document, level, "Courier New", size, "7A1F1F", bold=level == 1)
    _numbering(document)
    _line(document, "{{ candidat }}", 22, before=90, after=10, colour="7A1F1F", bold=True)
    _line(document, "{{ mots.dossier }} · {{ intitule }}", 13)
    document.add_heading("Avant-propos", 1).paragraph_format.page_break_before = True
    document.add_paragraph("Ce dossier répond au cahier des charges de l’académie. Il est établi pour {{ candidat }}.")
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.add_tab_stop(Mm(210 - 28 - 18), WD_TAB_ALIGNMENT.RIGHT)
    _write(head, "{{ mots.dossier }}\t")
    _number(head, "PAGE")
    head.add_run(" / ")
    _number(head, "NUMPAGES")
    _marks(document, *MARKS)
    return _saved(document, path)


# ---------------------------------------------------------------------------------------------------------- pieces


def _document(font: str, size: float, line: float, after: float) -> WordDocument:
    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._p.getparent().remove(paragraph._p)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = font, Pt(size)
    fonts = normal.element.rPr.find(qn("w:rFonts"))
    for attribute in ("w:asciiTheme", "w:hAnsiTheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:hAnsi"), font)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = line, Pt(after)
    return document


def _page(section: Section, margins: tuple[float, float, float, float], distance: float) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (Mm(one) for one in margins)
    section.header_distance = section.footer_distance = Mm(distance)


def _heading(
    document: WordDocument, level: int, font: str, size: float, colour: str, *, bold: bool, italic: bool = False
) -> None:
    style = document.styles[f"Heading {level}"]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, italic
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14), Pt(6)
    style.paragraph_format.page_break_before = level == 1


def _line(
    document: WordDocument, text: str, size: float, *, before: float = 0, after: float = 6,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT, colour: str = "", bold: bool = False, font: str = "",
) -> Paragraph:  # fmt: skip
    paragraph = document.add_paragraph()
    made = paragraph.add_run(text)
    made.font.size, made.font.bold = Pt(size), bold or None
    if colour:
        made.font.color.rgb = RGBColor.from_string(colour)
    if font:
        made.font.name = font
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _write(paragraph: Paragraph, text: str) -> Paragraph:
    paragraph.add_run(text)
    return paragraph


def _number(paragraph: Paragraph, name: str) -> None:
    for element in field(name, [run("1")]):
        paragraph._p.append(element)


def _logo(colour: str, letter: str) -> io.BytesIO:
    picture = Image.new("RGB", (240, 120), colour)
    ImageDraw.Draw(picture).rectangle((20, 20, 100, 100), fill="white")
    ImageDraw.Draw(picture).text((50, 55), letter, fill="black")
    target = io.BytesIO()
    picture.save(target, "PNG")
    target.seek(0)
    return target


def _logos(section: Section) -> None:
    table = section.header.add_table(1, 3, Mm(170))
    for cell, width in zip(table.rows[0].cells, (40, 90, 40), strict=True):
        cell.width = Mm(width)
    left, middle, right = (cell.paragraphs[0] for cell in table.rows[0].cells)
    left.add_run().add_picture(_logo("#1B7F5C", "G"), Mm(24))
    middle.alignment, right.alignment = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    shown = middle.add_run("{{ intitule }}")
    shown.font.size, shown.font.color.rgb = Pt(9), RGBColor.from_string("E07B00")
    right.add_run().add_picture(_logo("#E07B00", "D"), Mm(24))


def _foot_line(section: Section, text: str, colour: str) -> None:
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="12" w:space="4" w:color="{colour}"/></w:pBdr>'
    foot._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:tabs", "w:spacing", "w:jc")
    _write(foot, f"{text}\tpage ")
    _number(foot, "PAGE")


def _numbering(document: WordDocument) -> None:
    """« I. » and « A. » in front of the headings, by their styles."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:lvlText w:val="%{at + 1}."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
        for at, form in enumerate(("upperRoman", "upperLetter", "decimal"))
    )
    levels = f'<w:multiLevelType w:val="multilevel"/>{levels}'
    definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(definition))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level in (1, 2, 3):
        about = document.styles[f"Heading {level}"].element.get_or_add_pPr()
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level - 1}"/><w:numId w:val="90"/></w:numPr>'
        about.insert_element_before(parse_xml(number), "w:pBdr", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _marks(document: WordDocument, *names: str) -> None:
    for name in names:
        document.add_paragraph(f"{{{{p {name} }}}}")


def _saved(document: WordDocument, path: Path) -> Path:
    """Pictures without a margin of their own, as Word writes them."""
    for part in (document, *(section.header for section in document.sections)):
        for inline in part._element.iter(qn("wp:inline")):
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, "0")
    document.save(str(path))
    return path
