"""Each page of a clean PDF turned into a form, so that the dossier places it without opening the file again.

The copy is written with every object by itself, in order (no object streams), and what stands on its pages is told beside.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from assembler.model.sheet import Aim, Bookmark, Link, Shape, Sheet, Sheets, box_of, shape_of
from assembler.readers.exhibits.balance import unbalance
from assembler.readers.exhibits.marks import drop_marks

_INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)
_WEB = ("http://", "https://", "mailto:")
_DEEP = 64  # page trees and outlines deeper than this are loops or jokes
_MOST_ITEMS = 5000
_LEAST_SHARED = 4096  # bytes: what is smaller costs more to look up than to repeat
_FORM = Name("/Page")
_FLAWS = (pikepdf.PdfError, RuntimeError, ValueError)  # qpdf's own errors come as any of these


@dataclass(frozen=True, slots=True)
class Forms:
    """A prepared file: a PDF that shows what the source shows, and its pages told."""

    content: bytes
    sheets: Sheets


def make_forms(content: bytes) -> Forms:
    """`content`, a clean PDF, in the shape that the dossier takes."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _flatten(pdf)
        drop_marks(pdf)
        aims = _Aims(pdf)
        outline = aims.outline()
        pages: list[tuple[Shape, tuple[Link, ...]]] = []
        for page in pdf.pages:
            shape = _reshape(pdf, page.obj)
            pages.append((shape, tuple(aims.links(page.obj, shape))))
        for page in pdf.pages:
            if Name.Annots in page.obj:
                del page.obj[Name.Annots]
        made = io.BytesIO()
        pdf.save(made, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(made) as pdf:  # the numbers of objects are those of the file written
        forms = [(_number(page.obj.Resources.XObject[_FORM]), _number(page.obj.get(Name.Group))) for page in pdf.pages]
        sheets = tuple(
            Sheet(shape, form or 0, group, links) for (form, group), (shape, links) in zip(forms, pages, strict=True)
        )
        return Forms(made.getvalue(), Sheets(sheets, outline, tuple(_shared(pdf)), tuple(_walls(pdf))))


def _number(held: Object | None) -> int | None:
    return held.objgen[0] if held is not None and held.is_indirect else None


def _walls(pdf: Pdf) -> Iterator[int]:
    for held in pdf.objects:
        if isinstance(held, Dictionary) and held.get(Name.Type) in (Name.Page, Name.Pages, Name.Catalog):
            yield held.objgen[0]


def _shared(pdf: Pdf) -> Iterator[tuple[int, str]]:
    """Streams that lean on no other object: pictures and fonts, the same in many files."""
    for held in pdf.objects:
        if isinstance(held, Stream) and int(held.get(Name.Length, 0)) >= _LEAST_SHARED:
            settings = held.stream_dict.unparse()
            if b" R" not in settings and held.get(Name.Subtype) != Name.Form:
                yield held.objgen[0], sha256(settings + held.read_raw_bytes()).hexdigest()


def _flatten(pdf: Pdf) -> None:
    """Draw notes and stamps into their pages: their look is evidence, their life is not."""
    if all(note.get(Name.Subtype) == Name.Link for page in pdf.pages for note in _annotations(page.obj)):
        return
    try:
        pdf.flatten_annotations("screen")
    except _FLAWS:
        return  # the page itself is still whole


def _reshape(pdf: Pdf, page: Object) -> Shape:
    """Make of the page's drawing a form clipped to what is seen of it."""
    entries = _inherited(page)
    shape = shape_of(entries.get("/MediaBox"), entries.get("/CropBox"), entries.get("/Rotate"), page.get(Name.UserUnit))
    resources = entries.get("/Resources")
    form = _drawing(pdf, page)
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array(shape.seen.numbers())
    form.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
    page.Resources = Dictionary(XObject=Dictionary({str(_FORM): pdf.make_indirect(form)}))
    page.Contents = pdf.make_stream(b"%s Do" % bytes(_FORM))
    group = page.get(Name.Group)
    if isinstance(group, Dictionary):  # how the page's colours blend
        page.Group = pdf.make_indirect(group)
    elif group is not None:
        del page.Group
    return shape


def _drawing(pdf: Pdf, page: Object) -> Stream:
    """The page's drawing in one stream, with as many `q` as `Q`; what cannot be decoded, no viewer shows either."""
    content = page.get(Name.Contents)
    parts = [part for part in (list(content) if isinstance(content, Array) else [content]) if isinstance(part, Stream)]
    read = b"\n".join(map(_decoded, parts))
    missing, left = unbalance(pdf, read)
    packed = len(parts) == 1 and parts[0].get(Name.Filter) == Name.FlateDecode and Name.DecodeParms not in parts[0]
    if packed and read and not missing and not left:
        return Stream(pdf, parts[0].read_raw_bytes(), Filter=Name.FlateDecode)
    return Stream(pdf, b"q " * missing + read + b"\nQ" * left)


def _decoded(part: Stream) -> bytes:
    try:
        return part.read_bytes()
    except _FLAWS:
        return b""


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


def _annotations(page: Object) -> list[Dictionary]:
    listed = page.get(Name.Annots)
    return [item for item in listed if isinstance(item, Dictionary)] if isinstance(listed, Array) else []


class _Aims:
    """Where the links and bookmarks of a file lead, named destinations resolved."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._numbers = {page.obj.objgen: nth for nth, page in enumerate(pdf.pages)}
        self._names: dict[str, Object] | None = None

    def links(self, page: Object, shape: Shape) -> Iterator[Link]:
        """The page's links to the web and inside the file, where they are seen."""
        for note in _annotations(page):
            box = box_of(note.get(Name.Rect))
            if note.get(Name.Subtype) == Name.Link and box is not None and box.meets(shape.seen):
                aim = self._aim(note)
                if aim is not None:
                    yield Link(box, aim)

    def outline(self) -> tuple[Bookmark, ...]:
        """The file's own outline, without the branches that lead nowhere."""
        root = self._pdf.Root.get(Name.Outlines)
        return tuple(self._items(root, set(), 0)) if isinstance(root, Dictionary) else ()

    def _items(self, parent: Dictionary, seen: set[tuple[int, int]], depth: int) -> Iterator[Bookmark]:
        item = parent.get(Name.First)
        while isinstance(item, Dictionary) and item.objgen not in seen and len(seen) < _MOST_ITEMS and depth < _DEEP:
            seen.add(item.objgen)
            children = tuple(self._items(item, seen, depth + 1))
            aim = self._aim(item)
            title = str(item.get(Name.Title, "")).strip()
            if title and (aim is not None or children):
                yield Bookmark(title, aim, children)
            item = item.get(Name.Next)

    def _aim(self, holder: Dictionary) -> Aim | None:
        """None when it leads nowhere that is kept."""
        action = holder.get(Name.A)
        wanted = holder.get(Name.Dest)
        if isinstance(action, Dictionary):
            address = action.get(Name.URI)
            if action.get(Name.S) == Name.URI and isinstance(address, String) and str(address).lower().startswith(_WEB):
                return Aim(str(address), 0, "")
            wanted = action.get(Name.D) if action.get(Name.S) == Name.GoTo else wanted
        return self._destination(wanted)

    def _destination(self, wanted: Object | None) -> Aim | None:
        if isinstance(wanted, (String, Name)):
            wanted = self._named().get(str(wanted).removeprefix("/"))
        if isinstance(wanted, Dictionary):
            wanted = wanted.get(Name.D)
        if not isinstance(wanted, Array) or len(wanted) < 1:
            return None
        first = wanted[0]
        page = int(first) if isinstance(first, int) else self._numbers.get(getattr(first, "objgen", (0, 0)))
        if page is None or not 0 <= page < len(self._numbers):
            return None
        view = [item for item in list(wanted)[1:] if item is None or not isinstance(item, (Dictionary, Array, Stream))]
        return Aim(None, page, Array(view or [Name.Fit]).unparse().decode("latin-1").strip("[] "))

    def _named(self) -> dict[str, Object]:
        if self._names is None:
            self._names = dict(_named_destinations(self._pdf))
        return self._names


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
