"""Blocks aligned with blocks, and what changed inside those that stayed: items, rows, cells, words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assembler.assembly.compare.keys import (
    Pictures,
    block_key,
    blocks_words,
    item_key,
    piece,
    piece_of,
    row_key,
    text_key,
    text_words,
)  # fmt: skip
from assembler.assembly.compare.words import runs_of, whole
from assembler.model.changes import (
    Aligned,
    Detail,
    FigureChange,
    ItemChange,
    ListChange,
    QuotationChange,
    RowChange,
    Runs,
    State,
    TableChange,
    TextChange,
)  # fmt: skip
from assembler.model.likeness import Piece, paired
from assembler.model.sequences import gaps, shared_pairs
from assembler.model.text import (
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
    Table,
    Text,
)

Row = tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """What is known of either version: its pictures."""

    old: Pictures
    new: Pictures


def align_blocks(old: tuple[Block, ...], new: tuple[Block, ...], sides: Sides) -> tuple[Aligned, ...]:
    """Both texts in reading order, what went before what came; nothing is said to have moved."""
    keys = [block_key(each, sides.old) for each in old], [block_key(each, sides.new) for each in new]
    made: list[Aligned] = []
    for one, other, same in paired(*keys, lambda each: piece_of(old[each]), lambda each: piece_of(new[each])):
        before, after = (old[one] if one is not None else None), (new[other] if other is not None else None)
        if before is None or after is None or same:
            made.append(Aligned(_state(one, other, same), before, after))
        else:
            made.append(changed(before, after, sides))
    return tuple(made)


def changed(old: Block, new: Block, sides: Sides) -> Aligned:
    """One block rewritten."""
    return Aligned(State.CHANGED, old, new, detail(old, new, sides))


def detail(old: Block, new: Block, sides: Sides) -> Detail | None:
    """What changed inside; None between blocks that have nothing to compare."""
    match old, new:
        case (Heading() | Paragraph(), Heading() | Paragraph()):
            return TextChange(_runs(old.content, new.content, sides))
        case CodeBlock(before), CodeBlock(after):
            return TextChange(_runs((Text(before),), (Text(after),), sides))
        case (BulletList() | OrderedList(), BulletList() | OrderedList()):
            return ListChange(tuple(_items(old.items, new.items, sides)))
        case Table(), Table():
            return _table(old, new, sides)
        case Quotation(before), Quotation(after):
            return QuotationChange(align_blocks(before, after, sides))
        case Figure(), Figure():
            picture = (sides.old.get(old.path) or old.path) != (sides.new.get(new.path) or new.path)
            return FigureChange(_runs(old.caption, new.caption, sides), picture, old.alternative != new.alternative)
        case _:
            return None


def _runs(old: tuple[Inline, ...], new: tuple[Inline, ...], sides: Sides) -> Runs:
    return runs_of(old, new, (sides.old, sides.new), lambda before, after: align_blocks(before, after, sides))


def _items(old: Sequence[ListItem], new: Sequence[ListItem], sides: Sides) -> Iterator[ItemChange]:
    keys = [item_key(each, sides.old) for each in old], [item_key(each, sides.new) for each in new]
    pieces = (
        lambda each: piece("item", blocks_words(old[each].blocks)),
        lambda each: piece("item", blocks_words(new[each].blocks)),
    )
    for one, other, same in paired(*keys, *pieces):
        before, after = (old[one] if one is not None else None), (new[other] if other is not None else None)
        blocks = align_blocks(before.blocks if before else (), after.blocks if after else (), sides)
        yield ItemChange(_state(one, other, same), before, after, blocks)


def _table(old: Table, new: Table, sides: Sides) -> TableChange:
    columns = _columns(old, new, sides)
    keys = [row_key(each, sides.old) for each in old.rows], [row_key(each, sides.new) for each in new.rows]
    pieces = (lambda each: _row_piece(old.rows[each])), (lambda each: _row_piece(new.rows[each]))
    straight = all(one == other for one, other in columns)
    rows = tuple(
        _row(old.rows[one] if one is not None else None, new.rows[other] if other is not None else None,
             same and straight, columns, sides)
        for one, other, same in paired(*keys, *pieces)
    )  # fmt: skip
    header = None
    if old.header or new.header:
        same = straight and row_key(old.header, sides.old) == row_key(new.header, sides.new)
        header = _row(old.header or None, new.header or None, same, columns, sides)
    return TableChange(_runs(old.caption, new.caption, sides), columns, header, rows)


def _columns(old: Table, new: Table, sides: Sides) -> tuple[tuple[int | None, int | None], ...]:
    """Columns in their order; by their headers when there are more or fewer than before."""
    before, after = len(old.alignments), len(new.alignments)
    if before == after:
        return tuple((rank, rank) for rank in range(before))
    heads = [text_key(each, sides.old) for each in old.header], [text_key(each, sides.new) for each in new.header]
    pairs = shared_pairs(*heads) if all(heads) else tuple((rank, rank) for rank in range(min(before, after)))
    made: list[tuple[int | None, int | None]] = []
    for rank, (gone, come) in enumerate(gaps(pairs, before, after)):
        made += [*((each, None) for each in gone), *((None, each) for each in come)]
        made += pairs[rank : rank + 1]
    return tuple(made)


def _row(
    old: Row | None, new: Row | None, same: bool, columns: Iterable[tuple[int | None, int | None]], sides: Sides
) -> RowChange:
    if old is None or new is None:
        state, row = (State.NEW, new) if old is None else (State.WITHDRAWN, old)
        ranks = (other if old is None else one for one, other in columns)
        return RowChange(state, tuple(whole(state, row[rank]) if row and rank is not None else () for rank in ranks))
    cells = tuple(
        _runs(old[one] if one is not None else (), new[other] if other is not None else (), sides)
        for one, other in columns
    )
    return RowChange(State.SAME if same else State.CHANGED, cells)


def _row_piece(row: Row) -> Piece:
    return piece("row", (word for cell in row for word in text_words(cell)))


def _state(old: int | None, new: int | None, same: bool) -> State:
    if old is None or new is None:
        return State.NEW if old is None else State.WITHDRAWN
    return State.SAME if same else State.CHANGED
