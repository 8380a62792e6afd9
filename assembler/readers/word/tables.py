"""Tables: rows of cells on one line each; what a Markdown table cannot hold is noted."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.source import Source
from assembler.model.text import Alignment, Heading, Inline, LineBreak, Paragraph, Table, Text
from assembler.readers.charter.parts import Element, number, val, w
from assembler.readers.word.book import Book, words_of
from assembler.readers.word.paragraphs import ParagraphReader

_SIDES = {"center": Alignment.CENTER, "right": Alignment.RIGHT, "end": Alignment.RIGHT}
Cell = tuple[Inline, ...]


def read_table(table: Element, book: Book, part: str) -> Table | None:
    """The table; None when it has no cell."""
    reader = ParagraphReader(book, part)
    rows: list[tuple[tuple[Cell, ...], tuple[Alignment, ...], bool]] = []
    for row in children(table, "tr"):
        about = row.find(w("trPr"))
        if about is not None and (gone := about.find(w("del"))) is not None:
            book.revised(gone)
            continue
        if about is not None and (come := about.find(w("ins"))) is not None:
            book.revised(come)
        cells = [cell for each in children(row, "tc") for cell in _cells(each, book, reader)]
        is_header = about is not None and about.find(w("tblHeader")) is not None and not rows
        rows.append((tuple(cell for cell, _ in cells), tuple(side for _, side in cells), is_header))
    width = max((len(cells) for cells, _, _ in rows), default=0)
    if not width:
        return None
    filled = [cells + ((),) * (width - len(cells)) for cells, _, _ in rows]
    sides = next((sides for _, sides, _ in rows if len(sides) == width), (Alignment.LEFT,) * width)
    header = filled[0] if rows[0][2] else ()
    return Table(header, tuple(filled[1:] if rows[0][2] else filled), sides, (), Source(part))


def indent_of(table: Element) -> float:
    """The indentation of a table, in twips."""
    return number(val(table.find(f"{w('tblPr')}/{w('tblInd')}"), "w"))


def children(holder: Element, tag: str) -> Iterator[Element]:
    """The children of this name, through content controls and such."""
    for child in holder:
        if child.tag == w(tag):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")):
            yield from children(child, tag)


def _cells(cell: Element, book: Book, reader: ParagraphReader) -> Iterator[tuple[Cell, Alignment]]:
    """The cell, and an empty one for each other column that it covers."""
    about = cell.find(w("tcPr"))
    span = 1
    if about is not None:
        spanned = val(about.find(w("gridSpan"))) or "1"
        span = min(int(spanned), 63) if spanned.isdigit() else 1
        if span > 1 or about.find(w("vMerge")) is not None:
            book.odd("merged-cells", words_of(cell))
    content: list[Inline] = []
    side = Alignment.LEFT
    for rank, paragraph in enumerate(children(cell, "p")):
        if rank == 0:
            side = _SIDES.get(val(paragraph.find(f"{w('pPr')}/{w('jc')}")) or "", Alignment.LEFT)
        for strip in reader.read(paragraph).strips:
            if isinstance(strip.block, (Paragraph, Heading)):
                if strip.mark is not None:
                    book.odd("list-in-cell", words_of(paragraph))
                content += [*([LineBreak()] if content else []), *strip.block.content]
            else:
                book.odd("block-in-cell", words_of(paragraph))
    if next(children(cell, "tbl"), None) is not None:
        book.odd("table-in-cell", words_of(cell))
        content += [*([LineBreak()] if content else []), *(Text(words_of(each)) for each in children(cell, "tbl"))]
    yield tuple(content), side
    for _ in range(span - 1):
        yield (), side
