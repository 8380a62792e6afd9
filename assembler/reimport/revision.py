"""One narrative and its text in Word: what would change in the file, written and read again to be sure of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assembler.assembly.tie import tie
from assembler.model.content import COMMON
from assembler.model.dossier import Chapter, Dossier
from assembler.model.returned import Place
from assembler.model.shown import as_shown, bare, fingerprint
from assembler.model.source import Source
from assembler.model.text import Block, Citation, Heading, Inline
from assembler.model.walk import Rewrite, plain_text, rewrite_blocks
from assembler.model.written import shown_pictures
from assembler.readers.narrative import decode, read_blocks, split_front_matter
from assembler.reimport.author_file import AuthorFile, Edit, read_author_file
from assembler.reimport.desk import Desk
from assembler.reimport.edits import change_edits
from assembler.reimport.notes import note_edits, note_keys
from assembler.reimport.pairs import pair
from assembler.reimport.threeway import Chunk, chunks_of
from assembler.reimport.units import Unit, units_of
from assembler.reimport.words import words_of
from assembler.writers.markdown import Notation

_WAYS = ((True, False), (True, True), (False, False), (False, True))  # (fine, strict), the plainest first


@dataclass(frozen=True, slots=True)
class Change:
    """Blocks `first` to `last` (excluded) of the file become `new`; `conflict`: the file has changed there since.

    `removed` and `added` are lines of the file; `line` is the first of them, `section` the heading above.
    """

    first: int
    last: int
    new: tuple[Block, ...]
    conflict: bool
    line: int = 0
    section: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """A file with what Word changes in it. `content` is the file with `changes`; `conflicts` and `unwritable` are left out."""

    place: Place
    file: str
    changes: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    unwritable: tuple[Change, ...]
    content: bytes


class Reviser:
    """Compares the narratives of one dossier with their text in Word."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._pictures = shown_pictures(dossier)
        self._ids = {exhibit.entry.id for exhibit in dossier.exhibits}

    def revise(
        self,
        raw: bytes,
        place: Place,
        file: str,
        theirs: tuple[Block, ...],
        base: tuple[str, ...] | None,
        *,
        force: bool,
    ) -> Revision | None:
        """What the Word text makes of the file `raw`; None for a file whose bytes cannot be written again.

        `base` are the fingerprints of the file when the Word file was made, None when that is not known. `force` takes
        Word's side where both have changed.
        """
        source = read_author_file(raw, file)
        if source is None:
            return None
        mine = self.shown(raw, place, file)
        theirs = self._tied(_placed(theirs, file))
        work = _Work(self, source, raw, place, mine, units_of(mine, source))
        prints = [fingerprint(block, self._pictures) for block in mine]
        chunks = chunks_of(
            prints if base is None else base, prints, [fingerprint(block, self._pictures) for block in theirs]
        )
        found = _joined([change for each in chunks for change in self._changes(each, mine, theirs)], work)
        wanted = [each for each in found if force or not each.conflict]
        content, done = work.done(wanted)
        told = [work.told(each) for each in found]
        return Revision(
            place, file,
            tuple(each for each, change in zip(told, found, strict=True) if change in done),
            tuple(each for each, change in zip(told, found, strict=True) if change not in wanted),
            tuple(each for each, change in zip(told, found, strict=True) if change in wanted and change not in done),
            content,
        )  # fmt: skip

    def _changes(self, chunk: Chunk, mine: tuple[Block, ...], theirs: tuple[Block, ...]) -> list[Change]:
        """The changes of a chunk, one for each block where each became one."""
        old, new = range(chunk.first, chunk.last), theirs[chunk.start : chunk.end]
        if chunk.conflict:
            return [Change(chunk.first, chunk.last, new, conflict=True)]
        made: list[Change] = []
        rank = chunk.first
        blocks = [mine[each] for each in old]
        for one, other in pair(blocks, new, lambda block: bare(block, self._pictures), words_of):
            come = () if other is None else (other,)
            if one is None and made and made[-1].first == made[-1].last == rank:
                made[-1] = replace(made[-1], new=(*made[-1].new, *come))
            elif one is None or other is None or not self._same(one, other):
                made.append(Change(rank, rank + (one is not None), come, conflict=False))
            rank += one is not None
        return made

    def _same(self, one: Block, other: Block) -> bool:
        return bare(one, self._pictures) == bare(other, self._pictures)

    def shown(self, raw: bytes, place: Place, file: str) -> tuple[Block, ...]:
        """The blocks of a file as Word shows them, each with its line."""
        _, body, first, _ = split_front_matter(decode(raw, file)[0])
        blocks, _ = read_blocks(body, file, first)
        return self._tied(tuple(_deeper(block) for block in blocks) if place.part else blocks)

    def bare(self, blocks: Iterable[Block]) -> list[Block]:
        """The blocks without what does not show."""
        return [bare(block, self._pictures) for block in blocks]

    def desk(self, source: AuthorFile, note: Notation, shift: int, *, fine: bool) -> Desk:
        """A desk for that file."""
        return Desk(source, note, self._pictures, shift, fine)

    def short_key(self, identifier: str, part: str) -> str:
        """How a narrative of `part` cites an exhibit."""
        owner, _, key = identifier.rpartition("/")
        if owner == part or (owner == COMMON and f"{part}/{key}" not in self._ids):
            return key
        return identifier

    def _tied(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        chapter = Chapter("", "", None, None, blocks)
        tied = tie((chapter,), self.dossier.exhibits, self.dossier.pack.framework).chapters[0]
        return as_shown(tied.blocks, self.dossier.pack.words.exhibit)


@dataclass(frozen=True, slots=True)
class _Work:
    """One file under revision."""

    reviser: Reviser
    source: AuthorFile
    raw: bytes
    place: Place
    mine: tuple[Block, ...]
    units: tuple[Unit, ...]

    def done(self, wanted: list[Change]) -> tuple[bytes, list[Change]]:
        """The file with as many of `wanted` as it can say, and those; each time it is read again and compared."""
        for way in _WAYS:
            made = self._written([(each, way) for each in wanted])
            if made is not None:
                return made, wanted
        kept: list[tuple[Change, tuple[bool, bool]]] = []
        content = self.raw
        for change in wanted:
            for way in _WAYS:
                made = self._written([*kept, (change, way)])
                if made is not None:
                    kept.append((change, way))
                    content = made
                    break
        return content, [change for change, _ in kept]

    def told(self, change: Change) -> Change:
        """The change with its place and its lines."""
        edits = self._edits([(change, _WAYS[0])])
        numbers = sorted({number for edit in edits for number in range(edit.first, edit.last + 1)})
        first = min((edit.first for edit in edits), default=self.source.body)
        above = [block for block in self.mine[: change.first] if isinstance(block, Heading)]
        added = tuple(line for edit in sorted(edits, key=lambda each: each.first) for line in edit.lines)
        return replace(
            change, line=first, section=_title(above), added=_trimmed(added),
            removed=_trimmed(tuple(self.source.text(number) for number in numbers)),
        )  # fmt: skip

    def _written(self, changes: Sequence[tuple[Change, tuple[bool, bool]]]) -> bytes | None:
        """The file with these changes, if it reads as they say."""
        try:
            content = self.source.edited(self._edits(changes))
        except UnicodeEncodeError:
            return None
        said = self.reviser.bare(self.reviser.shown(content, self.place, self.source.file))
        return content if said == self.reviser.bare(self._final([change for change, _ in changes])) else None

    def _final(self, changes: Iterable[Change]) -> tuple[Block, ...]:
        blocks = list(self.mine)
        for change in sorted(changes, key=lambda each: each.first, reverse=True):
            blocks[change.first : change.last] = change.new
        return tuple(blocks)

    def _edits(self, changes: Sequence[tuple[Change, tuple[bool, bool]]]) -> list[Edit]:
        final = self._final(change for change, _ in changes)
        pairs = [(self.mine[change.first : change.last], change.new) for change, _ in changes]
        keys = note_keys(self.source, self.mine, pairs, final)
        part = self.source.file.split("/")[0]
        folder = self.source.file.rpartition("/")[0]
        notation = Notation(
            keys.within(()), lambda each: self.reviser.short_key(each, part), folder, straight=self.source.straight
        )
        desk = self.reviser.desk(self.source, notation, self._shift(), fine=True)
        touched = {rank for change, _ in changes for rank in range(change.first, change.last)}
        unchanged = (block for rank, block in enumerate(self.mine) if rank not in touched)
        edits = note_edits(keys, self.mine, pairs, unchanged, desk)
        for change, (fine, strict) in changes:
            own_notation = replace(notation, note=keys.within(self.mine[change.first : change.last]), strict=strict)
            own = replace(desk, fine=fine, notation=own_notation)
            units = [each for each in self.units if change.first <= each.first < change.last]
            above = [each for each in self.units if each.last <= change.first]
            old = self.mine[change.first : change.last]
            edits += change_edits(units, above[-1] if above else None, old, change.new, own)
        return edits

    def _shift(self) -> int:
        """How many signs `#` a heading has beyond its level here."""
        for unit in self.units:
            block = self.mine[unit.first]
            if isinstance(block, Heading):
                line = self.source.text(unit.extents[0].first).lstrip()
                signs = len(line) - len(line.lstrip("#"))
                return (signs or 2) - block.level
        return 0 if self.place.part else 1


def _joined(changes: list[Change], work: _Work) -> list[Change]:
    """`changes` grown to whole units: a unit is changed by one change only."""
    made: list[Change] = []
    for change in changes:
        first = min([each.first for each in work.units if each.first < change.first < each.last], default=change.first)
        last = max([each.last for each in work.units if each.first < change.last < each.last], default=change.last)
        if made and made[-1].last > first:
            before = made.pop()
            between = work.mine[before.last : change.first] if change.first > before.last else ()
            kept = (
                before.new[: len(before.new) - max(before.last - change.first, 0)]
                if before.last > change.first
                else before.new
            )
            new = (*kept, *between, *change.new, *work.mine[change.last : last])
            made.append(Change(before.first, max(last, before.last), new, before.conflict or change.conflict))
        else:
            new = (*work.mine[first : change.first], *change.new, *work.mine[change.last : last])
            made.append(Change(first, last, new, change.conflict))
    return made


def _placed(blocks: tuple[Block, ...], file: str) -> tuple[Block, ...]:
    """`blocks` as if they were written in `file`, so that what they cite by key is looked for there first."""

    def placed(inline: Inline) -> Inline:
        return Citation(inline.key, Source(file)) if isinstance(inline, Citation) else inline

    return rewrite_blocks(blocks, Rewrite(block=lambda block: block, inline=placed))


def _deeper(block: Block) -> Block:
    return replace(block, level=min(block.level + 1, 4)) if isinstance(block, Heading) else block


def _title(headings: Sequence[Heading]) -> str:
    return plain_text(headings[-1].content) if headings else ""


def _trimmed(lines: tuple[str, ...]) -> tuple[str, ...]:
    while lines and not lines[0].strip():
        lines = lines[1:]
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines
