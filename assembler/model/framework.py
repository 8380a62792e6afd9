"""What must be answered: the criteria of a framework and their lettered expectations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How binding an expectation is; the values are those of `criteres.yaml`."""

    FIRM = "ferme"
    REFLECTION = "reflexion"
    CONDITIONAL = "conditionnel"
    NETWORK = "reseau"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One lettered expectation of a criterion. `condition` says when a conditional one applies, else None."""

    letter: str
    text: str
    kind: Kind
    condition: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """The number that a criterion had in an older framework."""

    framework: str
    number: str


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A label that, while valid, satisfies the whole criterion."""

    label: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """`id` is stable; `number` is shown; `official_title` is the text's, `title` the one shown (often the same)."""

    id: str
    number: str
    official_title: str
    title: str
    aliases: tuple[str, ...]
    origins: tuple[Origin, ...]
    expectations: tuple[Expectation, ...]
    equivalences: tuple[Equivalence, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A dated list of criteria, in the order of the dossier. `legal_text` is how the dossier cites it."""

    id: str
    title: str
    legal_text: str
    in_force: date
    criteria: tuple[Criterion, ...]

    def by_number(self) -> dict[str, Criterion]:
        """Each criterion by its number shown and by its aliases."""
        return {number: each for each in self.criteria for number in (each.number, *each.aliases)}
