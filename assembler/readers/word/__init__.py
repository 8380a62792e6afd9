"""A Word file of ours that people edited, read back to blocks; opened in a child process only."""

from __future__ import annotations

from pathlib import Path

from assembler.errors import Missing, Refused
from assembler.model.plain import plain
from assembler.model.restore import Misfit, restore
from assembler.model.returned import Guide, Returned
from assembler.tools.child import Child, Lost

__all__ = ["read_word"]

_SECONDS = 120.0


def read_word(path: Path, guide: Guide) -> Returned:
    """What came back in the file at `path`.

    Raises `Missing` (`import-missing`) when there is no such file, `Refused` (`import-unreadable`) for what is no sound
    Word document.
    """
    if not path.is_file():
        raise Missing("import-missing", file=str(path))
    child = Child("assembler.readers.word.workshop")
    try:
        answer = child.ask({"path": str(path.resolve()), "guide": plain(guide)}, _SECONDS)
    finally:
        child.end()
    try:
        if not isinstance(answer, Lost) and "read" in answer:
            return restore(Returned, answer["read"])
    except Misfit:
        pass
    raise Refused("import-unreadable", file=path.name)
