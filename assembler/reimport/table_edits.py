"""Tables changed row by row, and rows cell by cell."""

from __future__ import annotations

import re

from assembler.model.shown import bare
from assembler.model.source import Source
from assembler.model.text import Alignment, Inline, Table
from assembler.model.walk import plain_text
from assembler.readers.narrative.grid import cells_of
from assembler.readers.narrative.outline import TablePart
from assembler.reimport.author_file import Edit
from assembler.reimport.desk import Desk
from assembler.reimport.extents import Extent
from assembler.reimport.pairs import pair
from assembler.writers.markdown import write_row

_PIPE = re.compile(r"(?<!\\)\|")
Row = tuple[tuple[Inline, ...], ...]


def table_edits(old: Table, new: Table, part: TablePart, extent: Extent, desk: Desk) -> list[Edit] | None:
    """What makes `new` of `old`; None where only the whole can be written again."""
    same_shape = (
        old.alignments == new.alignments and bool(old.header) == bool(new.header) and old.caption == new.caption
    )
    if not same_shape or len(part.rows) != len(old.rows):
        return None
    edits: list[Edit] = []
    if old.header and _key(old.header, desk) != _key(new.header, desk):
        edits.append(_row_edit(old.header, new.header, extent.first, desk))
    rank, line = 0, extent.first + 1
    for one, other in pair(old.rows, new.rows, lambda each: _key(each, desk), _words):
        if one is None and other is not None:
            edits.append(Edit(line + 1, line, (write_row(other, desk.notation),)))
            continue
        assert one is not None  # a pair has one side at least
        rank, line = rank + 1, line + 1
        if other is None:
            edits.append(Edit(line, line, ()))
        elif _key(one, desk) != _key(other, desk):
            edits.append(_row_edit(one, other, line, desk))
    return edits


def _key(row: Row, desk: Desk) -> object:
    return bare(Table((), (row,), (Alignment.LEFT,) * len(row), (), Source("")), desk.pictures)


def _words(row: Row) -> str:
    return " | ".join(plain_text(cell) for cell in row)


def _row_edit(old: Row, new: Row, line: int, desk: Desk) -> Edit:
    """The line of a row, cells that say the same as they were, in columns as wide as they were."""
    raw = desk.source.text(line)
    pieces = _PIPE.split(raw)
    first = 1 if raw.lstrip().startswith("|") else 0
    if len(cells_of(raw)) != len(new) or len(pieces) < first + len(new) or "`" in raw:
        return Edit(line, line, (write_row(new, desk.notation),))
    for column, (one, other) in enumerate(zip(old, new, strict=True)):
        if _key((one,), desk) != _key((other,), desk):
            written = write_row((other,), desk.notation)[2:-2]
            before = pieces[first + column]
            right = before.startswith("  ") and not before.endswith("  ")
            width = max(len(before) - 2, 0)
            pieces[first + column] = f" {written.rjust(width) if right else written.ljust(width)} "
    return Edit(line, line, ("|".join(pieces).rstrip(),))
