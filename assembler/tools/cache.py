"""The user's cache folder: prepared copies and locks, outside the candidature."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from assembler.tools.store import Store


def open_store() -> Store:
    """The store in the user's cache folder, or in a temporary one where that cannot be written."""
    return Store(_writable("preuves"))


def lock_folder() -> Path:
    """Where locks are kept."""
    return _writable("verrous")


def _writable(name: str) -> Path:
    from platformdirs import user_cache_path

    for root in (user_cache_path("dossier", appauthor=False), Path(tempfile.gettempdir()) / "dossier-cache"):
        folder = root / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="dossier-"))
