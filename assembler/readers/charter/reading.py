"""From a Word file to its `Charter`: pages, styles, headers, and what stands around our own chapters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from assembler.model.charter import (
    Charter,
    Grid,
    Lettering,
    Page,
    Paragraph,
    Piece,
    Running,
    Section,
    Style,
    Table,
    Words,
)
from assembler.readers.charter.numbering import Numbering
from assembler.readers.charter.parts import CharterError, Element, Parts, R, number, points, val, w
from assembler.readers.charter.pieces import Pieces, Setting
from assembler.readers.charter.styles import Styles
from assembler.readers.charter.theme import Theme
from assembler.readers.exhibits.pdf import Unusable

_HEADINGS = tuple(f"heading {level}" for level in range(1, 6))
_NAMED = (
    "normal", *_HEADINGS, "caption", "quote", "toc 1", "toc 2", "toc heading", "footnote text", "texte de tableau",
    "libellé de tableau", "titre de groupe", "html preformatted", "list bullet", "renvoi", "anomalie", "brouillon",
    "header", "footer",
)  # fmt: skip
_SHOWN = ("normal", *_HEADINGS[:3], "caption", "toc 1", "toc 2")
_TABLE = "tableau dossier"
_FLUSH = 15  # the layout of Word 2013, where tables begin at the edge of the text
_A4 = Page(595.3, 841.9, 70.85, 70.85, 70.85, 70.85, 35.4, 35.4)


def read_charter(content: bytes) -> Charter:
    """The charter of a Word file, rendered or not. Raises CharterError when it cannot be read."""
    try:
        return _read(Parts(content))
    except (Unusable, RecursionError, etree.LxmlError, KeyError, ValueError) as fault:
        raise CharterError(str(fault) or type(fault).__name__) from fault


def _read(parts: Parts) -> Charter:
    document = parts.tree(parts.document)
    body = None if document is None else document.find(w("body"))
    if body is None:
        raise CharterError(parts.document)
    theme = Theme(_part(parts, "theme"))
    styles = Styles(_part(parts, "styles"), theme, hyphenates=_says(_part(parts, "settings"), "autoHyphenation"))
    hung = _mode(_part(parts, "settings")) < _FLUSH
    pieces = Pieces(parts, styles, theme, Numbering(_part(parts, "numbering")), hung=hung)
    sections = tuple(_Sections(parts, pieces).read(body))
    named = tuple((name, _style(styles, name)) for name in _NAMED if name == "normal" or styles.id(name))
    known = dict(named)
    accent = known.get("heading 1", known["normal"]).lettering.colour
    return Charter(
        sections,
        named,
        _grid(styles),
        accent or known["normal"].lettering.colour or "#000000",
        _fonts(known["normal"].lettering.font, sections, named, _part(parts, "fontTable")),
        tuple(image for _, image in sorted(pieces.drawings.images.items())),
        tuple(sorted(pieces.drawings.left_out)),
    )


def _part(parts: Parts, use: str) -> Element | None:
    return next((parts.tree(part) for part in parts.related(parts.document, use)), None)


def _mode(settings: Element | None) -> float:
    """The version of Word whose layout the document keeps."""
    found = () if settings is None else settings.iter(w("compatSetting"))
    return next((number(val(one)) for one in found if val(one, "name") == "compatibilityMode"), 12)


def _says(holder: Element | None, tag: str) -> bool:
    """Whether a switch is there and on."""
    switch = None if holder is None else holder.find(w(tag))
    return switch is not None and val(switch) in (None, "1", "true", "on")


def _style(styles: Styles, name: str) -> Style:
    identifier = styles.default if name == "normal" else styles.id(name)
    return Style(styles.lettering(identifier), styles.layout(identifier))


class _Sections:
    """Cuts the body where its sections end; a section without headers has those of the one before."""

    def __init__(self, parts: Parts, pieces: Pieces) -> None:
        self._parts = parts
        self._pieces = pieces
        self._even = _says(_part(parts, "settings"), "evenAndOddHeaders")
        self._last: dict[tuple[str, str], tuple[Piece, ...]] = {}

    def read(self, body: Element) -> Iterator[Section]:
        """The sections in order; one that goes on upon the same page is one with the last."""
        before: Section | None = None
        for elements, about in _runs(body):
            holder = etree.Element(w("body"))
            holder.extend(elements)  # moves them: the tree is read once
            found = tuple(self._pieces.read(holder, Setting(self._parts.document)))
            section = self._section(about, _trimmed(found) if about is not None else found)
            kind = None if about is None else val(about.find(w("type")))
            if before is not None and kind == "continuous" and section.page == before.page:
                before = replace(before, pieces=before.pieces + section.pieces)
                continue
            if before is not None:
                yield before
            before = section
        if before is not None:
            yield before

    def _section(self, about: Element | None, pieces: tuple[Piece, ...]) -> Section:
        if about is not None and any(int(points(val(one, "num")) * 20) > 1 for one in about.findall(w("cols"))):
            self._pieces.drawings.left_out.add("des colonnes")
        return Section(_page(about), self._running(about, "header"), self._running(about, "footer"), pieces)

    def _running(self, about: Element | None, kind: str) -> Running:
        for reference in about.findall(w(f"{kind}Reference")) if about is not None else ():
            part = self._parts.target(self._parts.document, reference.get(f"{{{R}}}id"))
            tree = None if part is None else self._parts.tree(part)
            if part is not None and tree is not None:
                self._last[kind, val(reference, "type") or "default"] = tuple(self._pieces.read(tree, Setting(part)))
        differs = _says(about, "titlePg")
        return Running(
            self._last.get((kind, "default"), ()),
            self._last.get((kind, "first"), ()) if differs else None,
            self._last.get((kind, "even"), ()) if self._even else None,
        )


def _runs(body: Element) -> Iterator[tuple[list[Element], Element | None]]:
    """The elements of each section, with the `w:sectPr` that ends it."""
    run: list[Element] = []
    for child in list(body):
        if child.tag == w("sectPr"):
            yield run, child
            return
        run.append(child)
        about = child.find(f"{w('pPr')}/{w('sectPr')}") if child.tag == w("p") else None
        if about is not None:
            yield run, about
            run = []
    if run:
        yield run, None


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces without the empty paragraph that only ends the section."""
    last = pieces[-1] if pieces else None
    empty = isinstance(last, Paragraph) and not any(
        not isinstance(one, Words) or one.text.strip() for one in last.spans
    )
    return pieces[:-1] if empty and len(pieces) > 1 else pieces


