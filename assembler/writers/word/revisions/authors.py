"""Whose each change is: the établissement whose part it stands in, the network for what is said together."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.dossier import Chapter, Dossier
from assembler.model.text import Block, Heading
from assembler.writers.word.bookmarks import bookmark_name
from assembler.writers.word.revisions.sides import Side
from assembler.writers.word.xml import Element, name


class Authors:
    """Follows the reading of both files, each by its bookmarks."""

    def __init__(self, old: Dossier, new: Dossier) -> None:
        self._everyone = candidate(new)
        self._owners = (_owners(old), _owners(new))
        self._now = [self._everyone, self._everyone]

    def read(self, block: Element, side: Side, rank: int) -> str:
        """Whose the block is, read on the side of that rank (0: the version handed in, 1: this one)."""
        owner = self.owner(block, rank)
        if owner is not None:
            self._now[rank] = owner
        elif side.is_heading(block):
            self._now[rank] = self._everyone
        return self._now[rank]

    def owner(self, element: Element, rank: int) -> str | None:
        """Whom a bookmark in a paragraph or a row says it belongs to, None when none does."""
        owners = self._owners[rank]
        marks = (str(each.get(name("name"))) for each in element.iter(name("bookmarkStart")))
        return next((owners[each] for each in marks if each in owners), None)


def candidate(dossier: Dossier) -> str:
    """The name of the network, or of the only établissement."""
    network = dossier.candidature.network
    if network is not None:
        return network.name
    return dossier.members[0].establishment.name if dossier.members else dossier.candidature.title


def _owners(dossier: Dossier) -> dict[str, str]:
    """The owner of each bookmark that says where somebody's part begins."""
    names = {each.establishment.key: each.establishment.name for each in dossier.members}
    everyone = candidate(dossier)
    owners = {each.anchor: each.establishment.name for each in dossier.members}
    owners |= {each.anchor: names.get(each.entry.establishment, everyone) for each in dossier.exhibits}
    for chapter in dossier.body:
        for anchor, block in _beginnings(chapter):
            owners[anchor] = names.get(block.source.file.partition("/")[0], everyone)
    return {bookmark_name(anchor): owner for anchor, owner in owners.items()}


def _beginnings(chapter: Chapter) -> Iterator[tuple[str, Block]]:
    if chapter.blocks:
        yield chapter.anchor, chapter.blocks[0]
    for block in chapter.blocks:
        if isinstance(block, Heading) and block.anchor is not None:
            yield block.anchor, block
