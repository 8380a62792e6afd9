"""The table of what changed since the version handed in."""

from __future__ import annotations

from assembler.model.artefact import Pagination
from assembler.model.change_list import CHANGES, ChangeLine, ChangeList
from assembler.writers.word.chapters import write_title
from assembler.writers.word.fields import run
from assembler.writers.word.inlines import anchor_link, reference_link
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, w

_ALONE, _JOINT = (50, 28, 12, 10), (40, 18, 22, 11, 9)


def write_changes(changes: ChangeList, manuscript: Manuscript, place: Place, pagination: Pagination) -> list[Element]:
    """The chapter: its heading, a sentence, then one table, the lines of each chapter under its title."""
    headings = changes.headings_for(len(manuscript.dossier.members))
    shares = _ALONE if len(headings) == len(_ALONE) else _JOINT
    widths = [place.width * share // sum(shares) for share in shares]
    widths[0] += place.width - sum(widths)
    pages = dict(pagination.pages)
    rows = [[_cell([run(title)], manuscript, _side(rank, headings)) for rank, title in enumerate(headings)]]
    for group in changes.groups:
        title = w("p", w("pPr", w("pStyle", val=manuscript.styles["Titre de groupe"])), run(group.title))
        rows.append([Cell([title], span=len(widths))])
        rows += [_row(line, pages, headings, manuscript) for line in group.lines]
    introduction = w("p", run(changes.introduction))
    table = write_table(rows, widths, manuscript, place, changes.title, header=True)
    return [write_title(changes.title, CHANGES, manuscript), introduction, *table]


def _row(line: ChangeLine, pages: dict[str, int], headings: tuple[str, ...], manuscript: Manuscript) -> list[Cell]:
    what = [run(line.what)] if line.anchor is None else anchor_link(line.what, line.anchor, manuscript)
    state = [run(line.state)]
    if line.successor is not None:
        label, anchor = line.successor
        state = [
            run(f"{line.state} "),
            *([run(label)] if anchor is None else reference_link("", label, "", anchor, manuscript)),
        ]
    author = [[run(line.author)]] if len(headings) > len(_ALONE) else []
    before = "–" if line.before is None else str(line.before)
    now = "–" if line.anchor is None else str(pages.get(line.anchor, "–"))
    cells = [what, *author, state, [run(before)], [run(now)]]
    return [_cell(runs, manuscript, _side(rank, headings)) for rank, runs in enumerate(cells)]


def _side(rank: int, headings: tuple[str, ...]) -> str | None:
    """Pages stand at the right of their column."""
    return "right" if rank >= len(headings) - 2 else None


def _cell(runs: list[Element], manuscript: Manuscript, side: str | None) -> Cell:
    about = w(
        "pPr",
        w("pStyle", val=manuscript.styles["Texte de tableau"]),
        None if side is None else w("jc", val=side),
    )
    return Cell([w("p", about, *runs)])
