"""The body of a Word file, cut at the bookmarks of its chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from assembler.model.flow import Strip, gather
from assembler.model.returned import Cut, Guide, OriginText, Place, Returned, ReturnedText, Target
from assembler.model.shown import as_shown
from assembler.model.source import Source
from assembler.model.text import Block, Figure, Heading, Inline, Paragraph, Table, Text
from assembler.model.walk import plain_text
from assembler.readers.charter.parts import Element, Parts, val, w
from assembler.readers.word.book import Book
from assembler.readers.word.paragraphs import ParagraphReader, Read, depths
from assembler.readers.word.tables import children, indent_of, read_table

ORIGIN = "urn:dossier:origine"
_CAPTION = re.compile(r"(?:Figure|Tableau|Table)[ \u00a0]\d+[ \u00a0]?(?:—|–|:|\.)[ \u00a0]*")
_OURS = "tableau dossier"


def read_document(content: bytes, guide: Guide) -> Returned:
    """All that came back. Raises what `Parts` raises for a file that is no sound Word document."""
    parts = Parts(content)
    body = _body(parts)
    origin, targets = _origin(parts)
    known = {each.bookmark.lower() for each in targets}
    kept = (*(each for each in guide.targets if each.bookmark.lower() not in known), *targets)
    book = Book(parts, replace(guide, targets=kept))
    _read_notes(book, body)
    reader = _BodyReader(book, guide.cuts, parts.document)
    reader.walk(body)
    book.left_over()
    return Returned(tuple(reader.texts()), tuple(sorted(reader.found)), tuple(book.remarks), book.revisions, origin)


def _body(parts: Parts) -> Element:
    tree = parts.tree(parts.document)
    body = None if tree is None else tree.find(w("body"))
    if body is None:
        raise ValueError("no body")  # noqa: TRY003 - told as « not a Word file » by the workshop
    return body


class _BodyReader:
    def __init__(self, book: Book, cuts: tuple[Cut, ...], part: str) -> None:
        self._book = book
        self._part = part
        self._cuts = {each.bookmark.lower(): each for each in cuts}
        self._names = {(each.place.chapter, each.title): each for each in cuts if each.named and each.place}
        self._paragraphs = ParagraphReader(book, part)
        self._strips: dict[Place, list[Strip]] = {}
        self._caption: tuple[Inline, ...] = ()
        self.found: set[str] = set()

    def texts(self) -> Iterator[ReturnedText]:
        """The text of every place that was found."""
        for place, strips in self._strips.items():
            yield ReturnedText(place, as_shown(gather(strips), ""))

    def walk(self, holder: Element) -> None:
        """Read what `holder` (the body, a cell of the template) holds."""
        for child in holder:
            if child.tag == w("p"):
                self._paragraph(child)
            elif child.tag == w("tbl"):
                self._table(child)
            elif child.tag == w("sdt"):
                if _is_contents(child):
                    self._go(None)
                else:
                    self.walk(next(child.iter(w("sdtContent")), child))
            elif child.tag in (w("ins"), w("moveTo"), w("customXml"), w("sdtContent")):
                self.walk(child)
            elif child.tag == w("altChunk"):
                self._book.odd("embedded")
            elif child.tag == w("bookmarkStart"):
                self._cross((val(child, "name") or "",))

    def _go(self, place: Place | None) -> None:
        self._flush_caption()
        self._book.place, self._book.section = place, ""
        if place is not None:
            self._strips.setdefault(place, [])
            if not place.part:
                self.found.add(place.chapter)

    def _cross(self, bookmarks: tuple[str, ...]) -> Cut | None:
        """Go where the first known bookmark leads; None when there is none."""
        cut = next((self._cuts[each.lower()] for each in bookmarks if each.lower() in self._cuts), None)
        if cut is not None:
            self._go(cut.place)
        return cut

    def _paragraph(self, paragraph: Element) -> None:
        marks = tuple(val(each, "name") or "" for each in paragraph.iter(w("bookmarkStart")))
        cut = self._cross(marks)
        read = self._paragraphs.read(paragraph)
        if self._book.place is None:
            return
        if cut is None:
            cut = self._named(read)
        # A bookmark stands in a title that we wrote, or at the very beginning of a text under a title of the template’s.
        if cut is not None and (cut.named or read.heading == 1):
            if read.text.split() != cut.title.split():
                self._book.odd("title-changed", read.text)
            return
        self._keep(read)

    def _named(self, read: Read) -> Cut | None:
        """The cut whose heading this is, its bookmark lost."""
        place = self._book.place
        if place is None or read.heading is None:
            return None
        cut = self._names.get((place.chapter, read.text.strip()))
        if cut is None or cut.place in self._strips:
            return None
        self._go(cut.place)
        return cut

    def _keep(self, read: Read) -> None:
        for strip in read.strips:
            if read.style == "caption" and isinstance(strip.block, Paragraph):
                self._keep_caption(strip.block.content)
                continue
            self._flush_caption()
            if isinstance(strip.block, Heading):
                self._book.section = plain_text(strip.block.content)
            self._here.append(strip)

    @property
    def _here(self) -> list[Strip]:
        assert self._book.place is not None  # nothing is kept out of a chapter
        return self._strips[self._book.place]

    def _keep_caption(self, content: tuple[Inline, ...]) -> None:
        """A caption goes to the picture above it, else to the table below."""
        content = _without_number(content)
        last = self._here[-1].block if self._here else None
        if isinstance(last, Figure) and not last.caption:
            self._here[-1] = replace(self._here[-1], block=replace(last, caption=content))
        else:
            self._flush_caption()
            self._caption = content

    def _flush_caption(self) -> None:
        if self._caption:
            caption, self._caption = self._caption, ()
            self._here.append(Strip(Paragraph(caption, Source(self._part))))

    def _table(self, table: Element) -> None:
        style = self._book.styles.name(val(table.find(f"{w('tblPr')}/{w('tblStyle')}")))
        marks = tuple(val(each, "name") or "" for each in table.iter(w("bookmarkStart")))
        cuts = [each for each in marks if each.lower() in self._cuts]
        if cuts and style != _OURS:
            self._layout(table)
            return
        self._cross(tuple(cuts[:1]))
        read = read_table(table, self._book, self._part)
        if self._book.place is None or read is None:
            return
        lists, quotes = depths(indent_of(table), quoted=False)
        if self._caption:
            read, self._caption = replace(read, caption=self._caption), ()
        self._here.append(Strip(read, lists, quotes))

    def _layout(self, table: Element) -> None:
        """A table of the template’s that holds chapters in its cells: each ends with its cell."""
        for row in children(table, "tr"):
            for cell in children(row, "tc"):
                self.walk(cell)
                self._go(None)


def _without_number(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match content:
        case (Text(text), *others) if match := _CAPTION.match(text):
            return (*([Text(text[match.end() :])] if text[match.end() :] else []), *others)
    return content


def _is_contents(control: Element) -> bool:
    gallery = next(control.iter(w("docPartGallery")), None)
    return gallery is not None and "contents" in (val(gallery) or "").lower()


def _read_notes(book: Book, body: Element) -> None:
    """The notes, by kind and id, and by the bookmark of their first call."""
    for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
        part = next(book.parts.related(book.parts.document, kind), "")
        tree = book.parts.tree(part) if part else None
        for note in [] if tree is None else tree.iter(w(tag)):
            if val(note, "type") in (None, "normal"):
                book.notes[kind, val(note, "id") or ""] = _note(note, book, part)
    for start in body.iter(w("bookmarkStart")):
        for following in start.itersiblings(w("r")):
            call = next(following.iter(w("footnoteReference")), None)
            if call is not None:
                content = book.notes.get(("footnotes", val(call, "id") or ""), ())
                book.notes["bookmark", (val(start, "name") or "").lower()] = content
            if call is not None or next(following.iter(w("t")), None) is not None:
                break


def _note(note: Element, book: Book, part: str) -> tuple[Block, ...]:
    reader = ParagraphReader(book, part)
    strips: list[Strip] = []
    for child in note:
        if child.tag == w("p"):
            for strip in reader.read(child).strips:
                strips.append(strip)
        elif child.tag == w("tbl") and isinstance(table := read_table(child, book, part), Table):
            strips.append(Strip(table))
    return gather(strips)


def _origin(parts: Parts) -> tuple[tuple[OriginText, ...], tuple[Target, ...]]:
    """What the file says of the narratives it was made from, and of the exhibits it cites."""
    for part in parts.related(parts.document, "customXml"):
        tree = parts.tree(part)
        if tree is not None and etree.QName(tree).namespace == ORIGIN and tree.get("version") == "1":
            texts = tuple(
                OriginText(each.get("chapitre", ""), each.get("fichier", ""), tuple((each.text or "").split()))
                for each in tree.iter(f"{{{ORIGIN}}}texte")
            )
            targets = tuple(
                Target(each.get("signet", ""), "preuve", each.get("cle", ""), each.get("renvoi", ""))
                for each in tree.iter(f"{{{ORIGIN}}}preuve")
            )
            return texts, targets
    return (), ()
