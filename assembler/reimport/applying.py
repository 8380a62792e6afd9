"""The files written: all of them, or none."""

from __future__ import annotations

from pathlib import Path

from assembler.errors import Refused
from assembler.reimport.proposal import Proposal
from assembler.tools.together import replace_together

NOTES_FILE = "import-commentaires.md"


def apply(proposal: Proposal, folder: Path, notes: str) -> tuple[str, ...]:
    """Write every file that changes, and add `notes` (empty: nothing to tell) to the list of comments; the files' names.

    Raises `Refused` (`import-changed`) when a file is no longer what was compared, `DossierError` when the disk refuses;
    the files are then as they were.
    """
    originals = dict(proposal.originals)
    wanted = {each.file: each.content for each in proposal.changed}
    for file in wanted:
        if _content(folder / file) != originals[file]:
            raise Refused("import-changed", file=file)
    listed = _content(folder / NOTES_FILE)
    if notes and notes.encode() not in listed:
        wanted[NOTES_FILE] = listed + (b"\n" if listed else b"") + notes.encode()
    if wanted:
        replace_together(folder, wanted)
    return tuple(wanted)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