def _page(about: Element | None) -> Page:
    size = None if about is None else about.find(w("pgSz"))
    margins = None if about is None else about.find(w("pgMar"))

    def length(element: Element | None, attribute: str, otherwise: float) -> float:
        return max(0.0, min(abs(points(val(element, attribute), otherwise)), 5_000.0))

    page = Page(
        length(size, "w", _A4.width), length(size, "h", _A4.height),
        length(margins, "top", _A4.top), length(margins, "right", _A4.right),
        length(margins, "bottom", _A4.bottom), length(margins, "left", _A4.left),
        length(margins, "header", _A4.header), length(margins, "footer", _A4.footer),
    )  # fmt: skip
    fits = page.width - page.left - page.right > 72 and page.height - page.top - page.bottom > 72
    return page if fits else _A4


def _grid(styles: Styles) -> Grid:
    """The look of our tables: the style « Tableau dossier », and what it says of the first row."""
    identifier = styles.id(_TABLE)
    lines: dict[str, object] = {}
    for properties in styles.properties(identifier, "tblPr"):
        lines |= styles.sides(properties.find(w("tblBorders")))
    firsts = [
        one
        for style in styles.chain(identifier)
        for one in style.findall(w("tblStylePr"))
        if one.get(w("type")) == "firstRow"
    ]
    cells = [found for one in firsts for found in one.findall(w("tcPr"))]
    letters = [found for one in firsts for found in one.findall(w("rPr"))]
    across, down, frame = lines.get("insideH"), lines.get("insideV"), lines.get("top")
    header: Lettering = styles.lettering(styles.id("texte de tableau"), letters)
    fill = next((fill for fill in (styles.fill(one) for one in reversed(cells)) if fill), "")
    return Grid(across, down, frame, fill, header)  # type: ignore[arg-type]


def _fonts(
    body: str, sections: tuple[Section, ...], named: tuple[tuple[str, Style], ...], table: Element | None
) -> tuple[tuple[str, str], ...]:
    """Every family that is shown, the body's first, each with its kind in Word's table of fonts."""
    kinds = {
        one.get(w("name"), ""): val(one.find(w("family"))) or "" for one in (table if table is not None else ())
        if isinstance(one.tag, str)
    }  # fmt: skip
    found = [body, *(style.lettering.font for name, style in named if name in _SHOWN)]
    for section in sections:
        runnings = [part for run in (section.headers, section.footers) for part in (run.usual, run.first, run.even)]
        for content in (section.pieces, *(part for part in runnings if part)):
            found += _families(content)
    return tuple((family, kinds.get(family, "")) for family in dict.fromkeys(found))


def _families(content: tuple[Piece, ...]) -> Iterator[str]:
    for piece in content:
        if isinstance(piece, Paragraph):
            yield from (span.lettering.font for span in piece.spans if isinstance(span, Words) and span.text.strip())
        elif isinstance(piece, Table):
            for row in piece.rows:
                for cell in row.cells:
                    yield from _families(cell.content)
