"""A narrative's blocks with the lines that each was written on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.model.text import Block, BulletList, OrderedList, Quotation, Table
from assembler.readers.narrative.outline import Part, TextPart
from assembler.reimport.author_file import AuthorFile
from assembler.reimport.extents import Extent


@dataclass(frozen=True, slots=True)
class Unit:
    """Blocks `first` to `last` (excluded) of the text, and the parts of the file that they are written in."""

    first: int
    last: int
    parts: tuple[tuple[Part, Extent], ...]

    @property
    def extents(self) -> tuple[Extent, ...]:
        return tuple(extent for _, extent in self.parts)

    @property
    def end(self) -> int:
        """Its last line."""
        return max(extent.last for extent in self.extents)


def units_of(blocks: tuple[Block, ...], source: AuthorFile) -> tuple[Unit, ...]:
    """The fewest units that share no part, in order."""
    all_parts: tuple[tuple[Part, Extent], ...] = (*source.parts, *source.notes)
    ranks = [sorted({rank for line in lines_of(block) for rank in _ranks(line, all_parts)}) for block in blocks]
    taken = {rank for each in ranks for rank in each}
    for block, own in zip(blocks, ranks, strict=True):
        if isinstance(block, Table) and block.caption and own:
            own += [rank for rank in _beside(own, all_parts) if rank not in taken][:1]
    units: list[tuple[int, int, set[int]]] = []
    for rank, own in enumerate(ranks):
        if units and (units[-1][2] & set(own) or not own):
            first, _, parts = units.pop()
            units.append((first, rank + 1, parts | set(own)))
        else:
            units.append((rank, rank + 1, set(own)))
    return tuple(Unit(first, last, tuple(all_parts[each] for each in sorted(own))) for first, last, own in units)


def lines_of(block: Block) -> Iterator[int]:
    """The lines on which the block, and each block in it, was written; not those of its notes."""
    if block.source.line is not None:
        yield block.source.line
    match block:
        case BulletList(items) | OrderedList(items):
            yield from (line for item in items for each in item.blocks for line in lines_of(each))
        case Quotation(blocks):
            yield from (line for each in blocks for line in lines_of(each))
        case _:
            pass


def _ranks(line: int, parts: tuple[tuple[Part, Extent], ...]) -> Iterator[int]:
    return (rank for rank, (_, extent) in enumerate(parts) if line in extent)


def _beside(own: list[int], parts: tuple[tuple[Part, Extent], ...]) -> Iterator[int]:
    """The paragraph above, then the one below: a caption is one of them."""
    for rank in (own[0] - 1, own[-1] + 1):
        if 0 <= rank < len(parts) and isinstance(parts[rank][0], TextPart):
            yield rank
