"""Headers and footers: the room they take, as Word gives it by moving the text, and the page numbers none must lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assembler.model.charter import (
    Charter,
    Drawing,
    Layout,
    LineBreak,
    Page,
    PageNumber,
    Paragraph,
    Piece,
    Running,
    Section,
    Table,
    Words,
)
from assembler.writers.pdf.fonts import Face
from assembler.writers.pdf.marks import flat

_EDGE = 22.0  # points that no printer reaches
_LETTER = 0.5  # of the size: the mean width of a letter


def room(section: Section, faces: Mapping[str, Face]) -> tuple[Page, float]:
    """The section's page with margins as wide as its headers and footers want, and what its first page wants beyond."""
    page = section.page
    width = page.width - page.left - page.right

    def needed(pieces: tuple[Piece, ...] | None, distance: float) -> float:
        return distance + height(pieces, width, faces) if pieces else 0.0

    def usual(run: Running, distance: float) -> float:
        return max(needed(run.usual, distance), needed(run.even, distance))

    top = max(page.top, usual(section.headers, page.header))
    bottom = max(page.bottom, usual(section.footers, page.footer))
    if page.height - top - bottom < 72:
        return page, 0.0
    extra = max(0.0, needed(section.headers.first, page.header) - top)
    return replace(page, top=round(top, 2), bottom=round(bottom, 2)), round(extra, 2)


def counts(run: Running) -> bool:
    """Whether a header or footer shows the number of its page."""
    return any(
        isinstance(span, PageNumber)
        for part in (run.usual, run.first, run.even)
        for piece in flat(part or ())
        if isinstance(piece, Paragraph)
        for span in piece.spans
    )


def with_numbers(section: Section, charter: Charter) -> Section:
    """The section with « 3 / 40 » at its foot: no page of a dossier that is cited by its pages goes without."""
    style = charter.style("footer")
    lettering = replace(style.lettering, size=min(style.lettering.size, 9.0))
    line = Paragraph(
        (PageNumber(False, lettering), Words(" / ", lettering), PageNumber(True, lettering)),
        Layout(align="right"),
        lettering,
    )
    foot = section.footers
    return replace(
        section,
        page=replace(section.page, footer=max(section.page.footer, _EDGE)),
        footers=replace(foot, usual=(*foot.usual, line), even=None if foot.even is None else (*foot.even, line)),
    )


def height(pieces: tuple[Piece, ...], width: float, faces: Mapping[str, Face]) -> float:
    """About how high these pieces stand on a column of that width."""
    total, gap = 0.0, 0.0
    for nth, piece in enumerate(pieces):
        if isinstance(piece, Paragraph):
            total += max(gap, piece.layout.before) if nth else piece.layout.before
            total += _paragraph(piece, width - piece.layout.left - piece.layout.right, faces)
            gap = piece.layout.after
        elif isinstance(piece, Table):
            total += gap + _table(piece, faces)
            gap = 0.0
    return total + gap


def _paragraph(piece: Paragraph, width: float, faces: Mapping[str, Face]) -> float:
    layout = piece.layout
    lines, letters, tallest = 1, 0.0, 0.0
    sizes = [piece.lettering] if not any(isinstance(span, (Words, PageNumber)) for span in piece.spans) else []
    for span in piece.spans:
        if isinstance(span, (Words, PageNumber)):
            sizes.append(span.lettering)
            letters += span.lettering.size * _LETTER * (len(span.text) if isinstance(span, Words) else 2)
        elif isinstance(span, Drawing) and span.anchoring is None:
            tallest = max(tallest, span.height)
            letters += span.width
        elif isinstance(span, LineBreak):
            lines += 1
    lines += int(letters // max(width, 36.0)) if not layout.tabs else 0
    line = max(
        ((faces[one.font].ascent + faces[one.font].descent) * one.size * layout.line for one in sizes), default=0
    )
    borders = sum(one.width + one.space for one in (layout.borders[0], layout.borders[2]) if one)
    return max((layout.exact or line) * lines, tallest + line * (lines - 1)) + borders


def _table(table: Table, faces: Mapping[str, Face]) -> float:
    if table.anchoring is not None and table.anchoring.from_y != "text":
        return 0.0
    total = 0.0
    for row in table.rows:
        column, tallest = 0, row.height
        for cell in row.cells:
            width = sum(table.widths[column : column + cell.span]) - cell.inset[1] - cell.inset[3]
            column += cell.span
            tallest = max(tallest, height(cell.content, width, faces) + cell.inset[0] + cell.inset[2])
        total += tallest
    return total
