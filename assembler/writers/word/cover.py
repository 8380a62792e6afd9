"""What the program adds to the template's cover: the number and the code of a version handed in, and a place to lead to."""

from __future__ import annotations

from assembler.model.change_list import COVER, submission_words
from assembler.writers.word.fields import run
from assembler.writers.word.manuscript import Manuscript
from assembler.writers.word.xml import Element, name, w

_FROM_EDGE = 680  # twips from the foot of the page, below what covers and their footers say
_HEIGHT = 16838  # of an A4 page, where the template says nothing


def mark_cover(body: Element, manuscript: Manuscript) -> None:
    """Write the code at the foot of the first page, in a frame so that nothing moves."""
    if manuscript.dossier.submission is not None:
        size = next(body.iter(name("pgSz")), None)
        height = int(size.get(name("h"), _HEIGHT)) if size is not None else _HEIGHT
        frame = w("framePr", hSpace=0, wrap="through", vAnchor="page", hAnchor="margin", xAlign="left",
                  y=height - _FROM_EDGE)  # fmt: skip
        about = w("pPr", w("pStyle", val=manuscript.styles["Libellé de tableau"]), frame)
        body.insert(0, w("p", about, run(submission_words(manuscript.dossier.submission))))
    if manuscript.changes is not None and (first := next(body.iter(name("p")), None)) is not None:
        at = 1 if first.find(name("pPr")) is not None else 0
        for element in reversed(manuscript.bookmarks.around(COVER, [])):
            first.insert(at, element)
