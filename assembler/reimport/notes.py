"""Footnotes: the key that each keeps, the definitions that are written again, added or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from assembler.model.shown import bare
from assembler.model.text import Block, Footnote
from assembler.model.walk import inlines
from assembler.reimport.author_file import AuthorFile, Edit
from assembler.reimport.desk import Desk
from assembler.reimport.extents import Extent

Said = tuple[Block, ...]
Became = tuple[tuple[Block, ...], tuple[Block, ...]]


@dataclass(slots=True)
class NoteKeys:
    """The key of each note by what it says; `changed` are the definitions to write, in order."""

    source: AuthorFile
    keys: dict[Said, str] = field(default_factory=dict)
    changed: dict[str, Said] = field(default_factory=dict)

    def written(self, note: Footnote) -> str | None:
        """The key of a note as it stands in the file, None for one that comes from elsewhere."""
        place = note.content[0].source if note.content else None
        if place is None or place.file != self.source.file:
            return None
        return next((part.key for part, extent in self.source.notes if place.line in extent), None)

    def within(self, before: tuple[Block, ...]) -> Callable[[Footnote], str]:
        """What gives the key of each note of the blocks that `before` became; « ? » for one that has none."""
        own = {said(note): key for note in _notes(before) if (key := self.written(note)) is not None}
        return lambda note: self.written(note) or own.get(said(note)) or self.keys.get(said(note), "?")


def said(note: Footnote) -> Said:
    """What a note says, wherever it stands."""
    return tuple(bare(block, {}) for block in note.content)


def note_keys(
    source: AuthorFile, old: tuple[Block, ...], changes: Iterable[Became], final: tuple[Block, ...]
) -> NoteKeys:
    """The keys of all notes of `final`. `old` are the blocks of the file, `changes` those that become others.

    A note said anew keeps its key when nothing calls it as it was.
    """
    found = NoteKeys(source)
    for note in _notes(old):
        key = found.written(note)
        if key is not None:
            found.keys.setdefault(said(note), key)
    kept = {said(note) for note in _notes(final)}
    taken = {note.key for note, _ in source.notes}
    free = (str(rank) for rank in count(1) if str(rank) not in taken)
    for before, after in changes:
        gone = [each for each in dict.fromkeys(map(said, _notes(before))) if each not in kept and each in found.keys]
        for note in _notes(after):
            if said(note) in found.keys:
                continue
            key = found.keys[gone.pop(0)] if gone else next(free)
            found.keys[said(note)] = key
            found.changed[key] = note.content
    return found


def note_edits(
    keys: NoteKeys, old: tuple[Block, ...], changes: Sequence[Became], unchanged: Iterable[Block], desk: Desk
) -> list[Edit]:
    """The definitions written again, removed when nothing calls them any more, or added under the last one."""
    defined: dict[str, Extent] = {}
    for part, extent in desk.source.notes:
        defined.setdefault(part.key, extent)
    called = {keys.written(note) for note in _notes(tuple(unchanged))}
    for before, after in changes:
        called |= {keys.within(before)(note) for note in _notes(after)}
    were = dict.fromkeys(keys.written(note) for note in _notes(old))
    edits = [desk.removed(defined[key]) for key in were if key in defined and key not in called and key is not None]
    added: list[str] = []
    for key, content in keys.changed.items():
        lines = _definition(key, desk.written(content))
        if key in defined:
            edits += desk.replaced((defined[key],), lines)
        else:
            added += ["", *lines]
    if added:
        last = max((extent.last for extent in defined.values()), default=0) or _last_line(desk.source)
        edits.append(Edit(last + 1, last, tuple(added)))
    return edits


def _notes(blocks: tuple[Block, ...]) -> Iterator[Footnote]:
    return (each for each in inlines(blocks) if isinstance(each, Footnote))


def _definition(key: str, lines: list[str]) -> list[str]:
    first, *rest = lines or [""]
    return [f"[^{key}]: {first}", *(f"    {line}" if line else "" for line in rest)]


def _last_line(source: AuthorFile) -> int:
    numbers = [number for number, line in enumerate(source.lines, 1) if line.strip()]
    return numbers[-1] if numbers else source.body - 1
