"""The look of a Word template as plain values: its pages, its styles, and what stands on it around our own chapters.

Lengths are in points, colours « #RRGGBB » (empty: none), line heights a multiple of the font's own.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lettering:
    """How characters look. `caps` is `all`, `small` or empty; `raised` is `super`, `sub` or empty."""

    font: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    caps: str = ""
    raised: str = ""
    tracking: float = 0
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Border:
    """A line on one side of a paragraph, a cell or a table; `space` is what it keeps from the text."""

    width: float
    colour: str
    space: float = 0


Sides = tuple[Border | None, Border | None, Border | None, Border | None]
"""Top, right, bottom, left."""


@dataclass(frozen=True, slots=True)
class TabStop:
    """A place on the line, from the left edge of the text; `align` is `left`, `center` or `right`."""

    at: float
    align: str
    leader: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a paragraph stands. `align` is `left`, `center`, `right` or `both`; `exact` is a line height in points, or 0.

    A `tight` paragraph keeps no space from those of its style.
    """

    align: str = "left"
    before: float = 0
    after: float = 0
    line: float = 1
    exact: float = 0
    left: float = 0
    right: float = 0
    first: float = 0
    page_break: bool = False
    keep_next: bool = False
    hyphenate: bool = False
    tight: bool = False
    shade: str = ""
    borders: Sides = (None, None, None, None)
    tabs: tuple[TabStop, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style of the template, all that it inherits told."""

    lettering: Lettering
    layout: Layout


@dataclass(frozen=True, slots=True)
class Words:
    text: str
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The number of the page, or with `total` that of pages."""

    total: bool
    lettering: Lettering


@dataclass(frozen=True, slots=True)
class Tab:
    pass


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


@dataclass(frozen=True, slots=True)
class Anchoring:
    """Where a drawing or a table stands off the text: an offset or an alignment (`left`, `bottom`…) on each axis.

    `from_x` and `from_y` are `page`, `margin` or `text` (the paragraph it hangs on).
    """

    from_x: str
    from_y: str
    x: float = 0
    y: float = 0
    align_x: str = ""
    align_y: str = ""
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of the template by its key in `Charter.images`, or a box of text; `anchoring` None: stands in the line."""

    image: str
    alternative: str
    width: float
    height: float
    anchoring: Anchoring | None
    fill: str = ""
    content: tuple[Piece, ...] = ()


Span = Words | PageNumber | Tab | LineBreak | Drawing


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`level` is that of a heading, 0 for others; `lettering` is the paragraph's own, the height of an empty one."""

    spans: tuple[Span, ...]
    layout: Layout
    lettering: Lettering
    level: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """`span` columns and `rows` rows; `align` is `top`, `horizon` or `bottom`; `inset` is top, right, bottom, left."""

    content: tuple[Piece, ...]
    span: int
    rows: int
    fill: str
    borders: Sides
    align: str
    inset: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """`height` is the least; `header` rows are repeated on each page."""

    cells: tuple[Cell, ...]
    height: float
    header: bool


@dataclass(frozen=True, slots=True)
class Table:
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    align: str
    indent: float
    anchoring: Anchoring | None


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of our own content: `dossier`, `sommaire`…"""

    name: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Piece = Paragraph | Table | Mark | PageBreak


@dataclass(frozen=True, slots=True)
class Page:
    """Size and margins of a sheet; `header` and `footer` are the distances of these from its edges."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float


@dataclass(frozen=True, slots=True)
class Running:
    """Headers, or footers, of a section; `first` and `even` are None where those pages have the same as the others."""

    usual: tuple[Piece, ...]
    first: tuple[Piece, ...] | None
    even: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class Section:
    """A run of pages of one shape; it opens on a new page."""

    page: Page
    headers: Running
    footers: Running
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The look of our tables: the lines across, those between columns, the frame, and the first row."""

    across: Border | None
    down: Border | None
    frame: Border | None
    header_fill: str
    header: Lettering


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the template, `kind` being its extension."""

    key: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Charter:
    """A template whole. `styles` are by their names in Word (`heading 1`); `left_out` names, in French, what could not be taken
    over; `substitutes` are the fonts that the pack itself puts in the place of others.

    `fonts` are the families named, the body's first, each with the kind Word gives it (`swiss`, `roman`, `modern` or empty).
    """

    sections: tuple[Section, ...]
    styles: tuple[tuple[str, Style], ...]
    grid: Grid
    accent: str
    fonts: tuple[tuple[str, str], ...]
    images: tuple[Image, ...]
    left_out: tuple[str, ...]
    substitutes: tuple[tuple[str, str], ...] = ()

    def style(self, name: str) -> Style:
        """The style of that name; the body's where the template has none."""
        styles = dict(self.styles)
        return styles.get(name, styles["normal"])
