"""What one change of blocks makes of the author's lines."""

from __future__ import annotations

from collections.abc import Sequence

from assembler.model.shown import bare
from assembler.model.text import Block, BulletList, Heading, OrderedList, Paragraph, Table
from assembler.readers.narrative.outline import HeadingPart, TablePart, TextPart
from assembler.reimport.author_file import Edit
from assembler.reimport.desk import Desk
from assembler.reimport.list_edits import list_edits
from assembler.reimport.pairs import pair
from assembler.reimport.paragraph_edits import heading_edit, paragraph_edit
from assembler.reimport.table_edits import table_edits
from assembler.reimport.units import Unit
from assembler.reimport.words import words_of


def change_edits(
    units: Sequence[Unit], before: Unit | None, old: Sequence[Block], new: Sequence[Block], desk: Desk
) -> list[Edit]:
    """The edits that make `new` of `old`, the blocks of `units`; `before` is the unit above them, None at the top."""
    if any(unit.last - unit.first > 1 for unit in units) or not desk.fine:
        return _whole(units, before, new, desk)
    homes = {id(block): unit for block, unit in zip(old, units, strict=True)}
    edits: list[Edit] = []
    come: list[Block] = []
    above = before
    for one, other in pair(old, new, lambda block: bare(block, desk.pictures), words_of):
        if one is None and other is not None:
            come.append(other)
            continue
        edits += _insertion(come, above, desk)
        come = []
        assert one is not None  # a pair has one side at least
        above = homes[id(one)]
        edits += _removal(above, desk) if other is None else _block_edits(one, other, above, desk)
    return edits + _insertion(come, above, desk)


def _whole(units: Sequence[Unit], before: Unit | None, new: Sequence[Block], desk: Desk) -> list[Edit]:
    extents = tuple(extent for unit in units for extent in unit.extents)
    if not extents:
        return _insertion(list(new), before, desk)
    if not new:
        return [desk.removed(extent) for extent in extents]
    return desk.replaced(extents, desk.written(new))


def _insertion(blocks: list[Block], above: Unit | None, desk: Desk) -> list[Edit]:
    if not blocks:
        return []
    lines = desk.written(blocks)
    if above is not None:
        return [desk.inserted(above.end, lines)]
    parts = desk.source.parts
    if parts:
        first = parts[0][1].first
        return [Edit(first, first - 1, (*lines, ""))]
    return [desk.inserted(len(desk.source.lines) - (not desk.source.lines[-1]), lines)]


def _removal(unit: Unit, desk: Desk) -> list[Edit]:
    return [desk.removed(extent) for extent in unit.extents]


def _block_edits(old: Block, new: Block, unit: Unit, desk: Desk) -> list[Edit]:
    if desk.same(old, new):
        return []
    made = _fine_edits(old, new, unit, desk)
    return desk.replaced(unit.extents, desk.written((new,))) if made is None else made


def _fine_edits(old: Block, new: Block, unit: Unit, desk: Desk) -> list[Edit] | None:
    part, extent = unit.parts[0]
    match old, new:
        case (Paragraph(), Paragraph()) if isinstance(part, TextPart) and len(unit.parts) == 1:
            return [paragraph_edit(extent, new, desk, in_item=False)]
        case (Heading(), Heading()) if isinstance(part, HeadingPart):
            return [heading_edit(extent, old, new, desk)]
        case (BulletList() | OrderedList(), BulletList() | OrderedList()):
            return list_edits(old, new, unit.parts, desk)
        case (Table(), Table()):
            tables = [(each, where) for each, where in unit.parts if isinstance(each, TablePart)]
            return table_edits(old, new, *tables[0], desk) if len(tables) == 1 else None
        case _:
            return None
