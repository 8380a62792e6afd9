"""Blocks to lines of Markdown."""

from __future__ import annotations

import posixpath
import re
from typing import assert_never
from urllib.parse import quote

from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Table,
)
from assembler.model.walk import plain_text
from assembler.writers.markdown.escapes import escaped
from assembler.writers.markdown.inlines import Notation, write_line, write_text

_RULES = {Alignment.LEFT: "---", Alignment.CENTER: ":-:", Alignment.RIGHT: "---:"}
_BOXES = {None: "", True: "[x] ", False: "[ ] "}


def write_markdown(blocks: tuple[Block, ...], notation: Notation) -> list[str]:
    """The lines of `blocks`, a blank line between two of them. A heading of level 1 is `##`."""
    lines: list[str] = []
    point = "."
    for rank, block in enumerate(blocks):
        neighbour = rank > 0 and isinstance(block, OrderedList) and isinstance(blocks[rank - 1], OrderedList)
        point = ")" if neighbour and point == "." else "."
        lines += [*([""] if lines else []), *_block(block, notation, point)]
    return lines


def write_item(item: ListItem, marker: str, notation: Notation) -> list[str]:
    """The lines of a list item, from its marker (« - », « 2. ») to the last of what it holds."""
    width = len(marker) + 1
    first, *rest = item.blocks or (None,)
    lines = write_text(first.content, notation) if isinstance(first, Paragraph) else []
    below = tuple(rest) if isinstance(first, Paragraph) else item.blocks
    inner = [_BOXES[item.checked] + lines[0], *lines[1:]] if lines else []
    for block in below:
        # A list may stand right under the words of its item; anything else is set apart, lest it go on with them.
        apart = inner and not (isinstance(block, BulletList) and len(inner) == len(lines))
        inner += [*([""] if apart else []), *_block(block, notation, ".")]
    if not inner:
        return [f"{marker} {_BOXES[item.checked]}".rstrip()]
    indented = [f"{' ' * width}{line}".rstrip(" ") if line else "" for line in inner[1:]]
    return [f"{marker} {inner[0]}", *indented]


def write_row(cells: tuple[tuple[Inline, ...], ...], notation: Notation) -> str:
    """A row of a table."""
    return "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", write_line(cell, notation)) for cell in cells) + " |"


def _block(block: Block, notation: Notation, point: str) -> list[str]:
    match block:
        case Heading(level, content, expectations):
            braces = f' {{attendus="{" ".join(expectations)}"}}' if expectations else ""
            return [f"{'#' * (level + 1)} {write_line(content, notation)}{braces}"]
        case Paragraph(content):
            return write_text(content, notation)
        case BulletList(items):
            return [line for item in items for line in write_item(item, "-", notation)]
        case OrderedList(items, start):
            return [
                line for rank, item in enumerate(items) for line in write_item(item, f"{start + rank}{point}", notation)
            ]
        case Table():
            return _table(block, notation)
        case Figure():
            return [_figure(block, notation)]
        case Quotation(inner):
            return [f"> {line}".rstrip() for line in write_markdown(inner, notation)]
        case CodeBlock(text):
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            return [fence, *text.split("\n"), fence]
        case Rule():
            return ["---"]
        case _:
            assert_never(block)


def _table(table: Table, notation: Notation) -> list[str]:
    caption = [f"Tableau : {write_line(table.caption, notation)}", ""] if table.caption else []
    header = write_row(table.header or ((),) * len(table.alignments), notation)
    rule = "|" + "|".join(_RULES[each] for each in table.alignments) + "|"
    return [*caption, header, rule, *(write_row(row, notation) for row in table.rows)]


def _figure(figure: Figure, notation: Notation) -> str:
    path = quote(posixpath.relpath(figure.path, notation.folder), safe="/.-_~" + "éèêàùçôîïâëüœÉÈÀ’'")
    caption = plain_text(figure.caption).replace('"', "”")
    title = f' "{caption}"' if caption else ""
    return f"![{escaped(figure.alternative, strict=notation.strict)}]({path}{title})"
