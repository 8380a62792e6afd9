"""Bookmarks: each exhibit's own outline nested under the bookmark of its divider."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pikepdf import Dictionary, Name, Object, Pdf

from assembler.model.sheet import Aim, Bookmark
from assembler.writers.pdf.scribe import Scribe
from assembler.writers.pdf.strings import text_string

Aimed = Callable[[Aim], bytes]


def bookmarks_by_page(pdf: Pdf) -> dict[tuple[int, int], Object]:
    """The deepest, last bookmark that leads to each page."""
    root = pdf.Root.get(Name.Outlines)
    return dict(_aims(root)) if isinstance(root, Dictionary) else {}


def _aims(parent: Object) -> Iterator[tuple[tuple[int, int], Object]]:
    item = parent.get(Name.First)
    while item is not None:
        if Name.Dest in item:
            yield item.Dest[0].objgen, item
        yield from _aims(item)
        item = item.get(Name.Next)


def fold(pdf: Pdf) -> None:
    """Show the chapters and the parts of the first level, the rest folded; counts as ISO 32000-1 §12.3.3 wants them."""
    root = pdf.Root.get(Name.Outlines)
    if isinstance(root, Dictionary):
        root.Count = _fold(root)


def _fold(parent: Object) -> int:
    count = 0
    item = parent.get(Name.First)
    while item is not None:
        count += 1
        if Name.First in item:
            item.Count = -_fold(item)
        item = item.get(Name.Next)
    return count


def room_under(pdf: Pdf, parent: Object, count: int) -> tuple[int, ...]:
    """Numbers for `count` bookmarks that `parent` will hold, closed; they are written by `nest`."""
    made = [pdf.make_indirect(Dictionary()) for _ in range(count)]
    if made:
        parent.First, parent.Last, parent.Count = made[0], made[-1], -count
    return tuple(item.objgen[0] for item in made)


def nest(parent: int, items: Sequence[Bookmark], numbers: Sequence[int], aimed: Aimed, scribe: Scribe) -> None:
    """Write `items` as the objects `numbers` under the bookmark `parent`; `aimed` tells an aim as PDF writes it."""
    for nth, (item, number) in enumerate(zip(items, numbers, strict=True)):
        parts = [b"/Title%b/Parent %d 0 R" % (text_string(item.title), parent)]
        if item.aim is not None:
            parts.append(aimed(item.aim))
        if nth:
            parts.append(b"/Prev %d 0 R" % numbers[nth - 1])
        if nth + 1 < len(numbers):
            parts.append(b"/Next %d 0 R" % numbers[nth + 1])
        if item.children:
            inner = scribe.numbers(len(item.children))
            parts.append(b"/First %d 0 R/Last %d 0 R/Count %d" % (inner[0], inner[-1], -len(inner)))
            nest(number, item.children, inner, aimed, scribe)
        scribe.put(number, b"<<%b>>" % b"".join(parts))
