"""Prepared copies of the authors' files, named by content: a folder that readers fill and writers read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from assembler.tools.atomic import replace_file


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of files whose names are made of a sha256 and a recipe; a name once kept never changes its bytes."""

    folder: Path

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
        """Keep `content` under `name`, whole or not at all."""
        target = self.path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, content, durable=False)
