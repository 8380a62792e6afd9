"""Blocks to paragraphs and tables."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    Inline,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Table,
)
from assembler.writers.word.bookmarks import bookmark_name
from assembler.writers.word.fields import field, run
from assembler.writers.word.inlines import PLAIN, Look, properties, write_inlines
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.numbering import HeadingCounter, list_indent
from assembler.writers.word.pictures import write_picture
from assembler.writers.word.tables import Cell, fit, shown_text, write_table
from assembler.writers.word.xml import Element, text, w

_QUOTE_INDENT = 425
_TASK = {True: "☒", False: "☐"}
_WIDE = 7  # columns beyond which a table is set in small type


def write_blocks(
    blocks: tuple[Block, ...], manuscript: Manuscript, place: Place, headings: HeadingWriter
) -> list[Element]:
    """The paragraphs and tables that show `blocks`; `headings` knows how the chapter's sections are numbered."""
    made: list[Element] = []
    for block in blocks:
        match block:
            case Paragraph(content, _):
                made.append(_paragraph(place.style, place.indent, _inlines(content, manuscript, place), manuscript))
            case Heading():
                made.append(headings.write(block, manuscript, place))
            case BulletList(items, _):
                number = manuscript.numbering.bullets()
                for item in items:
                    made += _item(item, number, "List Bullet", manuscript, place, headings)
            case OrderedList(items, start, _):
                number = manuscript.numbering.ordered(place.depth, start)
                for item in items:
                    made += _item(item, number, "List Number", manuscript, place, headings)
            case Table():
                made += _table(block, manuscript, place)
            case Figure():
                made += _figure(block, manuscript, place)
            case Quotation(inner, _):
                indent = place.indent + _QUOTE_INDENT
                made += write_blocks(inner, manuscript, replace(place, style="Quote", indent=indent), headings)
            case CodeBlock(lines, _):
                made.append(_paragraph("HTML Preformatted", place.indent, [_lines(lines)], manuscript))
            case Rule():
                made.append(_paragraph("Filet", place.indent, [], manuscript))
            case _:
                assert_never(block)
    return made


class HeadingWriter:
    """Writes the headings of one chapter; `number` is the numbering's id, None where nothing is numbered."""

    def __init__(self, number: int | None, chapter: str | None) -> None:
        self._number = number
        self._counter = HeadingCounter(chapter or "")

    def write(self, heading: Heading, manuscript: Manuscript, place: Place) -> Element:
        """The heading's paragraph: numbered by Word where Word finds the model's number, else with its number typed."""
        if place.in_note:
            runs = write_inlines(heading.content, manuscript, place, write_note, Look(bold=True))
            return _paragraph(place.style, place.indent, runs, manuscript)
        style = f"heading {min(heading.level, 4) + 1}"
        runs = _inlines(heading.content, manuscript, place)
        numbering = None
        if (
            self._number is not None
            and heading.number is not None
            and self._counter.agrees(heading.level, heading.number)
        ):
            numbering = _numbering(heading.level, self._number)
            manuscript.labels[bookmark_name(heading.anchor or "")] = heading.number
        elif heading.number is not None:
            runs.insert(0, w("r", text(heading.number), w("tab")))
        if numbering is None and manuscript.styles.is_numbered(style):
            numbering = _numbering(0, 0)
        if heading.anchor is not None:
            runs = manuscript.bookmarks.around(heading.anchor, runs)
        return w("p", w("pPr", w("pStyle", val=manuscript.styles[style]), numbering), *runs)


def write_note(blocks: tuple[Block, ...], manuscript: Manuscript, place: Place) -> int:
    """Keep a footnote; its id."""
    there = Place(manuscript.notes.part, place.width, place.height, style="footnote text", in_note=True)
    paragraphs = write_blocks(blocks, manuscript, there, HeadingWriter(None, None))
    if not paragraphs or not paragraphs[0].tag.endswith("}p"):
        paragraphs.insert(0, _paragraph("footnote text", 0, [], manuscript))
    mark = [w("r", properties(Look(style="footnote reference"), manuscript), w("footnoteRef")), run(" ")]
    for element in reversed(mark):
        paragraphs[0].insert(1, element)
    return manuscript.notes.add(paragraphs)


def _inlines(content: tuple[Inline, ...], manuscript: Manuscript, place: Place, look: Look = PLAIN) -> list[Element]:
    return write_inlines(content, manuscript, place, write_note, look)


