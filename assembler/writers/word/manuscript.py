"""The document being written: what all parts of the body share, and the few things that change from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assembler.model.change_list import ChangeList
from assembler.model.content import Picture
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Exhibit
from assembler.tools.store import Store
from assembler.writers.word.bookmarks import Bookmarks
from assembler.writers.word.footnotes import Footnotes
from assembler.writers.word.numbering import Numbering
from assembler.writers.word.package import Package
from assembler.writers.word.styles import Styles


@dataclass(frozen=True)
class Manuscript:
    """One Word file in the making.

    `counts` holds the last drawing's id and the last number of each caption; `labels` the numbers that Word itself puts
    in front of headings, by bookmark. `changes` are those since the version handed in.
    """

    dossier: Dossier
    store: Store
    package: Package
    styles: Styles
    numbering: Numbering
    notes: Footnotes
    bookmarks: Bookmarks
    counts: dict[str, int]
    labels: dict[str, str]
    changes: ChangeList | None = None

    @cached_property
    def exhibits(self) -> dict[str, Exhibit]:
        """The exhibits by id."""
        return {exhibit.entry.id: exhibit for exhibit in self.dossier.exhibits}

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The pictures by path."""
        return {picture.path: picture for picture in self.dossier.pictures}

    def drawing(self) -> int:
        """An id that no drawing of the document bears yet."""
        self.counts["drawing"] += 1
        return self.counts["drawing"]

    def sequel(self, kind: str, number: int) -> str:
        """The switch that makes Word's sequence give `number`: none where it comes next by itself."""
        follows = self.counts.get(kind, 0) + 1 == number
        self.counts[kind] = number
        return "" if follows else f" \\r {number}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: the part that holds its relationships, the width and height it may take, its indent, in twips.

    `style` is the paragraph style there (None: the default one); `depth` the number of lists around it; `in_note`
    whether it stands in a footnote.
    """

    part: str
    width: int
    height: int
    indent: int = 0
    style: str | None = None
    depth: int = 0
    in_note: bool = False
