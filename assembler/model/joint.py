"""The compliance table of a joint dossier: a column for each établissement, and one for what they answer together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assembler.model.content import COMMON
from assembler.model.dossier import Assessment, Coverage, Dossier, SectionRef, Status
from assembler.model.text import Heading

NETWORK = "Réseau"
# With more établissements than this, names and statuses in full would not fit.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class JointCell:
    """What one column says of an expectation; `status` is None where the network only helps its members to answer."""

    status: Status | None
    reason: str | None
    sections: tuple[SectionRef, ...]
    exhibits: tuple[str, ...]


def is_wide(dossier: Dossier) -> bool:
    """Whether the columns bear letters, and the cells signs, which `columns_key` and the statuses' own key explain."""
    return len(dossier.members) > _NAMED


def joint_titles(dossier: Dossier) -> tuple[str, ...]:
    """The titles of the columns, the network's last."""
    if is_wide(dossier):
        return (*(each.letter or "" for each in dossier.members), NETWORK[:1])
    return (*(each.title for each in dossier.members), NETWORK)


def joint_rows(dossier: Dossier) -> tuple[tuple[JointCell | None, ...], ...]:
    """For each row of the compliance table a cell for each établissement, then the network's; None where there is nothing.

    What serves them all is named once, by the network; what is asked of the network is answered by it alone.
    """
    common = {
        block.anchor
        for chapter in dossier.answers
        for block in chapter.blocks
        if isinstance(block, Heading) and block.source.part == COMMON
    }
    return tuple(_cells(row, frozenset(common), len(dossier.members)) for row in dossier.coverage)


def reasons_of(cells: Sequence[JointCell | None], titles: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The reasons given, each with the columns that give it: « A, D » and « aucun campus dans la filière »."""
    given: dict[str, list[str]] = {}
    for title, cell in zip(titles, cells, strict=True):
        if cell is not None and cell.reason:
            given.setdefault(cell.reason, []).append(title)
    return tuple((", ".join(columns), reason) for reason, columns in given.items())


def letters_key(dossier: Dossier) -> str:
    """« A : Lycée du Nord ; B : Lycée du Sud », empty for a single établissement."""
    return " ; ".join(f"{each.letter}\u00a0: {each.establishment.name}" for each in dossier.members if each.letter)


def columns_key(dossier: Dossier) -> str:
    """What the columns are, empty for a single établissement."""
    if len(dossier.members) < 2:
        return ""
    together = f"{joint_titles(dossier)[-1]}\u00a0: ce que les établissements répondent ensemble."
    return f"{letters_key(dossier)} ; {together}" if is_wide(dossier) else together


def index_key(dossier: Dossier) -> str:
    """What the letters of labels mean, empty for a single établissement."""
    key = letters_key(dossier)
    return f"{key} ; sans lettre\u00a0: preuves du réseau." if key else ""


def _cells(row: Coverage, common: frozenset[str | None], members: int) -> tuple[JointCell | None, ...]:
    together = next((each for each in row.assessments if each.establishment is None), None)
    if together is not None:
        cell = JointCell(together.status, together.reason, together.sections, together.exhibits)
        return (*(None for _ in range(members)), cell)
    sections = dict.fromkeys(one for each in row.assessments for one in each.sections if one.anchor in common)
    exhibits = dict.fromkeys(one for each in row.assessments for one in each.exhibits if _is_shared(one))
    shared = JointCell(None, None, tuple(sections), tuple(exhibits)) if sections or exhibits else None
    return (*(_own(each, common) for each in row.assessments), shared)


def _own(assessment: Assessment, common: frozenset[str | None]) -> JointCell:
    return JointCell(
        assessment.status,
        assessment.reason,
        tuple(each for each in assessment.sections if each.anchor not in common),
        tuple(each for each in assessment.exhibits if not _is_shared(each)),
    )


def _is_shared(exhibit: str) -> bool:
    return exhibit.partition("/")[0] == COMMON
