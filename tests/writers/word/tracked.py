"""A Word file with tracked changes, all accepted or all rejected, and what it then shows; nothing here is the writer's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from .reading import Numbers, W, document, names, part

Element = Any
_HOLDERS = ("hyperlink", "ins", "del", "smartTag", "fldSimple", "sdt", "sdtContent")
_SIGNS = {"tab": "\t", "br": "\n", "noBreakHyphen": "-", "footnoteRef": "¹", "drawing": "\u25a1"}


def accepted(docx: bytes) -> bytes:
    """The file with all its changes accepted."""
    return _resolved(docx, "ins", "del")


def rejected(docx: bytes) -> bytes:
    """The file with all its changes rejected."""
    return _resolved(docx, "del", "ins")


def shown(docx: bytes) -> list[Any]:
    """All that the body says but the contents: paragraphs as they look and are numbered, tables as rows of cells."""
    notes = {}
    if "word/footnotes.xml" in names(docx):
        notes = {note.get(f"{W}id"): note for note in part(docx, "word/footnotes.xml")}
    numbers = Numbers(part(docx, "word/numbering.xml"))
    return list(_blocks(document(docx).find(f"{W}body"), numbers, notes))


def marks(docx: bytes) -> list[Element]:
    """Every mark of a change in any part."""
    tags = {f"{W}{tag}" for tag in ("ins", "del", "pPrChange", "rPrChange", "moveFrom", "moveTo", "cellIns", "cellDel")}
    return [each for tree in _texts(docx).values() for each in tree.iter(*tags)]


def _texts(docx: bytes) -> dict[str, Element]:
    kinds = ("word/document.xml", "word/header", "word/footer", "word/footnotes.xml")
    return {name: part(docx, name) for name in names(docx) if name.startswith(kinds)}


def without_contents(docx: bytes) -> bytes:
    """The file without its contents."""

    def change(tree: Element) -> None:
        for control in [each for each in tree.iter(f"{W}sdt") if _is_contents(each)]:
            control.getparent().remove(control)

    return _changed(docx, change)


def without_links(docx: bytes) -> bytes:
    """The file with what its links and references show, as plain text."""

    def change(tree: Element) -> None:
        for run in [each.getparent() for each in tree.iter(f"{W}fldChar", f"{W}instrText")]:
            if run.getparent() is not None:
                run.getparent().remove(run)
        for link in list(tree.iter(f"{W}hyperlink")):
            for each in list(link):
                link.addprevious(each)
            link.getparent().remove(link)

    return _changed(docx, change)


def _resolved(docx: bytes, kept: str, gone: str) -> bytes:
    return _changed(docx, lambda tree: _resolve(tree, kept, gone))


def _changed(docx: bytes, change: Callable[[Element], None]) -> bytes:
    texts = _texts(docx)
    for tree in texts.values():
        change(tree)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, etree.tostring(texts[name]) if name in texts else source.read(name))
    return made.getvalue()


def _is_contents(control: Element) -> bool:
    return any("ontents" in each.get(f"{W}val") for each in control.iter(f"{W}docPartGallery"))


def _resolve(tree: Element, kept: str, gone: str) -> None:
    for row in list(tree.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            row.getparent().remove(row)
    for table in [each for each in tree.iter(f"{W}tbl") if each.find(f"{W}tr") is None]:
        table.getparent().remove(table)
    for change in list(tree.iter(f"{W}pPrChange")):
        about = change.getparent()
        about.remove(change)
        if kept == "del":
            for each in [each for each in about if each.tag not in (f"{W}rPr", f"{W}sectPr")]:
                about.remove(each)
            about[:0] = list(change[0])
    for run in [each for each in tree.iter(f"{W}{gone}") if len(each)]:
        run.getparent().remove(run)
    for run in [each for each in tree.iter(f"{W}{kept}") if len(each)]:
        for each in list(run):
            run.addprevious(each)
        run.getparent().remove(run)
    for text in tree.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for paragraph in list(tree.iter(f"{W}p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            _join(paragraph)
    for mark in list(tree.iter(f"{W}{kept}")):
        mark.getparent().remove(mark)


def _join(paragraph: Element) -> None:
    """The paragraph without its end: what it holds goes to the next one."""
    held = [each for each in paragraph if each.tag != f"{W}pPr"]
    following = paragraph.getnext()
    if following is not None and following.tag == f"{W}p":
        at = 1 if following.find(f"{W}pPr") is not None else 0
        following[at:at] = held
    else:
        assert following is not None and following.tag != f"{W}sectPr", "the end of a story cannot go"
        assert not "".join(paragraph.itertext()), "text without a paragraph"
    paragraph.getparent().remove(paragraph)


def _blocks(holder: Element, numbers: Numbers, notes: dict[str, Element]) -> Iterator[Any]:
    for child in holder:
        if child.tag == f"{W}p":
            number = numbers.next(child)
            yield (_shape(child), number, tuple(_runs(child, notes, ())))
        elif child.tag == f"{W}tbl":
            yield [
                [list(_blocks(cell, numbers, notes)) for cell in row.iterchildren(f"{W}tc")]
                for row in child.iterchildren(f"{W}tr")
            ]
        elif child.tag == f"{W}sdt" and not _is_contents(child):
            yield from _blocks(child.find(f"{W}sdtContent"), numbers, notes)


def _shape(paragraph: Element) -> Any:
    about = paragraph.find(f"{W}pPr")
    return [
        [(each.tag.removeprefix(W), *each.attrib.values()) for each in part.iter() if each.tag != f"{W}numId"]
        for part in ([] if about is None else about) if part.tag not in (f"{W}rPr", f"{W}sectPr")
    ]  # fmt: skip


def _runs(holder: Element, notes: dict[str, Element], look: Any) -> Iterator[Any]:
    """Texts with their looks, what looks the same together."""
    pieces = (each for each in _pieces(holder, notes) if each[1])
    for look, group in groupby(pieces, key=lambda each: each[0]):
        yield look, "".join(text for _, text in group)


def _pieces(holder: Element, notes: dict[str, Element]) -> Iterator[tuple[Any, str]]:
    hidden = 0
    for child in holder:
        tag = child.tag.removeprefix(W)
        if tag in _HOLDERS:
            yield from _pieces(child, notes)
        elif tag == "r":
            for change in child.iter(f"{W}fldChar"):
                hidden += {"begin": 1, "separate": -1}.get(change.get(f"{W}fldCharType"), 0)
            if not hidden:
                about = child.find(f"{W}rPr")
                look = () if about is None else tuple((each.tag, *each.attrib.values()) for each in about.iter())
                yield from ((look, text) for text in _run(child, notes))


def _run(run: Element, notes: dict[str, Element]) -> Iterator[str]:
    for child in run:
        tag = child.tag.removeprefix(W)
        if tag in ("t", "delText"):
            yield child.text or ""
        elif tag == "footnoteReference":
            paragraphs = list(notes[child.get(f"{W}id")].iter(f"{W}p"))
            yield "".join(f"⟦{list(_runs(each, notes, ()))}⟧" for each in paragraphs)
        elif tag in _SIGNS:
            yield _SIGNS[tag]
