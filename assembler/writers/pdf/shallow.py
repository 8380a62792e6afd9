"""Keeps text within the depth that the layout engine can walk, and its places unique."""

from __future__ import annotations

from assembler.writers.pdf.guard import Node, walk

_BUDGET = 54  # function calls: the engine refuses more than 80 in one another, layout included
_BLOCK_COST, _INLINE_COST = 6, 3
_HOLDERS = frozenset(
    {
        "Emphasis",
        "Strong",
        "Strike",
        "Superscript",
        "Subscript",
        "WebLink",
        "Footnote",
        "Inserted",
        "Removed",
        "PlaceLink",
    }
)


def shallow(blocks: list[Node], left: int = _BUDGET) -> list[Node]:
    """`blocks` where what is nested too deep (ten lists in one another) is brought up a level: no word is lost."""
    return [kept for block in blocks for kept in _block(block, left)]


def _block(block: Node, left: int) -> list[Node]:
    match block["type"]:
        case "BulletList" | "OrderedList":
            if left < 2 * _BLOCK_COST:
                return [kept for item in block["items"] for kept in shallow(_brought_up(item), left)]
            for item in block["items"]:
                item["blocks"] = shallow(item["blocks"], left - _BLOCK_COST)
        case "Quotation":
            if left < 2 * _BLOCK_COST:
                return shallow(block["blocks"], left)
            block["blocks"] = shallow(block["blocks"], left - _BLOCK_COST)
        case "Table":
            block["header"] = [_inlines(cell, left - _BLOCK_COST) for cell in block["header"]]
            block["rows"] = [[_inlines(cell, left - _BLOCK_COST) for cell in row] for row in block["rows"]]
            block["caption"] = _inlines(block["caption"], left - _BLOCK_COST)
        case "Figure":
            block["caption"] = _inlines(block["caption"], left - _BLOCK_COST)
        case "Paragraph" | "Heading":
            block["content"] = _inlines(block["content"], left)
        case _:
            pass
    return [block]


def _brought_up(item: Node) -> list[Node]:
    """The blocks of an item that is one no more, with the bar it had."""
    for block in item["blocks"]:
        if "bar" in item:
            block.setdefault("bar", item["bar"])
    return list(item["blocks"])


def _inlines(inlines: list[Node], left: int) -> list[Node]:
    return [kept for inline in inlines for kept in _inline(inline, left)]


def _inline(inline: Node, left: int) -> list[Node]:
    if inline["type"] not in _HOLDERS:
        return [inline]
    if inline["type"] == "Footnote":
        inline["content"] = shallow(inline["content"], left - _BLOCK_COST)
        return [inline]
    if left < _INLINE_COST:
        return _inlines(inline["content"], left)
    inline["content"] = _inlines(inline["content"], left - _INLINE_COST)
    return [inline]


def single_places(blocks: list[Node], taken: set[str]) -> list[Node]:
    """`blocks` where a place already in `taken` is named no more: a link must know where to go. Adds to `taken`."""

    def settle(node: Node) -> None:
        if node.get("anchor") and node["type"] in ("Heading", "ExhibitLink"):
            if node["anchor"] in taken:
                node["anchor"] = None
            else:
                taken.add(node["anchor"])

    walk(blocks, settle)
    return blocks
