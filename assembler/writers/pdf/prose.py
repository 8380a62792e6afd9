"""Makes the blocks of a chapter ready for the layout: sizes of tables and pictures, places, levels of headings."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from assembler.writers.pdf.guard import Node, breakable, walk, words_of

_LONGEST_WORD = 28
_SIZES = ((4, 9.5), (6, 9.0), (8, 8.0), (10, 7.0), (99, 6.0))  # points, by number of columns
_DEEPEST = 4
_SMALL_ROWS, _SMALL_TEXT = 12, 1200  # a table that surely holds on half a page, and so is not cut


def prepare_blocks(blocks: list[Node], exhibit_word: str) -> list[Node]:
    """`blocks` in the shape that `layout/text.typ` reads. Changes them in place."""
    levels = _Levels()
    walk(blocks, lambda node: _prepare(node, exhibit_word, levels))
    return blocks


class _Levels:
    """The level of the last heading, to refuse a leap: a reader by ear would look for the missing rung."""

    def __init__(self) -> None:
        self.last = 0

    def settle(self, level: int) -> int:
        self.last = min(level, self.last + 1, _DEEPEST)
        return self.last


def _prepare(node: Node, exhibit_word: str, levels: _Levels) -> None:
    match node["type"]:
        case "Text" | "Code":
            node["text"] = breakable(node["text"], _LONGEST_WORD)
        case "ExhibitLink":
            node["shown"] = exhibit_word.format(label=node["label"]).replace(" ", "\u00a0")
        case "WebLink":
            _prepare_link(node)
        case "Heading":
            _prepare_heading(node, levels)
        case "BulletList" | "OrderedList":
            node["tight"] = all(len(item["blocks"]) < 2 for item in node["items"])
            node["items"] = [item for item in node["items"] if item["blocks"]] or [{"blocks": [], "checked": None}]
        case "Table":
            _prepare_table(node)
        case "Figure":
            node["alternative"] = node["alternative"].strip() or words_of(node["caption"]).strip() or "Illustration"
        case _:
            pass


def _prepare_link(node: Node) -> None:
    if not words_of(node["content"]).strip():
        node["content"] = [{"type": "Text", "text": node["url"]}]


def _prepare_heading(node: Node, levels: _Levels) -> None:
    if not words_of(node["content"]).strip():
        node |= {"type": "Place"} if node["anchor"] else {"type": "Paragraph", "content": []}
        return
    node["level"] = levels.settle(node["level"])
    node["places"] = _places(node["content"])


def _prepare_table(node: Node) -> None:
    columns = len(node["alignments"])
    node["size"] = next(size for most, size in _SIZES if columns <= most)
    node["places"] = [place for cell in node["header"] for place in _places(cell)]
    longest = max(8, 90 // max(columns, 1))
    for row in [node["header"], *node["rows"]]:
        walk([inline for cell in row for inline in cell], lambda inline: _shorten(inline, longest))
    node["whole"] = len(node["rows"]) <= _SMALL_ROWS and _length(node) <= _SMALL_TEXT
    node["widths"] = [_width(cells) for cells in _columns(node)] or [1]


def _length(node: Node) -> int:
    return sum(len(words_of(cell)) for row in node["rows"] for cell in row)


def _shorten(inline: Node, longest: int) -> None:
    if inline["type"] in ("Text", "Code"):
        inline["text"] = breakable(inline["text"], min(longest, _LONGEST_WORD))


def _columns(node: Node) -> list[tuple[str, ...]]:
    rows = ([words_of(cell) for cell in row] for row in [node["header"], *node["rows"]] if row)
    return list(zip_longest(*rows, fillvalue=""))


def _width(cells: tuple[str, ...]) -> float:
    """A share of the line: room for the longest word, then for the longest text, within reason."""
    word = max((len(part) for cell in cells for part in cell.replace("\u200b", " ").split()), default=1)
    text = max(map(len, cells), default=1)
    return float(max(4, word, min(text, 60) ** 0.85))


def _places(content: list[Node]) -> list[str]:
    found: list[str] = []

    def note(node: Node) -> None:
        if node["type"] == "ExhibitLink" and node["anchor"]:
            found.append(node["anchor"])

    walk(content, note)
    return found


def section_titles(blocks: list[Node]) -> list[str]:
    """The titles that the contents will show below the chapter's own."""
    titles = [block for block in blocks if block["type"] == "Heading" and block["level"] == 1]
    return [f"{block['number'] or ''}  {words_of(block['content'])}".strip() for block in titles]


def plain_titles(blocks: list[Node]) -> dict[str, str]:
    """The titles with a note, by anchor, without it: the contents must not call the note again."""
    found: dict[str, str] = {}

    def note(node: Node) -> None:
        if (
            node["type"] == "Heading"
            and node["anchor"]
            and any(child["type"] == "Footnote" for child in node["content"])
        ):
            found[node["anchor"]] = f"{node['number'] or ''} {words_of(node['content'])}".strip()

    walk(blocks, note)
    return found


def anchors_of(blocks: list[Node]) -> list[str]:
    """Every place named in `blocks`, in order."""
    found: list[str] = []

    def note(node: dict[str, Any]) -> None:
        if node["type"] in ("Heading", "Place", "ExhibitLink") and node.get("anchor"):
            found.append(node["anchor"])

    walk(blocks, note)
    return found
