"""Prepared copies of the authors' files, named by content: a folder that readers fill and writers read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from assembler.errors import DossierError
from assembler.tools.atomic import replace_file
from assembler.tools.faults import reason


@dataclass(slots=True)
class Store:
    """A folder of files whose names are made of a sha256 and a recipe; a name once kept never changes its bytes.

    `grown` tells whether anything was kept since it was opened here.
    """

    folder: Path
    grown: bool = field(default=False, compare=False)

    def path(self, name: str) -> Path:
        """Where the file called `name` stands, or would stand."""
        return self.folder / name[:2] / name

    def has(self, name: str) -> bool:
        """Whether `name` is kept; it then counts as used now."""
        try:
            os.utime(self.path(name))
        except OSError:
            return False
        return True

    def keep(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`, whole or not at all. Raises `DossierError` when the disk refuses."""
        target = self.path(name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise DossierError("disk", reason=reason(fault)) from fault
        replace_file(target, content, durable=False)
        self.grown = True
