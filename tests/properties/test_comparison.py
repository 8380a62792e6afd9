"""A comparison loses nothing and invents nothing: both versions can be read off it, to the word."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from properties.texts import Answers, answers, content, dossier_of, edited

from assembler.assembly.compare import compare
from assembler.assembly.compare.blocks import Sides, align_blocks
from assembler.assembly.compare.keys import blocks_key, text_key
from assembler.assembly.compare.words import runs_of
from assembler.model.changes import (
    Aligned,
    FigureChange,
    ListChange,
    QuotationChange,
    RowChange,
    Runs,
    State,
    TableChange,
    TextChange,
    new_side,
    old_side,
)
from assembler.model.sequences import shared_pairs
from assembler.model.text import (
    Block,
    BulletList,
    CodeBlock,
    Emphasis,
    Figure,
    Footnote,
    Heading,
    Inline,
    OrderedList,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
    WebLink,
)

NONE = Sides({}, {})
seeds = st.integers(0, 2**32)
many = settings(max_examples=300, deadline=None)
Texts = tuple[Inline, ...]


def old_text(runs: Runs) -> Texts:
    return tuple(each for run in runs for each in _old_run(run.state, run.content, run.note))


def _old_run(state: State, held: Texts, note: tuple[Aligned, ...]) -> Texts:
    if state is State.CHANGED:
        return (_noted(held[0], Footnote(old_side(note))),)
    return held if state is not State.NEW else ()


def _noted(inline: Inline, note: Footnote) -> Inline:
    """The note before, held as the note now."""
    if isinstance(inline, Footnote):
        return note
    assert isinstance(inline, Emphasis | Strong | WebLink)
    return replace(inline, content=(_noted(inline.content[0], note),))


def new_text(runs: Runs) -> Texts:
    return tuple(each for run in runs if run.state is not State.WITHDRAWN for each in run.content)


def read(held: Texts) -> object:
    """What a text says, however it is cut into nodes."""
    runs = runs_of(held, held, ({}, {}), lambda before, after: align_blocks(before, after, NONE))
    return text_key(new_text(runs), {})


def old_row(row: RowChange | None, columns: Iterable[tuple[int | None, int | None]]) -> list[object]:
    if row is None or row.state is State.NEW:
        return []
    cells = {old: read(old_text(runs)) for (old, _), runs in zip(columns, row.cells, strict=True) if old is not None}
    return [cells[rank] for rank in sorted(cells)]


def new_row(row: RowChange | None, columns: Iterable[tuple[int | None, int | None]]) -> list[object]:
    if row is None or row.state is State.WITHDRAWN:
        return []
    cells = {new: read(new_text(runs)) for (_, new), runs in zip(columns, row.cells, strict=True) if new is not None}
    return [cells[rank] for rank in sorted(cells)]


def check(each: Aligned) -> None:
    """The detail of a rewritten block gives back both of them."""
    match each.old, each.new, each.detail:
        case Heading() | Paragraph() as old, Heading() | Paragraph() as new, TextChange(runs):
            assert read(old_text(runs)) == read(old.content)
            assert read(new_text(runs)) == read(new.content)
        case CodeBlock(before), CodeBlock(after), TextChange(runs):
            assert (read(old_text(runs)), read(new_text(runs))) == (read((Text(before),)), read((Text(after),)))
        case (BulletList() | OrderedList() as old, BulletList() | OrderedList() as new, ListChange(items)):
            assert tuple(item.old for item in items if item.old) == old.items
            assert tuple(item.new for item in items if item.new) == new.items
            for item in items:
                check_blocks(item.blocks, item.old.blocks if item.old else (), item.new.blocks if item.new else ())
        case Table() as old, Table() as new, TableChange(caption, columns, header, rows):
            assert (read(old_text(caption)), read(new_text(caption))) == (read(old.caption), read(new.caption))
            assert old_row(header, columns) == [read(cell) for cell in old.header]
            assert new_row(header, columns) == [read(cell) for cell in new.header]
            olds = [old_row(row, columns) for row in rows if row.state is not State.NEW]
            news = [new_row(row, columns) for row in rows if row.state is not State.WITHDRAWN]
            assert olds == [[read(cell) for cell in row] for row in old.rows]
            assert news == [[read(cell) for cell in row] for row in new.rows]
        case Quotation(before), Quotation(after), QuotationChange(inner):
            check_blocks(inner, before, after)
        case Figure() as old, Figure() as new, FigureChange(caption):
            assert (read(old_text(caption)), read(new_text(caption))) == (read(old.caption), read(new.caption))
        case _:
            raise AssertionError(each)


def check_blocks(sequence: tuple[Aligned, ...], old: tuple[Block, ...], new: tuple[Block, ...]) -> None:
    assert old_side(sequence) == old
    assert new_side(sequence) == new
    for each in sequence:
        if each.state is State.SAME:
            assert each.old is not None and each.new is not None
            assert blocks_key((each.old,), {}) == blocks_key((each.new,), {})
        elif each.detail is not None or each.state is State.CHANGED:
            check(each)


@many
@given(seeds)
def test_nothing_differs_from_itself(seed: int) -> None:
    texts = answers(Random(seed))
    assert compare(dossier_of(texts), dossier_of(texts), 1).nothing


def check_dossiers(old: Answers, new: Answers) -> None:
    changes = compare(dossier_of(old), dossier_of(new), 1)
    left: list[int] = []
    arrived: list[int] = []
    for chapter, before, after in zip(changes.chapters, old, new, strict=True):
        check_blocks(chapter.sequence, before, after)
        left += [each.move or 0 for each in chapter.sequence if each.state is State.LEFT]
        arrived += [each.move or 0 for each in chapter.sequence if each.state is State.ARRIVED]
    assert sorted(left) == sorted(arrived) == list(range(1, len(left) + 1))
    assert changes.nothing == all(
        blocks_key(before, {}) == blocks_key(after, {}) for before, after in zip(old, new, strict=True)
    )


@many
@given(seeds)
def test_both_versions_can_be_read_off_the_comparison(seed: int) -> None:
    random = Random(seed)
    old = answers(random)
    check_dossiers(old, edited(old, random))


@many
@given(seeds)
def test_two_dossiers_that_share_nothing_compare_as_well(seed: int) -> None:
    random = Random(seed)
    check_dossiers(answers(random), answers(random))


@many
@given(seeds)
def test_both_texts_can_be_read_off_their_words(seed: int) -> None:
    random = Random(seed)
    old, new = content(random, 2), content(random, 2)
    runs = runs_of(old, new, ({}, {}), lambda before, after: align_blocks(before, after, NONE))
    assert read(old_text(runs)) == read(old)
    assert read(new_text(runs)) == read(new)
    assert all(run.content for run in runs)


@many
@given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
def test_what_is_common_rises_on_both_sides(old: list[int], new: list[int]) -> None:
    pairs = shared_pairs(old, new)
    assert all(old[one] == new[other] for one, other in pairs)
    assert all(before[0] < after[0] and before[1] < after[1] for before, after in itertools.pairwise(pairs))
