"""The Word dossier with what changed since the version handed in, as true tracked changes.

Both versions are written alike in the same template, then aligned: to accept all gives this version, to reject all gives
back the text handed in. Only the contents are this version's in either case: Word makes them again from the titles.
"""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.model.version import Version
from assembler.tools.store import Store
from assembler.writers.word.footnotes import Footnotes
from assembler.writers.word.lint import require_sound
from assembler.writers.word.package import Package
from assembler.writers.word.properties import instant
from assembler.writers.word.revisions.authors import Authors
from assembler.writers.word.revisions.former import write_former
from assembler.writers.word.revisions.lists import Numberings
from assembler.writers.word.revisions.pen import Pen
from assembler.writers.word.revisions.redline import Redline
from assembler.writers.word.revisions.sides import NOTE, Side
from assembler.writers.word.revisions.stories import merge_story
from assembler.writers.word.vetting import Workshop
from assembler.writers.word.xml import Element, name

__all__ = ["write_revisions"]

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def write_revisions(
    content: bytes,
    dossier: Dossier,
    version: Version,
    *,
    draft: bool,
    pagination: Pagination,
    store: Store,
    template: Path,
    workshop: Workshop,
) -> bytes:
    """`content`, the Word file of `dossier`, with what changed since `version` marked; the same bytes for the same arguments.

    Pages of exhibits are those of `pagination` on both sides: a page that moved is no change. Versions keep no pictures:
    one that is no more in the dossier is named in its place, above its caption.
    Raises what `write_word` raises.
    """
    new = Package(content)
    old = write_former(dossier, version, pagination, store, template, workshop, draft=draft)
    redline = _redline(old, new, version.dossier, dossier)
    for part in new.names():
        stories = [_story(each, part) for each in (old, new)]
        if stories[0] is not None and stories[1] is not None:
            merge_story(stories[0], stories[1], part, redline)
    redline.numberings.settle()
    _number_notes(new, redline.notes.part)
    marked = new.save()
    require_sound(marked, template)
    return marked


def _redline(old: Package, new: Package, before: Dossier, after: Dossier) -> Redline:
    ranks: dict[Hashable, int] = {}
    sides = Side(old, ranks), Side(new, ranks)
    trees = [new.tree(part) for part in new.names() if part.startswith("word/") and part.endswith(".xml")]
    taken = [int(each.get(name("id"), "0")) for tree in trees for each in tree.iter(name("bookmarkStart"))]
    drawings = [int(each.get("id", "0")) for tree in trees for each in tree.iter(_DRAWING)]
    return Redline(
        *sides,
        Pen(instant(after.candidature.edition), 1 + max(taken, default=0)),
        Authors(before, after),
        Numberings(sides[0].lists, sides[1].lists),
        Footnotes(new),
        {"drawing": max(drawings, default=0)},
    )


def _number_notes(package: Package, part: str) -> None:
    """Number notes in the order of their calls: LibreOffice gives the nth note to the nth call, whatever its id."""
    if part not in package:
        return
    tree = package.tree(part)
    calls = list(package.tree(package.document).iter(NOTE))
    notes = [note for note in tree if note.get(name("type")) in (None, "normal")]
    ranks: dict[str | None, int] = {}
    for element in (*calls, *notes):
        rank = ranks.setdefault(element.get(name("id")), len(ranks) + 1)
        element.set(name("id"), str(rank))
    notes.sort(key=lambda note: int(note.get(name("id"), "0")))
    tree.extend(notes)


def _story(package: Package, part: str) -> Element | None:
    """What a part tells by itself: the body, a header, a footer. Notes are told where they are called."""
    if part not in package or not part.endswith(".xml"):
        return None
    tree = package.tree(part)
    if part == package.document:
        return tree.find(name("body"))
    return tree if tree.tag in (name("hdr"), name("ftr")) else None
