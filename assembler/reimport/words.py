"""The words of a block, to tell which block became which."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import assert_never

from assembler.model.text import (
    Block,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Table,
)
from assembler.model.walk import plain_text

_LONGEST = 2_000


def words_of(block: Block) -> str:
    """What a reader sees of the block, on one line; its beginning when it is very long."""
    return _words(block)[:_LONGEST]


def item_words(item: ListItem) -> str:
    """What a reader sees of a list item."""
    return " ".join(_words(block) for block in item.blocks)[:_LONGEST]


def _words(block: Block) -> str:
    match block:
        case Heading(_, content) | Paragraph(content):
            return plain_text(content)
        case BulletList(items) | OrderedList(items):
            return " ".join(_words(each) for item in items for each in item.blocks)
        case Quotation(blocks):
            return " ".join(_words(each) for each in blocks)
        case CodeBlock(text):
            return text
        case Table():
            return " ".join(plain_text(cell) for row in (block.header, *block.rows) for cell in row)
        case Figure(path, alternative):
            return f"{path} {alternative}"
        case Rule():
            return "* * *"
        case _:
            assert_never(block)


def words_in(blocks: Iterable[Block]) -> str:
    """What a reader sees of them all, however it is spaced or composed."""
    return plainly(" ".join(map(_words, blocks)))


def plainly(text: str) -> str:
    """The text whatever its spaces and the way its letters are composed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())
