"""Runs to pieces of text: looks, links, references, notes; tracked changes are taken as accepted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assembler.model.runs import PLAIN, Look, Piece
from assembler.model.source import Source
from assembler.model.text import Citation, CriterionReference, ExpectationReference, Figure, Footnote, Inline, LineBreak
from assembler.readers.charter.parts import Element, val, w
from assembler.readers.word.book import Book, relation, words_of
from assembler.readers.word.styles import is_on

_NOWHERE = Source("")
_THROUGH = ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "fldSimple", "sdtContent")
_GONE = ("del", "moveFrom")
_ADDRESS = re.compile(r'HYPERLINK\s+(\\l\s+)?"([^"]*)"', re.IGNORECASE)
_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": ""}
_WEB = re.compile(r"(?i)https?://[^\s/]|mailto:\S")


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and where its result begins among the pieces (None: not yet)."""

    instruction: str = ""
    start: int | None = None


class RunReader:
    """Reads the runs of one paragraph of `part`: `pieces`, with pictures among them, and the `bookmarks` that begin there."""

    def __init__(self, book: Book, part: str) -> None:
        self._book = book
        self._part = part
        self._fields: list[_Field] = []
        self._in_link = False
        self._look = PLAIN
        self.pieces: list[Piece | Figure] = []
        self.bookmarks: list[str] = []

    def read(self, holder: Element, look: Look = PLAIN) -> None:
        """Add what `holder` (a paragraph, or anything in it that holds runs) shows."""
        for child in holder:
            tag = _local(child)
            if tag == "r":
                self._run(child, look)
            elif tag == "hyperlink":
                self._hyperlink(child, look)
            elif tag in _GONE:
                self._book.revised(child)
            elif tag in _THROUGH:
                if tag in ("ins", "moveTo"):
                    self._book.revised(child)
                self.read(child, look)
            elif tag == "sdt":
                content = child.find(w("sdtContent"))
                if content is not None:
                    self.read(content, look)
            elif tag == "bookmarkStart":
                self.bookmarks.append(val(child, "name") or "")
            elif tag == "commentRangeStart":
                self._book.open_comment(val(child, "id"))
            elif tag in ("oMath", "oMathPara"):
                self._book.odd("equation", "".join(str(text) for text in child.itertext()))

    def _run(self, run: Element, look: Look) -> None:
        about = run.find(w("rPr"))
        own = self._book.styles.look(about)
        self._look = look = replace(own, link=look.link)
        self._decoration(about, run)
        for child in run:
            tag = _local(child)
            reader = _READERS.get(tag)
            if tag == "t":
                self._add(Piece(child.text or "", look))
            elif tag in _SIGNS:
                self._add(Piece(_SIGNS[tag], look))
            elif reader is not None:
                reader(self, child)

    def _add(self, piece: Piece | Figure) -> None:
        if self._fields and self._fields[-1].start is None:
            return
        self.pieces.append(piece)
        if isinstance(piece, Piece) and isinstance(piece.content, str):
            self._book.said(piece.content)

    def _decoration(self, about: Element | None, run: Element) -> None:
        """Note an emphasis that Markdown has no sign for."""
        if about is None or run.find(w("t")) is None:
            return
        shown = "".join(each.text or "" for each in run.iter(w("t")))
        if not shown.strip():
            return
        if (val(about.find(w("highlight"))) or "none") != "none":
            self._book.odd("highlight", shown)
        underline = val(about.find(w("u"))) or "none"
        if underline != "none" and not self._in_link and self._book.styles.name(val(about.find(w("rStyle")))) == "":
            self._book.odd("underline", shown)
        hidden = about.find(w("vanish"))
        if hidden is not None and is_on(hidden):
            self._book.odd("hidden", shown)

    # ------------------------------------------------------------------------------------------------ what runs hold

    def _break(self, element: Element) -> None:
        kind = val(element, "type") or "textWrapping"
        if kind == "textWrapping":
            self._add(Piece(LineBreak(), self._look))
        else:
            self._book.odd("page-break" if kind == "page" else "column-break")

    def _symbol(self, element: Element) -> None:
        self._book.odd("symbol", val(element, "char") or "")

    def _note(self, element: Element) -> None:
        kind = "endnotes" if _local(element) == "endnoteReference" else "footnotes"
        if kind == "endnotes":
            self._book.odd("endnote")
        note = self._book.notes.get((kind, val(element, "id") or ""))
        if note:
            self._add(Piece(Footnote(note), self._look))

    def _comment(self, element: Element) -> None:
        self._book.close_comment(val(element, "id"))

    def _drawing(self, element: Element) -> None:
        boxed = next(element.iter("{*}txbxContent"), None)
        if boxed is not None:
            self._book.odd("text-box", words_of(boxed))
            return
        blip = next(element.iter("{*}blip"), None)
        name = None if blip is None else self._book.picture(self._part, relation(blip, "embed"))
        about = next(element.iter("{*}docPr"), None)
        told = "" if about is None else about.get("descr", "")
        if name is not None:
            self._add(Figure(name, " ".join(told.split()), (), _NOWHERE))
        else:
            self._book.odd("shape" if blip is None else "picture", told)

    def _old_shape(self, element: Element) -> None:
        boxed = next(element.iter("{*}txbxContent"), None)
        kind = "text-box" if boxed is not None else "embedded" if _local(element) == "object" else "shape"
        self._book.odd(kind, "" if boxed is None else words_of(boxed))

    def _alternate(self, element: Element) -> None:
        choice = next(iter(element), None)
        for child in () if choice is None else choice:
            reader = _READERS.get(_local(child))
            if reader is not None:
                reader(self, child)

    # ------------------------------------------------------------------------------------------- fields, references

    def _field_end(self, element: Element) -> None:
        kind = val(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif self._fields and kind == "separate":
            self._fields[-1].start = len(self.pieces)
        elif self._fields and kind == "end":
            field = self._fields.pop()
            if field.start is not None:
                self.pieces[field.start :] = self._field(field.instruction, self.pieces[field.start :])

    def _instruction(self, element: Element) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _field(self, instruction: str, result: list[Piece | Figure]) -> list[Piece | Figure]:
        words = instruction.split()
        if len(words) > 1 and words[0].upper() == "NOTEREF":
            note = self._book.notes.get(("bookmark", words[1].lower()))
            return [Piece(Footnote(note), PLAIN)] if note else result
        if self._in_link:
            return result
        if address := _ADDRESS.search(instruction):
            if address[1]:
                return self._reference(address[2], result)
            return [self._linked(piece, address[2]) for piece in result]
        if len(words) > 1 and words[0].upper() == "REF" and self._book.target(words[1]):
            return self._reference(words[1], result)
        return result

    def _linked(self, piece: Piece | Figure, url: str) -> Piece | Figure:
        if isinstance(piece, Figure) or not _WEB.match(url):
            return piece
        return replace(piece, look=replace(piece.look, link=url))

    def _hyperlink(self, link: Element, look: Look) -> None:
        url = self._book.link(self._part, relation(link, "id"))
        anchor = val(link, "anchor")
        if url is not None and _WEB.match(url):
            self.read(link, replace(look, link=url + (f"#{anchor}" if anchor else "")))
            return
        start, before = len(self.pieces), self._in_link
        self._in_link = True
        self.read(link, look)
        self._in_link = before
        if anchor is not None and url is None:
            self.pieces[start:] = self._reference(anchor, self.pieces[start:])
        elif url is not None:
            self._book.odd("link", url)

    def _reference(self, bookmark: str, shown: list[Piece | Figure]) -> list[Piece | Figure]:
        """The reference that stands under `shown`, with what was typed around it."""
        target = self._book.target(bookmark)
        text = "".join(
            str(piece.content) for piece in shown if isinstance(piece, Piece) and isinstance(piece.content, str)
        )
        if target is None:
            if text.strip():
                self._book.odd("cross-reference", text)
            return shown
        start = text.replace("\u2011", "-").find(target.shown)
        if start < 0:
            if text.strip():
                self._book.odd("reference-changed", text)
            return shown
        look = next((piece.look for piece in shown if isinstance(piece, Piece)), PLAIN)
        before, after = text[:start], text[start + len(target.shown) :]
        # What is no text stays: LibreOffice takes the call of a note into the link before it.
        others = (piece for piece in shown if isinstance(piece, Figure) or not isinstance(piece.content, str))
        return [Piece(before, look), Piece(_reference_of(target.kind, target.key), look), *others, Piece(after, look)]


def _reference_of(kind: str, key: str) -> Inline:
    if kind == "preuve":
        return Citation(key, _NOWHERE)
    return CriterionReference(key, _NOWHERE) if kind == "critere" else ExpectationReference(key, _NOWHERE)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


_READERS: dict[str, Callable[[RunReader, Element], None]] = {
    "br": RunReader._break,
    "cr": RunReader._break,
    "sym": RunReader._symbol,
    "footnoteReference": RunReader._note,
    "endnoteReference": RunReader._note,
    "commentReference": RunReader._comment,
    "drawing": RunReader._drawing,
    "pict": RunReader._old_shape,
    "object": RunReader._old_shape,
    "AlternateContent": RunReader._alternate,
    "fldChar": RunReader._field_end,
    "instrText": RunReader._instruction,
}
