"""Tables that fit: widths from what the cells hold, the header row repeated, no row cut between two pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import Element, clean, name, w

_MARGINS = 190  # twips lost to a cell's left and right margins
_TIGHT = 30
_LONGEST_LINE = 60
_LONGEST_WORD = 30
_BOLD = 1.15
_WIDE, _CAPITAL, _OTHER, _NARROW = 1.6, 1.25, 1.05, 0.65
_NARROWS = "fijlrtIîïÎÏ \u00a0\u202f.,;:!|'’()[]/-\u2011"
_UNCUTTABLE = 1500  # characters: a longer row may take a page by itself, and must then be cut
_SPACES = re.compile("[ \t\r\n]+")


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
    tight: bool = False,
) -> list[Element]:
    """The table and the small paragraph that keeps it from the next one. `title` is what a screen reader announces.

    `tight`: with little room beside the text, for many narrow columns.
    """
    look = {"firstRow": int(header), "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    table = w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=manuscript.styles["Tableau dossier"]),
            w("tblW", w=sum(widths), type="dxa"),
            w("tblInd", w=place.indent, type="dxa") if place.indent else None,
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=_TIGHT, type="dxa") for side in ("left", "right"))) if tight else None,
            w("tblLook", val="0620" if header else "0600", **look),
            w("tblCaption", val=clean(title)) if title else None,
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
    )
    for rank, row in enumerate(rows):
        table.append(_row(row, widths, header=header and rank == 0))
    return [table, w("p", w("pPr", w("pStyle", val=manuscript.styles["Après tableau"])))]


def fit(columns: Sequence[Sequence[str]], width: int, character: int, *, header: bool) -> list[int]:
    """Column widths, in twips, that sum to `width`: no word cut while that is possible, the rest shared by need.

    `columns` are the texts of each column, the first of them in bold with a `header`; `character` is the mean width of a
    character, in twips.
    """
    least, wanted = [], []
    for texts in columns:
        weights = [_BOLD if header and rank == 0 else 1.0 for rank in range(len(texts))]
        words = [
            _length(word) * weight for text, weight in zip(texts, weights, strict=True) for word in text.split(" ")
        ]
        lines = [_length(text) * weight for text, weight in zip(texts, weights, strict=True)]
        least.append(round(min(max(words, default=1), _LONGEST_WORD) * character) + _MARGINS)
        wanted.append(max(least[-1], round(min(max(lines, default=1), _LONGEST_LINE) * character) + _MARGINS))
    spare = width - sum(least)
    if spare <= 0:
        return _rationed(least, width)
    needs = [more - one for more, one in zip(wanted, least, strict=True)]
    shares = needs if sum(needs) else wanted
    made = [one + spare * share // sum(shares) for one, share in zip(least, shares, strict=True)]
    made[-1] += width - sum(made)
    return made


def shown_text(paragraphs: Sequence[Element]) -> str:
    """What a reader sees of these paragraphs, on one line; only spaces where a line may end are made one."""
    marks = {name("noBreakHyphen"): "\u2011", name("br"): " "}
    pieces = (piece for paragraph in paragraphs for piece in paragraph.iter(name("t"), *marks))
    return _SPACES.sub(" ", "".join(marks.get(str(piece.tag)) or piece.text or "" for piece in pieces)).strip()


def _length(text: str) -> float:
    """The length of `text` in mean characters, near enough for any common font."""
    return sum(
        _WIDE
        if letter in "mwMW@%œŒæÆ—…"
        else _NARROW
        if letter in _NARROWS
        else _CAPITAL
        if letter.isupper()
        else _OTHER
        for letter in text
    )


def _rationed(least: Sequence[int], width: int) -> list[int]:
    """Where words must be cut, the longest are: the other columns have all they need."""
    made = [0] * len(least)
    left = width
    for rank, column in enumerate(sorted(range(len(least)), key=least.__getitem__)):
        made[column] = min(least[column], left // (len(least) - rank))
        left -= made[column]
    made[-1] += left
    return made


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
