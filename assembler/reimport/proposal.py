"""What an edited Word file proposes to every narrative of a candidature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assembler.assembly.merge import find_narrative
from assembler.errors import Refused
from assembler.model.dossier import Chapter
from assembler.model.returned import Place, Remark, Returned, Revisions
from assembler.model.shown import as_shown
from assembler.model.written import WrittenText, written_texts
from assembler.pipeline import Examined
from assembler.readers.word import read_word
from assembler.reimport.guide import guide_of
from assembler.reimport.replies import REPLIES_PLACE, changed_replies, remarks_of_authors
from assembler.reimport.revision import Reviser, Revision
from assembler.reimport.words import words_in


@dataclass(frozen=True, slots=True)
class Proposal:
    """`lost` are texts whose place was not found, `foreign` those that no Markdown file holds though they were changed.

    `dated`: the Word file tells what the narratives were when it was made. `originals` are the bytes the revisions are of.
    """

    revisions: tuple[Revision, ...]
    originals: tuple[tuple[str, bytes], ...]
    remarks: tuple[Remark, ...]
    authors: tuple[Revisions, ...]
    lost: tuple[Place, ...]
    foreign: tuple[tuple[Place, str], ...]
    dated: bool

    @property
    def changed(self) -> tuple[Revision, ...]:
        """The files that would change."""
        return tuple(each for each in self.revisions if each.changes)

    @property
    def left(self) -> int:
        """How many changes must be made by hand."""
        unsaid = sum(len(each.conflicts) + len(each.unwritable) for each in self.revisions)
        return unsaid + len(self.lost) + len(self.foreign)


def propose(examined: Examined, folder: Path, docx: Path, *, force: bool) -> Proposal:
    """Compare the Word file with the narratives in `folder`. Raises what `read_word` raises."""
    texts = written_texts(examined.dossier)
    returned = read_word(docx, guide_of(examined.dossier, texts, examined.store))
    if not returned.found:
        raise Refused("import-foreign", file=docx.name)
    reviser = Reviser(examined.dossier)
    revisions: list[Revision] = []
    originals: list[tuple[str, bytes]] = []
    lost: list[Place] = []
    foreign: list[tuple[Place, str]] = []
    there = {each.place: each.blocks for each in returned.texts}
    for text in _all_texts(examined, texts):
        if text.place == REPLIES_PLACE and REPLIES_PLACE in there:
            continue
        if text.place not in there or text.place.chapter not in returned.found:
            lost.append(text.place)
            continue
        theirs = as_shown(there[text.place], "")
        path = folder / text.file
        if not text.file.endswith(".md") or sum(each.place == text.place for each in texts) > 1:
            if words_in(theirs) != words_in(text.blocks):
                foreign.append((text.place, text.file))
            continue
        raw = path.read_bytes() if path.is_file() else b""
        revision = reviser.revise(raw, text.place, text.file, theirs, _base(returned, text), force=force)
        if revision is None:
            foreign.append((text.place, text.file))
        else:
            originals.append((text.file, raw))
            revisions.append(revision)
    foreign += [(REPLIES_PLACE, file) for file in changed_replies(examined, there.get(REPLIES_PLACE))]
    return Proposal(
        tuple(revisions), tuple(originals), remarks_of_authors(returned.remarks), returned.revisions,
        tuple(lost), tuple(foreign), bool(returned.origin),
    )  # fmt: skip


def _base(returned: Returned, text: WrittenText) -> tuple[str, ...] | None:
    """The fingerprints of the text when the Word file was made; None where the file does not tell."""
    if not returned.origin:
        return None
    found = (each for each in returned.origin if each.chapter == text.place.chapter and each.file == text.file)
    return next((each.fingerprints for each in found), ())


def _all_texts(examined: Examined, texts: tuple[WrittenText, ...]) -> Iterator[WrittenText]:
    """The texts there are, and for a single school a place for the answers that nobody has written yet."""
    yield from texts
    if examined.content.is_network:
        return
    part = next(each for each in examined.content.parts if each.establishment)
    for chapter in examined.dossier.answers:
        if chapter.blocks or chapter.criterion is None:
            continue
        narrative = find_narrative(part, (chapter.criterion.number, *chapter.criterion.aliases))
        file = narrative.source.file if narrative else f"{part.key}/critere-{chapter.criterion.number}.md"
        yield WrittenText(Place(chapter.anchor), file, ())


def titles_of(chapters: tuple[Chapter, ...]) -> dict[str, str]:
    """How people name each chapter: « Critère 4 », or its title."""
    return {each.anchor: f"Critère {each.number}" if each.number else each.title for each in chapters}
