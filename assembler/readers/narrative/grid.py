"""Tables: where they begin and end, and the cells of their rows."""

from __future__ import annotations

import re
from itertools import pairwise

_DELIMITERS = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")
_CELL_BREAK = re.compile(r"\\.|(`+)(?:(?!`).+?)?(?<!`)\1(?!`)|`+|(\|)")


def is_delimiter_row(text: str) -> bool:
    """Whether the line is the `|---|:-:|` under a header."""
    return "|" in text and "-" in text and _DELIMITERS.fullmatch(text) is not None


def cells_of(row: str) -> tuple[str, ...]:
    """The cells of a row; a pipe in a code span or after a backslash does not part cells."""
    row = row.strip()
    row = row[1:] if row.startswith("|") else row
    cuts = [match.start(2) for match in _CELL_BREAK.finditer(row) if match[2]]
    edges = [-1, *cuts, len(row)]
    cells = [row[start + 1 : end].strip() for start, end in pairwise(edges)]
    if cuts and not cells[-1]:
        cells.pop()
    return tuple(cell.replace("\\|", "|") for cell in cells)


def fit(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """`cells` as `width` cells: short rows are filled with empty cells, the last cell of long rows takes the rest."""
    if len(cells) > width:
        return (*cells[: width - 1], " | ".join(cells[width - 1 :]))
    return cells + ("",) * (width - len(cells))


def alignments_of(row: str, width: int) -> tuple[str, ...]:
    """`left`, `center` or `right` for each of `width` columns."""
    names = tuple(
        "center" if cell.startswith(":") and cell.endswith(":") else "right" if cell.endswith(":") else "left"
        for cell in cells_of(row)
    )
    return (names + ("left",) * width)[:width]
