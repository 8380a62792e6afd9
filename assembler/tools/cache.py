"""The user's cache folder: prepared copies and locks, outside the candidature."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from assembler.tools.store import Store

_MOST_BYTES = 5_000_000_000


def open_store() -> Store:
    """The store in the user's cache folder, or in a temporary one where that cannot be written."""
    return Store(_writable("preuves"))


def lock_folder() -> Path:
    """Where locks are kept."""
    return _writable("verrous")


def measure_store(store: Store) -> tuple[int, int]:
    """How many files the store holds, and their size in bytes."""
    sizes = [size for _, size, _ in _files(store)]
    return len(sizes), sum(sizes)


def empty_store(store: Store) -> None:
    """Remove every prepared copy; the next build makes them again."""
    shutil.rmtree(store.folder, ignore_errors=True)
    store.folder.mkdir(parents=True, exist_ok=True)


def bound_store(store: Store, since: float) -> None:
    """Remove the copies unused for longest until the store is within its bounds; none used after `since` (a time).

    What killed runs never finished writing goes too.
    """
    files = sorted(_files(store))
    total = sum(size for _, size, _ in files)
    for used, size, path in files:
        if used >= since:
            return
        if total > _MOST_BYTES or path.name.startswith("."):
            with contextlib.suppress(OSError):  # it may be open elsewhere, and will go another day
                path.unlink(missing_ok=True)
                total -= size


def _files(store: Store) -> list[tuple[float, int, Path]]:
    """When last used, size and place of each file."""
    found = []
    for path in store.folder.glob("*/*"):
        try:
            status = path.stat()
        except OSError:
            continue
        found.append((status.st_mtime, status.st_size, path))
    return found


def _writable(name: str) -> Path:
    from platformdirs import user_cache_path

    folder = user_cache_path("dossier", appauthor=False) / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # copies of evidence are nobody else's to read
    except OSError:
        return Path(tempfile.mkdtemp(prefix="dossier-"))
    return folder if os.access(folder, os.W_OK) else Path(tempfile.mkdtemp(prefix="dossier-"))
