"""What differs between two things of the same kind, as a value; the French sentence is made in `wording.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `code` names the sentence, `values` fill its blanks."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


def difference(code: str, **values: str) -> Difference:
    """The difference `code`, with the values of its sentence."""
    return Difference(code, tuple(sorted(values.items())))
