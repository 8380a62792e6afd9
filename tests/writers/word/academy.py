"""A template as an académie makes one in Word, with everything it may hold: its own cover, tables to fill, loops over rows,
cells and paragraphs, headers with a logo, portrait and landscape pages, a numbering of its own, a box for each criterion.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.parser import oxml_parser
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from lxml import etree
from PIL import Image, ImageDraw

from assembler.writers.word.fields import field, run
from assembler.writers.word.xml import w

GREEN = RGBColor(0x1B, 0x6B, 0x4A)


def academy_template(*, marks: bool = True) -> bytes:
    """The whole template; without `marks`, one that leaves the places of our own chapters to the program."""
    document = Document()
    _styles(document)
    _cover(document)
    _sheet(document)
    if marks:
        document.add_paragraph("{{p sommaire }}")
        document.add_paragraph("{{p presentation }}")
    _boxes(document)
    _landscape(document)
    _end(document)
    if marks:
        for mark in ("conformite", "accord_ca", "index_preuves"):
            document.add_paragraph(f"{{{{p {mark} }}}}")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _styles(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Sans", Pt(10.5)
    numbering = document.part.numbering_part.element
    levels = [
        w("lvl", w("start", val=1), w("numFmt", val="upperRoman"), w("pStyle", val="Heading1"), w("lvlText", val="%1."),
          w("lvlJc", val="left"), w("pPr", w("ind", left=567, hanging=567)), ilvl=0),
        w("lvl", w("start", val=1), w("numFmt", val="upperLetter"), w("pStyle", val="Heading2"), w("lvlText", val="%1.%2."),
          w("lvlJc", val="left"), w("pPr", w("ind", left=851, hanging=851)), ilvl=1),
    ]  # fmt: skip
    definition = w("abstractNum", w("multiLevelType", val="multilevel"), *levels, abstractNumId=77)
    numbering.insert(0, _own(definition))
    numbering.append(_own(w("num", w("abstractNumId", val=77), numId=77)))
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.color.rgb, style.font.name = GREEN, "Liberation Serif"
        about = style.element.get_or_add_pPr()
        about.append(_own(w("numPr", w("ilvl", val=level - 1), w("numId", val=77))))


def _cover(document: WordDocument) -> None:
    section = document.sections[0]
    _paper(section)
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run().add_picture(_logo(), width=Mm(40))
    section.first_page_footer.paragraphs[0].text = "{{ academies }} — {{ edition }}"
    _margins(section, "{{ candidat }}")
    footer = section.footer.paragraphs[0]
    footer.add_run("{{ gabarit.titre }} — page ")
    for element in field("PAGE", [run("1")]):
        footer._p.append(_own(element))
    for size, text in (
        (14, "Label « Lycée des métiers »"),
        (30, "{{ mots.dossier }}"),
        (18, "{{ intitule }}"),
        (12, "{{ demande }}, campagne {{ campagne }}{% if audit %}, audit le {{ audit }}{% endif %}"),
    ):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(24)
        made = paragraph.add_run(text)
        made.font.size, made.font.color.rgb = Pt(size), GREEN
    document.add_paragraph("{%p for e in etablissements %}")
    document.add_paragraph("{{ e.nom }} ({{ e.uai }}), {{ e.commune }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_section(WD_SECTION.NEW_PAGE)


def _sheet(document: WordDocument) -> None:
    document.add_paragraph("{%p for e in etablissements %}")
    document.add_paragraph("Fiche d’identité de {{ e.nom }}", style="Heading 1")
    _rows(document, 2, ("Adresse", "{{ e.adresse }}, {{ e.code_postal }} {{ e.commune }}"), ("Type", "{{ e.type }}"),
          ("Chef d’établissement", "{% for p in e.chef %}{{ p.nom }}, {{ p.qualite }}{% endfor %}"))  # fmt: skip
    document.add_paragraph("Effectifs", style="Heading 2")
    _rows(document, 3, ("{%tc for un in e.effectifs %}", "{{ un.statut }}", "{%tc endfor %}"),
          ("{%tc for un in e.effectifs %}", "{{ un.nombre }}", "{%tc endfor %}"))  # fmt: skip
    document.add_paragraph("{%p if e.formations %}")
    document.add_paragraph("Formations", style="Heading 2")
    _rows(document, 3, ("Formation", "Niveau", "Places"), ("{%tr for f in e.formations %}", "", ""),
          ("{{ f.intitule }}", "{{ f.niveau }}", "{{ f.places }}"), ("{%tr endfor %}", "", ""))  # fmt: skip
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("Indicateurs", style="Heading 2")
    _rows(document, 4, ("Indicateur", "Valeur", "Source", "Millésime"), ("{%tr for i in e.indicateurs %}", "", "", ""),
          ("{{ i.libelle }}", "{{ i.valeur }}", "{{ i.source }}", "{{ i.millesime }}"),
          ("{%tr endfor %}", "", "", ""))  # fmt: skip
    document.add_paragraph("{%p endfor %}")


def _boxes(document: WordDocument) -> None:
    document.add_paragraph("{%p for critere in criteres %}")
    document.add_paragraph("Critère {{ critere.numero }}", style="Heading 1")
    table = _rows(document, 1, ("{{ critere.titre }}",), ("{{p critere.contenu }}",), (
        "Attendus : {% for a in critere.attendus %}{{ a.reference }} ({{ a.statut }})"
        "{% if not loop.last %}, {% endif %}{% endfor %}",))  # fmt: skip
    table.rows[0].cells[0].paragraphs[0].runs[0].bold = True
    document.add_paragraph("{%p endfor %}")


def _landscape(document: WordDocument) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = section.header.is_linked_to_previous = False
    _margins(section, "Annexe — {{ intitule }}")
    document.add_paragraph("Suivi des attendus", style="Heading 1")
    _rows(document, 5, ("Attendu", "Ce qui est attendu", "Statut", "Sections", "Preuves"),
          ("{%tr for a in attendus %}", "", "", "", ""),
          ("{{ a.reference }}", "{{ a.texte }}", "{{ a.statut }}", "{{ a.sections }}", "{{ a.preuves }}"),
          ("{%tr endfor %}", "", "", "", ""))  # fmt: skip
    document.add_paragraph("Pièces", style="Heading 1")
    _rows(document, 4, ("Cote", "Titre", "Critères", "Page"), ("{%tr for p in preuves %}", "", "", ""),
          ("{{ p.cote }}", "{{ p.titre }}", "{{ p.criteres }}", "{% if p.page %}{{ p.page }}{% else %}–{% endif %}"),
          ("{%tr endfor %}", "", "", ""))  # fmt: skip


def _end(document: WordDocument) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _paper(section)
    section.orientation = WD_ORIENT.PORTRAIT
    section.different_first_page_header_footer = section.header.is_linked_to_previous = False
    _margins(section, "{{ candidat }}")
    document.add_paragraph("Délibérations", style="Heading 1")
    document.add_paragraph("{%p for a in accords %}")
    document.add_paragraph(
        "{{ a.etablissement }} : {% if a.joint %}{{ a.organe }}, séance du {{ a.seance }}, {{ a.vote }} (pièce {{ a.cote }})"
        "{% else %}aucun acte{% endif %}"
    )
    document.add_paragraph("{%p endfor %}")


def _paper(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(32), Mm(22)


def _margins(section: Section, text: str) -> None:
    header = section.header.paragraphs[0]
    header.add_run().add_picture(_logo(), width=Mm(18))
    header.add_run(f"\t{text}")


def _rows(document: WordDocument, columns: int, *rows: tuple[str, ...]) -> Table:
    table = document.add_table(0, columns, style="Table Grid")
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.paragraphs[0].text = text
    return table


def _logo() -> io.BytesIO:
    picture = Image.new("RGB", (240, 100), "#1B6B4A")
    ImageDraw.Draw(picture).ellipse((20, 20, 80, 80), fill="#F4C430")
    target = io.BytesIO()
    picture.save(target, "PNG")
    target.seek(0)
    return target


def _own(element: etree._Element) -> etree._Element:
    """`element` as python-docx knows elements."""
    return etree.fromstring(etree.tostring(element), parser=oxml_parser)


if __name__ == "__main__":
    import sys

    Path(sys.argv[1]).write_bytes(academy_template())
