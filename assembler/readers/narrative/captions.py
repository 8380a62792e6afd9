"""Captions of tables, written as a paragraph next to them: « Tableau : effectifs par formation »."""

from __future__ import annotations

import re
from dataclasses import replace

from assembler.model.text import Block, Inline, Paragraph, Table, Text

_CAPTION = re.compile(
    r"(?i:(?:tableau|table)(?:[ \u00a0]\d+)?)?[ \u00a0]?:[ \u00a0]+(?=\S)|(?i:tableau|table)[ \u00a0]?:[ \u00a0]*$"
)


def caption_tables(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """`blocks` with each caption, above its table or else below it, moved into the table."""
    captioned: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if isinstance(block, Table):
            if captioned and (caption := _caption(captioned[-1])):
                captioned[-1] = replace(block, caption=caption)
            elif (
                index + 1 < len(blocks)
                and (caption := _caption(blocks[index + 1]))
                and not _is_above(blocks, index + 1)
            ):
                captioned.append(replace(block, caption=caption))
                index += 1
            else:
                captioned.append(block)
        else:
            captioned.append(block)
        index += 1
    return tuple(captioned)


def _is_above(blocks: tuple[Block, ...], index: int) -> bool:
    """Whether the caption at `index` belongs to a table under it, which has none of its own below."""
    below = blocks[index + 1 : index + 3]
    return bool(below) and isinstance(below[0], Table) and not (len(below) == 2 and _caption(below[1]))


def _caption(block: Block) -> tuple[Inline, ...]:
    """The inlines of a caption without the word that announces it; empty when the block is none."""
    if (
        isinstance(block, Paragraph)
        and isinstance(first := block.content[0], Text)
        and (word := _CAPTION.match(first.text))
    ):
        rest = first.text[word.end() :]
        return (*([Text(rest)] if rest else []), *block.content[1:])
    return ()
