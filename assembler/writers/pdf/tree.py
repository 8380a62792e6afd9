"""Page tree and number tree as objects of a file: balanced, since libraries that insert page by page take a quadratic time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Name, Object

from assembler.writers.pdf.scribe import Scribe

_FAN_OUT = 64


@dataclass(frozen=True, slots=True)
class PageTree:
    """Numbers of the nodes above `total` pages, level by level, the root last."""

    total: int
    levels: tuple[tuple[int, ...], ...]

    @property
    def root(self) -> int:
        return self.levels[-1][0]

    def parent(self, nth: int) -> int:
        """The node above the page at `nth`, from 0."""
        return self.levels[0][nth // _FAN_OUT]


def plan_pages(total: int, numbers: Sequence[int]) -> PageTree:
    """A tree for `total` pages, its nodes taken from `numbers`, of which there are `nodes_above(total)`."""
    levels: list[tuple[int, ...]] = []
    below, at = total, 0
    while not levels or len(levels[-1]) > 1:
        below = -(-below // _FAN_OUT)
        levels.append(tuple(numbers[at : at + below]))
        at += below
    return PageTree(total, tuple(levels))


def nodes_above(total: int) -> int:
    """How many nodes a tree of `total` pages has."""
    count = -(-total // _FAN_OUT)
    return count if count == 1 else count + nodes_above(count)


def write_pages(tree: PageTree, pages: Sequence[int], scribe: Scribe) -> None:
    """Write the nodes above `pages`, the objects that are the pages, in order."""
    below, span = pages, 1
    for level, above in zip(tree.levels, [*tree.levels[1:], ()], strict=True):
        for nth, number in enumerate(level):
            kids = below[nth * _FAN_OUT : (nth + 1) * _FAN_OUT]
            count = min(tree.total - nth * _FAN_OUT * span, _FAN_OUT * span)
            parent = b"/Parent %d 0 R" % above[nth // _FAN_OUT] if above else b""
            scribe.put(number, b"<</Type/Pages%b/Count %d/Kids[%b]>>" % (parent, count, references(kids)))
        below, span = level, span * _FAN_OUT


def references(numbers: Sequence[int]) -> bytes:
    """« 1 0 R 2 0 R »."""
    return b" ".join([b"%d 0 R" % number for number in numbers])


def write_numbers(root: int, pairs: Sequence[tuple[int, bytes]], scribe: Scribe) -> None:
    """A number tree of two levels with these pairs, in increasing order."""
    leaves: list[int] = []
    for at in range(0, len(pairs), _FAN_OUT):
        part = pairs[at : at + _FAN_OUT]
        leaves.append(scribe.number())
        flat = b" ".join([b"%d %b" % pair for pair in part])
        scribe.put(leaves[-1], b"<</Nums[%b]/Limits[%d %d]>>" % (flat, part[0][0], part[-1][0]))
    scribe.put(root, b"<</Kids[%b]>>" % references(leaves))


def number_leaves(node: Object) -> list[tuple[int, bytes]]:
    """The pairs of a number tree that is known to be sound, the values as they are written."""
    flat = list(node.get(Name.Nums, []))
    pairs = [(int(key), value.unparse()) for key, value in zip(flat[::2], flat[1::2], strict=True)]
    for kid in node.get(Name.Kids, []):
        pairs += number_leaves(kid)
    return pairs
