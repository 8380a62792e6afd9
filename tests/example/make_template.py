"""Makes `templates/national-2023/dossier.docx`, the Word template of the pack: run it again after a change here.

The result is meant to be opened and edited in Word: real styles, docxtpl tags that read as plain text.
"""

from __future__ import annotations

import io
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import oxml_parser
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from PIL import Image

from assembler.writers.word.fields import field, run
from assembler.writers.word.package import Package
from assembler.writers.word.styles import Styles, write_in_french
from assembler.writers.word.xml import WP, A, w

TARGET = Path(__file__).parents[2] / "templates" / "national-2023" / "dossier.docx"
FONT = "Calibri"
BLUE, GREY = RGBColor(0x1F, 0x3A, 0x68), RGBColor(0x5A, 0x62, 0x70)
LINE = "B9C3D3"
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
NAME = "{% if etablissement.lettre %}{{ etablissement.lettre }} — {% endif %}{{ etablissement.nom }}"
LEADS = "{% if reseau and etablissement.nom == pilote.nom %} · établissement pilote{% endif %}"
WIDTH = Mm(210 - 25 - 25)


def main() -> None:
    """Write the template where the pack has it."""
    TARGET.write_bytes(made())


def made() -> bytes:
    """The template: the same bytes each time."""
    document = Document()
    _page(document)
    _styles(document)
    _cover(document)
    _identity(document)
    for mark in ("sommaire", "dossier", "conformite", "accord_ca", "index_preuves"):
        document.add_paragraph(f"{{{{p {mark} }}}}")
    _margins(document)
    return _finished(document)


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.header_distance, section.footer_distance = Mm(14), Mm(12)
    section.different_first_page_header_footer = True


