"""From elements to inlines; pictures come out among them as figures, for the paragraph to be split around."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assembler.model.finding import Finding, error, warning
from assembler.model.source import Source
from assembler.model.text import (
    Block,
    Citation,
    Code,
    CriterionReference,
    Emphasis,
    ExpectationReference,
    Figure,
    Footnote,
    Inline,
    LineBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    WebLink,
)
from assembler.readers.narrative.decoding import clean
from assembler.readers.narrative.marks import ANY, BREAK, without_marks
from assembler.readers.narrative.pictures import picture_path
from assembler.readers.narrative.spacing import set_inlines

Piece = Inline | Figure
Wrapper = Callable[[tuple[Inline, ...]], Inline]

_WRAPPERS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "em": Emphasis,
    "strong": Strong,
    "del": Strike,
    "sup": Superscript,
    "sub": Subscript,
}
_TOKEN = re.compile(rf"(?:{ANY.pattern})|(<br\s*/?>)", re.IGNORECASE)
_TAG = re.compile(r"</?[^\W\d_][^<>]*>")
_BRACES = re.compile(r"(?i)\{[\s:]*attendus?\b[^{}]*\}?|\battendus?\s*=\s*[\"“”«][^\"“”«»]*[\"“”»]?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_ESCAPED = re.compile("\x02(\\d+)\x03")
_KEY = re.compile(r"[^\s/:]+(?:/[^\s/:]+)?")
_CRITERION = re.compile(r"\d+(?:-[a-z])?")
_EXPECTATION = re.compile(r"\d+(?:-[a-z])?\.(?:[a-z]|[1-9]\d?)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_WEB = re.compile(r"(?i)https?://[^\s/]|mailto:\S")


@dataclass(slots=True)
class Cursor:
    """Where the reading of the tree stands: file and line; what it found; the notes that may be called, and were."""

    file: str
    line: int
    findings: list[Finding] = field(default_factory=list)
    notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    in_note: bool = False

    @property
    def source(self) -> Source:
        return Source(self.file, self.line)

    def add(self, finding: Finding) -> None:
        self.findings.append(finding)


def read_pieces(element: Element, cursor: Cursor) -> list[Piece]:
    """What `element` holds, as written: text is neither trimmed nor set."""
    pieces = _text(element.text, cursor)
    for child in element:
        pieces += _piece(child, cursor)
        pieces += _text(child.tail, cursor)
    return pieces


def read_inlines(element: Element, cursor: Cursor) -> tuple[Inline, ...]:
    """What `element` (a heading, a cell) holds; a picture there leaves its alternative text, with a finding."""
    return without_figures(read_pieces(element, cursor), cursor)


def without_figures(pieces: list[Piece], cursor: Cursor) -> tuple[Inline, ...]:
    """`pieces` set; a picture among them leaves its alternative text, with a finding."""
    content: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Figure):
            cursor.add(warning("image-in-cell", piece.source, path=piece.path))
            content += [Text(f" {piece.alternative} "), *piece.caption, Text(" ")]
        else:
            content.append(piece)
    return set_inlines(content)


def _text(text: str | None, cursor: Cursor) -> list[Piece]:
    pieces: list[Piece] = []
    end = 0
    text = text or ""
    for token in _TOKEN.finditer(text):
        pieces += _plain(text[end : token.start()], cursor)
        end = token.end()
        if token[1]:
            cursor.line = int(token[1])
        elif token[0] == BREAK or token[3]:
            pieces.append(LineBreak())
    return pieces + _plain(text[end:], cursor)


def _plain(text: str, cursor: Cursor) -> list[Piece]:
    if not text:
        return []
    for tag in _TAG.findall(text):
        cursor.add(warning("html-kept-as-text", cursor.source, tag=tag))
    for braces in _BRACES.findall(text):
        cursor.add(warning("expectation-as-text", cursor.source, written=braces.strip()))
    return [Text(decoded)] if (decoded := _decoded(text)) else []


def _decoded(text: str) -> str:
    """`text` with its entities (`&nbsp;`) and its escaped characters (`\\*`) as characters."""
    decoded = _ENTITY.sub(lambda match: clean(html.unescape(match[0])), text)
    return _ESCAPED.sub(lambda match: chr(int(match[1])), decoded)


def _attribute(element: Element, name: str) -> str:
    return _decoded(without_marks(element.get(name) or ""))


def _piece(element: Element, cursor: Cursor) -> list[Piece]:
    match element.tag:
        case "code":
            text = without_marks(html.unescape(element.text or ""))
            return [Code(text)] if text else []
        case "a":
            return _link(element, cursor)
        case "img":
            return _picture(element, cursor)
        case "reference":
            return [_reference(element, cursor)]
        case "note":
            return [_note(element, cursor)]
        case tag if tag in _WRAPPERS:
            return list(_wrapped(read_pieces(element, cursor), _WRAPPERS[tag]))
        case _:
            return read_pieces(element, cursor)


def _wrapped(pieces: list[Piece], wrap: Wrapper) -> Iterator[Piece]:
    """`pieces` in wrappers, figures left out between them."""
    run: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Figure):
            if run:
                yield wrap(tuple(run))
            yield piece
            run = []
        else:
            run.append(piece)
    if run:
        yield wrap(tuple(run))


def _link(element: Element, cursor: Cursor) -> list[Piece]:
    url = _attribute(element, "href")
    place = cursor.source
    content = [piece.content if isinstance(piece, WebLink) else (piece,) for piece in read_pieces(element, cursor)]
    pieces: list[Piece] = [piece for group in content for piece in group]
    if any(isinstance(piece, Figure) for piece in pieces):
        cursor.add(warning("link-dropped", place, target=url))
        return pieces
    if _WEB.match(url):
        address = re.sub(r"\s", "%20", url)
        return list(_wrapped(pieces or [Text(url)], lambda inside: WebLink(address, inside)))
    code = "link-dropped" if _SCHEME.match(url) else "link-target-unsupported"
    cursor.add(warning(code, place, target=url))
    return pieces or [Text(url)]


def _picture(element: Element, cursor: Cursor) -> list[Piece]:
    written = _attribute(element, "src")
    alternative = " ".join(_shown(_attribute(element, "alt")).split())
    title = _attribute(element, "title")
    caption = set_inlines([Text(title)]) if title else ()
    path, fault = picture_path(written, cursor.file)
    if path is None:
        cursor.add(error(fault, cursor.source, path=written))
        return [Text(text) for text in (f"{alternative} ", title) if text.strip()]
    return [Figure(path, alternative, caption, cursor.source)]


def _shown(text: str) -> str:
    content = set_inlines([Text(text)]) if text else ()
    return "".join(inline.text for inline in content if isinstance(inline, Text))


def _reference(element: Element, cursor: Cursor) -> Inline:
    kind = (element.get("kind") or "").lower()
    target = _attribute(element, "target")
    if kind == "preuve" and _KEY.fullmatch(target):
        return Citation(target, cursor.source)
    if kind.startswith("crit") and _CRITERION.fullmatch(target.lower()):
        return CriterionReference(target.lower(), cursor.source)
    if kind == "attendu" and _EXPECTATION.fullmatch(target.lower()):
        return ExpectationReference(target.lower(), cursor.source)
    written = _decoded(without_marks(element.text or ""))
    cursor.add(error("reference-malformed", cursor.source, reference=written))
    return Text(written)


def _note(element: Element, cursor: Cursor) -> Inline:
    key, written = element.get("key") or "", _decoded(without_marks(element.text or ""))
    if cursor.in_note:
        cursor.add(warning("footnote-nested", cursor.source, note=written))
    elif key in cursor.notes:
        cursor.called.add(key)
        return Footnote(cursor.notes[key])
    else:
        cursor.add(error("footnote-undefined", cursor.source, note=written))
    return Text(written)
