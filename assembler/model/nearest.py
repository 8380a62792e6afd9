"""The name that was probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(written: str, known: Iterable[str], likeness: float) -> str:
    """The known name most like what was written, whatever their case; empty when none is as like as `likeness`, from 0 to 1."""
    names = {each.casefold(): each for each in known}
    found = difflib.get_close_matches(written.casefold(), names, 1, likeness)
    return names[found[0]] if found else ""
