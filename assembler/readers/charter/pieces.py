"""Paragraphs and tables of a template, in order, each with its look told whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assembler.model.charter import Lettering, Mark, PageBreak, Paragraph, Piece, Span, Tab, Words
from assembler.readers.charter.drawings import Drawings
from assembler.readers.charter.numbering import Numbered, Numbering
from assembler.readers.charter.parts import Element, Parts, number, val, w
from assembler.readers.charter.spans import Reader
from assembler.readers.charter.styles import Styles
from assembler.readers.charter.theme import Theme

_MARK = re.compile(r"\{\{p\s+(\w+)\s*\}\}")
_INSTRUCTION = "dossier-mark"  # what docxtpl leaves of `{{p dossier }}` once rendered
_HEADING = re.compile(r"heading ([1-9])")
_DEEPEST = 8  # tables within tables


@dataclass(frozen=True, slots=True)
class Setting:
    """What is above a paragraph: its part, the properties that tables give, how deep it is."""

    part: str
    letters: tuple[Element, ...] = ()
    layouts: tuple[Element, ...] = ()
    depth: int = 0


class Pieces:
    """Reads the content of one document; numbers follow the order in which it is read."""

    def __init__(self, parts: Parts, styles: Styles, theme: Theme, numbering: Numbering, *, hung: bool) -> None:
        """`hung`: tables hang out of the text by the margin of their cells, as in Word until 2010."""
        from assembler.readers.charter.tables import read_table

        self.styles = styles
        self.hung = hung
        self.drawings = Drawings(parts, theme, lambda box, part: tuple(self.read(box, Setting(part))))
        self._numbering = numbering
        self._table = read_table

    def read(self, holder: Element, setting: Setting) -> Iterator[Piece]:
        """The pieces that stand in `holder`."""
        yield from _spaced(list(self._each(holder, setting)))

    def _each(self, holder: Element, setting: Setting) -> Iterator[tuple[str, Piece]]:
        for child in holder:
            if child.tag == w("p"):
                style = val(child.find(f"{w('pPr')}/{w('pStyle')}")) or self.styles.default
                for piece in self.paragraph(child, style, setting):
                    yield style, piece
            elif child.tag == w("tbl") and setting.depth < _DEEPEST:
                yield "", self._table(self, child, setting)
            elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("smartTag"), w("customXml")):
                yield from self._each(child, setting)

    def paragraph(self, paragraph: Element, style: str, setting: Setting) -> Iterator[Piece]:
        """A paragraph, cut where it breaks the page; or the mark it holds."""
        mark = _mark(paragraph)
        if mark:
            yield Mark(mark)
            return
        own = paragraph.find(w("pPr"))
        number_of = self._number(own, style)
        given = [] if number_of is None or number_of.paragraph is None else [number_of.paragraph]
        layout = self.styles.layout(style, [*given, *([] if own is None else [own])], setting.layouts)
        lettering = self._lettering(style, None if own is None else own.find(w("rPr")), setting)
        reader = Reader(
            lambda properties: self._lettering(style, properties, setting),
            lambda drawing: self.drawings.read(drawing, setting.part),
        )
        spans: list[Span] = []
        if number_of is not None and number_of.label:
            spans += self._label(number_of, style, setting)
        level = _HEADING.fullmatch(self.styles.name(style))
        depth = int(level[1]) if level else 0
        for span in reader.read(paragraph):
            if not isinstance(span, PageBreak):
                spans.append(span)
                continue
            if spans:
                yield Paragraph(tuple(spans), layout, lettering, depth)
            yield span
            spans = []
            layout = replace(layout, page_break=False, before=0)
        yield Paragraph(tuple(spans), layout, lettering, depth)

    def _lettering(self, style: str, properties: Element | None, setting: Setting) -> Lettering:
        return self.styles.lettering(style, [] if properties is None else [properties], setting.letters)

    def _number(self, own: Element | None, style: str) -> Numbered | None:
        """The number that Word writes before a paragraph, by itself or by its style."""
        found = None if own is None else own.find(w("numPr"))
        identifier = None if found is None else val(found.find(w("numId")))
        depth = None if found is None else val(found.find(w("ilvl")))
        for properties in reversed(self.styles.properties(style, "pPr")):
            inherited = properties.find(w("numPr"))
            if inherited is not None:
                identifier = identifier or val(inherited.find(w("numId")))
                depth = depth or val(inherited.find(w("ilvl")))
                break
        return self._numbering.count(identifier, int(number(depth))) if identifier else None

    def _label(self, numbered: Numbered, style: str, setting: Setting) -> list[Span]:
        lettering = self._lettering(style, numbered.letters, setting)
        between: dict[str, list[Span]] = {"tab": [Tab()], "space": [Words(" ", lettering)]}
        return [Words(numbered.label, lettering), *between.get(numbered.suffix, [])]


def _mark(paragraph: Element) -> str:
    for child in paragraph.iter():
        if getattr(child, "target", None) == _INSTRUCTION:
            return (child.text or "").strip()
    text = "".join(piece.text or "" for piece in paragraph.iter(w("t"))).strip()
    found = _MARK.fullmatch(text)
    return found[1] if found else ""


def _spaced(pairs: list[tuple[str, Piece]]) -> Iterator[Piece]:
    """The pieces, the space gone between neighbours of one tight style."""
    styles = ["", *(style for style, _ in pairs), ""]
    for at, (style, piece) in enumerate(pairs, 1):
        if isinstance(piece, Paragraph) and piece.layout.tight:
            before = 0 if styles[at - 1] == style else piece.layout.before
            after = 0 if styles[at + 1] == style else piece.layout.after
            yield replace(piece, layout=replace(piece.layout, before=before, after=after))
        else:
            yield piece
