"""From the element tree to the blocks of the model."""

from __future__ import annotations

from typing import assert_never
from xml.etree.ElementTree import Element

from assembler.model.finding import warning
from assembler.model.source import Source
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Strong,
    Table,
    Text,
)
from assembler.readers.narrative.captions import caption_tables
from assembler.readers.narrative.headings import listed_expectations, own_number
from assembler.readers.narrative.inlines import Cursor, Piece, read_inlines, read_pieces, without_figures
from assembler.readers.narrative.marks import ANY
from assembler.readers.narrative.outline import (
    Aside,
    FencePart,
    Gap,
    HeadingPart,
    ItemPart,
    NotePart,
    PlainPart,
    QuotePart,
    RulePart,
    TablePart,
)
from assembler.readers.narrative.spacing import set_inlines

_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}


def read_elements(elements: list[Element], aside: tuple[Aside, ...], cursor: Cursor, within: bool) -> tuple[Block, ...]:
    """The blocks of sibling elements. `within` a quotation, an item or a note, a heading becomes a strong paragraph."""
    blocks: list[Block] = []
    for element in elements:
        match element.tag:
            case "ul" | "ol":
                blocks.append(_list(element, aside, cursor))
            case "blockquote":
                blocks += _quotation(element, aside, cursor)
            case "object":
                blocks += _set_aside(element, aside, cursor)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                blocks += _heading(element, aside, cursor, within)
            case _:
                blocks += paragraphs(element, cursor)
    return caption_tables(tuple(blocks))


def paragraphs(element: Element, cursor: Cursor) -> list[Block]:
    """A paragraph, cut in several around its pictures; those of a note leave their alternative text."""
    blocks: list[Block] = []
    run: list[Inline] = []
    first = _first_line(element.text, cursor)
    start = cursor.source if first is None else Source(cursor.file, first)
    pieces = read_pieces(element, cursor)
    if cursor.in_note:
        pieces = [*without_figures(pieces, cursor)]
    for piece in pieces:
        if isinstance(piece, Figure):
            blocks += _paragraph(run, start)
            blocks.append(piece)
            run, start = [], piece.source
        else:
            run.append(piece)
    return blocks + _paragraph(run, start)


def _first_line(text: str | None, cursor: Cursor) -> int | None:
    mark = ANY.match(text or "")
    return int(mark[1]) if mark and mark[1] else cursor.line


def _paragraph(run: list[Inline], source: Source) -> list[Block]:
    content = set_inlines(run)
    return [Paragraph(content, source)] if content else []


def _part(element: Element, aside: tuple[Aside, ...]) -> Aside:
    return aside[int(element.get("index", ""))]


def _set_aside(element: Element, aside: tuple[Aside, ...], cursor: Cursor) -> list[Block]:
    part = _part(element, aside)
    match part:
        case PlainPart(number, text):
            return [Paragraph((Text(text),), Source(cursor.file, number))]
        case FencePart(number, text):
            return [CodeBlock(text, Source(cursor.file, number))]
        case RulePart(number):
            return [Rule(Source(cursor.file, number))]
        case TablePart():
            return [_table(element, part, cursor)]
        case QuotePart() | ItemPart() | NotePart() | HeadingPart() | Gap():
            return []
        case _:
            assert_never(part)


def _table(element: Element, part: TablePart, cursor: Cursor) -> Table:
    source = Source(cursor.file, part.number)
    rows = []
    for line in element:
        cells = []
        for cell in line:
            cells.append(read_inlines(cell, cursor))
        rows.append(tuple(cells))
    header, *body = rows
    return Table(header, tuple(body), tuple(Alignment(name) for name in part.alignments), (), source)


def _heading(element: Element, aside: tuple[Aside, ...], cursor: Cursor, within: bool) -> list[Block]:
    mark = ANY.search(element.text or "")
    part = aside[int(mark[2])] if mark and mark[2] else None
    assert isinstance(part, HeadingPart)  # the outline wrote it so
    source = Source(cursor.file, part.number)
    pieces: list[Piece] = read_pieces(element, cursor)
    content = without_figures(pieces, cursor)
    if not content:
        return []
    if within:
        cursor.add(warning("heading-nested", source))
        return [Paragraph((Strong(content),), source)]
    if number := own_number(part.text):
        cursor.add(warning("heading-numbered", source, number=number))
    if written := listed_expectations(part.text):
        cursor.add(warning("expectation-as-text", source, written=written))
    return [Heading(part.level, content, part.expectations, source)]


def _quotation(element: Element, aside: tuple[Aside, ...], cursor: Cursor) -> list[Block]:
    part = _part(element[0], aside)
    assert isinstance(part, QuotePart)  # the outline wrote it so
    blocks = read_elements(list(element), aside, cursor, within=True)
    return [Quotation(blocks, Source(cursor.file, part.number))] if blocks else []


def _list(element: Element, aside: tuple[Aside, ...], cursor: Cursor) -> Block:
    first = _part(element[0][0], aside)
    assert isinstance(first, ItemPart)  # the outline wrote it so
    source = Source(cursor.file, first.number)
    items = tuple(_item(read_elements(list(item), aside, cursor, within=True)) for item in element)
    if element.tag == "ol":
        return OrderedList(items, int(element.get("start", "1")), source)
    return BulletList(items, source)


def _item(blocks: tuple[Block, ...]) -> ListItem:
    match blocks:
        case (Paragraph((Text(text), *others), source), *after) if text[:4] in _BOXES or (
            not others and f"{text} " in _BOXES
        ):
            rest: tuple[Inline, ...] = (*([Text(text[4:])] if text[4:] else []), *others)
            kept: tuple[Block, ...] = (Paragraph(rest, source),) if rest else ()
            return ListItem((*kept, *after), _BOXES[f"{text} "[:4]])
    return ListItem(blocks)
