"""The lines that a block of Markdown takes, first and last."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from assembler.readers.narrative.marks import LINE_CLOSE, LINE_OPEN
from assembler.readers.narrative.outline import (
    FencePart,
    HeadingPart,
    ItemPart,
    ListPart,
    NotePart,
    Part,
    PlainPart,
    QuotePart,
    RulePart,
    TablePart,
    TextPart,
)

_MARK = re.compile(f"{LINE_OPEN}(\\d+){LINE_CLOSE}")
_FENCE = re.compile(r"`{3,}|~{3,}")
_UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{2,})[ ]*")


@dataclass(frozen=True, slots=True)
class Extent:
    """Line numbers, both included."""

    first: int
    last: int

    def __contains__(self, number: int | None) -> bool:
        return number is not None and self.first <= number <= self.last


def extent_of(part: Part | ItemPart, texts: Mapping[int, str]) -> Extent:
    """The lines of `part`; `texts` are the lines of the file that are out of comments, by number."""
    match part:
        case TextPart(text):
            numbers = [int(number) for number in _MARK.findall(text)]
            return Extent(numbers[0], numbers[-1])
        case PlainPart(number):
            last = number
            while texts.get(last + 1, "").strip():
                last += 1
            return Extent(number, last)
        case HeadingPart(number):
            return Extent(number, number if texts[number].lstrip("> ").startswith("#") else _underline(number, texts))
        case FencePart(number):
            return Extent(number, _fence_end(number, texts))
        case RulePart(number):
            return Extent(number, number)
        case TablePart(number, _, rows):
            return Extent(number, number + 1 + len(rows))
        case QuotePart(number, parts):
            last = _last(number, parts, texts)
            while texts.get(last + 1, "").strip(" ") == ">":
                last += 1
            return Extent(number, last)
        case ItemPart(number, parts) | NotePart(number, _, parts):
            return Extent(number, _last(number, parts, texts))
        case ListPart(items):
            return Extent(items[0].number, max(extent_of(item, texts).last for item in items))
        case _:
            assert_never(part)


def _last(number: int, parts: tuple[Part, ...], texts: Mapping[int, str]) -> int:
    return max((extent_of(part, texts).last for part in parts), default=number)


def _underline(number: int, texts: Mapping[int, str]) -> int:
    last = number
    while last + 1 in texts:
        last += 1
        if _UNDERLINE.fullmatch(texts[last]):
            return last
    return number


def _fence_end(number: int, texts: Mapping[int, str]) -> int:
    opening = _FENCE.search(texts[number])
    if opening is None:
        return number
    last = number
    while last + 1 in texts:
        last += 1
        line = texts[last].strip("> ")
        if len(line) >= len(opening[0]) and not line.strip(opening[0][0]):
            break
    return last
