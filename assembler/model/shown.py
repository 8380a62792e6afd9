"""Blocks as the flow of paragraphs that a word processor shows, and back: one form for all that is shown alike.

Two lists written one after the other read as one; a picture inside an item stands between two lists. What was written
and what comes back from Word are both put in this form before they are compared.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from assembler.model.flow import Mark, Strip, gather
from assembler.model.plain import plain
from assembler.model.runs import inlines_of, pieces_of
from assembler.model.source import Source
from assembler.model.text import (
    Block,
    BulletList,
    Citation,
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
    ListItem,
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
)
from assembler.model.walk import Rewrite, rewrite_blocks

_DEEPEST = 8  # Word has nine levels of lists
_NOWHERE = Source("")
_BARE_HOST = re.compile(r"https?://[^/?#]+")


def as_shown(blocks: tuple[Block, ...], exhibit_word: str) -> tuple[Block, ...]:
    """`blocks` as Word shows them. `exhibit_word` is how the pack announces an exhibit, « preuve {label} »."""
    return gather(strips_of(_untied(blocks, exhibit_word)))


def bare(block: Block, pictures: Mapping[str, str]) -> Block:
    """The block without what a Word file does not show: places, numbers, expectations answered.

    `pictures` gives the name of the copy of each picture that can be shown.
    """
    return rewrite_blocks((block,), Rewrite(block=lambda each: _bare_block(each, pictures), inline=_bare_inline))[0]


def fingerprint(block: Block, pictures: Mapping[str, str]) -> str:
    """Ten hexadecimal digits that tell what the block shows."""
    told = json.dumps(plain(bare(block, pictures)), ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def strips_of(blocks: Iterable[Block], lists: int = 0, quotes: int = 0) -> Iterator[Strip]:
    """The paragraphs, tables and pictures that show `blocks`, in order."""
    for block in blocks:
        match block:
            case BulletList(items, source):
                for item in items:
                    yield from _item_strips(item, Mark(ordered=False), source, lists, quotes)
            case OrderedList(items, start, source):
                for item in items:
                    mark = Mark(ordered=True, numbering=f"{id(block)}:{lists}", start=start)
                    yield from _item_strips(item, mark, source, lists, quotes)
            case Quotation(inner):
                yield from strips_of(inner, lists, quotes + 1)
            case Figure():
                yield Strip(replace(block, caption=_shown(block.caption)))
            case Table():
                if block.alignments and (block.header or block.rows):
                    yield Strip(_shown_table(block), lists, quotes)
            case Heading() | Paragraph():
                yield Strip(replace(block, content=_shown(block.content)), lists, quotes)
            case CodeBlock(text, source):
                shown = "\n".join(line.expandtabs(4).rstrip() for line in text.split("\n"))
                if shown.strip():
                    yield Strip(CodeBlock(shown, source), lists, quotes)
            case Rule():
                yield Strip(block, lists, quotes)
            case _:
                assert_never(block)


def _item_strips(item: ListItem, mark: Mark, source: Source, lists: int, quotes: int) -> Iterator[Strip]:
    mark = mark if item.checked is None else replace(mark, numbering=None, start=1, checked=item.checked)
    first, rest = Paragraph((), source), item.blocks
    if item.blocks and isinstance(item.blocks[0], Paragraph):
        first, rest = item.blocks[0], item.blocks[1:]
    level = min(lists, _DEEPEST)
    yield Strip(replace(first, content=_shown(first.content)), level, quotes, mark)
    yield from strips_of(rest, level + 1, quotes)


def _shown(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    noted = tuple(
        replace(each, content=gather(strips_of(each.content))) if isinstance(each, Footnote) else each
        for each in content
    )
    return inlines_of(pieces_of(noted))


def _shown_table(table: Table) -> Table:
    """A header is bold throughout: what its author made bold does not show."""
    return replace(
        table,
        header=tuple(_shown(tuple(_unbold(cell))) for cell in table.header),
        rows=tuple(tuple(_shown(cell) for cell in row) for row in table.rows),
        caption=_shown(table.caption),
    )


def _unbold(content: Iterable[Inline]) -> Iterator[Inline]:
    for inline in content:
        match inline:
            case Strong(inner):
                yield from _unbold(inner)
            case Emphasis() | Strike() | Superscript() | Subscript() | WebLink():
                yield replace(inline, content=tuple(_unbold(inline.content)))
            case _:
                yield inline


def _untied(blocks: tuple[Block, ...], exhibit_word: str) -> tuple[Block, ...]:
    """`blocks` with links to the dossier's own things as references by key; within a web link, nothing but text."""

    def loose(inline: Inline) -> Inline:
        match inline:
            case WebLink():
                return replace(inline, content=tuple(_as_text(each, exhibit_word) for each in inline.content))
            case ExhibitLink(exhibit):
                return Citation(exhibit, _NOWHERE)
            case CriterionLink(number):
                return CriterionReference(number, _NOWHERE)
            case ExpectationLink(reference):
                return ExpectationReference(reference, _NOWHERE)
            case _:
                return inline

    return rewrite_blocks(blocks, Rewrite(block=lambda block: block, inline=loose))


def _as_text(inline: Inline, exhibit_word: str) -> Inline:
    match inline:
        case ExhibitLink(_, label):
            return Text(exhibit_word.replace(" ", "\u00a0").replace("{label}", label))
        case CriterionLink(number):
            return Text(f"critère\u00a0{number}")
        case ExpectationLink(reference):
            return Text(f"attendu\u00a0{reference}")
        case _:
            return inline


def _bare_block(block: Block, pictures: Mapping[str, str]) -> Block:
    match block:
        case Heading(level, content):
            return Heading(level, content, (), _NOWHERE)
        case Table():
            return replace(block, source=_NOWHERE, number=None)
        case Figure(path, alternative):
            known = path in pictures or path in pictures.values()
            return replace(
                block,
                path=pictures.get(path, path),
                alternative=alternative if known else "",
                source=_NOWHERE,
                number=None,
            )
        case _:
            return replace(block, source=_NOWHERE)


def _bare_inline(inline: Inline) -> Inline:
    match inline:
        case WebLink(url, content) if _BARE_HOST.fullmatch(url):
            return WebLink(f"{url}/", content)  # as LibreOffice writes it
        case Citation(key):
            return Citation(key, _NOWHERE)
        case CriterionReference(number):
            return CriterionReference(number, _NOWHERE)
        case ExpectationReference(reference):
            return ExpectationReference(reference, _NOWHERE)
        case _:
            return inline
