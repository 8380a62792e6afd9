"""The program run with a disk that refuses, or a current that goes, at a chosen step that changes the disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from candidature import Outcome, program

DISK = Path(__file__).parent / "saboteurs" / "disk"
_LAST, _OTHERS = 5, 3  # steps tried in a run that is not asked for all of them


def steps_of(*arguments: str | Path, counts: Path, **environment: str) -> Iterator[int]:
    """The steps to try: every one where `FAULTS` asks for it, else the last ones and a few others. The program runs once."""
    counts.mkdir()
    done = program(*arguments, PYTHONPATH=str(DISK), FAULT_COUNT=str(counts), **environment)
    assert done.code == 0, done.err
    most = max(int(each.read_text()) for each in counts.iterdir())
    assert most > _LAST + _OTHERS
    if "FAULTS" in os.environ:
        return iter(range(1, most + 1))
    early = range(1, most - _LAST, (most - _LAST) // _OTHERS)
    return iter((*early, *range(most - _LAST + 1, most + 1)))


def sabotaged(*arguments: str | Path, at: int, fault: str, **environment: str) -> Outcome:
    """A run in which the step `at` fails with `fault`, the name of an error, or KILL."""
    return program(*arguments, PYTHONPATH=str(DISK), FAULT_AT=str(at), FAULT_ERRNO=fault, **environment)
