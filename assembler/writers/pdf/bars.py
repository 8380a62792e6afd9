"""Says of each block whether a bar stands beside it: new, changed or moved since the version handed in, or gone before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assembler.model.changes import (
    Aligned,
    ItemChange,
    ListChange,
    QuotationChange,
    RowChange,
    Runs,
    State,
    TableChange,
)
from assembler.writers.pdf.guard import Node

NEW, CHANGED, MOVED = "new", "changed", "moved"


@dataclass(frozen=True, slots=True)
class _Step:
    """One piece of the new text: its node, what became of it, and whether something was withdrawn just before it."""

    node: Node
    change: Aligned | ItemChange
    gone: bool


def add_bars(nodes: Sequence[Node], sequence: Iterable[Aligned]) -> None:
    """Write `bar` (new, changed, moved), `gone` and `gone-after` into `nodes`, which are those of the new text, in order.

    What changed inside a list, a quotation or a table is marked there: the rest of it bears nothing. Of what moved together,
    the first bears the mark.
    """
    moving = False
    for step in _steps(nodes, sequence):
        change = step.change
        assert isinstance(change, Aligned)
        moved = change.state is State.ARRIVED
        if change.state is State.NEW:
            _bar_whole(step.node)
        elif change.detail is not None or change.state is State.CHANGED:
            _bar_inside(step.node, change)
        elif moved and not moving:
            step.node["bar"] = MOVED
        moving = moved


def _steps(nodes: Sequence[Node], sequence: Iterable[Aligned] | Iterable[ItemChange]) -> Iterator[_Step]:
    """The nodes with their changes; what is gone is written on the way."""
    waiting = iter(nodes)
    node: Node | None = None
    gone = False
    for change in sequence:
        if change.new is None:
            gone = gone or change.state is State.WITHDRAWN
            continue
        node = next(waiting)
        if gone:
            node["gone"] = True
        yield _Step(node, change, gone)
        gone = False
    if gone and node is not None:
        node["gone-after"] = True


def _bar_whole(node: Node) -> None:
    """A new list bears its bars item by item, so that its lines stand where they would without."""
    if node["type"] in ("BulletList", "OrderedList") and node["items"]:
        for item in node["items"]:
            item["bar"] = NEW
    else:
        node["bar"] = NEW


def _bar_inside(node: Node, change: Aligned) -> None:
    match change.detail:
        case ListChange(items):
            for step in _steps(node["items"], items):
                _bar_item(step)
        case QuotationChange(blocks):
            add_bars(node["blocks"], blocks)
        case TableChange() as detail if any(each.state is not State.SAME for each in _rows(detail)):
            _bar_table(node, detail)
        case _:
            node["bar"] = CHANGED


def _bar_item(step: _Step) -> None:
    change = step.change
    assert isinstance(change, ItemChange)
    if change.state is State.NEW:
        step.node["bar"] = NEW
    elif change.state is State.CHANGED:
        if all(each.state is State.SAME for each in change.blocks):  # its box was ticked
            step.node["bar"] = CHANGED
        add_bars(step.node["blocks"], change.blocks)


def _rows(change: TableChange) -> tuple[RowChange, ...]:
    return (*((change.header,) if change.header else ()), *change.rows)


def _bar_table(node: Node, change: TableChange) -> None:
    """`bars` holds one mark for each row, the header first where there is one, None for a row that stayed."""
    states = {State.NEW: NEW, State.CHANGED: CHANGED}
    bars: list[str | None] = []
    gone: list[int] = []
    for row in _rows(change):
        if row.state is State.WITHDRAWN:
            gone.append(len(bars))
        else:
            bars.append(states.get(row.state))
    node["bars"] = bars
    node["gone-rows"] = [rank for rank in gone if rank < len(bars)]
    node["gone-after"] = node.get("gone-after", False) or any(rank >= len(bars) for rank in gone)
    if _changed(change.caption):
        node["caption-bar"] = CHANGED


def _changed(runs: Runs) -> bool:
    return any(each.state is not State.SAME for each in runs)
