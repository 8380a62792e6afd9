"""Paragraphs and headings changed on their own lines; lines that say the same stay as they are."""

from __future__ import annotations

import re
import textwrap

from assembler.model.text import Heading, Paragraph
from assembler.reimport.author_file import Edit
from assembler.reimport.desk import Desk
from assembler.reimport.extents import Extent
from assembler.writers.markdown import write_line, write_text

MARKER = r"[-*+•▪▫◦‣●○■□➢►⁃·\uf020-\uf0ff–—]|o(?=[ \u00a0]{2})|\d{1,9}[.)]"
_PREFIX = re.compile(rf"\s*(?:(?:{MARKER})[ \u00a0\t]+)+(?:\[[ xX]\] )?|\s*")
_INDENT = re.compile(r"\s*")
_HEADING = re.compile(
    r"(?P<signs> {0,3}#{1,6})(?P<gap>[ \u00a0]*)(?P<text>.*?)(?P<tail>(?:\s*\{[^{}]*\})?(?:[ \u00a0]+#+)?\s*)"
)
_NARROWEST = 40
_ORDINARY = str.maketrans({"\u00a0": " ", "\u202f": " ", "’": "'"})


def paragraph_edit(extent: Extent, new: Paragraph, desk: Desk, *, in_item: bool) -> Edit:
    """The paragraph at `extent`, said anew; `in_item`: its first line begins with the marker of an item."""
    raw = desk.raw(extent)
    start = (_PREFIX if in_item else _INDENT).match(raw[0])
    prefix = start[0] if start else ""
    indent = _indent(raw[1]) if len(raw) > 1 else " " * len(prefix)
    lines = write_text(new.content, desk.notation)
    if len(lines) == 1 and len(raw) > 1:
        typed = [raw[0][len(prefix) :], *(line[len(_indent(line)) :] for line in raw[1:])]
        lines = _wrapped(typed, lines[0])
    comments = desk.replaced((extent,), [])[0].lines
    return Edit(extent.first, extent.last, (prefix + lines[0], *(indent + line for line in lines[1:]), *comments))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def heading_edit(extent: Extent, old: Heading, new: Heading, desk: Desk) -> Edit:
    """The heading at `extent`, with the braces that say which expectations it answers."""
    title = write_line(new.content, desk.notation)
    match = _HEADING.fullmatch(desk.raw(extent)[0])
    if match is None or extent.last > extent.first:
        return Edit(extent.first, extent.last, ("#" * max(new.level + desk.shift, 1) + f" {title}",))
    deeper = new.level - old.level
    signs = match["signs"] + "#" * deeper if deeper >= 0 else match["signs"][:deeper]
    return Edit(extent.first, extent.last, (f"{signs}{match['gap'] or ' '}{title}{match['tail']}",))


def _wrapped(typed: list[str], line: str) -> list[str]:
    """`line` cut where its author cut it: lines that it still begins and ends with stay, the rest is as wide."""
    above: list[str] = []
    rest = line
    for each in typed:
        if not _alike(rest).startswith(_alike(each) + " "):
            break
        above.append(each)
        rest = rest[len(each.strip()) + 1 :]
    below: list[str] = []
    for each in reversed(typed[len(above) :]):
        if not _alike(rest).endswith(" " + _alike(each)):
            break
        below.insert(0, each)
        rest = rest[: -len(each.strip()) - 1]
    width = max(_NARROWEST, *(len(each) for each in typed))
    return [*above, *textwrap.wrap(rest, width, break_long_words=False, break_on_hyphens=False), *below]


def _alike(text: str) -> str:
    """`text`, as long as it is, with ordinary spaces and apostrophes."""
    return text.strip().translate(_ORDINARY)
