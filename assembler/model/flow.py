"""The flow of paragraphs that a word processor shows, made back into blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assembler.model.source import Source
from assembler.model.text import Block, BulletList, ListItem, OrderedList, Paragraph, Quotation


@dataclass(frozen=True, slots=True)
class Mark:
    """What makes a paragraph an item. `numbering` tells one numbered list from another, None: not known.

    `ordered` is False for bullets; `start` the first number of the list; `checked` the state of a box.
    """

    ordered: bool
    numbering: str | None = None
    start: int = 1
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """One paragraph, table or picture of the flow, and how many lists and quotations it stands in."""

    block: Block
    lists: int = 0
    quotes: int = 0
    mark: Mark | None = None


@dataclass(slots=True)
class _Open:
    """A list (`mark` of its first item) or a quotation (no mark) that the flow is in."""

    source: Source
    mark: Mark | None
    items: list[tuple[list[Block], bool | None]] = field(default_factory=list)

    @property
    def target(self) -> list[Block]:
        return self.items[-1][0]


def gather(strips: Iterable[Strip]) -> tuple[Block, ...]:
    """The blocks that the flow shows; items and paragraphs with nothing in them are left out."""
    flow = _Flow()
    for strip in strips:
        flow.add(strip)
    flow.close(0)
    return tuple(flow.blocks)


class _Flow:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[_Open] = []
        self._next: dict[str, int] = {}

    def add(self, strip: Strip) -> None:
        kept, quotes = self._around(strip)
        if strip.mark is not None:
            self._add_item(strip, strip.mark, kept, quotes)
            return
        self.close(kept)
        self._open_quotes(strip, quotes)
        if not isinstance(strip.block, Paragraph) or strip.block.content:
            self._target.append(strip.block)

    def close(self, kept: int) -> None:
        """Leave lists and quotations until `kept` are open."""
        while len(self._open) > kept:
            block = _closed(self._open.pop())
            if block is not None:
                self._target.append(block)

    @property
    def _target(self) -> list[Block]:
        return self._open[-1].target if self._open else self.blocks

    def _around(self, strip: Strip) -> tuple[int, int]:
        """How many of the open ones this strip stands in, and how many quotations these are."""
        lists = quotes = 0
        best = (0, 0)
        for rank, each in enumerate(self._open, 1):
            lists += each.mark is not None
            quotes += each.mark is None
            if lists <= strip.lists and quotes <= strip.quotes:
                best = (rank, quotes)
        return best

    def _open_quotes(self, strip: Strip, there: int) -> None:
        for _ in range(strip.quotes - there):
            self._open.append(_Open(strip.block.source, None, [([], None)]))

    def _add_item(self, strip: Strip, mark: Mark, kept: int, quotes: int) -> None:
        following = self._open[kept] if len(self._open) > kept and quotes == strip.quotes else None
        if following is not None and following.mark is not None and _is_same_list(following.mark, mark):
            self.close(kept + 1)
            if following.mark.numbering is None and mark.numbering is not None:
                following.mark = replace(mark, start=following.mark.start)
        else:
            self.close(kept)
            self._open_quotes(strip, quotes)
            start = self._next.get(mark.numbering or "", mark.start)
            following = _Open(strip.block.source, replace(mark, start=start))
            self._open.append(following)
        following.items.append(([], mark.checked))
        self._count(mark, following)
        if isinstance(strip.block, Paragraph) and strip.block.content:
            following.target.append(strip.block)

    def _count(self, mark: Mark, into: _Open) -> None:
        """Remember the number that comes next, for a list that something interrupts; deeper levels begin again."""
        if mark.numbering is None or into.mark is None:
            return
        self._next[mark.numbering] = into.mark.start + len(into.items)
        name, _, level = mark.numbering.rpartition(":")
        for other in [key for key in self._next if key.rpartition(":")[0] == name]:
            if int(other.rpartition(":")[2]) > int(level):
                del self._next[other]


def _is_same_list(one: Mark, other: Mark) -> bool:
    if one.ordered != other.ordered:
        return False
    return not one.ordered or None in (one.numbering, other.numbering) or one.numbering == other.numbering


def _closed(opened: _Open) -> Block | None:
    if opened.mark is None:
        return Quotation(tuple(opened.target), opened.source) if opened.target else None
    items = tuple(ListItem(tuple(blocks), checked) for blocks, checked in opened.items if blocks)
    if not items:
        return None
    return (
        OrderedList(items, opened.mark.start, opened.source)
        if opened.mark.ordered
        else BulletList(items, opened.source)
    )
