"""The document being marked: both files, and what all parts of the work share."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.writers.word.footnotes import Footnotes
from assembler.writers.word.revisions.authors import Authors
from assembler.writers.word.revisions.lists import Numberings
from assembler.writers.word.revisions.pen import Pen
from assembler.writers.word.revisions.sides import Side


@dataclass(frozen=True)
class Redline:
    """`new` becomes the document with its changes marked; `old` is used up. `counts` holds the last drawing's id."""

    old: Side
    new: Side
    pen: Pen
    authors: Authors
    numberings: Numberings
    notes: Footnotes
    counts: dict[str, int]

    def drawing(self) -> str:
        """An id that no drawing of the document bears yet."""
        self.counts["drawing"] += 1
        return str(self.counts["drawing"])
