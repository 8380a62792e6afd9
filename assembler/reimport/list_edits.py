"""Lists changed item by item: the others keep their bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assembler.model.shown import bare
from assembler.model.source import Source
from assembler.model.text import Block, BulletList, ListItem, OrderedList, Paragraph
from assembler.readers.narrative.outline import ItemPart, ListPart, Part
from assembler.reimport.author_file import Edit
from assembler.reimport.desk import Desk
from assembler.reimport.extents import Extent, extent_of
from assembler.reimport.pairs import pair
from assembler.reimport.paragraph_edits import MARKER, paragraph_edit
from assembler.reimport.units import lines_of
from assembler.reimport.words import item_words
from assembler.writers.markdown import write_item

_START = re.compile(rf"(?P<indent>\s*)(?P<marker>{MARKER})(?:[ \u00a0\t]|$)")
List = BulletList | OrderedList
Placed = tuple[ItemPart, Extent]


def list_edits(old: List, new: List, parts: Sequence[tuple[Part, Extent]], desk: Desk) -> list[Edit] | None:
    """What makes `new` of `old`, written in `parts`; None where only the whole can be written again."""
    if type(old) is not type(new) or getattr(old, "start", 1) != getattr(new, "start", 1):
        return None
    places = _places(old, parts, desk)
    if places is None:
        return None
    ranks = {id(item): rank for rank, item in enumerate(old.items)}
    edits: list[Edit] = []
    before: Placed | None = None
    for one, other in pair(old.items, new.items, lambda each: _key(each, desk), item_words):
        if one is None and other is not None:
            edits.append(_insertion(other, before, places[0], desk))
            continue
        assert one is not None  # a pair has one side at least
        before = places[ranks[id(one)]]
        if other is None:
            edits.append(_removal(before[1], desk))
        elif _key(one, desk) != _key(other, desk):
            edits += _item_edits(one, other, before, desk)
    return edits


def _key(item: ListItem, desk: Desk) -> Block:
    return bare(BulletList((item,), Source("")), desk.pictures)


def _places(old: List, parts: Sequence[tuple[Part, Extent]], desk: Desk) -> list[Placed] | None:
    """Where each item was written."""
    texts = {number: desk.source.text(number) for number in desk.source.shown}
    written = [(item, extent_of(item, texts)) for part, _ in parts if isinstance(part, ListPart) for item in part.items]
    found: list[Placed] = []
    for item in old.items:
        lines = [line for block in item.blocks for line in lines_of(block)]
        place = next((each for each in written if lines and lines[0] in each[1]), None)
        if place is None or place in found or not all(line in place[1] for line in lines):
            return None
        found.append(place)
    return found


def _insertion(item: ListItem, before: Placed | None, first: Placed, desk: Desk) -> Edit:
    """An item under the one before it, marked as it is; numbered one more."""
    neighbour = before or first
    indent, marker = _marker(neighbour[1], desk)
    if marker[:-1].isdigit() and before is not None:
        marker = f"{int(marker[:-1]) + 1}{marker[-1]}"
    lines = [f"{indent}{line}" if line else "" for line in write_item(item, marker, desk.notation)]
    loose = not desk.source.text(neighbour[1].first - 1).strip() and before is not None and before is not first
    if before is None:
        return Edit(first[1].first, first[1].first - 1, tuple(lines))
    return Edit(before[1].last + 1, before[1].last, (*([""] if loose else []), *lines))


def _removal(extent: Extent, desk: Desk) -> Edit:
    edit = desk.removed(extent)
    return edit if edit.lines else Edit(edit.first, edit.last, ())


def _item_edits(old: ListItem, new: ListItem, place: Placed, desk: Desk) -> list[Edit]:
    edits: list[Edit] = []
    alike = len(old.blocks) == len(new.blocks) and old.checked == new.checked
    for one, other in zip(old.blocks, new.blocks, strict=True) if alike else ():
        if desk.same(one, other):
            continue
        made = _inner_edits(one, other, place, desk)
        if made is None:
            break
        edits += made
    else:
        if alike:
            return edits
    indent, marker = _marker(place[1], desk)
    lines = [f"{indent}{line}" if line else "" for line in write_item(new, marker, desk.notation)]
    return desk.replaced((place[1],), lines)


def _inner_edits(old: Block, new: Block, place: Placed, desk: Desk) -> list[Edit] | None:
    texts = {number: desk.source.text(number) for number in desk.source.shown}
    parts = [(part, extent_of(part, texts)) for part in place[0].parts]
    inside = [each for each in parts if any(line in each[1] for line in lines_of(old))]
    if len(inside) != 1:
        return None
    if isinstance(old, Paragraph) and isinstance(new, Paragraph):
        extent = inside[0][1]
        return [paragraph_edit(extent, new, desk, in_item=extent.first == place[1].first)]
    if isinstance(old, (BulletList, OrderedList)) and isinstance(new, (BulletList, OrderedList)):
        return list_edits(old, new, inside, desk)
    return None


def _marker(extent: Extent, desk: Desk) -> tuple[str, str]:
    match = _START.match(desk.source.text(extent.first))
    return (match["indent"], match["marker"]) if match else ("", "-")
