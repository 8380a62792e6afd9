"""Which sections changed, read off the aligned chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from assembler.model.changes import Aligned, ChapterChange, Place, SectionChange, State
from assembler.model.text import Block, Heading
from assembler.model.walk import plain_text

# What a section shares with the one around it need not be told twice.
_WHOLE = (State.NEW, State.WITHDRAWN, State.ARRIVED)


@dataclass(slots=True)
class _Section:
    """A section being read: the state of its title, those of its blocks, its depth (0: the chapter)."""

    level: int
    chapter: str
    old: Place | None
    new: Place | None
    title: State
    move: int | None = None
    blocks: list[State] = field(default_factory=list)

    @property
    def state(self) -> State:
        """`SAME` when nothing changed in it, wherever it stands now."""
        if self.title is State.ARRIVED:
            return State.ARRIVED if set(self.blocks) <= {State.ARRIVED} else State.CHANGED
        if self.title is State.SAME and set(self.blocks) <= {State.SAME}:
            return State.SAME
        return self.title if self.title in _WHOLE else State.CHANGED


def changed_sections(chapters: Iterable[ChapterChange]) -> tuple[SectionChange, ...]:
    """The sections that are new, changed, withdrawn or moved, in reading order; not those inside one that says it already."""
    read = [section for chapter in chapters for section in _sections(chapter)]
    left = {each.move: each for each in read if each.title is State.LEFT}
    for each in read:
        if each.title is State.ARRIVED and each.move in left:
            each.blocks += [state for state in left[each.move].blocks if state is State.WITHDRAWN]
    return tuple(_told(each for each in read if each.title is not State.LEFT))


def _sections(chapter: ChapterChange) -> Iterator[_Section]:
    """In reading order; a withdrawn one at its place."""
    old, new = (Place(chapter.anchor, chapter.number, title) if title is not None else None
                for title in (chapter.old, chapter.new))  # fmt: skip
    title = chapter.state if chapter.state in _WHOLE else State.SAME if chapter.old == chapter.new else State.CHANGED
    current = gone = _Section(0, chapter.anchor, old, new, title)
    yield current
    for each in chapter.sequence:
        heading = each.new if each.new is not None else each.old
        if isinstance(heading, Heading):
            gone = _opened(heading, each, chapter.anchor)
            current = current if each.new is None else gone
            yield gone
        else:
            (gone if each.new is None else current).blocks.append(_state(each))


def _opened(heading: Heading, each: Aligned, chapter: str) -> _Section:
    section = _Section(heading.level, chapter, _place(each.old), _place(each.new), each.state, each.move)
    if each.state is State.ARRIVED and each.detail is not None:
        section.blocks.append(State.CHANGED)
    return section


def _state(each: Aligned) -> State:
    return State.CHANGED if each.state is State.ARRIVED and each.detail is not None else each.state


def _place(block: Block | None) -> Place | None:
    return Place(block.anchor or "", block.number, plain_text(block.content)) if isinstance(block, Heading) else None


def _told(sections: Iterable[_Section]) -> Iterator[SectionChange]:
    around: list[_Section] = []
    for each in sections:
        while around and around[-1].level >= each.level:
            around.pop()
        state = each.state
        known = bool(around) and around[-1].title is each.title and set(each.blocks) <= {each.title}
        around.append(each)
        if state is not State.SAME and not (known and state in _WHOLE):
            yield SectionChange(state, each.title is State.ARRIVED, each.chapter, each.old, each.new)
