"""What is at hand while a file is edited: its lines, how to write, and blocks put to the file's own ways."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from assembler.model.shown import bare
from assembler.model.text import Block, Figure, Heading, Inline
from assembler.model.walk import Rewrite, rewrite_blocks
from assembler.reimport.author_file import AuthorFile, Edit
from assembler.reimport.extents import Extent
from assembler.writers.markdown import Notation, write_markdown

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Desk:
    """`pictures` gives the name of the copy of a picture by its path; `shift` the signs `#` of a heading beyond its level.

    `fine`: an item, a row, a line may change alone; else whole blocks only.
    """

    source: AuthorFile
    notation: Notation
    pictures: Mapping[str, str]
    shift: int
    fine: bool

    def same(self, one: Block, other: Block) -> bool:
        """Whether Word shows both alike."""
        return bare(one, self.pictures) == bare(other, self.pictures)

    def written(self, blocks: Iterable[Block]) -> list[str]:
        """The lines of `blocks`, as this file would write them."""
        return write_markdown(rewrite_blocks(tuple(blocks), Rewrite(block=self._own, inline=_same)), self.notation)

    def _own(self, block: Block) -> Block:
        if isinstance(block, Heading):
            return replace(block, level=max(block.level + self.shift - 1, 0))
        if isinstance(block, Figure) and block.path not in self.pictures:
            named = [path for path, name in self.pictures.items() if name == block.path]
            near = [path for path in named if path.startswith(f"{self.notation.folder}/")]
            return replace(block, path=(near or named or [block.path])[0])
        return block

    def raw(self, extent: Extent) -> list[str]:
        """The lines as they are in the file."""
        return [self.source.text(number) for number in range(extent.first, extent.last + 1)]

    def replaced(self, extents: tuple[Extent, ...], lines: list[str]) -> list[Edit]:
        """`lines` in place of the first of `extents`, the others removed; comments that stood in them stay."""
        comments = [each for extent in extents for each in _COMMENT.findall("\n".join(self.raw(extent)))]
        kept = [line for comment in comments for line in ("", *comment.split("\n"))]
        first, *others = extents
        return [Edit(first.first, first.last, (*lines, *kept)), *(self.removed(extent) for extent in others)]

    def removed(self, extent: Extent) -> Edit:
        """Nothing in place of `extent`, nor of the blank line that parted it from what follows."""
        before, after = self.source.text(extent.first - 1), self.source.text(extent.last + 1)
        alone = not before.strip() and not after.strip() and extent.last < len(self.source.lines)
        comments = _COMMENT.findall("\n".join(self.raw(extent)))
        kept = tuple(line for comment in comments for line in comment.split("\n"))
        return Edit(extent.first, extent.last + (alone and not kept), kept)

    def inserted(self, after: int, lines: list[str]) -> Edit:
        """`lines` under line `after`, set apart by blank lines."""
        above = [""] if after >= self.source.body and self.source.text(after).strip() else []
        below = [""] if self.source.text(after + 1).strip() else []
        return Edit(after + 1, after, (*above, *lines, *below))


def _same(inline: Inline) -> Inline:
    return inline
