"""One prepared PDF opened for copying: its pages, links and outline, without anything that acts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from assembler.writers.pdf.balance import unbalance
from assembler.writers.pdf.band import Box, Shape, box_of, shape_of
from assembler.writers.pdf.bulk import Bulk

_INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)
_WEB = ("http://", "https://", "mailto:")
_DEEP = 64  # page trees and outlines deeper than this are loops or jokes
_MOST_ITEMS = 5000

PageOf = Callable[[int], Object | None]


class Annexe:
    """A source file in the course of being copied into `target`: opened once, however many exhibits it serves."""

    def __init__(self, target: Pdf, path: Path, bulk: Bulk) -> None:
        self.target = target
        self.pdf = pikepdf.open(path)
        _flatten(self.pdf)
        self.pages = [page.obj for page in self.pdf.pages]
        drawings = (part for nth in range(len(self.pages)) for part in self.content_parts(nth))
        bulk.set_aside(self.pdf, path, {part.objgen for part in drawings})
        self._numbers = {page.objgen: nth for nth, page in enumerate(self.pages)}
        self._names: dict[str, Object] | None = None
        self._forms: dict[int, Stream | None] = {}
        self._inherited: list[dict[str, Object]] = [_inherited(page) for page in self.pages]
        self._shapes = [self._shape(nth) for nth in range(len(self.pages))]

    def close(self) -> None:
        """Close the file: what was copied is the target's own."""
        self.pdf.close()

    def shape(self, nth: int) -> Shape:
        """How the page at `nth` is seen."""
        return self._shapes[nth]

    def _shape(self, nth: int) -> Shape:
        entries = self._inherited[nth]
        unit = self.pages[nth].get(Name.UserUnit)
        return shape_of(entries.get("/MediaBox"), entries.get("/CropBox"), entries.get("/Rotate"), unit)

    def group(self, nth: int) -> Object | None:
        """The page's own transparency group, which sets how its colours blend."""
        group = self.pages[nth].get(Name.Group)
        return None if not isinstance(group, Dictionary) else self.brought(group)

    def brought(self, value: Object) -> Object:
        """A copy of `value` in the target; what is copied twice is there once."""
        return self.target.copy_foreign(value if value.is_indirect else self.pdf.make_indirect(value))

    def resources(self, nth: int) -> Object:
        entries = self._inherited[nth]
        own = entries.get("/Resources")
        if not isinstance(own, Dictionary):
            return self.target.make_indirect(Dictionary())
        if not own.is_indirect:
            own = entries["/Resources"] = self.pdf.make_indirect(own)
        copied = self.target.copy_foreign(own)  # null where a broken file names a page as its own resources
        return copied if isinstance(copied, Dictionary) else self.target.make_indirect(Dictionary())

    def form(self, nth: int, box: Box) -> Stream | None:
        """The page's content as a form clipped to `box`, so that it changes nothing outside. None: undecodable."""
        if nth not in self._forms:
            try:
                form = self._content(nth)
            except (pikepdf.PdfError, RuntimeError, ValueError):  # qpdf's own errors come as any of these
                self._forms[nth] = None
                return None
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(box.numbers())
            form.Resources = self.resources(nth)
            self._forms[nth] = form
        return self._forms[nth]

    def _content(self, nth: int) -> Stream:
        parts = self.content_parts(nth)
        drawing = b"\n".join(part.read_bytes() for part in parts)
        missing, left = unbalance(self.pdf, drawing)
        packed = len(parts) == 1 and parts[0].get(Name.Filter) == Name.FlateDecode and Name.DecodeParms not in parts[0]
        if missing or left or not packed:
            return Stream(self.target, b"q " * missing + drawing + b"\nQ" * left)
        return Stream(self.target, parts[0].read_raw_bytes(), Filter=Name.FlateDecode)

    def content_parts(self, nth: int) -> list[Stream]:
        """The streams of the page's content, in order."""
        content = self.pages[nth].get(Name.Contents)
        parts = list(content) if isinstance(content, Array) else [content]
        return [part for part in parts if isinstance(part, Stream)]

    def links(self, nth: int, seen: Box, page_of: PageOf) -> Iterator[Dictionary]:
        """The page's links to the web and inside the file, as annotations for the target."""
        for link in _annotations(self.pages[nth]):
            box = box_of(link.get(Name.Rect))
            if link.get(Name.Subtype) != Name.Link or box is None or not box.meets(seen):
                continue
            aim = self._aim(link, page_of)
            if aim is not None:
                link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(box.numbers()), Border=[0, 0, 0], F=4)
                for key, value in aim.items():
                    link[key] = value
                yield link

    def _aim(self, holder: Dictionary, page_of: PageOf) -> Mapping[str, Object] | None:
        """`/A` or `/Dest` for the target: where a link or an outline item leads, None when nowhere that is kept."""
        action = holder.get(Name.A)
        wanted = holder.get(Name.Dest)
        if isinstance(action, Dictionary):
            address = action.get(Name.URI)
            if action.get(Name.S) == Name.URI and isinstance(address, String) and str(address).lower().startswith(_WEB):
                return {"/A": Dictionary(S=Name.URI, URI=String(str(address)))}
            wanted = action.get(Name.D) if action.get(Name.S) == Name.GoTo else wanted
        place = self._destination(wanted, page_of)
        return None if place is None else {"/Dest": place}

    def _destination(self, wanted: Object | None, page_of: PageOf) -> Array | None:
        if isinstance(wanted, (String, Name)):
            wanted = self._named().get(str(wanted).removeprefix("/"))
        if isinstance(wanted, Dictionary):
            wanted = wanted.get(Name.D)
        if not isinstance(wanted, Array) or len(wanted) < 1:
            return None
        first = wanted[0]
        number = first if isinstance(first, int) else self._numbers.get(getattr(first, "objgen", (0, 0)))
        page = None if number is None else page_of(int(number))
        if page is None:
            return None
        rest = [item for item in list(wanted)[1:] if item is None or not isinstance(item, (Dictionary, Array, Stream))]
        return Array([page, *(rest or [Name.Fit])])

    def _named(self) -> dict[str, Object]:
        if self._names is None:
            self._names = dict(_named_destinations(self.pdf))
        return self._names

    def outline(self, page_of: PageOf) -> list[tuple[str, Mapping[str, Object], list[object]]]:
        """The file's own outline as (title, aim, children), without the branches that lead nowhere."""
        root = self.pdf.Root.get(Name.Outlines)
        seen: set[tuple[int, int]] = set()
        return list(self._items(root, page_of, seen, 0)) if isinstance(root, Dictionary) else []

    def _items(
        self, parent: Dictionary, page_of: PageOf, seen: set[tuple[int, int]], depth: int
    ) -> Iterator[tuple[str, Mapping[str, Object], list[object]]]:
        item = parent.get(Name.First)
        while isinstance(item, Dictionary) and item.objgen not in seen and len(seen) < _MOST_ITEMS and depth < _DEEP:
            seen.add(item.objgen)
            children: list[object] = list(self._items(item, page_of, seen, depth + 1))
            aim = self._aim(item, page_of)
            title = str(item.get(Name.Title, "")).strip()
            if title and (aim is not None or children):
                yield title, aim or {}, children
            item = item.get(Name.Next)


