"""From lines as ordinary people type them to the blocks they meant.

Python-Markdown alone reads the block structure of everyday files wrongly in two cases out of three (a list right
under a paragraph, sublists by two spaces, tables without a blank line…). Here containers are found as CommonMark finds
them, with these differences, all on the side of what the author meant: no block of code by indentation; a child of a
list item is anything two columns right of its marker; bullets of Word are bullets; a table ends at the first line
without `|`.
"""

from __future__ import annotations

from assembler.model.finding import error, note, warning
from assembler.model.source import Source
from assembler.readers.narrative import starts
from assembler.readers.narrative.grid import alignments_of, cells_of, fit, is_delimiter_row
from assembler.readers.narrative.headings import heading_part
from assembler.readers.narrative.leaves import Kept, plain_part, text_parts
from assembler.readers.narrative.limits import DEPTH, PARAGRAPH_CHARACTERS
from assembler.readers.narrative.marks import line_mark
from assembler.readers.narrative.outline import (
    FencePart,
    ItemPart,
    Line,
    ListPart,
    NotePart,
    Part,
    QuotePart,
    RulePart,
    TablePart,
)


def outline(lines: list[Line], kept: Kept, depth: int = 0) -> tuple[Part, ...]:
    """The blocks of one container (the file, a quotation, a list item). Footnotes and findings go to `kept`."""
    if depth > DEPTH:
        kept.add(error("markdown-too-complex", Source(kept.file, lines[0].number) if lines else None))
        return plain_part(lines)
    parts: list[Part] = []
    paragraph: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.text.strip():
            parts += text_parts(paragraph, kept)
            paragraph, index = [], index + 1
            continue
        if paragraph and not line.lazy and (underline := starts.SETEXT.fullmatch(line.text)):
            parts += _underlined(paragraph, underline[1], kept)
            paragraph, index = [], index + 1
            continue
        found = None if line.lazy and paragraph else _block(lines, index, paragraph, kept, depth)
        if found is None:
            paragraph.append(line)
            index += 1
        else:
            block, index = found
            parts += [*text_parts(paragraph, kept), *block]
            paragraph = []
    return (*parts, *text_parts(paragraph, kept))


def _underlined(paragraph: list[Line], underline: str, kept: Kept) -> tuple[Part, ...]:
    if underline.startswith("-"):
        kept.add(warning("heading-underlined", Source(kept.file, paragraph[-1].number)))
    text = " ".join(line.text.strip() for line in paragraph)
    return heading_part(paragraph[0].number, 1 if underline.startswith("=") else 2, text, kept)


def _block(
    lines: list[Line], index: int, paragraph: list[Line], kept: Kept, depth: int
) -> tuple[tuple[Part, ...], int] | None:
    """The block that begins at `index`, and the index after it; None when the line is text."""
    number, text, *_ = lines[index]
    if len(text) > PARAGRAPH_CHARACTERS:
        return None
    if starts.is_rule(text):
        return (RulePart(number),), index + 1
    if heading := starts.heading_start(text):
        return heading_part(number, *heading, kept), index + 1
    if (quote := starts.QUOTE.match(text)) and not (paragraph and starts.indent_of(text) > 3 and quote):
        return _quote(lines, index, kept, depth)
    if starts.FENCE.fullmatch(text):
        return _fence(lines, index, kept)
    if definition := starts.NOTE.match(text):
        return _note(lines, index, definition[1], definition.end(), kept, depth)
    item = starts.item_start(text)
    if item and (_interrupts(lines, index, item) if paragraph else not _lone_dash(lines, index, item)):
        return _list(lines, index, kept, depth)
    if "|" in text and index + 1 < len(lines) and is_delimiter_row(lines[index + 1].text):
        return _table(lines, index, kept)
    return None


def _interrupts(lines: list[Line], index: int, item: starts.Item) -> bool:
    before = lines[index - 1]
    return starts.interrupts(item, before.text, _text_at(lines, index + 1), before.opens)


def _lone_dash(lines: list[Line], index: int, item: starts.Item) -> bool:
    """Whether a paragraph begins with a long dash as in a dialogue: no list around it, and no other such line below."""
    if item.marker != "—":
        return False
    before = next((lines[above] for above in range(index - 1, -1, -1) if lines[above].text.strip()), None)
    if before and (before.opens or starts.item_start(before.text) or before.text.rstrip().endswith((":", ";"))):
        return False
    for after in range(index + 1, len(lines)):
        if starts.is_next(lines[after].text, item):
            return False
        if lines[after].text.strip() and not lines[after - 1].text.strip():
            return True
    return True


def _text_at(lines: list[Line], index: int) -> str:
    return lines[index].text if index < len(lines) else ""


def _quote(lines: list[Line], index: int, kept: Kept, depth: int) -> tuple[tuple[Part, ...], int]:
    inner: list[Line] = []
    open_text = _OpenText()
    first = lines[index].number
    while index < len(lines):
        number, text, lazy, _ = lines[index]
        if not lazy and (mark := starts.QUOTE.match(text)):
            inner.append(Line(number, text[mark.end() :]))
        elif open_text.goes_on(text, _text_at(lines, index + 1)):
            inner.append(Line(number, text, lazy=True))
        else:
            break
        open_text.see(inner[-1])
        index += 1
    return (QuotePart(first, outline(inner, kept, depth + 1)),), index


