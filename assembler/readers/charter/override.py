"""`charte.yaml`: what a pack wants otherwise in the PDF than in its Word template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from assembler.model.charter import (
    Charter,
    Layout,
    Lettering,
    Page,
    PageNumber,
    Paragraph,
    Running,
    Section,
    Span,
    Style,
    Tab,
    TabStop,
    Words,
)
from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.readers import shapes
from assembler.readers.shapes import Field, Fields, Keyed, ListOf, Record, Token, YesNo, read_record
from assembler.readers.yaml_file import read_yaml

FILE = "charte.yaml"
_LENGTH = Token(r"\d{1,4}(?:[.,]\d{1,2})?", "un nombre, comme 11 ou 10,5")
_COLOUR = Token(r"#[0-9A-Fa-f]{6}", 'une couleur comme "#1F3A68", entre guillemets')
_FAMILY = Token(r"[^\n#{}]{1,60}", "le nom d’une police")
_SIDES = ("gauche", "centre", "droite")
# Millimetres, by key, with the field of a page that each sets.
PAGE = (
    ("largeur", "width", "La largeur de la page."), ("hauteur", "height", "La hauteur de la page."),
    ("haut", "top", "La marge du haut."), ("bas", "bottom", "La marge du bas."),
    ("gauche", "left", "La marge de gauche."), ("droite", "right", "La marge de droite."),
    ("entete", "header", "Ce qui sépare l’en-tête du bord de la page."),
    ("pied", "footer", "Ce qui sépare le pied de page du bord de la page."),
)  # fmt: skip
_LETTERS = (
    Field("police", _FAMILY, "La police."),
    Field("taille", _LENGTH, "La taille, en points."),
    Field("couleur", _COLOUR, "La couleur."),
    Field("gras", YesNo(), "Gras ou non."),
    Field("italique", YesNo(), "Italique ou non."),
)
_MARGIN = Record(tuple(
    Field(side, shapes.Words(), "Le texte ; {page}, {pages}, {intitule}, {candidat}, {dossier} et {edition} sont remplacés.")
    for side in _SIDES
))  # fmt: skip

CHARTE = Record((
    Field("page", Record(tuple(Field(key, _LENGTH, doc) for key, _, doc in PAGE)), "La page, en millimètres."),
    Field("texte", Record((
        *_LETTERS, Field("interligne", _LENGTH, "L’interligne : 1 pour simple."), Field("justifie", YesNo(), "Justifié ou non."),
    )), "Le texte courant."),
    Field("titres", ListOf(Record(_LETTERS)), "Les titres, du premier niveau au cinquième."),
    Field("accent", _COLOUR, "La couleur des filets et des intercalaires."),
    Field("tableaux", Record((
        Field("entete", _COLOUR, "Le fond de la ligne d’en-tête."), Field("filet", _COLOUR, "La couleur des filets."),
    )), "Les tableaux du programme."),
    Field("entete", _MARGIN, "L’en-tête de chaque page."),
    Field("pied", _MARGIN, "Le pied de chaque page."),
    Field("remplacements", Keyed(_FAMILY, "Par quoi remplacer une police qui n’est pas fournie."),
          "Les polices à remplacer."),
))  # fmt: skip


def read_override(path: Path | None, found: list[Finding]) -> Fields | None:
    """What is written in `charte.yaml`, None where there is none; what is wrong with it is added to `found`."""
    if path is None:
        return None
    file = f"{path.parent.name}/{path.name}"
    try:
        mapping = read_yaml(path.read_text("utf-8-sig"), file, found)
    except (OSError, UnicodeDecodeError):
        found.append(error("pack-file-missing", Source(file), pack=path.parent.name))
        return None
    if mapping is None:
        return None
    return read_record(mapping, CHARTE, found)


def overridden(charter: Charter, fields: Fields, values: Mapping[str, str]) -> Charter:
    """The charter with what the pack wants otherwise; `values` are put in headers and footers, « {intitule} »."""
    named = dict(charter.styles)
    body = fields.record("texte")
    if body is not None:
        named = {name: _with_letters(style, body, named["normal"]) for name, style in named.items()}
        layout = named["normal"].layout
        line = _length(body, "interligne") or layout.line
        align = layout.align if not body.has("justifie") else "both" if body.flag("justifie") else "left"
        named["normal"] = replace(named["normal"], layout=replace(layout, line=line, align=align))
    for level, titles in enumerate(fields.records("titres")[:5], 1):
        name = f"heading {level}"
        before = named.get(name, named["normal"])
        named[name] = replace(before, lettering=_letters(before.lettering, titles))
    page = fields.record("page")
    sections: list[Section] = []
    for section in charter.sections:
        shape = section.page if page is None else _page(section.page, page)
        heads, feet = (
            _margin(run, fields.record(key), named.get(kind, named["normal"]), shape, values)
            for run, key, kind in ((section.headers, "entete", "header"), (section.footers, "pied", "footer"))
        )
        sections.append(replace(section, page=shape, headers=heads, footers=feet))
    tables = fields.record("tableaux")
    grid = charter.grid
    if tables is not None:
        line_colour = tables.text("filet")
        across, down, frame = (
            replace(one, colour=line_colour) if one and line_colour else one
            for one in (grid.across, grid.down, grid.frame)
        )
        grid = replace(
            grid, across=across, down=down, frame=frame, header_fill=tables.text("entete") or grid.header_fill
        )
    shown = [named["normal"], *(style for name, style in named.items() if name.startswith("heading"))]
    fonts = dict.fromkeys([*(style.lettering.font for style in shown), *(font for font, _ in charter.fonts)])
    kinds = dict(charter.fonts)
    return replace(
        charter,
        sections=tuple(sections),
        styles=tuple(named.items()),
        grid=grid,
        accent=fields.text("accent") or charter.accent,
        fonts=tuple((font, kinds.get(font, "")) for font in fonts),
        substitutes=tuple((one.text("cle") or "", one.text("valeur") or "") for one in fields.records("remplacements")),
    )


def _with_letters(style: Style, body: Fields, normal: Style) -> Style:
    """A style with the body's new letters, where it had the old ones."""
    old, new = style.lettering, _letters(normal.lettering, body)
    return replace(
        style,
        lettering=replace(
            old,
            font=new.font if old.font == normal.lettering.font else old.font,
            size=new.size if old.size == normal.lettering.size else old.size,
            colour=new.colour if old.colour == normal.lettering.colour else old.colour,
        ),
    )


