"""The template's look as the layout reads it, and where our own content stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from assembler.model.charter import (
    Border,
    Charter,
    Drawing,
    Grid,
    Layout,
    Lettering,
    Mark,
    Page,
    PageNumber,
    Paragraph,
    Piece,
    Running,
    Section,
    Style,
    Table,
    Words,
)
from assembler.model.dossier import Dossier
from assembler.model.plain import plain
from assembler.writers.pdf.fonts import Face, Supply
from assembler.writers.pdf.guard import Node
from assembler.writers.pdf.margins import counts, room, with_numbers
from assembler.writers.pdf.marks import flat, owners, with_marks

# The fonts and plain colours of the stamps on exhibits; their accent is the template's.
CHARTER: dict[str, Any] = {
    "fonts": ["Carlito", "Libertinus Serif", "DejaVu Sans Mono"],
    "grey": "#5A6270",
    "line": "#B9C3D3",
    "fault": "#B3261E",
}
_MONO = ("DejaVu Sans Mono", "Carlito", "Libertinus Serif")
_OURS = ("sommaire", "modifications", "conformite", "accord_ca", "index_preuves")
FIRST_TOKEN = 1_000_000_000
"""What stands for the page of the first exhibit, the next for that of the second…: pages are known to the layout only."""
_TOKEN = re.compile(r"\b1\d{9}\b")


def charter_node(
    charter: Charter, dossier: Dossier, supply: Supply, images: Mapping[str, str], *, whole: bool = True
) -> Node:
    """Everything of the template that the layout reads; `images` are the files of its pictures, by key.

    Unless it is `whole`, the document holds only what its charter asks for.
    """
    kinds = dict(charter.fonts)
    faces = {font: supply.face(font, kinds.get(font, "")) for font in sorted(set(families(charter)))}
    sections = with_marks(charter.sections, dossier) if whole else charter.sections
    numbered = any(counts(run) for section in sections for run in (section.headers, section.footers))
    made: list[Node] = []
    reader = _Reader(dossier, owners(sections, dossier), images)
    for rank, section in enumerate(sections):
        section = section if numbered else with_numbers(section, charter)
        page, extra = room(section, faces)
        made.append({
            "rank": rank, "page": plain(page), "extra": extra, "pieces": reader.read(section.pieces),
            "headers": reader.running(section.headers), "footers": reader.running(section.footers),
        })  # fmt: skip
    header = plain(Style(charter.grid.header, charter.style("texte de tableau").layout))
    styles = {name: plain(style) for name, style in charter.styles}
    for each in (*made, *styles.values(), header):
        _dress(each, None, faces)
    return {
        "sections": made,
        "dividers": max((rank for rank, one in enumerate(sections) if _is_upright(one.page)), default=0),
        "styles": styles,
        "grid": {**cast("Node", plain(charter.grid)), "header": cast("Node", header)["lettering"]},
        "accent": charter.accent,
        "mono": list(_MONO),
        "images": dict(images),
    }


def _dress(node: Any, layout: Node | None, faces: Mapping[str, Face]) -> None:
    """Tell all letters in a node their fonts, and the edges of their lines.

    A line is as high as Word makes it: the font's own height, times the line spacing; what is more stands below, what is
    less is taken above.
    """
    if isinstance(node, list):
        for each in node:
            _dress(each, layout, faces)
    elif isinstance(node, dict):
        layout = node.get("layout", layout)
        lettering = node.get("lettering")
        if lettering is not None and layout is not None:
            face = faces[lettering["font"]]
            beyond = (layout["line"] - 1) * (face.ascent + face.descent)
            top, bottom = face.ascent + min(beyond, 0), -face.descent - max(beyond, 0)
            if layout["exact"]:
                top, bottom = 0.8 * layout["exact"] / lettering["size"], -0.2 * layout["exact"] / lettering["size"]
            lettering |= {"names": list(face.names), "top": round(top, 4), "bottom": round(bottom, 4)}
        for key, each in node.items():
            if key not in ("layout", "lettering"):
                _dress(each, layout, faces)


def bare_charter(family: str = "Carlito") -> Charter:
    """The charter of no template: one section of A4 pages in black, for a layout without a Word file."""
    body = Style(Lettering(family, 11, ""), Layout("both", after=6, line=1.12))
    page = Page(595.3, 841.9, 76.5, 70.9, 68, 70.9, 39.7, 34)
    titles = tuple(
        (
            f"heading {level}",
            Style(Lettering(family, size, "", bold=True), Layout(before=16, after=8, page_break=level == 1)),
        )
        for level, size in enumerate((20, 14, 12, 11, 11), 1)
    )
    empty = Running((), None, None)
    grid = Grid(Border(0.5, "#B9C3D3"), None, Border(0.5, "#B9C3D3"), "#EEF2F8", Lettering(family, 9.5, "", bold=True))
    sections = (Section(page, empty, empty, ()),)
    return Charter(sections, (("normal", body), *titles), grid, "#000000", ((family, ""),), (), ())


class _Reader:
    """Turns pieces to nodes, in the order of the document: headings keep their steps, members find their sheets."""

    def __init__(self, dossier: Dossier, owners: dict[str, str], images: Mapping[str, str]) -> None:
        self._dossier = dossier
        self._owners = owners
        self._images = images
        self._labels = {exhibit.label: exhibit.anchor for exhibit in dossier.exhibits}
        self._members = [member.anchor for member in dossier.members]
        self._level = 0
        self._seen: set[str] = set()

    def read(self, pieces: tuple[Piece, ...]) -> list[Node]:
        """The pieces as nodes; a mark that comes again is left out."""
        made: list[Node] = []
        for piece in pieces:
            match piece:
                case Mark(name) if name in self._seen:
                    continue
                case Mark(name):
                    self._seen.add(name)
                    self._level = 1
                    made += [*self._left_members(), self._mark(name)]
                case Paragraph():
                    made.append(self._paragraph(piece))
                case Table():
                    node: Any = plain(piece)
                    for row, shown in zip(piece.rows, node["rows"], strict=True):
                        for cell, there in zip(row.cells, shown["cells"], strict=True):
                            there["content"] = self.read(cell.content)
                    made.append(node)
                case _:
                    node = plain(piece)
                    made.append(node)
        return made

    def running(self, run: Running) -> Node:
        """The headers, or the footers, of a section."""
        first, even = (None if part is None else self.read(part) for part in (run.first, run.even))
        return {"usual": self.read(run.usual), "first": first, "even": even}

    def _left_members(self) -> list[Node]:
        """Places for the identity sheets that no heading of the template announced."""
        made = [{"type": "Anchor", "anchor": anchor} for anchor in self._members]
        self._members = []
        return made

    def _mark(self, name: str) -> Node:
        kind = name.partition(" ")[0]
        chapters = [nth for nth, each in enumerate(self._dossier.body) if self._owners[each.anchor] == name]
        return {"type": "Mark", "name": kind, "chapters": [] if kind in _OURS else chapters}

    def _paragraph(self, piece: Paragraph) -> Node:
        node: Node = cast("Node", plain(piece))
        node["anchor"] = None
        text = "".join(span["text"] for span in node["spans"] if span["type"] == "Words").strip()
        if piece.level:
            node["level"] = self._level = min(piece.level, self._level + 1) if text else 0
            if text.startswith(self._dossier.pack.words.identity) and self._members:
                node["anchor"] = self._members.pop(0)
        node["spans"] = [made for span in node["spans"] for made in self._span(span)]
        return node

    def _span(self, span: Node) -> Iterator[Node]:
        if span["type"] != "Words":
            yield span
        else:
            at = 0
            for match in _TOKEN.finditer(span["text"]):
                rank = int(match[0]) - FIRST_TOKEN
                if rank < len(self._dossier.exhibits):
                    yield from self._words(span, span["text"][at : match.start()])
                    anchor = self._dossier.exhibits[rank].anchor
                    yield {"type": "PageOf", "anchor": anchor, "lettering": span["lettering"]}
                    at = match.end()
            yield from self._words(span, span["text"][at:])

    def _words(self, span: Node, text: str) -> Iterator[Node]:
        if text:
            yield span | {"text": text, "anchor": self._labels.get(text.strip())}


def families(charter: Charter) -> Iterator[str]:
    """Every family that the template names, the body's first."""
    for _, style in charter.styles:
        yield style.lettering.font
    yield charter.grid.header.font
    for section in charter.sections:
        runs = [part for run in (section.headers, section.footers) for part in (run.usual, run.first, run.even)]
        for piece in flat(section.pieces + tuple(piece for part in runs if part for piece in part)):
            if isinstance(piece, Paragraph):
                yield from lettered_fonts(piece)


def lettered_fonts(paragraph: Paragraph) -> Iterator[str]:
    """The families of a paragraph, those of its boxes of text included."""
    yield paragraph.lettering.font
    for span in paragraph.spans:
        if isinstance(span, (Words, PageNumber)):
            yield span.lettering.font
        elif isinstance(span, Drawing):
            yield from (
                font for piece in flat(span.content) if isinstance(piece, Paragraph) for font in lettered_fonts(piece)
            )


def _is_upright(page: Page) -> bool:
    return page.height >= page.width
