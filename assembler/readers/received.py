"""What the folder of a member remembers of the bundle merged into it: what it was made for."""

from __future__ import annotations

from pathlib import Path

from assembler.model.content import Followed
from assembler.model.source import Source
from assembler.tools.bag import INFO, read_info

_MOST = 100_000


def read_followed(folder: Path, place: str) -> Followed | None:
    """The pack and campaign of the last bundle, remembered in `place`; None when there is none that can be read."""
    file = f"{place}/{INFO}"
    path = folder / file
    try:
        if path.is_symlink() or path.stat().st_size > _MOST:
            return None
        told = read_info(path.read_bytes())
    except OSError:
        return None
    return Followed(told.get("Gabarit", ""), told.get("Gabarit-Version", ""), told.get("Campagne", ""), Source(file))