def _annotations(page: Object) -> list[Dictionary]:
    listed = page.get(Name.Annots)
    return [item for item in listed if isinstance(item, Dictionary)] if isinstance(listed, Array) else []


def _flatten(pdf: Pdf) -> None:
    """Draw form fields, notes and stamps into their pages: their look is evidence, their life is not."""
    if all(note.get(Name.Subtype) == Name.Link for page in pdf.pages for note in _annotations(page.obj)):
        return
    try:
        form = pdf.Root.get(Name.AcroForm)
        if isinstance(form, Dictionary) and form.get(Name.NeedAppearances, False):
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return  # the page itself is still whole


def _inherited(page: Object) -> dict[str, Object]:
    """Resources, boxes and rotation of a page, wherever in its tree they are written."""
    found: dict[str, Object] = {}
    node: Object | None = page
    for _ in range(_DEEP):
        if not isinstance(node, Dictionary):
            break
        for name in _INHERITED:
            value = node.get(name)
            if value is not None:
                found.setdefault(str(name), value)
        node = node.get(Name.Parent)
    return found


def _named_destinations(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    old = pdf.Root.get(Name.Dests)
    if isinstance(old, Dictionary):
        yield from ((name.removeprefix("/"), place) for name, place in old.items())
    names = pdf.Root.get(Name.Names)
    tree = names.get(Name.Dests) if isinstance(names, Dictionary) else None
    if isinstance(tree, Dictionary):
        yield from _tree_leaves(tree, 0)


def _tree_leaves(node: Dictionary, depth: int) -> Iterator[tuple[str, Object]]:
    names = node.get(Name.Names)
    if isinstance(names, Array):
        flat = list(names)
        yield from ((str(key), place) for key, place in zip(flat[::2], flat[1::2], strict=False))
    kids = node.get(Name.Kids)
    if isinstance(kids, Array) and depth < _DEEP:
        for kid in kids:
            if isinstance(kid, Dictionary):
                yield from _tree_leaves(kid, depth + 1)
