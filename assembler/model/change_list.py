"""The changes since the version handed in as the documents list them: line by line, in words, with the pages before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assembler.model.changes import ChapterChange
from assembler.model.dossier import Answer, Submission

# The places of this list and of the cover, which no chapter has.
CHANGES, COVER = "modifications", "couverture"
_OPENING = re.compile(r"(?:Sections? nouvelles? ou|Preuves? ajoutées? ou) modifiées? depuis la version n° \d+ ?:")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that changed: `what` names it, `state` says in words what became of it.

    `author` is the établissement it belongs to, empty where there is only one. `before` is its page in the version handed in,
    None where it was not there; `anchor` its place now, None where it is no more. `successor` is the label and the anchor
    (None where it has no pages here) of the exhibit that replaces it.
    """

    what: str
    state: str
    author: str
    before: int | None
    anchor: str | None
    successor: tuple[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The lines of one chapter of the dossier."""

    title: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeList:
    """What is shown of the changes: the lines of the table, and the chapters aligned for the marks beside them."""

    since: int
    title: str
    introduction: str
    groups: tuple[ChangeGroup, ...]
    chapters: tuple[ChapterChange, ...]

    def headings_for(self, members: int) -> tuple[str, ...]:
        """The titles of the columns; one for the établissement where there are several."""
        author = ("Établissement",) if members > 1 else ()
        return "Ce qui a changé", *author, "État", "Page avant", "Page"


def openings(answer: Answer, since: int) -> tuple[str, str]:
    """What stands, under the answer to a request, before the links to sections, and before those to exhibits."""
    after = f" depuis la version n°\u00a0{since}\u00a0: "
    sections, exhibits = len(answer.changed) > 1, len(answer.exhibits) > 1
    return (
        ("Sections nouvelles ou modifiées" if sections else "Section nouvelle ou modifiée") + after,
        ("Preuves ajoutées ou modifiées" if exhibits else "Preuve ajoutée ou modifiée") + after,
    )


def opens_links(text: str) -> bool:
    """Whether a text in plain spaces begins as what stands before such links, whatever the version."""
    return bool(_OPENING.match(text))


def submission_words(submission: Submission) -> str:
    """« Version n° 2 — code : mouette verger… », for the cover."""
    return f"Version n°\u00a0{submission.number} — code\u00a0: {submission.code}"
