"""Tables that fit: widths from what the cells hold, the header row repeated, no row cut between two pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import Element, clean, name, w

_MARGINS = 190  # twips lost to a cell's left and right margins
_LONGEST_LINE = 60
_UNCUTTABLE = 1500  # characters: a longer row may take a page by itself, and must then be cut
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Cell:
    """The paragraphs of a cell; `span` columns wide."""

    paragraphs: Sequence[Element]
    span: int = 1


def write_table(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
    manuscript: Manuscript,
    place: Place,
    title: str,
    *,
    header: bool,
) -> list[Element]:
    """The table and the small paragraph that keeps it from the next one. `title` is what a screen reader announces."""
    look = {"firstRow": int(header), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=manuscript.styles["Tableau dossier"]),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblInd", w=place.indent, type="dxa") if place.indent else None,
            w("tblLayout", type="fixed"),
            w("tblLook", val="0620" if header else "0600", **look),
            w("tblCaption", val=clean(title)) if title else None,
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )
    for rank, row in enumerate(rows):
        table.append(_row(row, widths, header=header and rank == 0))
    return [table, w("p", w("pPr", w("pStyle", val=manuscript.styles["Après tableau"])))]


def fit(columns: Sequence[Sequence[str]], width: int, character: int) -> list[int]:
    """Column widths, in twips, that sum to `width`: no word cut while that is possible, the rest shared by need.

    `columns` are the texts of each column; `character` is the mean width of a character, in twips.
    """
    least, wanted = [], []
    for texts in columns:
        words = max((len(word) for text in texts for word in text.split()), default=1)
        lines = max((len(text) for text in texts), default=1)
        least.append(min(words, _LONGEST_LINE // 2) * character + _MARGINS)
        wanted.append(max(least[-1], min(lines, _LONGEST_LINE) * character + _MARGINS))
    spare = width - sum(least)
    if spare <= 0:
        made = [width * one // sum(least) for one in least]
    else:
        needs = [more - one for more, one in zip(wanted, least, strict=True)]
        shares = needs if sum(needs) else wanted
        made = [one + spare * share // sum(shares) for one, share in zip(least, shares, strict=True)]
    made[-1] += width - sum(made)
    return made


def shown_text(paragraphs: Sequence[Element]) -> str:
    """What a reader sees of these paragraphs, on one line."""
    texts = (piece.text or "" for paragraph in paragraphs for piece in paragraph.iter(name("t")))
    return _SPACES.sub(" ", "".join(texts)).strip()


def _row(row: Sequence[Cell], widths: Sequence[int], *, header: bool) -> Element:
    length = max((len(shown_text(cell.paragraphs)) for cell in row), default=0)
    made = w("tr", w("trPr", w("cantSplit") if length < _UNCUTTABLE else None, w("tblHeader") if header else None))
    first = 0
    for cell in row:
        width = sum(widths[first : first + cell.span])
        first += cell.span
        about = w("tcPr", w("tcW", w=width, type="dxa"), w("gridSpan", val=cell.span) if cell.span > 1 else None)
        made.append(w("tc", about, *cell.paragraphs))
    return made
