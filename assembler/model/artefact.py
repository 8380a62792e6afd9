"""What writers give back: pages found by the layout, and files made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Told what is in hand, how many are done, and of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pagination:
    """The page of each anchor in the PDF edition, counted from 1, and the number of pages."""

    pages: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Artefact:
    """A file made: `path` where it stands for now, `name` as the user will see it, `pages` where that means something."""

    name: str
    path: Path
    pages: int | None
