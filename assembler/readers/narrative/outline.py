"""The block structure of a narrative as its author meant it, and that same structure as canonical Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from assembler.readers.narrative.marks import BREAK, OBJECT, line_mark


class Line(NamedTuple):
    """A line of the file; `lazy` when it can only go on with the paragraph before it, `opens` when it opens an item."""

    number: int
    text: str
    lazy: bool = False
    opens: bool = False


@dataclass(frozen=True, slots=True)
class TextPart:
    """A paragraph; `text` carries line marks."""

    text: str


@dataclass(frozen=True, slots=True)
class HeadingPart:
    number: int
    level: int
    text: str
    expectations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlainPart:
    """A paragraph shown as typed."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class FencePart:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class RulePart:
    number: int


@dataclass(frozen=True, slots=True)
class TablePart:
    """Cells carry line marks; `alignments` are `left`, `center` or `right`, and every row has as many cells."""

    number: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    alignments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotePart:
    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ItemPart:
    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ListPart:
    """`start` is the first number, None for bullets."""

    items: tuple[ItemPart, ...]
    start: int | None


@dataclass(frozen=True, slots=True)
class NotePart:
    """The definition of a footnote."""

    number: int
    key: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Keeps two neighbouring lists or quotations apart."""


Part = TextPart | HeadingPart | PlainPart | FencePart | RulePart | TablePart | QuotePart | ListPart | NotePart
Aside = PlainPart | FencePart | RulePart | TablePart | QuotePart | ItemPart | NotePart | Gap | HeadingPart


def write_markdown(parts: tuple[Part, ...]) -> tuple[str, tuple[Aside, ...]]:
    """Markdown that Python-Markdown reads in one way only, and the parts set aside, by the number in their mark."""
    aside: list[Aside] = []
    return "\n".join(_lines(parts, aside)), tuple(aside)


def _lines(parts: tuple[Part, ...], aside: list[Aside]) -> list[str]:
    lines: list[str] = []
    before: Part | None = None
    for part in parts:
        if isinstance(part, (ListPart, QuotePart)) and type(part) is type(before):
            lines += [_set_aside(Gap(), aside), ""]
        lines += [*_lines_of(part, aside), ""]
        before = part
    return lines[:-1]


def _lines_of(part: Part, aside: list[Aside]) -> list[str]:
    match part:
        case TextPart(text):
            return [text]
        case HeadingPart(number, level, text):
            return [f"{'#' * level} {_set_aside(part, aside)}{line_mark(number)} {text}{BREAK}"]
        case QuotePart(_, parts):
            return [f"> {line}".rstrip() for line in (_set_aside(part, aside), "", *_lines(parts, aside))]
        case ListPart(items, start):
            return [line for rank, item in enumerate(items) for line in _item_lines(item, start, rank, aside)][:-1]
        case NotePart(_, _, parts):
            return [_set_aside(part, aside), "", *_lines(parts, aside)]
        case _:
            return [_set_aside(part, aside)]


def _item_lines(item: ItemPart, start: int | None, rank: int, aside: list[Aside]) -> list[str]:
    marker = "-" if start is None else f"{start + rank}."
    children = [f"    {line}" if line else "" for line in _lines(item.parts, aside)]
    return [f"{marker} {_set_aside(item, aside)}", "", *children, *([""] if children else [])]


def _set_aside(part: Aside, aside: list[Aside]) -> str:
    aside.append(part)
    return f"{OBJECT}{len(aside) - 1}{OBJECT}"
