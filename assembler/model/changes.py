"""What changed between the version handed in and this one: both texts aligned, down to the word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assembler.model.exhibit import Exhibit
from assembler.model.text import Block, Inline, ListItem


class State(StrEnum):
    """What became of a piece of text. One that moved is `LEFT` at its old place and `ARRIVED` at its new one."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    LEFT = "left"
    ARRIVED = "arrived"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, came or went: `SAME`, `NEW` or `WITHDRAWN`; or one footnote `CHANGED`, its own blocks in `note`.

    `content` is the new text's, for `WITHDRAWN` the old one's. What holds a word (bold…) holds it in each run.
    """

    state: State
    content: tuple[Inline, ...]
    note: tuple[Aligned, ...] = ()


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """Inside a heading, a paragraph or code."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item of a list; `blocks` aligns what it holds."""

    state: State
    old: ListItem | None
    new: ListItem | None
    blocks: tuple[Aligned, ...]


@dataclass(frozen=True, slots=True)
class ListChange:
    items: tuple[ItemChange, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a table: the runs of each cell, one for each of the table's `columns`."""

    state: State
    cells: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """`columns` pairs the ranks of each column before and now, None where it was not or is no more."""

    caption: Runs
    columns: tuple[tuple[int | None, int | None], ...]
    header: RowChange | None
    rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class QuotationChange:
    blocks: tuple[Aligned, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """`picture` says that it shows something else, `alternative` that its description was rewritten."""

    caption: Runs
    picture: bool
    alternative: bool


Detail = TextChange | ListChange | TableChange | QuotationChange | FigureChange


@dataclass(frozen=True, slots=True)
class Aligned:
    """A block before and now. `detail` tells what changed inside it; `move` is the number that its two places share.

    A block that moved stands twice: `LEFT` with `old` only, and `ARRIVED` with both (and `detail` when it changed too).
    """

    state: State
    old: Block | None
    new: Block | None
    detail: Detail | None = None
    move: int | None = None


@dataclass(frozen=True, slots=True)
class ChapterChange:
    """A chapter, its blocks aligned in reading order; `old` and `new` are its titles. `SAME`, `NEW`, `CHANGED` or `WITHDRAWN`."""

    state: State
    anchor: str
    old: str | None
    new: str | None
    number: str | None
    sequence: tuple[Aligned, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A section, or the chapter itself for what stands before its first section."""

    anchor: str
    number: str | None
    title: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section that is `NEW`, `CHANGED`, `WITHDRAWN` or has only moved (`ARRIVED`). `chapter` is its chapter's anchor."""

    state: State
    moved: bool
    chapter: str
    old: Place | None
    new: Place | None


class ExhibitState(StrEnum):
    NEW = "nouvelle"
    CHANGED = "modifiée"
    REPLACED = "remplacée"
    WITHDRAWN = "retirée"


@dataclass(frozen=True, slots=True)
class ExhibitChange:
    """An exhibit, by its label. `what` names in French what changed; `replaced_by` is the label of its successor."""

    state: ExhibitState
    label: str
    old: Exhibit | None
    new: Exhibit | None
    replaced_by: str | None
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A line of the cover or of an identity sheet: `path` says which in French, `anchor` where it stands now."""

    path: str
    old: str
    new: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """An expectation judged otherwise, or for another reason, in the compliance table; None on the side where it is not asked.

    `old` and `new` are told with their reason: « sans objet : candidature individuelle ».
    """

    reference: str
    establishment: str | None
    old: str | None
    new: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs from version `since`, in the order of the dossier."""

    since: int
    chapters: tuple[ChapterChange, ...]
    sections: tuple[SectionChange, ...]
    exhibits: tuple[ExhibitChange, ...]
    fields: tuple[FieldChange, ...]
    statuses: tuple[StatusChange, ...]

    @property
    def nothing(self) -> bool:
        """Whether both versions say the same."""
        same = all(each.state is State.SAME for each in self.chapters)
        return same and not (self.sections or self.exhibits or self.fields or self.statuses)


def old_side(sequence: Iterable[Aligned]) -> tuple[Block, ...]:
    """The blocks of the version handed in, in its order."""
    return tuple(each.old for each in sequence if each.old is not None and each.state is not State.ARRIVED)


def new_side(sequence: Iterable[Aligned]) -> tuple[Block, ...]:
    """The blocks of this version, in its order."""
    return tuple(each.new for each in sequence if each.new is not None)


def sections_of(changes: Changes, criterion: str) -> tuple[SectionChange, ...]:
    """The sections that changed in the answer to the criterion of that number."""
    anchors = {each.anchor for each in changes.chapters if each.number == criterion}
    return tuple(each for each in changes.sections if each.chapter in anchors)
