"""Bookmarks: each exhibit's own outline nested under the bookmark of its divider."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pikepdf import Dictionary, Name, Object, Pdf, String


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


def nest(pdf: Pdf, parent: Object, items: Sequence[Any]) -> None:
    """Put `items`, (title, aim, children) as an annexe gives them, closed under the bookmark `parent`."""
    made = []
    for title, aim, children in items:
        item = pdf.make_indirect(Dictionary(Title=String(title), Parent=parent))
        for key, value in aim.items():
            item[key] = value
        nest(pdf, item, children)
        made.append(item)
    for before, after in pairwise(made):
        before.Next, after.Prev = after, before
    if made:
        parent.First, parent.Last, parent.Count = made[0], made[-1], -len(made)


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
