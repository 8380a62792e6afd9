"""The text of a paragraph as a word processor keeps it: pieces with a look each; and back to nested inlines, in one way only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import groupby
from typing import assert_never

from assembler.model.source import Source
from assembler.model.text import (
    Citation,
    Code,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
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

_SPACES = re.compile(r"(\s+)")
_TYPED = re.compile(
    r"\[(?:(preuve):([^\s/:\[\]]+(?:/[^\s/:\[\]]+)?)|(critere):(\d+(?:-[a-z])?)|(attendu):(\d+(?:-[a-z])?\.(?:[a-z]|[1-9]\d?)))"
    r"(?:\u00a0\?)?\]"
)
_NOWHERE = Source("")


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text looks; `position` is `super` or `sub`."""

    link: str | None = None
    bold: bool = False
    italic: bool = False
    strike: bool = False
    position: str | None = None
    code: bool = False


PLAIN = Look()
_ASPECTS = tuple(field.name for field in fields(Look))


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters, or a node that has none of its own: a break, a note, a reference."""

    content: str | Inline
    look: Look


def pieces_of(content: Iterable[Inline], look: Look = PLAIN) -> Iterator[Piece]:
    """`content` as the pieces that show it. A reference that the author typed is one, wherever it was typed."""
    for inline in content:
        match inline:
            case Text(text):
                yield from _typed(text, look)
            case Code(text):
                yield Piece(text, replace(look, code=True))
            case Emphasis(inner):
                yield from pieces_of(inner, replace(look, italic=not look.italic))
            case Strong(inner):
                yield from pieces_of(inner, replace(look, bold=True))
            case Strike(inner):
                yield from pieces_of(inner, replace(look, strike=True))
            case Superscript(inner):
                yield from pieces_of(inner, replace(look, position="super"))
            case Subscript(inner):
                yield from pieces_of(inner, replace(look, position="sub"))
            case WebLink(url, inner):
                yield from pieces_of(inner or (Text(url),), replace(look, link=look.link or url))
            case (
                LineBreak() | Footnote() | Citation() | ExhibitLink() | CriterionReference() | CriterionLink()
                | ExpectationReference() | ExpectationLink()
            ):  # fmt: skip
                yield Piece(inline, look)
            case _:
                assert_never(inline)


def inlines_of(pieces: Iterable[Piece]) -> tuple[Inline, ...]:
    """The inlines that show `pieces`: the same for all that look the same.

    Blanks, breaks, notes and references have the looks that the words on both sides share.
    """
    return _built(tuple(_evened(tuple(_cut(pieces)))))


def _typed(text: str, look: Look) -> Iterator[Piece]:
    end = 0
    for match in _TYPED.finditer(text):
        if text[end : match.start()]:
            yield Piece(text[end : match.start()], look)
        yield Piece(_reference(match), look)
        end = match.end()
    if text[end:]:
        yield Piece(text[end:], look)


def _reference(match: re.Match[str]) -> Inline:
    if match[1]:
        return Citation(match[2], _NOWHERE)
    return CriterionReference(match[4], _NOWHERE) if match[3] else ExpectationReference(match[6], _NOWHERE)


def _cut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """`pieces` with blanks apart from words; code is whole."""
    for piece in pieces:
        if isinstance(piece.content, str) and not piece.look.code:
            yield from (Piece(part, piece.look) for part in _SPACES.split(piece.content) if part)
        elif piece.content != "":
            yield piece


def _evened(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    before = PLAIN
    for piece, after in zip(pieces, _looks_after(pieces), strict=True):
        if _is_word(piece):
            before = piece.look
            yield piece
        else:
            shared = {name: getattr(before, name) for name in _ASPECTS if getattr(before, name) == getattr(after, name)}
            yield Piece(piece.content, replace(PLAIN, **{**shared, "position": None, "code": False}))


def _looks_after(pieces: tuple[Piece, ...]) -> list[Look]:
    """For each piece, the look of the first word after it."""
    found: list[Look] = []
    after = PLAIN
    for piece in reversed(pieces):
        found.append(after)
        after = piece.look if _is_word(piece) else after
    return found[::-1]


def _is_word(piece: Piece) -> bool:
    return isinstance(piece.content, str) and (piece.look.code or not piece.content.isspace())


def _built(pieces: tuple[Piece, ...]) -> tuple[Inline, ...]:
    made: list[Inline] = []
    rank = 0
    while rank < len(pieces):
        aspect, end = (None, rank + 1) if _is_blank(pieces[rank]) else _widest(pieces, rank)
        if aspect is None:
            made += _leaves(pieces[rank:end])
        else:
            while _is_blank(pieces[end - 1]):  # no sign of Markdown stands next to a blank within
                end -= 1
            inner = tuple(replace(each, look=_without(each.look, aspect)) for each in pieces[rank:end])
            made.append(_wrapped(aspect, getattr(pieces[rank].look, aspect), inner))
        rank = end
    return tuple(_joined(made))


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece.content, str) and not _is_word(piece)


def _joined(content: Iterable[Inline]) -> Iterator[Inline]:
    """`content` with neighbouring texts as one."""
    for is_text, group in groupby(content, key=lambda inline: isinstance(inline, Text)):
        if is_text:
            yield Text("".join(inline.text for inline in group if isinstance(inline, Text)))
        else:
            yield from group


def _widest(pieces: tuple[Piece, ...], rank: int) -> tuple[str | None, int]:
    """The aspect of the piece at `rank` that goes on longest, a link first, code last; and where it ends."""
    first = pieces[rank].look
    best: tuple[str | None, int] = (None, rank)
    for aspect in _ASPECTS:
        value = getattr(first, aspect)
        if not value or (aspect == "code" and best[0] is not None):
            continue
        end = rank
        while end < len(pieces) and getattr(pieces[end].look, aspect) == value:
            end += 1
        if aspect == "link":
            return aspect, end
        if end > best[1]:
            best = (aspect, end)
    if best[0] is not None:
        return best
    end = rank
    while end < len(pieces) and pieces[end].look == PLAIN:
        end += 1
    return None, end


def _without(look: Look, aspect: str) -> Look:
    return replace(look, **{aspect: getattr(PLAIN, aspect)})


def _wrapped(aspect: str, value: object, inner: tuple[Piece, ...]) -> Inline:
    if aspect == "code":
        return Code("".join(piece.content for piece in inner if isinstance(piece.content, str)))
    content = _built(inner)
    if aspect == "link":
        return WebLink(str(value), content)
    if aspect == "position":
        return Superscript(content) if value == "super" else Subscript(content)
    wraps: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {"bold": Strong, "italic": Emphasis, "strike": Strike}
    return wraps[aspect](content)


def _leaves(pieces: tuple[Piece, ...]) -> Iterator[Inline]:
    for is_text, group in groupby(pieces, key=lambda piece: isinstance(piece.content, str)):
        if is_text:
            yield Text("".join(str(piece.content) for piece in group))
        else:
            yield from (piece.content for piece in group if not isinstance(piece.content, str))
