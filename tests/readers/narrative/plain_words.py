"""The words a reader of the dossier sees, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.model.text import (
    Block,
    BulletList,
    Citation,
    Code,
    CodeBlock,
    CriterionReference,
    Emphasis,
    ExpectationReference,
    Figure,
    Footnote,
    Heading,
    Inline,
    OrderedList,
    Paragraph,
    Quotation,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    WebLink,
)

_WORD = re.compile(r"[^\W_]+")


def plain_words(blocks: tuple[Block, ...]) -> list[str]:
    """Letters and digits of the blocks, cut where they stop."""
    return words_of(plain_text(blocks))


def words_of(text: str) -> list[str]:
    """The same of a text."""
    return _WORD.findall(text)


def plain_text(blocks: tuple[Block, ...]) -> str:
    """All that is shown, a line for each paragraph, item or cell."""
    return "\n".join(text for block in blocks for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, content) | Paragraph(content):
            yield _joined(content)
        case BulletList(items) | OrderedList(items):
            for item in items:
                yield from (text for child in item.blocks for text in _texts(child))
        case Quotation(children):
            yield from (text for child in children for text in _texts(child))
        case CodeBlock(text):
            yield text
        case Table():
            yield from (_joined(cell) for row in (block.header, *block.rows) for cell in row)
            yield _joined(block.caption)
        case Figure():
            yield block.alternative
            yield _joined(block.caption)
        case _:
            yield ""


def _joined(inlines: tuple[Inline, ...]) -> str:
    return "".join(_shown(inline) for inline in inlines)


def _shown(inline: Inline) -> str:
    match inline:
        case Text(text) | Code(text):
            return text
        case Citation(key):
            return key
        case CriterionReference(shown) | ExpectationReference(shown):
            return shown
        case Emphasis(content) | Strong(content) | Strike(content) | Superscript(content) | Subscript(content):
            return _joined(content)
        case WebLink(_, content):
            return _joined(content)
        case Footnote(content):
            return f" {plain_text(content)} "
        case _:
            return " "
