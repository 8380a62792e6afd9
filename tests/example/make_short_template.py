"""Makes `templates/qualiopi/dossier.docx`, a short Word template of another look: run it again after a change here."""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import oxml_parser
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from assembler.writers.word.fields import field, run
from assembler.writers.word.package import Package
from assembler.writers.word.styles import write_in_french

TARGET = Path(__file__).parents[2] / "templates" / "qualiopi" / "dossier.docx"
FONT, GREEN, GREY = "Cambria", RGBColor(0x1D, 0x5C, 0x47), RGBColor(0x55, 0x5F, 0x5A)
WIDTH = Mm(210 - 22 - 22)

FACTS = (
    ("Demande", "{{ demande }}"),
    ("Campagne", "{{ campagne }}"),
    ("{%tr if audit %}", ""),
    ("Audit", "{{ audit }}"),
    ("{%tr endif %}", ""),
    ("Édition du", "{{ edition }}"),
    ("Référentiel", "{{ referentiel.texte }}"),
    ("Gabarit", "{{ gabarit.titre }}, version {{ gabarit.version }}{% if mention %} ({{ mention }}){% endif %}"),
)
IDENTITY = (
    ("Prestataire", "{{ etablissement.nom }}"),
    ("UAI", "{{ etablissement.uai }}"),
    ("Adresse", "{{ etablissement.adresse }}, {{ etablissement.code_postal }} {{ etablissement.commune }}"),
    (
        "Responsable",
        "{% for un in etablissement.chef %}{{ un.nom }}{% if un.qualite %}, {{ un.qualite }}{% endif %}{% endfor %}",
    ),
    (
        "Référent qualité",
        "{% for un in etablissement.referent %}{{ un.nom }}{% if un.qualite %}, {{ un.qualite }}{% endif %}{% endfor %}",
    ),
    ("Périmètre demandé", "{{ intitule }}"),
)


def main() -> None:
    """Write the template where the pack has it."""
    TARGET.write_bytes(made())


def made() -> bytes:
    """The template: the same bytes each time."""
    document = Document()
    _page(document)
    _styles(document)
    document.add_paragraph("Certification Qualiopi", "Dispositif")
    document.add_paragraph("{{ mots.dossier }}", "Title")
    document.add_paragraph("{{ intitule }}", "Subtitle")
    document.add_paragraph("{%p for etablissement in etablissements %}")
    document.add_paragraph("{{ etablissement.nom }}, {{ etablissement.commune }}", "Candidat")
    document.add_paragraph("{%p endfor %}")
    _table(document, FACTS)
    document.add_paragraph("{%p for etablissement in etablissements %}")
    document.add_paragraph("{{ mots.identite }}{% if reseau %} — {{ etablissement.nom }}{% endif %}", "Heading 1")
    _table(document, IDENTITY)
    document.add_paragraph("{%p endfor %}")
    for mark in ("sommaire", "dossier", "conformite", "index_preuves"):
        document.add_paragraph(f"{{{{p {mark} }}}}")
    _margins(document)
    return _saved(document)


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.different_first_page_header_footer = True


def _styles(document: WordDocument) -> None:
    for name, size, colour, before, after in (
        ("Normal", 11, None, 0, 6), ("Title", 30, GREEN, 0, 6), ("Subtitle", 16, GREY, 0, 40),
        ("Heading 1", 18, GREEN, 0, 12), ("Heading 2", 14, GREEN, 14, 6), ("Heading 3", 12, GREEN, 10, 4),
        ("Header", 8.5, GREY, 0, 0), ("Footer", 8.5, GREY, 0, 0),
    ):  # fmt: skip
        _set(document.styles[name], size, colour, before, after)
    write_in_french(document.styles.element)
    document.styles["Heading 1"].paragraph_format.page_break_before = True
    for name, size, before, after in (("Dispositif", 13, 90, 6), ("Candidat", 13, 6, 30)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _set(style, size, GREY, before, after)


def _set(style, size: float, colour: RGBColor | None, before: float, after: float) -> None:  # type: ignore[no-untyped-def]
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    style.font.size = Pt(size)
    style.font.italic = None
    if colour is not None:
        style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _table(document: WordDocument, rows: tuple[tuple[str, str], ...]) -> None:
    table = document.add_table(0, 2, "Table Grid")
    for label, shown in rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (label, shown), (0.3, 0.7), strict=True):
            cell.width = int(WIDTH * width)
            cell.paragraphs[0].add_run(text).bold = (text == label and "{" not in text) or None
    for column, width in zip(table.columns, (0.3, 0.7), strict=True):
        column.width = int(WIDTH * width)


def _margins(document: WordDocument) -> None:
    section = document.sections[0]
    for part in (section.header, section.footer):
        paragraph = part.paragraphs[0]
        for tabs in paragraph.style.element.pPr.findall(qn("w:tabs")):
            paragraph.style.element.pPr.remove(tabs)
        paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    section.header.paragraphs[0].add_run("{{ candidat }}\t{{ mots.dossier }}")
    bottom = section.footer.paragraphs[0]
    bottom.add_run("{{ edition }}{% if mention %} — {{ mention }}{% endif %}\t")
    for element in [*field("PAGE", [run("2")]), run(" / "), *field("NUMPAGES", [run("2")])]:
        bottom._p.append(etree.fromstring(etree.tostring(element), parser=oxml_parser))


def _saved(document: WordDocument) -> bytes:
    target = io.BytesIO()
    document.save(target)
    package = Package(target.getvalue())
    for kind in ("thumbnail", "core-properties", "extended-properties"):
        part = package.related("", kind)
        if part is not None:
            package.remove(part, "")
    return package.save()


if __name__ == "__main__":
    main()
