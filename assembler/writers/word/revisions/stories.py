"""A story in both versions (the body, a cell, a note, a header): its blocks aligned, those gone put back as deleted."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from assembler.model.changes import State
from assembler.model.likeness import paired
from assembler.writers.word.revisions.paragraphs import (
    insert_paragraph,
    keep_paragraph,
    merge_paragraph,
)
from assembler.writers.word.revisions.pen import DELETED, INSERTED, bare_properties, paragraph_properties
from assembler.writers.word.revisions.redline import Redline
from assembler.writers.word.revisions.sides import CONTROL, PARAGRAPH, TABLE, blocks_of, is_contents
from assembler.writers.word.revisions.tables import insert_table, merge_table
from assembler.writers.word.revisions.withdrawn import deleted_block
from assembler.writers.word.xml import Element, detach, name, w

# Stories that belong to whom the row or the paragraph around them does.
_WITHIN = (name("tc"), name("txbxContent"))

Ranks = tuple[int | None, int | None, bool]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block as it stands in the story."""

    state: State
    element: Element


def merge_story(old: Element, new: Element, part: str, redline: Redline) -> None:
    """Mark in `new` what differs from `old`."""
    olds, news = blocks_of(old), blocks_of(new)
    flow: list[_Block] = []
    for before, after, same in list(_ranks(olds, news, part, redline)):
        gone = None if before is None else olds[before]
        come = None if after is None else news[after]
        for rank, (block, side) in enumerate(((gone, redline.old), (come, redline.new))):
            if block is not None and new.tag in _WITHIN:
                redline.pen.author = redline.authors.owner(block, rank) or redline.pen.author
            elif block is not None:
                redline.pen.author = redline.authors.read(block, side, rank)
        flow += _marked(gone, come, part, redline, same=same)
    _place(flow, new)
    _end(flow, redline)
    _part_tables(flow, redline)


def _ranks(olds: list[Element], news: list[Element], part: str, redline: Redline) -> Iterator[Ranks]:
    """Both stories side by side; a story ends with the same paragraph in both, since its end cannot be deleted."""
    ranks = list(
        paired(
            [redline.old.key(each, part) for each in olds], [redline.new.key(each, part) for each in news],
            lambda rank: redline.old.piece(olds[rank]), lambda rank: redline.new.piece(news[rank]),
        )
    )  # fmt: skip
    last = (len(olds) - 1, len(news) - 1)
    if (
        olds and news and olds[-1].tag == news[-1].tag == PARAGRAPH
        and (last[0], None, False) in ranks and (None, last[1], False) in ranks
    ):  # fmt: skip
        ranks = [each for each in ranks if each not in ((last[0], None, False), (None, last[1], False))]
        ranks.append((*last, False))
    yield from ranks


def _marked(gone: Element | None, come: Element | None, part: str, redline: Redline, *, same: bool) -> Iterator[_Block]:
    if gone is None or come is None:
        if gone is not None:
            yield from [_Block(State.WITHDRAWN, each) for each in deleted_block(gone, part, redline)]
        if come is not None:
            _insert(come, redline)
            yield _Block(State.NEW, come)
        return
    if come.tag == PARAGRAPH:
        if same:
            keep_paragraph(gone, come, redline)
        else:
            merge_paragraph(gone, come, part, redline, merge_story)
    elif not same and come.tag == TABLE:
        merge_table(gone, come, part, redline, merge_story)
    elif not same and not (is_contents(gone) or is_contents(come)):
        merge_story(gone, come, part, redline)
    yield _Block(State.SAME if same else State.CHANGED, come)


def _insert(block: Element, redline: Redline) -> None:
    if block.tag == PARAGRAPH:
        insert_paragraph(block, redline, end=True)
    elif block.tag == TABLE:
        insert_table(block, redline)
    elif not is_contents(block):
        for each in blocks_of(block):
            _insert(each, redline)


def _place(flow: list[_Block], holder: Element) -> None:
    """Put what was deleted where it stood."""
    inside = holder.find(name("sdtContent")) if holder.tag == CONTROL else holder
    assert inside is not None
    following = next((each.element for each in flow if each.state is not State.WITHDRAWN), None)
    if following is None:
        following = next((each for each in inside if each.tag == name("sectPr")), None)
    last: Element | None = None
    for each in flow:
        if each.state is State.WITHDRAWN:
            if last is not None:
                last.addnext(each.element)
            elif following is not None:
                following.addprevious(each.element)
            else:
                inside.append(each.element)
        last = each.element


def _end(flow: list[_Block], redline: Redline) -> None:
    """The end of a story is not deleted nor inserted: the end of the paragraph before what came or went last is."""
    last = flow[-1] if flow else None
    if last is None or last.state not in (State.NEW, State.WITHDRAWN) or last.element.tag != PARAGRAPH:
        return
    _unmark(last.element)
    before = next((each for each in reversed(flow) if each.state is not last.state), None)
    if before is None or before.state in (State.NEW, State.WITHDRAWN) or before.element.tag != PARAGRAPH:
        return
    redline.pen.mark_end(before.element, DELETED if last.state is State.WITHDRAWN else INSERTED)
    _swap_shapes(before.element, last, redline)


def _swap_shapes(kept: Element, last: _Block, redline: Redline) -> None:
    """A paragraph joined to the last one takes its properties: on either side, these are made its own."""
    own = bare_properties(kept)
    if last.state is State.WITHDRAWN:
        about = paragraph_properties(last.element)
        last.element.replace(about, own)
        redline.pen.mark_shape(last.element, about)
        return
    was = kept.find(f"{name('pPr')}/{name('pPrChange')}/{name('pPr')}")
    if was is not None:
        own = deepcopy(was)
        redline.numberings.bring(own)
    redline.pen.mark_shape(last.element, own)


def _unmark(paragraph: Element) -> None:
    look = paragraph_properties(paragraph).find(name("rPr"))
    for each in [] if look is None else [each for each in look if each.tag in (name(DELETED), name(INSERTED))]:
        detach(each)


def _part_tables(flow: list[_Block], redline: Redline) -> None:
    """Between two tables, one of which is not of both versions, a paragraph that is in neither: else Word joins them."""
    for one, other in pairwise(flow):
        states = {one.state, other.state}
        if one.element.tag == other.element.tag == TABLE and states & {State.NEW, State.WITHDRAWN}:
            between = w("p")
            redline.pen.mark_end(between, INSERTED)
            redline.pen.mark_end(between, DELETED)
            one.element.addnext(between)
