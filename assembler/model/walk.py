"""Rewrite blocks and inlines throughout a text, leaving the rest as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from assembler.model.text import (
    Block,
    BulletList,
    Citation,
    Code,
    CodeBlock,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    WebLink,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What to do with each block and each inline; called in reading order, a holder before what it holds."""

    block: Callable[[Block], Block]
    inline: Callable[[Inline], Inline]


def rewrite_blocks(blocks: tuple[Block, ...], rewrite: Rewrite) -> tuple[Block, ...]:
    """`blocks`, each rewritten, and all that they hold."""
    return tuple(_block(rewrite.block(block), rewrite) for block in blocks)


def inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of `blocks`, holders before what they hold, in reading order."""
    seen: list[Inline] = []

    def look(inline: Inline) -> Inline:
        seen.append(inline)
        return inline

    rewrite_blocks(blocks, Rewrite(block=lambda block: block, inline=look))
    return iter(seen)


def every_block(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block of `blocks`, those in lists, quotations and notes too, in reading order."""
    seen: list[Block] = []

    def look(block: Block) -> Block:
        seen.append(block)
        return block

    rewrite_blocks(blocks, Rewrite(block=look, inline=lambda inline: inline))
    return iter(seen)


def _block(block: Block, rewrite: Rewrite) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=_inlines(block.content, rewrite))
        case BulletList() | OrderedList():
            items = tuple(replace(item, blocks=rewrite_blocks(item.blocks, rewrite)) for item in block.items)
            return replace(block, items=items)
        case Table():
            return replace(
                block,
                caption=_inlines(block.caption, rewrite),
                header=tuple(_inlines(cell, rewrite) for cell in block.header),
                rows=tuple(tuple(_inlines(cell, rewrite) for cell in row) for row in block.rows),
            )
        case Figure():
            return replace(block, caption=_inlines(block.caption, rewrite))
        case Quotation():
            return replace(block, blocks=rewrite_blocks(block.blocks, rewrite))
        case CodeBlock() | Rule():
            return block
        case _:
            assert_never(block)


def _inlines(content: tuple[Inline, ...], rewrite: Rewrite) -> tuple[Inline, ...]:
    return tuple(_inline(rewrite.inline(each), rewrite) for each in content)


def _inline(inline: Inline, rewrite: Rewrite) -> Inline:
    match inline:
        case Emphasis() | Strong() | Strike() | Superscript() | Subscript() | WebLink():
            return replace(inline, content=_inlines(inline.content, rewrite))
        case Footnote():
            return replace(inline, content=rewrite_blocks(inline.content, rewrite))
        case (
            Text() | Code() | LineBreak() | Citation() | ExhibitLink() | CriterionReference() | CriterionLink()
            | ExpectationReference() | ExpectationLink()
        ):  # fmt: skip
            return inline
        case _:
            assert_never(inline)


def plain_text(content: tuple[Inline, ...]) -> str:
    """The words of `content`, without notes; a link to an exhibit reads as its label."""
    words = []
    for inline in content:
        match inline:
            case Text(text) | Code(text):
                words.append(text)
            case LineBreak():
                words.append(" ")
            case Emphasis(inner) | Strong(inner) | Strike(inner) | Superscript(inner) | Subscript(inner):
                words.append(plain_text(inner))
            case WebLink(_, inner):
                words.append(plain_text(inner))
            case ExhibitLink(_, label):
                words.append(label)
            case CriterionLink(number):
                words.append(number)
            case ExpectationLink(reference):
                words.append(reference)
            case Citation() | CriterionReference() | ExpectationReference() | Footnote():
                pass
            case _:
                assert_never(inline)
    return "".join(words).strip()
