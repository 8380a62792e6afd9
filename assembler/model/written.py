"""The text of a dossier by the file it was written in: what a Word file is made from, and what is found again in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assembler.model.content import COMMON
from assembler.model.dossier import REQUESTS, Chapter, Dossier
from assembler.model.returned import Place
from assembler.model.shown import as_shown, fingerprint
from assembler.model.text import Block, Heading


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The blocks of one file in one chapter, as Word shows them.

    In a network each part stands under a heading with its name, which is nobody's text: `heading` is its anchor.
    """

    place: Place
    file: str
    blocks: tuple[Block, ...]
    name: str = ""
    heading: str = ""

    def fingerprints(self, pictures: dict[str, str]) -> tuple[str, ...]:
        """One for each block."""
        return tuple(fingerprint(block, pictures) for block in self.blocks)


def written_texts(dossier: Dossier) -> tuple[WrittenText, ...]:
    """Every text, in the order of the dossier."""
    return tuple(text for chapter in dossier.body for text in _texts(chapter, dossier))


def shown_pictures(dossier: Dossier) -> dict[str, str]:
    """The name of the copy of each picture that can be shown, by its path."""
    return {each.path: each.prepared for each in dossier.pictures if each.prepared}


def _texts(chapter: Chapter, dossier: Dossier) -> Iterator[WrittenText]:
    names = {each.establishment.key: each.title for each in dossier.members if each.letter}
    if names:
        names[COMMON] = dossier.pack.words.together
    files = list(dict.fromkeys(block.source.file for block in chapter.blocks))
    for file in files:
        blocks = tuple(block for block in chapter.blocks if block.source.file == file)
        part = file.split("/")[0]
        place, name, heading = Place(chapter.anchor), "", ""
        if part in names and chapter.anchor != REQUESTS and isinstance(blocks[0], Heading):
            place, name, heading = Place(chapter.anchor, part), names[part], blocks[0].anchor or ""
            blocks = blocks[1:]
        yield WrittenText(place, file, as_shown(blocks, dossier.pack.words.exhibit), name, heading)
