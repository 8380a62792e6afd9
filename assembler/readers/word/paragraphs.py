"""Paragraphs to strips: what each is by its style, its numbering and its indentation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assembler.model.flow import Mark, Strip
from assembler.model.runs import Piece, inlines_of
from assembler.model.source import Source
from assembler.model.text import CodeBlock, Figure, Heading, Inline, LineBreak, Paragraph, Rule
from assembler.readers.charter.parts import Element, number, val, w
from assembler.readers.narrative.decoding import clean
from assembler.readers.narrative.spacing import set_inlines
from assembler.readers.word.book import Book
from assembler.readers.word.runs import RunReader

_LIST, _QUOTE = 397, 425  # what a list and a quotation add to the indentation, in twips, in the files we write
_EXACT, _NEAR = 13, 130
_DEEPEST = 9
_LEVELS = tuple("012345678")
_BOX = re.compile(r"([☐☒☑])\s*")
_TYPED_NUMBER = re.compile(r"\d+(?:-[a-z])?(?:\.\d+)+\t")
_CODE = ("html preformatted", "preformatted text", "source code", "plain text", "macro text")
_QUOTES = ("quote", "intense quote", "quotations", "block text")
_MISSING = re.compile(r"\[image absente : (.+)\]")


@dataclass(frozen=True, slots=True)
class Read:
    """A paragraph as read. `joined`: its end was deleted, so that the next one goes on from it."""

    strips: tuple[Strip, ...]
    bookmarks: tuple[str, ...]
    heading: int | None
    style: str
    text: str


class ParagraphReader:
    """Reads the paragraphs of `part`, in order."""

    def __init__(self, book: Book, part: str) -> None:
        self._book = book
        self._part = part
        self._before: list[Piece | Figure] = []
        self._rank = 0

    def read(self, paragraph: Element) -> Read:
        """What one paragraph shows; nothing yet when its end was deleted."""
        about = paragraph.find(w("pPr"))
        runs = RunReader(self._book, self._part)
        runs.read(paragraph)
        self._rank += 1
        pieces = [*self._before, *runs.pieces]
        self._before = []
        style = None if about is None else val(about.find(w("pStyle")))
        if about is not None and self._is_joined(about):
            self._before = pieces
            return Read((), tuple(runs.bookmarks), None, "", "")
        if about is not None and about.find(w("sectPr")) is not None:
            self._book.odd("section-break")
        level = self._book.styles.heading(style)
        name = self._book.styles.name(style)
        strips = tuple(self._strips(pieces, about, style, name, level))
        return Read(strips, tuple(runs.bookmarks), level, name, _text(pieces))

    def _is_joined(self, about: Element) -> bool:
        for tag in ("del", "moveFrom"):
            gone = about.find(f"{w('rPr')}/{w(tag)}")
            if gone is not None:
                self._book.revised(gone)
                return True
        return False

    def _strips(
        self, pieces: list[Piece | Figure], about: Element | None, style: str | None, name: str, level: int | None
    ) -> list[Strip]:
        source = Source(self._part, self._rank)
        lists, quotes, mark = self._place(about, style, name)
        if level is not None:
            content = _set(_without_number(pieces))
            return [Strip(Heading(max(level - 1, 1), content, (), source))] if content else []
        if name in _CODE:
            text = _lines(pieces)
            return [Strip(CodeBlock(text, source), lists, quotes)] if text.strip() else []
        if name == "filet" and not _text(pieces).strip():
            return [Strip(Rule(source), lists, quotes)]
        if name == "figure" and (missing := _MISSING.fullmatch(_text(pieces).strip())):
            return [Strip(Figure(missing[1], "", (), source))]
        if mark is not None and mark.checked is not None:
            pieces = _without_box(pieces)
        made: list[Strip] = []
        for part in _around_pictures(pieces):
            if isinstance(part, Figure):
                made.append(Strip(replace(part, source=source)))
            elif mark is not None and not made:
                made.append(Strip(Paragraph(_set(part), source), lists, quotes, mark))
            elif content := _set(part):
                made.append(Strip(Paragraph(content, source), lists + (mark is not None), quotes))
        return made

    def _place(self, about: Element | None, style: str | None, name: str) -> tuple[int, int, Mark | None]:
        """How many lists and quotations the paragraph stands in, and what marks it."""
        indent = None if about is None else indentation(about)
        numbered = None if about is None else about.find(w("numPr"))
        identifier = None if numbered is None else val(numbered.find(w("numId")))
        depth = None if numbered is None else val(numbered.find(w("ilvl")))
        if numbered is None and (brought := self._book.styles.number(style)) is not None:
            identifier, depth = val(brought.find(w("numId"))), val(brought.find(w("ilvl")))
        rank = int(depth) if depth in _LEVELS else 0
        level = self._book.numberings.level(identifier, rank)
        if level is not None:
            quotes = around_lists(indent, rank)
            if not level.ordered:
                return rank, quotes, Mark(ordered=False)
            return rank, quotes, Mark(True, level.numbering, level.start)
        return self._unnumbered(indent, name, about)

    def _unnumbered(self, indent: float | None, name: str, about: Element | None) -> tuple[int, int, Mark | None]:
        box = None if about is None else self._box(about)
        if box is not None and name.startswith(("list ", "footnote text")):
            lists, quotes = depths(indent or _LIST, False)
            return max(lists - 1, 0), quotes, Mark(name.startswith("list number"), None, 1, box)
        if indent is None:
            return 0, int(name in _QUOTES), None
        lists, quotes = depths(indent, name in _QUOTES)
        return lists, quotes, None

    def _box(self, about: Element) -> bool | None:
        paragraph = about.getparent()
        first = None if paragraph is None else next(paragraph.iter(w("t")), None)
        match = _BOX.match(first.text or "") if first is not None else None
        return None if match is None else match[1] != "☐"


def indentation(about: Element) -> float | None:
    """The left indentation of a paragraph in twips, None when it sets none itself."""
    found = about.find(w("ind"))
    left = val(found, "left") or val(found, "start")
    return None if left is None else number(left)


def depths(indent: float, quoted: bool) -> tuple[int, int]:
    """How many lists and quotations give this indentation; none when no number of them does."""
    best = (0, int(quoted))
    nearest = float(_EXACT)
    for quotes in range(12):
        for lists in range(_DEEPEST + 1):
            gap = abs(_LIST * lists + _QUOTE * quotes - indent)
            if gap <= nearest and (quotes or not quoted):
                best, nearest = (lists, quotes), gap
    return best


def around_lists(indent: float | None, level: int) -> int:
    """How many quotations an item stands in: what its indentation has beyond that of its level."""
    if indent is None:
        return 0
    base = indent - _LIST * (min(level, _DEEPEST - 1) + 1)
    quotes = round(base / _QUOTE)
    return quotes if quotes > 0 and abs(base - quotes * _QUOTE) <= _EXACT else 0


def _set(pieces: list[Piece] | list[Piece | Figure]) -> tuple[Inline, ...]:
    texts = (piece for piece in pieces if isinstance(piece, Piece))
    cleaned = (replace(each, content=clean(each.content)) if isinstance(each.content, str) else each for each in texts)
    return set_inlines(inlines_of(cleaned))


def _text(pieces: list[Piece | Figure]) -> str:
    return "".join(
        str(piece.content) for piece in pieces if isinstance(piece, Piece) and isinstance(piece.content, str)
    )


def _lines(pieces: list[Piece | Figure]) -> str:
    signs = (
        "\n" if isinstance(piece.content, LineBreak) else piece.content for piece in pieces if isinstance(piece, Piece)
    )
    text = "".join(sign for sign in signs if isinstance(sign, str))
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _around_pictures(pieces: list[Piece | Figure]) -> list[list[Piece] | Figure]:
    parts: list[list[Piece] | Figure] = [[]]
    for piece in pieces:
        if isinstance(piece, Figure):
            parts += [piece, []]
        else:
            last = parts[-1]
            assert isinstance(last, list)
            last.append(piece)
    return [part for part in parts if isinstance(part, Figure) or part] or [[]]


def _without_number(pieces: list[Piece | Figure]) -> list[Piece | Figure]:
    """A heading without the number that we typed in front of it, where Word would have counted otherwise."""
    texts = [piece.content for piece in pieces[:2] if isinstance(piece, Piece)]
    typed = len(texts) > 1 and isinstance(texts[0], str) and _TYPED_NUMBER.fullmatch(f"{texts[0]}{texts[1]}")
    return pieces[2:] if typed else pieces


def _without_box(pieces: list[Piece | Figure]) -> list[Piece | Figure]:
    for rank, piece in enumerate(pieces):
        if isinstance(piece, Piece) and isinstance(piece.content, str) and piece.content:
            return [*pieces[:rank], replace(piece, content=_BOX.sub("", piece.content, count=1)), *pieces[rank + 1 :]]
    return pieces
