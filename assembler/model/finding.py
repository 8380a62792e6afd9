"""What is wrong, as a value: a code, a severity, a place. The French sentence is made in `wording.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assembler.model.source import Source


class Severity(StrEnum):
    """How much a finding matters; the values are those of `constats.json`."""

    ERROR = "erreur"
    WARNING = "avertissement"
    NOTE = "remarque"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell the author. `criterion` is the number shown (« 4 », « 9-a ») when the finding concerns one."""

    code: str
    severity: Severity
    source: Source | None
    values: tuple[tuple[str, str], ...] = ()
    criterion: str | None = None


def error(code: str, source: Source | None, criterion: str | None = None, **values: str) -> Finding:
    """A finding that forbids a final edition."""
    return Finding(code, Severity.ERROR, source, tuple(sorted(values.items())), criterion)


def warning(code: str, source: Source | None, criterion: str | None = None, **values: str) -> Finding:
    """A finding to look at before handing in."""
    return Finding(code, Severity.WARNING, source, tuple(sorted(values.items())), criterion)


def note(code: str, source: Source | None, criterion: str | None = None, **values: str) -> Finding:
    """A finding that is good to know."""
    return Finding(code, Severity.NOTE, source, tuple(sorted(values.items())), criterion)
