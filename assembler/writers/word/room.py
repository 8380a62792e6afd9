"""The room there is at a place of the template: that of its section, or of the table cell it stands in."""

from __future__ import annotations

from assembler.writers.word.manuscript import Place
from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, name

_MARGINS = 216  # twips between the text of a cell and its sides, as Word makes them


def place_of(mark: Element, package: Package) -> Place:
    """The room there is at a mark."""
    body = next(package.tree(package.document).iter(name("body")))
    top = top_of(mark, body)
    following = [section for sibling in [top, *top.itersiblings()] for section in sibling.iter(name("sectPr"))]
    size = following[0].find(name("pgSz")) if following else None
    margins = following[0].find(name("pgMar")) if following else None
    width = _twips(size, "w", 11906) - _twips(margins, "left", 1417) - _twips(margins, "right", 1417)
    height = _twips(size, "h", 16838) - abs(_twips(margins, "top", 1417)) - abs(_twips(margins, "bottom", 1417))
    cell = next(mark.iterancestors(name("tc")), None)
    return Place(package.document, width if cell is None else min(width, _inside(cell, width)), height)


def top_of(mark: Element, body: Element) -> Element:
    """The child of `body` that holds a mark, or is it."""
    return next((one for one in [mark, *mark.iterancestors()] if one.getparent() is body), mark)


def _inside(cell: Element, otherwise: int) -> int:
    """The width of a cell’s text: that of the columns it spans, else what the cell says of itself."""
    row, table = next(cell.iterancestors(name("tr"))), next(cell.iterancestors(name("tbl")))
    columns = [_twips(column, "w", 0) for column in table.iterfind(f"{name('tblGrid')}/{name('gridCol')}")]
    start = 0
    for other in row.iter(name("tc")):
        if next(other.iterancestors(name("tr"))) is not row:
            continue
        span = _twips(other.find(f"{name('tcPr')}/{name('gridSpan')}"), "val", 1)
        if other is cell:
            width = sum(columns[start : start + span])
            break
        start += span
    width = width or _twips(cell.find(f"{name('tcPr')}/{name('tcW')}"), "w", otherwise)
    return max(width - _MARGINS, _MARGINS)


def _twips(element: Element | None, attribute: str, otherwise: int) -> int:
    found = None if element is None else element.get(name(attribute))
    try:
        return otherwise if found is None else int(float(found))
    except ValueError:
        return otherwise