def _letters(before: Lettering, fields: Fields) -> Lettering:
    return replace(
        before,
        font=fields.text("police") or before.font,
        size=_length(fields, "taille") or before.size,
        colour=(fields.text("couleur") or before.colour).upper(),
        bold=fields.flag("gras") if fields.has("gras") else before.bold,
        italic=fields.flag("italique") if fields.has("italique") else before.italic,
    )


def _page(before: Page, fields: Fields) -> Page:
    said = {field: _length(fields, key) for key, field, _ in PAGE}
    page = replace(before, **{field: length * 72 / 25.4 for field, length in said.items() if length is not None})
    fits = page.width - page.left - page.right > 72 and page.height - page.top - page.bottom > 72
    return page if fits else before


def _margin(before: Running, fields: Fields | None, style: Style, page: Page, values: Mapping[str, str]) -> Running:
    """A header or footer of three texts, on every page but a first one that differs."""
    if fields is None:
        return before
    spans: list[Span] = []
    for side in _SIDES:
        between = [Tab()] if side != _SIDES[0] else []
        spans += [*between, *_spans(fields.text(side) or "", style.lettering, values)]
    width = page.width - page.left - page.right
    tabs = (TabStop(width / 2, "center", ""), TabStop(width, "right", ""))
    was = (
        before.usual[0].layout.borders
        if before.usual and isinstance(before.usual[0], Paragraph)
        else style.layout.borders
    )
    line = Paragraph(tuple(spans), Layout(borders=was, tabs=tabs), style.lettering)
    return replace(before, usual=(line,), even=None)


def _spans(text: str, lettering: Lettering, values: Mapping[str, str]) -> list[Span]:
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    made: list[Span] = []
    for at, part in enumerate(text.replace("{pages}", "\0T\0").replace("{page}", "\0P\0").split("\0")):
        if at % 2:
            made.append(PageNumber(part == "T", lettering))
        elif part:
            made.append(Words(part, lettering))
    return made


def _length(fields: Fields, key: str) -> float | None:
    text = fields.text(key)
    return None if text is None else float(text.replace(",", "."))
