"""A version of the dossier that was handed in, as it was frozen."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.model.change_list import ChangeList
from assembler.model.content import LedgerLine
from assembler.model.dossier import Dossier
from assembler.model.source import Source


@dataclass(frozen=True, slots=True)
class Version:
    """`pages` gives the page of each anchor in the PDF handed in, `ledger` the labels as they stood.

    `listed` are the changes that its documents list, since the version before; its chapters are left out.
    """

    number: int
    dossier: Dossier
    pages: tuple[tuple[str, int], ...]
    ledger: tuple[LedgerLine, ...]
    source: Source
    listed: ChangeList | None = None
