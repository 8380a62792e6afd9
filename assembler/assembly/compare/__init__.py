"""What changed since the version handed in: model against model, never file against file."""

from __future__ import annotations

from dataclasses import replace

from assembler.assembly.compare.blocks import Sides
from assembler.assembly.compare.chapters import align_chapters
from assembler.assembly.compare.exhibits import compare_exhibits
from assembler.assembly.compare.identity import DATE, compare_identity, compare_statuses
from assembler.assembly.compare.sections import changed_sections
from assembler.model.changes import Changes
from assembler.model.content import COMMON
from assembler.model.dossier import Chapter, Dossier

__all__ = ["compare"]


def compare(old: Dossier, new: Dossier, since: int) -> Changes:
    """What differs between `old`, which is version `since`, and `new`.

    Lines of the authors' files, anchors, numbers of sections and labels still provisional are not looked at. Another date
    alone is no change: a day that passes gives one to whoever writes none.
    """
    chapters = align_chapters(_pairs(old, new), Sides(_pictures(old), _pictures(new)), _parts(old) & _parts(new))
    changes = Changes(
        since=since,
        chapters=chapters,
        sections=changed_sections(chapters),
        exhibits=tuple(compare_exhibits(old, new)),
        fields=tuple(compare_identity(old, new)),
        statuses=tuple(compare_statuses(old, new)),
    )
    undated = replace(changes, fields=tuple(each for each in changes.fields if each.path != DATE))
    return undated if undated.nothing else changes


def _pairs(old: Dossier, new: Dossier) -> list[tuple[Chapter | None, Chapter | None]]:
    """The chapters that answer the same, in the order of `new`; those withdrawn come last."""
    before = {_subject(each): each for each in old.body}
    pairs: list[tuple[Chapter | None, Chapter | None]] = [(before.pop(_subject(each), None), each) for each in new.body]
    return [*pairs, *((each, None) for each in before.values())]


def _subject(chapter: Chapter) -> tuple[str, str]:
    """What a chapter is about, whatever number its criterion has."""
    return ("criterion", chapter.criterion.id) if chapter.criterion else ("chapter", chapter.anchor)


def _parts(dossier: Dossier) -> frozenset[str]:
    """The folders that texts stand in."""
    return frozenset((COMMON, *(each.establishment.key for each in dossier.members)))


def _pictures(dossier: Dossier) -> dict[str, str | None]:
    return {each.path: each.sha256 for each in dossier.pictures}
