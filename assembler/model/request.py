"""What the auditors ask after reading the dossier, and the school's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assembler.model.source import Source
from assembler.model.text import Block


@dataclass(frozen=True, slots=True)
class Request:
    """One request of `demandes.yaml`: when it came, when the answer is due, what it concerns, and the answer as written.

    `criteria` are numbers shown, `expectations` (criterion number, letter). `blocks` are empty without an answer.
    `establishment` is the key of the only one asked, in a network; None: all of them.
    """

    number: int
    received: date | None
    due: date | None
    criteria: tuple[str, ...]
    expectations: tuple[tuple[str, str], ...]
    text: str
    blocks: tuple[Block, ...]
    source: Source
    establishment: str | None = None

    @property
    def name(self) -> str:
        """« D1 », as the dossier calls it."""
        return f"D{self.number}"

    @property
    def concerned(self) -> tuple[str, ...]:
        """The numbers of the criteria it is about, those of its expectations included."""
        return tuple(dict.fromkeys((*self.criteria, *(number for number, _ in self.expectations))))