def _paragraph(style: str | None, indent: int, runs: list[Element], manuscript: Manuscript) -> Element:
    # The properties stand even when empty: the mark of a note is put right after them.
    about = w(
        "pPr",
        None if style is None else w("pStyle", val=manuscript.styles[style]),
        w("ind", left=indent) if indent and not (style == "Quote" and indent == _QUOTE_INDENT) else None,
    )
    return w("p", about, *runs)


def _numbering(level: int, number: int) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=number))


def _item(
    item: ListItem, number: int, style: str, manuscript: Manuscript, place: Place, headings: HeadingWriter
) -> list[Element]:
    level = min(place.depth, 8)
    base = place.indent - (list_indent(place.depth - 1) if place.depth else 0)
    indent = base + list_indent(level)
    # An item that begins otherwise than by a paragraph still shows its mark, on a line of its own.
    first = item.blocks[0] if item.blocks else None
    opens = isinstance(first, Paragraph)
    runs = _inlines(first.content, manuscript, place) if isinstance(first, Paragraph) else []
    if item.checked is None:
        numbering = _numbering(level, number)
    else:
        box = w(
            "rPr",
            w("rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", eastAsia="MS Gothic", cs="Segoe UI Symbol"),
        )
        runs = [w("r", box, text(_TASK[item.checked])), w("r", w("tab")), *runs]
        numbering = _numbering(0, 0)
    shape = w("ind", left=indent, hanging=340) if item.checked is not None or base else None
    style = "footnote text" if place.in_note else style
    made = [w("p", w("pPr", w("pStyle", val=manuscript.styles[style]), numbering, shape), *runs)]
    below = replace(place, indent=indent, depth=place.depth + 1, style=place.style or "List Continue")
    return made + write_blocks(item.blocks[1:] if opens else item.blocks, manuscript, below, headings)


def _figure(figure: Figure, manuscript: Manuscript, place: Place) -> list[Element]:
    picture = write_picture(figure, manuscript, place)
    if not figure.caption:
        return [picture]
    return [picture, _caption("Figure", figure.number, figure.caption, manuscript, place, centred=True)]


def _caption(
    kind: str, number: int | None, content: tuple[Inline, ...], manuscript: Manuscript, place: Place, *, centred: bool
) -> Element:
    about = w(
        "pPr",
        w("pStyle", val=manuscript.styles["caption"]),
        None if centred else w("keepNext"),
        w("jc", val="center") if centred else None,
    )
    runs = _inlines(content, manuscript, place)
    if number is not None:
        counted = field(f"SEQ {kind} \\* ARABIC{manuscript.sequel(kind, number)}", [run(str(number))])
        runs = [run(f"{kind} "), *counted, run(" — "), *runs]
    return w("p", about, *runs)


def _table(table: Table, manuscript: Manuscript, place: Place) -> list[Element]:
    columns = len(table.alignments)
    if columns == 0:
        return []
    style, character = ("Texte de tableau", 98) if columns <= _WIDE else ("Texte de tableau serré", 78)
    rows = [table.header, *table.rows] if table.header else list(table.rows)
    cells: list[list[Cell]] = []
    for rank, row in enumerate(rows):
        look = Look(bold=True) if table.header and rank == 0 else PLAIN
        cells.append(
            [
                Cell([_cell(content, style, alignment, look, manuscript, place)])
                for content, alignment in zip(row, table.alignments, strict=True)
            ]
        )
    if not cells:
        return []
    texts = [[shown_text(row[column].paragraphs) for row in cells] for column in range(columns)]
    widths = fit(texts, place.width - place.indent, character, header=bool(table.header))
    caption = []
    if table.caption:
        caption = [_caption("Tableau", table.number, table.caption, manuscript, place, centred=False)]
    title = shown_text(caption) or "Tableau"
    return caption + write_table(cells, widths, manuscript, place, title, header=bool(table.header))


def _cell(
    content: tuple[Inline, ...], style: str, alignment: Alignment, look: Look, manuscript: Manuscript, place: Place
) -> Element:
    sides = {Alignment.LEFT: None, Alignment.CENTER: "center", Alignment.RIGHT: "right"}
    side = sides[alignment]
    about = w("pPr", w("pStyle", val=manuscript.styles[style]), None if side is None else w("jc", val=side))
    return w("p", about, *_inlines(content, manuscript, place, look))


def _lines(lines: str) -> Element:
    made = w("r")
    for rank, line in enumerate(lines.split("\n")):
        if rank:
            made.append(w("br"))
        made.append(text(line.expandtabs(4)))
    return made
