"""The passages that changed: each under its section, with its pages in both dossiers, and only the blocks that changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.model.changes import Aligned, Changes, ChapterChange, State, TextChange
from assembler.model.dossier import REQUESTS, Chapter, Dossier
from assembler.model.text import Block, Heading, Paragraph, Text
from assembler.model.version import Version
from assembler.writers.pdf.complements.places import NOWHERE, Places, label, line, plainly
from assembler.writers.pdf.complements.revision import revised, told
from assembler.writers.pdf.payload import numbered_title

_LABELS = {State.NEW: "Ajouté", State.WITHDRAWN: "Retiré", State.CHANGED: "Modifié"}
_SECTIONS = {State.NEW: "section nouvelle", State.WITHDRAWN: "section retirée", State.ARRIVED: "section déplacée"}
_ALL_OF_IT = (State.NEW, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading changes takes: the pages, and how an exhibit is named."""

    places: Places
    word: str


@dataclass(frozen=True, slots=True)
class _Title:
    """A title not shown yet: nothing changed under it so far. `gone`: it stands in the version handed in alone."""

    level: int
    gone: bool
    opening: tuple[Block, ...]


def changed_passages(dossier: Dossier, version: Version, changes: Changes, reading: Reading) -> Iterator[Block]:
    """Chapter by chapter, all but the answers to requests."""
    titles = {each.anchor: each for each in (*version.dossier.body, *dossier.body)}
    for change in changes.chapters:
        if change.anchor != REQUESTS and change.state is not State.SAME:
            yield from _chapter(change, titles[change.anchor], dossier.pack.words.criterion, reading)


def passages_of(
    sequence: tuple[Aligned, ...], reading: Reading, around: State = State.SAME, opening: tuple[Block, ...] = ()
) -> Iterator[Block]:
    """What changed in these blocks, under the titles that it needs.

    `around` is what became of what they stand in, `opening` what is to be said before the first of them.
    """
    waiting = [_Title(0, gone=False, opening=opening)]
    section, shown = around, State.SAME
    for each in sequence:
        kept = each.new if each.new is not None else each.old
        if isinstance(kept, Heading):
            section, shown = each.state, State.SAME
            waiting = [one for one in waiting if 0 < one.level < kept.level and not one.gone]
            waiting.append(_Title(kept.level, each.new is None, tuple(_opening(each, kept, reading))))
        state = _told(each) if isinstance(kept, Heading) else _state(each, section)
        if state is None:
            continue
        yield from (one.opening[0] for one in waiting[:-1])
        yield from (block for one in waiting[-1:] for block in one.opening)
        waiting = []
        if not isinstance(kept, Heading):
            if state is not shown and not (state is section and state in _ALL_OF_IT):
                yield label(_label(each, state))
            shown = state
            yield from revised(each, reading.word) if state in (State.CHANGED, State.WITHDRAWN) else _whole(each)


def _chapter(change: ChapterChange, chapter: Chapter, word: str, reading: Reading) -> Iterator[Block]:
    old = None if change.old is None else change.anchor
    where = reading.places.sentence(None if change.new is None else change.anchor, old)
    yield Heading(1, (Text(numbered_title(chapter, word)),), (), NOWHERE, None, change.anchor)
    if change.state in _ALL_OF_IT:
        yield line(f"{_SECTIONS[change.state].replace('section', 'partie')}{where and ', ' + where}")
    if change.state is State.CHANGED and change.old != change.new:
        yield line(f"titre dans la version n°\u00a0{reading.places.since} : {change.old}")
    opening = (line(where),) if where and change.state is State.CHANGED else ()
    yield from passages_of(change.sequence, reading, change.state, opening)


def _opening(each: Aligned, kept: Heading, reading: Reading) -> Iterator[Block]:
    """The title of a section, what became of it and where it stands."""
    now, before = ((one.anchor if isinstance(one, Heading) else None) for one in (each.new, each.old))
    yield plainly(kept, kept.level + 1)
    told_first = _SECTIONS.get(each.state, "")
    if each.state is State.ARRIVED and isinstance(each.old, Heading) and each.old.number != kept.number:
        told_first += f", elle portait le n°\u00a0{each.old.number}"
    sentence = ", ".join(filter(None, (told_first, reading.places.sentence(now, before))))
    if sentence:
        yield line(sentence)
    if isinstance(each.detail, TextChange):
        yield Paragraph((Text("Titre\u00a0: "), *told(each.detail.runs, reading.word)), NOWHERE)


def _told(title: Aligned) -> State | None:
    """What is to be said of a title; None when it waits for something to be said below it."""
    return None if title.state in (State.SAME, State.LEFT) else title.state


def _state(each: Aligned, section: State) -> State | None:
    """What is to be said of a block; None when nothing is: it is the same, or it came along with its section."""
    match each.state:
        case State.SAME | State.LEFT:
            return None
        case State.ARRIVED if each.detail is not None:
            return State.CHANGED
        case State.ARRIVED:
            return None if section is State.ARRIVED else State.ARRIVED
        case _:
            return each.state


def _label(each: Aligned, state: State) -> str:
    if each.state is State.ARRIVED:
        return "Déplacé et modifié" if state is State.CHANGED else "Déplacé, texte inchangé"
    return _LABELS[state]


def _whole(each: Aligned) -> tuple[Block, ...]:
    return () if each.new is None else (each.new,)
