"""Tables of a template: widths, merged cells, and the lines and shades that the style and the cells give them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from assembler.model.charter import Anchoring, Border, Cell, Row, Sides, Table
from assembler.readers.charter.parts import Element, number, points, val, w
from assembler.readers.charter.styles import four

if TYPE_CHECKING:
    from assembler.readers.charter.pieces import Pieces, Setting

_MOST_COLUMNS = 60
_INSET = (0.0, 5.4, 0.0, 5.4)  # points: Word's own margins of a cell
_ON = (None, "1", "true", "on")
_ALIGNED = {"center": "horizon", "bottom": "bottom"}
# The parts of a table that a style may treat apart, the strongest last, with the flag and the bit that call for each.
_PARTS = (
    ("band1Horz", "noHBand", 0x0200), ("firstCol", "firstColumn", 0x0080), ("lastCol", "lastColumn", 0x0100),
    ("lastRow", "lastRow", 0x0040), ("firstRow", "firstRow", 0x0020),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the whole table gives its cells."""

    borders: dict[str, Border | None]
    inset: tuple[float, float, float, float]
    styles: list[Element]
    looks: frozenset[str]
    rows: int
    columns: int


def read_table(pieces: Pieces, table: Element, setting: Setting) -> Table:
    """The table `w:tbl`."""
    about = table.find(w("tblPr"))
    style = None if about is None else val(about.find(w("tblStyle")))
    properties = [*pieces.styles.properties(style, "tblPr"), *([] if about is None else [about])]
    widths = [points(val(column, "w")) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")][:_MOST_COLUMNS]
    rows = [row for row in table.iter(w("tr")) if next(row.iterancestors(w("tbl"))) is table]
    borders: dict[str, Border | None] = {}
    inset = _INSET
    for each in properties:
        borders |= pieces.styles.sides(each.find(w("tblBorders")))
        inset = _inset(each.find(w("tblCellMar")), inset)
    frame = _Frame(borders, inset, pieces.styles.chain(style), _looks(about), len(rows), len(widths))
    made = [_row(pieces, row, rank, frame, setting) for rank, row in enumerate(rows)]
    columns = max([len(widths), *(sum(cell.span for cell in row.cells) for row in made)], default=1)
    widths = _widths(widths, rows, columns)
    indent = None if about is None else about.find(w("tblInd"))
    shift = frame.inset[3] if pieces.hung else 0.0
    align = None if about is None else val(about.find(w("jc")))
    return Table(
        tuple(widths),
        tuple(_merged(made, rows)),
        {"center": "center", "right": "right", "end": "right"}.get(align or "", "left"),
        (points(val(indent, "w")) if val(indent, "type") != "pct" else 0) - shift,
        _anchoring(None if about is None else about.find(w("tblpPr"))),
    )


def _row(pieces: Pieces, row: Element, rank: int, frame: _Frame, setting: Setting) -> Row:
    about = row.find(w("trPr"))
    height = None if about is None else about.find(w("trHeight"))
    header = None if about is None else about.find(w("tblHeader"))
    cells: list[Cell] = []
    column = int(number(val(None if about is None else about.find(w("gridBefore")))))
    if column:
        cells.append(Cell((), column, 1, "", (None,) * 4, "top", frame.inset))
    for cell in _cells(row):
        span = max(1, min(int(number(val(cell.find(f"{w('tcPr')}/{w('gridSpan')}")), 1)), _MOST_COLUMNS))
        cells.append(_cell(pieces, cell, span, (rank, column), frame, setting))
        column += span
    return Row(tuple(cells), points(val(height)), header is not None and val(header) in _ON)


def _cells(row: Element) -> list[Element]:
    found: list[Element] = []
    for child in row:
        if child.tag == w("tc"):
            found.append(child)
        elif child.tag in (w("sdt"), w("sdtContent")):
            found += _cells(child)
    return found


def _cell(pieces: Pieces, cell: Element, span: int, place: tuple[int, int], frame: _Frame, setting: Setting) -> Cell:
    rank, column = place
    own = cell.find(w("tcPr"))
    treated = _treated(frame, rank, column, span)
    letters = [*chain.from_iterable(style.findall(w("rPr")) for style in frame.styles), *_all(treated, "rPr")]
    layouts = [*chain.from_iterable(style.findall(w("pPr")) for style in frame.styles), *_all(treated, "pPr")]
    given = [*_all(treated, "tcPr"), *([] if own is None else [own])]
    base = {
        "top": frame.borders.get("top" if rank == 0 else "insideH"),
        "bottom": frame.borders.get("bottom" if rank == frame.rows - 1 else "insideH"),
        "left": frame.borders.get("left" if column == 0 else "insideV"),
        "right": frame.borders.get("right" if column + span >= frame.columns else "insideV"),
    }
    borders: Sides = four(base)
    fill, align, inset = "", "top", frame.inset
    for properties in given:
        borders = four(pieces.styles.sides(properties.find(w("tcBorders"))), borders)
        fill = pieces.styles.fill(properties) if properties.find(w("shd")) is not None else fill
        align = _ALIGNED.get(val(properties.find(w("vAlign"))) or "", align)
        inset = _inset(properties.find(w("tcMar")), inset)
    inside = replace(setting, letters=tuple(letters), layouts=tuple(layouts), depth=setting.depth + 1)
    return Cell(tuple(pieces.read(cell, inside)), span, 1, fill, borders, align, inset)


def _treated(frame: _Frame, rank: int, column: int, span: int) -> list[Element]:
    """What the table's style says of this row and this column, the strongest last."""
    headed = "firstRow" in frame.looks
    there = {
        "band1Horz": (rank - headed) % 2 == 0 and not (headed and rank == 0),
        "firstCol": column == 0,
        "lastCol": column + span >= frame.columns,
        "lastRow": rank == frame.rows - 1,
        "firstRow": rank == 0,
    }
    names = ["wholeTable", *(part for part, _, _ in _PARTS if part in frame.looks and there[part])]
    return [
        one
        for part in names
        for style in frame.styles
        for one in style.findall(w("tblStylePr"))
        if one.get(w("type")) == part
    ]


def _looks(about: Element | None) -> frozenset[str]:
    """The parts of the style that this table wears."""
    look = None if about is None else about.find(w("tblLook"))
    if look is None:
        return frozenset()
    written = val(look) or "0"
    bits = int(written, 16) if all(letter in "0123456789abcdefABCDEF" for letter in written) else 0
    worn: set[str] = set()
    for part, flag, bit in _PARTS:
        asked = val(look, flag)
        on = asked in _ON[1:] if asked is not None else bool(bits & bit if flag != "noHBand" else bits & 0x0200)
        if on != (flag == "noHBand"):
            worn.add(part)
    return frozenset(worn)


def _merged(rows: list[Row], elements: list[Element]) -> list[Row]:
    """Cells merged down: the first grows, those below go."""
    made = [list(row.cells) for row in rows]
    going: dict[int, tuple[int, int]] = {}  # the column to the row and the rank of the cell that grows there
    for at, element in enumerate(elements):
        column = 0
        kept: list[Cell] = []
        merges = [cell.find(f"{w('tcPr')}/{w('vMerge')}") for cell in _cells(element)]
        first = len(made[at]) - len(merges)
        for rank, cell in enumerate(made[at]):
            merge = merges[rank - first] if rank >= first else None
            if merge is not None and val(merge) != "restart" and column in going:
                top, place = going[column]
                made[top][place] = replace(made[top][place], rows=made[top][place].rows + 1)
            else:
                going.pop(column, None)
                if merge is not None:
                    going[column] = (at, len(kept))
                kept.append(cell)
            column += cell.span
        made[at] = kept
    return [replace(row, cells=tuple(cells)) for row, cells in zip(rows, made, strict=True)]


def _widths(widths: list[float], rows: list[Element], columns: int) -> list[float]:
    """As many widths as there are columns: those of the grid, else those that the cells of one row say."""
    if len(widths) >= columns and all(width > 0 for width in widths):
        return widths
    for row in rows:
        said = [points(val(cell.find(f"{w('tcPr')}/{w('tcW')}"), "w")) for cell in _cells(row)]
        if len(said) == columns and all(width > 0 for width in said):
            return said
    return [*(width or 1.0 for width in widths), *[1.0] * columns][:columns]


def _inset(margins: Element | None, before: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    if margins is None:
        return before
    found = {str(one.tag).rpartition("}")[2]: points(val(one, "w")) for one in margins if isinstance(one.tag, str)}
    left, right = found.get("left", found.get("start", before[3])), found.get("right", found.get("end", before[1]))
    return found.get("top", before[0]), right, found.get("bottom", before[2]), left


def _anchoring(floating: Element | None) -> Anchoring | None:
    if floating is None:
        return None
    bands = {"page": "page", "margin": "margin"}
    across, down = val(floating, "tblpXSpec") or "", val(floating, "tblpYSpec") or ""
    return Anchoring(
        bands.get(val(floating, "horzAnchor") or "", "text"),
        bands.get(val(floating, "vertAnchor") or "", "text"),
        points(val(floating, "tblpX")),
        points(val(floating, "tblpY")),
        across if across in ("left", "center", "right") else "",
        {"top": "top", "center": "horizon", "bottom": "bottom"}.get(down, ""),
    )


def _all(treated: list[Element], tag: str) -> list[Element]:
    return [found for one in treated for found in one.findall(w(tag))]