def _styles(document: WordDocument) -> None:
    tree = document.styles.element
    for style in list(tree.iter(qn("w:style"))):
        if style.get(qn("w:default")) != "1":
            tree.remove(style)
    for defaults in tree.findall(qn("w:docDefaults")):
        tree.remove(defaults)
    fonts = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT)
    characters = w(
        "rPr",
        w("rFonts", **fonts),
        w("sz", val=22),
        w("szCs", val=22),
        w("lang", val="fr-FR", eastAsia="fr-FR", bidi="ar-SA"),
    )
    spacing = w("spacing", after=120, line=269, lineRule="auto")
    defaults = w("docDefaults", w("rPrDefault", characters), w("pPrDefault", w("pPr", spacing)))
    tree.insert(0, etree.fromstring(etree.tostring(defaults), parser=oxml_parser))
    for child in list(document.styles["Normal"].element):
        if child.tag in (qn("w:rPr"), qn("w:pPr")):
            document.styles["Normal"].element.remove(child)
    Styles(tree)
    normal = next(style for style in tree.iter(qn("w:style")) if style.get(qn("w:styleId")) == "Normal")
    normal.append(w("pPr", w("jc", val="both")))
    write_in_french(tree)
    # python-docx reads its own kind of elements: the styles that were added are read again as such.
    part = document.part.part_related_by(RELATIONSHIP_TYPE.STYLES)
    part._element = etree.fromstring(etree.tostring(tree), parser=oxml_parser)
    for name, size, before, after, colour, bold in (
        ("Couverture académie", 12, 10, 96, GREY, False),
        ("Couverture dispositif", 15, 0, 10, GREY, False),
        ("Couverture titre", 34, 0, 4, BLUE, True),
        ("Couverture filet", 4, 0, 20, None, False),
        ("Couverture intitulé", 19, 0, 48, None, False),
        ("Couverture réseau", 13, 0, 8, BLUE, True),
        ("Couverture candidat", 14, 6, 0, None, True),
        ("Couverture texte", 11, 0, 6, GREY, False),
        ("Couverture espace", 4, 0, 0, None, False),
        ("Rubrique", 14, 20, 8, BLUE, True),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        style.font.size, style.font.bold = Pt(size), bold or None
        if colour is not None:
            style.font.color.rgb = colour
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.05
        style.paragraph_format.alignment = 0
    document.styles["Rubrique"].paragraph_format.keep_with_next = True
    for name in ("header", "footer"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(8.5), GREY
        style.paragraph_format.alignment = 0
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _cover(document: WordDocument) -> None:
    document.add_paragraph("{% if academies %}Académie : {{ academies }}{% endif %}", "Couverture académie")
    document.add_paragraph("Label « Lycée des métiers »", "Couverture dispositif")
    document.add_paragraph("{{ mots.dossier }}", "Couverture titre")
    _ruled(document.add_paragraph(style="Couverture filet"))
    document.add_paragraph("{{ intitule }}", "Couverture intitulé")
    document.add_paragraph("{%p if reseau %}")
    document.add_paragraph("{{ reseau_annonce }}", "Couverture réseau")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for etablissement in etablissements %}")
    document.add_paragraph(NAME + "{% if loop.length > 6 %}" + LEADS + "{% endif %}", "Couverture candidat")
    # With more schools the cover has room for their names only; each has its identity sheet.
    document.add_paragraph("{%p if loop.length < 7 %}")
    document.add_paragraph(
        "{{ etablissement.code_postal }} {{ etablissement.commune }} · UAI {{ etablissement.uai }}" + LEADS,
        "Couverture texte",
    )
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    table = _facts(
        document,
        ("Nature de la demande", "{{ demande }}"),
        ("Campagne", "{{ campagne }}"),
        ("{%tr if audit %}", ""),
        ("Audit", "{{ audit }}"),
        ("{%tr endif %}", ""),
        ("Édition du", "{{ edition }}"),
        ("Référence", "{{ referentiel.texte }}"),
        ("Gabarit", "{{ gabarit.titre }}, version {{ gabarit.version }}{% if mention %} ({{ mention }}){% endif %}"),
    )
    # At the foot of the cover, whatever stands above; the paragraph after it holds it to this page.
    foot = w("tblpPr", rightFromText=0, vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom")
    table._tbl.tblPr.find(qn("w:tblStyle")).addnext(_own(foot))
    document.add_paragraph(style="Couverture espace")


def _identity(document: WordDocument) -> None:
    document.add_paragraph("{%p for etablissement in etablissements %}")
    document.add_paragraph(
        "{{ mots.identite }}{% if reseau %} — {{ etablissement.nom }} ({{ etablissement.lettre }}){% endif %}",
        "heading 1",
    )
    _facts(
        document,
        ("Établissement", "{{ etablissement.nom }}"),
        ("UAI", "{{ etablissement.uai }}"),
        ("Type", "{{ etablissement.type }}"),
        ("Secteur", "{{ etablissement.secteur }}"),
        ("Adresse", "{{ etablissement.adresse }}, {{ etablissement.code_postal }} {{ etablissement.commune }}"),
        ("Académie", "{{ etablissement.academie }}"),
        ("Chef d’établissement", _person("chef")),
        ("Référent du label", _person("referent")),
        ("Intitulé demandé", "{{ intitule }}"),
        ("{%tr for ancien in label_precedent %}", ""),
        (
            "Label précédent",
            "{{ ancien.intitule }}{% if ancien.decision %}, décision du {{ ancien.decision }}{% endif %}"
            "{% if ancien.fin %}, fin le {{ ancien.fin }}{% endif %}",
        ),
        ("{%tr endfor %}", ""),
    )
    _listing(
        document, "effectifs", "Effectifs", "un", ("Statut", "Nombre"), ("{{ un.statut }}", "{{ un.nombre }}"), (75, 25),
        total=("Total", "{{ etablissement.effectif_total }}"),
    )  # fmt: skip
    _listing(
        document, "formations", "Formations", "une", ("Formation", "Niveau", "Places"),
        ("{{ une.intitule }}", "{{ une.niveau }}", "{{ une.places }}"), (70, 15, 15),
    )  # fmt: skip
    _listing(
        document, "indicateurs", "Indicateurs", "un", ("Indicateur", "Valeur", "Source", "Millésime"),
        ("{{ un.libelle }}", "{{ un.valeur }}", "{{ un.source }}", "{{ un.millesime }}"), (43, 16, 25, 16),
    )  # fmt: skip
    _listing(
        document, "labels", "Labels détenus", "un", ("Label", "Du", "Au", "Preuve"),
        ("{{ un.nom }}", "{{ un.du }}", "{{ un.au }}", "{{ un.preuve }}"), (40, 24, 24, 12),
    )  # fmt: skip
    document.add_paragraph("{%p endfor %}")


def _person(role: str) -> str:
    return (
        f"{{% for personne in etablissement.{role} %}}" + "{{ personne.nom }}"
        "{% if personne.qualite %}, {{ personne.qualite }}{% endif %}"
        "{% if personne.telephone or personne.courriel %}\n{{ personne.telephone }}"
        "{% if personne.telephone and personne.courriel %} · {% endif %}{{ personne.courriel }}{% endif %}{% endfor %}"
    )


def _facts(document: WordDocument, *rows: tuple[str, str]) -> Table:
    table = document.add_table(0, 2)
    for label, shown in rows:
        cells = table.add_row().cells
        _fill(cells[0].paragraphs[0], label, "Libellé de tableau")
        _fill(cells[1].paragraphs[0], shown)
    _set(table, (30, 70), header=False)
    return table


def _listing(
    document: WordDocument, name: str, title: str, item: str, header: tuple[str, ...], row: tuple[str, ...],
    shares: tuple[int, ...], total: tuple[str, ...] = (),
) -> None:  # fmt: skip
    document.add_paragraph(f"{{%p if etablissement.{name} %}}")
    document.add_paragraph(title, "Rubrique")
    table = document.add_table(0, len(header))
    loop = (f"{{%tr for {item} in etablissement.{name} %}}", *[""] * (len(header) - 1))
    end = ("{%tr endfor %}", *[""] * (len(header) - 1))
    for cells in (header, loop, row, end, *([total] if total else [])):
        made = table.add_row()
        for rank, (cell, shown) in enumerate(zip(made.cells, cells, strict=True)):
            _fill(cell.paragraphs[0], shown, bold=cells is total)
            if shown and rank and name in ("effectifs", "formations") and rank == len(header) - 1:
                cell.paragraphs[0].paragraph_format.alignment = 2
    _set(table, shares, header=True)
    document.add_paragraph("{%p endif %}")


def _fill(paragraph: Paragraph, text: str, style: str = "Texte de tableau", *, bold: bool = False) -> None:
    paragraph.style = style
    if text:
        paragraph.add_run(text).bold = bold or None


def _set(table: Table, shares: tuple[int, ...], *, header: bool) -> None:
    element = table._tbl
    table.style = "Tableau dossier"
    table.autofit = False
    total = WIDTH // 635
    widths = [total * share // sum(shares) for share in shares]
    for column, width in zip(element.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in element.findall(qn("w:tr")):
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=True):
            cell.get_or_add_tcPr().get_or_add_tcW().set(qn("w:w"), str(width))
            cell.tcPr.find(qn("w:tcW")).set(qn("w:type"), "dxa")
        about = row.get_or_add_trPr()
        about.append(_own(w("cantSplit")))
    properties = element.tblPr
    for tag in ("tblW", "tblLook"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    properties.find(qn("w:tblStyle")).addnext(_own(w("tblW", w=sum(widths), type="dxa")))
    look = {"firstRow": int(header), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties.append(_own(w("tblLook", val="0620" if header else "0600", **look)))
    if header:
        element.findall(qn("w:tr"))[0].get_or_add_trPr().append(_own(w("tblHeader")))


def _ruled(paragraph: Paragraph) -> None:
    border = w("pBdr", w("top", val="single", sz=14, space=1, color="1F3A68"))
    about = paragraph._p.get_or_add_pPr()
    about.insert_element_before(_own(border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    paragraph.paragraph_format.right_indent = WIDTH - Mm(42)


def _band(document: WordDocument) -> None:
    """The coloured band along the cover: a picture of one dot, stretched, behind the first page's header."""
    dot = io.BytesIO()
    Image.new("RGB", (1, 1), "#1F3A68").save(dot, "PNG")
    dot.seek(0)
    paragraph = document.sections[0].first_page_header.paragraphs[0]
    inline = paragraph.add_run().add_picture(dot, Mm(7), Mm(297))._inline
    picture = etree.tostring(inline.graphic).decode()
    anchor = f"""<wp:anchor xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
        behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
        <wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>
        <wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>
        <wp:extent cx="{Mm(7)}" cy="{Mm(297)}"/><wp:wrapNone/>
        <wp:docPr id="1" name="Bandeau de couverture" descr=""><a:extLst xmlns:a="{A}">
        <a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}"><adec:decorative xmlns:adec="{DECORATIVE}" val="1"/></a:ext>
        </a:extLst></wp:docPr>
        <wp:cNvGraphicFramePr/>{picture}</wp:anchor>"""
    inline.getparent().replace(inline, etree.fromstring(anchor, parser=oxml_parser))


def _margins(document: WordDocument) -> None:
    section = document.sections[0]
    top = section.header.paragraphs[0]
    top.style = "header"
    top.add_run("{{ intitule }}\t{{ candidat }}")
    border = w("pBdr", w("bottom", val="single", sz=4, space=4, color=LINE))
    top._p.get_or_add_pPr().insert_element_before(_own(border), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    bottom = section.footer.paragraphs[0]
    bottom.style = "footer"
    bottom.add_run("{{ mots.dossier }} — {{ edition }}{% if mention %} — {{ mention }}{% endif %}\tPage ")
    for element in [*field("PAGE", [run("2")]), run(" / "), *field("NUMPAGES", [run("2")])]:
        bottom._p.append(_own(element))
    section.first_page_header.paragraphs[0].style = "header"
    _band(document)
    section.first_page_footer.paragraphs[0].style = "footer"


def _finished(document: WordDocument) -> bytes:
    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": 15}
    for element in (
        w("zoom", percent=100), w("defaultTabStop", val=709), w("autoHyphenation"), w("consecutiveHyphenLimit", val=2),
        w("hyphenationZone", val=425),
        w("characterSpacingControl", val="doNotCompress"), w("compat", w("doNotExpandShiftReturn"), w("compatSetting", **mode)),
        w("themeFontLang", val="fr-FR"), w("decimalSymbol", val=","), w("listSeparator", val=";"),
    ):  # fmt: skip
        settings.append(_own(element))
    target = io.BytesIO()
    document.save(target)
    package = Package(target.getvalue())
    for kind in ("thumbnail", "core-properties", "extended-properties"):
        part = package.related("", kind)
        if part is not None:
            package.remove(part, "")
    for kind in ("stylesWithEffects", "numbering"):
        part = package.related(package.document, kind)
        if part is not None:
            package.remove(part, package.document)
    return package.save()


def _own(element: etree._Element) -> etree._Element:
    """`element` as python-docx knows elements."""
    return etree.fromstring(etree.tostring(element), parser=oxml_parser)


if __name__ == "__main__":
    main()