def _list(lines: list[Line], index: int, kept: Kept, depth: int) -> tuple[tuple[Part, ...], int]:
    first = starts.item_start(lines[index].text)
    assert first is not None  # the caller found it
    if first.pasted:
        bullet = {"named": first.named} if first.named else {"bullet": first.marker}
        kept.add(note("bullet-converted", Source(kept.file, lines[index].number), **bullet))
    items: list[ItemPart] = []
    while index < len(lines):
        item = starts.item_start(lines[index].text)
        if item is None or item.marker != first.marker:
            break
        inner, after = _inside_item(lines, index, item)
        items.append(ItemPart(lines[index].number, outline(inner, kept, depth + 1)))
        index = after
    return (ListPart(tuple(items), first.number),), index


def _inside_item(lines: list[Line], index: int, item: starts.Item) -> tuple[list[Line], int]:
    """The lines inside the item that begins at `index`, without its indentation, and the index after it."""
    first = Line(lines[index].number, item.text, opens=True)
    threshold = min(item.offset, item.indent + 2)
    open_text = _OpenText()
    open_text.see(first)
    children: list[Line] = []
    index += 1
    empty = not item.text
    while index < len(lines):
        number, text, lazy, _ = lines[index]
        indent = starts.indent_of(text)
        if not text.strip():
            if empty and not children and index + 1 < len(lines) and not lines[index + 1].text.strip():
                break
            child = Line(number, "")
        elif not lazy and indent >= threshold and not _is_sibling(text, indent, item):
            if empty and children and not any(child.text for child in children):
                break
            child = lines[index]
        elif not starts.is_next(text, item) and open_text.goes_on(text, _text_at(lines, index + 1)):
            child = Line(number, text, lazy=True)
        else:
            break
        children.append(child)
        open_text.see(child)
        index += 1
    return [first, *_dedented(children, item.offset)], index


def _is_sibling(text: str, indent: int, item: starts.Item) -> bool:
    """Whether a numbered line, left of the text of a numbered item, is the next one: « 1. », «  2. »."""
    if item.number is None or indent >= item.offset:
        return False
    return starts.is_next(text, item)


def _dedented(lines: list[Line], offset: int) -> list[Line]:
    indents = [starts.indent_of(line.text) for line in lines if line.text and not line.lazy]
    width = min([offset, *indents])
    return [line if line.lazy else line._replace(text=line.text[width:]) for line in lines]


def _fence(lines: list[Line], index: int, kept: Kept) -> tuple[tuple[Part, ...], int]:
    number, text, *_ = lines[index]
    opening = starts.FENCE.fullmatch(text)
    assert opening is not None  # the caller found it
    indent, ticks = len(opening[1]), opening[2]
    words = opening[3].strip()
    content = [words] if " " in words else []
    for end in range(index + 1, len(lines)):
        line = lines[end].text
        stripped = line.strip()
        if len(stripped) >= len(ticks) and not stripped.strip(ticks[0]):
            return (FencePart(number, "\n".join(content)),), end + 1
        content.append(line[min(indent, starts.indent_of(line)) :])
    kept.add(error("fence-unclosed", Source(kept.file, number)))
    return (FencePart(number, "\n".join(content).rstrip("\n")),), len(lines)


def _note(lines: list[Line], index: int, key: str, start: int, kept: Kept, depth: int) -> tuple[tuple[Part, ...], int]:
    number, text, *_ = lines[index]
    as_item = starts.Item(starts.indent_of(text), starts.indent_of(text) + 4, "[^]:", None, text[start:])
    inner, after = _inside_item(lines, index, as_item)
    kept.notes.append(NotePart(number, key, outline(inner, kept, depth + 1)))
    return (), after


def _table(lines: list[Line], index: int, kept: Kept) -> tuple[tuple[Part, ...], int]:
    first = lines[index]
    rows = [(first.number, cells_of(first.text))]
    width = max(len(rows[0][1]), 1)
    end = index + 2
    while end < len(lines) and "|" in lines[end].text and not starts.starts_block(lines[end].text, ""):
        rows.append((lines[end].number, cells_of(lines[end].text)))
        end += 1
    below = lines[end].text.strip() if end < len(lines) else ""
    if below and not below.startswith((":", "Tab", "tab")) and not starts.starts_block(below, ""):
        kept.add(note("table-glued", Source(kept.file, lines[end].number)))
    if any(kept.refuses(cell, number) for number, cells in rows for cell in cells):
        return plain_part(lines[index:end]), end
    marked = [tuple(_cell(number, cell) for cell in fit(cells, width)) for number, cells in rows]
    header = marked[0] if any(rows[0][1]) else ()
    return (TablePart(first.number, header, tuple(marked[1:]), alignments_of(lines[index + 1].text, width)),), end


def _cell(number: int, text: str) -> str:
    return f"{line_mark(number)} {text}" if text else ""


class _OpenText:
    """Follows the lines of a container to know whether a line without its mark goes on with its last paragraph."""

    def __init__(self) -> None:
        self._last = Line(0, "")
        self._fence: str | None = None

    def see(self, line: Line) -> None:
        self._last = line
        fence = starts.FENCE.fullmatch(line.text)
        if fence and self._fence is None:
            self._fence = fence[2]
        elif fence and self._fence and fence[2].startswith(self._fence) and not fence[3].strip():
            self._fence = None

    def goes_on(self, text: str, after: str) -> bool:
        return (
            self._fence is None
            and bool(text.strip())
            and starts.is_open_text(self._last.text)
            and not starts.starts_block(text, self._last.text, after, self._last.opens)
            and ((item := starts.item_start(text)) is None or item.dash)
        )
