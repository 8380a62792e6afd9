"""One table in both versions: rows that stayed, came or went, and what changed in their cells."""

from __future__ import annotations

from assembler.model.likeness import paired
from assembler.writers.word.revisions.paragraphs import Merge, insert_paragraph
from assembler.writers.word.revisions.pen import INSERTED
from assembler.writers.word.revisions.redline import Redline
from assembler.writers.word.revisions.sides import PARAGRAPH, TABLE, blocks_of, cell_shape, cells_of
from assembler.writers.word.revisions.withdrawn import delete_row
from assembler.writers.word.xml import Element, name

_ROW = name("tr")


def merge_table(old: Element, new: Element, part: str, redline: Redline, merge: Merge) -> None:
    """Mark in `new` what differs from `old`, which has as many columns."""
    olds, news = list(old.iterchildren(_ROW)), list(new.iterchildren(_ROW))
    ranks = paired(
        [redline.old.row_key(each, part) for each in olds], [redline.new.row_key(each, part) for each in news],
        lambda rank: redline.old.piece(olds[rank]), lambda rank: redline.new.piece(news[rank]),
    )  # fmt: skip
    widths = [int(each.get(name("w"), "0")) for each in new.iterfind(f"{name('tblGrid')}/{name('gridCol')}")]
    last: Element | None = None
    author = redline.pen.author
    for before, after, same in list(ranks):
        gone = None if before is None else olds[before]
        come = None if after is None else news[after]
        if gone is not None and come is not None and _shape(gone) == _shape(come):
            redline.pen.author = redline.authors.owner(come, 1) or author
            if not same:
                for one, other in zip(cells_of(gone), cells_of(come), strict=True):
                    merge(one, other, part, redline)
            last = come
            continue
        if gone is not None:
            redline.pen.author = redline.authors.owner(gone, 0) or author
            delete_row(gone, part, redline)
            _fit(gone, widths)
            _stand(gone, last, new)
            last = gone
        if come is not None:
            redline.pen.author = redline.authors.owner(come, 1) or author
            insert_row(come, redline)
            last = come
    redline.pen.author = author


def insert_table(table: Element, redline: Redline) -> None:
    """Mark every row of a table of this version inserted."""
    author = redline.pen.author
    for row in table.iterchildren(_ROW):
        redline.pen.author = redline.authors.owner(row, 1) or author
        insert_row(row, redline)
    redline.pen.author = author


def insert_row(row: Element, redline: Redline) -> None:
    """Mark a row of this version, and all it says, inserted."""
    redline.pen.mark_row(row, INSERTED)
    for cell in cells_of(row):
        _insert_held(cell, redline)


def _insert_held(holder: Element, redline: Redline) -> None:
    for block in blocks_of(holder):
        if block.tag == PARAGRAPH:
            insert_paragraph(block, redline, end=False)
        elif block.tag == TABLE:
            insert_table(block, redline)
        else:
            _insert_held(block, redline)


def _shape(row: Element) -> list[tuple[str | None, bool]]:
    return [cell_shape(cell) for cell in cells_of(row)]


def _stand(row: Element, last: Element | None, table: Element) -> None:
    """Put a row after `last`, or first."""
    if last is not None:
        last.addnext(row)
        return
    first = table.find(_ROW)
    table.append(row) if first is None else first.addprevious(row)


def _fit(row: Element, widths: list[int]) -> None:
    """Give the cells of a row the widths of the columns that they stand in now."""
    first = 0
    for cell in cells_of(row):
        span = int(cell_shape(cell)[0] or 1)
        room = sum(widths[first : first + span])
        first += span
        width = cell.find(f"{name('tcPr')}/{name('tcW')}")
        if width is not None and room:
            width.set(name("w"), str(room))
            width.set(name("type"), "dxa")
