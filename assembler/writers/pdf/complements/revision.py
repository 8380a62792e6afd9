"""A changed block as one text: words that came are underlined, words that went are struck through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import assert_never, cast

from assembler.model.changes import (
    Aligned,
    FigureChange,
    ItemChange,
    ListChange,
    QuotationChange,
    Runs,
    State,
    TableChange,
    TextChange,
)
from assembler.model.source import Source
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    Code,
    CodeBlock,
    ExhibitLink,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Superscript,
    Table,
    Text,
)
from assembler.model.walk import Rewrite, rewrite_blocks
from assembler.writers.pdf.complements.places import line

Content = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Inserted:
    """Words that the version handed in did not have. Like the other inlines of this file, for the layout alone."""

    content: Content


@dataclass(frozen=True, slots=True)
class Removed:
    """Words that only the version handed in had."""

    content: Content


def revised(each: Aligned, word: str) -> tuple[Block, ...]:
    """What is shown of a block; `word` names an exhibit by its `{label}`. Nothing for one that has left."""
    match each.state:
        case State.LEFT:
            return ()
        case State.NEW:
            return () if each.new is None else (inserted(each.new),)
        case State.WITHDRAWN:
            return () if each.old is None else (removed(each.old, word),)
        case State.SAME | State.CHANGED | State.ARRIVED:
            return () if each.new is None else _changed(each.new, each, word)


def inserted(block: Block) -> Block:
    """The block, all its words underlined."""
    return _wrapped(block, lambda content: (cast("Inline", Inserted(content)),) if content else ())


def removed(block: Block, word: str) -> Block:
    """The block, all its words struck through; it links to nothing and calls no note."""
    if isinstance(block, Figure):
        block = Paragraph((Text("Image retirée\u00a0: "), *(block.caption or (Text(block.alternative),))), block.source)
    return _wrapped(block, lambda content: _struck(content, word))


def told(runs: Runs, word: str) -> Content:
    """The words of both versions, in reading order."""
    return tuple(_told(runs, word))


def _told(runs: Runs, word: str) -> Iterator[Inline]:
    for run in runs:
        match run.state:
            case State.NEW:
                yield cast("Inline", Inserted(run.content))
            case State.WITHDRAWN:
                yield from _struck(run.content, word)
            case State.CHANGED if run.note:
                yield Footnote(tuple(block for each in run.note for block in revised(each, word)))
            case _:
                yield from run.content


def _struck(content: Content, word: str) -> Content:
    def bare(inline: Inline) -> Inline:
        match inline:
            case ExhibitLink(_, label):
                return Text(word.format(label=label).replace(" ", "\u00a0"))
            case Footnote():
                return Superscript((Text("note"),))
            case _:
                return inline

    blocks = rewrite_blocks((Paragraph(content, Source("")),), Rewrite(lambda block: block, bare))
    return tuple(cast("Inline", Removed(each.content)) for each in blocks if isinstance(each, Paragraph) and content)


def _changed(new: Block, each: Aligned, word: str) -> tuple[Block, ...]:
    match each.detail:
        case None:
            return (new,)
        case TextChange(runs):
            return (replace(new, content=told(runs, word)),) if isinstance(new, Heading | Paragraph) else (
                Paragraph(told(runs, word), new.source),
            )  # fmt: skip
        case ListChange(items):
            assert isinstance(new, BulletList | OrderedList)
            return (replace(new, items=tuple(_items(items, word))),)
        case TableChange():
            assert isinstance(new, Table)
            return (_table(new, each, each.detail, word),)
        case QuotationChange(blocks):
            return (Quotation(tuple(block for one in blocks for block in revised(one, word)), new.source),)
        case FigureChange(caption, picture, alternative):
            what = "l’image a changé" if picture else "la description de l’image a changé" if alternative else ""
            said = (line(what),) if what else ()
            return (replace(new, caption=told(caption, word)) if isinstance(new, Figure) else new, *said)
        case _:
            assert_never(each.detail)


def _items(items: tuple[ItemChange, ...], word: str) -> Iterator[ListItem]:
    for item in items:
        kept = item.new or item.old
        if item.state is State.LEFT or kept is None:
            continue
        yield replace(kept, blocks=tuple(block for each in item.blocks for block in revised(each, word)))


def _table(new: Table, each: Aligned, change: TableChange, word: str) -> Table:
    """Every row and column of both versions."""
    old = each.old if isinstance(each.old, Table) else new
    header = tuple(told(cell, word) for cell in change.header.cells) if change.header else ()
    return replace(
        new,
        header=header,
        rows=tuple(tuple(told(cell, word) for cell in row.cells) for row in change.rows),
        alignments=tuple(_alignment(old, before, new, now) for before, now in change.columns),
        caption=told(change.caption, word),
    )


def _alignment(old: Table, before: int | None, new: Table, now: int | None) -> Alignment:
    if now is not None:
        return new.alignments[now]
    return old.alignments[before] if before is not None else Alignment.LEFT


def _wrapped(block: Block, wrap: Callable[[Content], Content]) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=wrap(block.content))
        case BulletList() | OrderedList():
            items = (replace(item, blocks=tuple(_wrapped(each, wrap) for each in item.blocks)) for item in block.items)
            return replace(block, items=tuple(items))
        case Table():
            return replace(
                block,
                header=tuple(map(wrap, block.header)),
                rows=tuple(tuple(map(wrap, row)) for row in block.rows),
                caption=wrap(block.caption),
            )
        case Figure():
            return replace(block, caption=wrap(block.caption))
        case Quotation():
            return replace(block, blocks=tuple(_wrapped(each, wrap) for each in block.blocks))
        case CodeBlock():
            return Paragraph(wrap((Code(block.text),)), block.source)
        case Rule():
            return block
        case _:
            assert_never(block)
