"""Reads a PDF back for the tests, with nothing of the writer: destinations, outlines, structure."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name


def page_numbers(pdf: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    return {page.objgen: number for number, page in enumerate(pdf.pages, 1)}


def target(pdf: pikepdf.Pdf, holder: pikepdf.Object, numbers: dict[tuple[int, int], int]) -> int | None:
    """The page where a link or a bookmark leads, None for the web."""
    place = holder.get(Name.Dest)
    action = holder.get(Name.A)
    if place is None and action is not None and Name.GoTo == action.S:
        place = action.D
    if isinstance(place, (pikepdf.String, Name)):
        place = dict(pikepdf.NameTree(pdf.Root.Names.Dests).items())[str(place)]
    if isinstance(place, Dictionary):
        place = place.D
    return None if place is None else numbers[place[0].objgen]


def links(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [note for note in page.obj.get(Name.Annots, []) if note.Subtype == Name.Link]


def bookmarks(pdf: pikepdf.Pdf) -> list[tuple[int, str, int | None]]:
    """(depth, title, page) of each bookmark, in order."""
    numbers = page_numbers(pdf)

    def below(parent: pikepdf.Object, depth: int) -> Iterator[tuple[int, str, int | None]]:
        item = parent.get(Name.First)
        while item is not None:
            yield depth, str(item.Title), target(pdf, item, numbers)
            yield from below(item, depth + 1)
            item = item.get(Name.Next)

    return list(below(pdf.Root.Outlines, 1))


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Each element of the structure tree, parents first."""
    waiting = list(reversed(_kids(pdf.Root.StructTreeRoot)))
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(_kids(element))


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K, Array())
    kids = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in kids if isinstance(kid, Dictionary) and Name.S in kid]


def parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    return dict(pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
