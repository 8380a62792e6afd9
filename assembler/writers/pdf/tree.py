"""Page tree, outline and number tree written by hand: a library that inserts page by page takes a quadratic time."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf

_FAN_OUT = 64


def plant_pages(pdf: Pdf, runs: Sequence[Sequence[Object]]) -> None:
    """Give `pdf` these pages, in order, under a balanced tree where each run is a node of its own."""
    root = _grow(pdf, [_grow(pdf, [(page, 1) for page in run]) for run in runs if run])[0]
    pdf.Root.Pages = root


def _grow(pdf: Pdf, nodes: list[tuple[Object, int]]) -> tuple[Object, int]:
    """Nodes with their numbers of pages, gathered under one."""
    while True:
        nodes = [_gathered(pdf, nodes[at : at + _FAN_OUT]) for at in range(0, len(nodes), _FAN_OUT)]
        if len(nodes) == 1:
            return nodes[0]


def _gathered(pdf: Pdf, nodes: list[tuple[Object, int]]) -> tuple[Object, int]:
    count = sum(pages for _, pages in nodes)
    parent = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=count, Kids=Array([node for node, _ in nodes])))
    for node, _ in nodes:
        node[Name.Parent] = parent
    return parent, count


def plant_numbers(pdf: Pdf, pairs: Sequence[tuple[int, Object]]) -> Object:
    """A number tree of two levels with these pairs, in increasing order."""
    leaves = []
    for at in range(0, len(pairs), _FAN_OUT):
        part = pairs[at : at + _FAN_OUT]
        flat = Array([item for pair in part for item in pair])
        leaves.append(pdf.make_indirect(Dictionary(Nums=flat, Limits=[part[0][0], part[-1][0]])))
    return pdf.make_indirect(Dictionary(Kids=Array(leaves)))


def number_leaves(node: Object) -> list[tuple[int, Object]]:
    """The pairs of a number tree that is known to be sound."""
    flat = list(node.get(Name.Nums, []))
    pairs = [(int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True)]
    for kid in node.get(Name.Kids, []):
        pairs += number_leaves(kid)
    return pairs
