"""The files of a pack: its own, else those of the packs it extends."""

from __future__ import annotations

from pathlib import Path


def find_file(folders: tuple[Path, ...], name: str) -> Path | None:
    """The file called `name` in the nearest of `folders` that has it."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def find_folders(folders: tuple[Path, ...], name: str) -> tuple[Path, ...]:
    """Every sub-folder called `name`, nearest first."""
    return tuple(folder / name for folder in folders if (folder / name).is_dir())
