"""Folders to work in for the time of a run; those of runs that were killed are removed later."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "dossier-travail-"
_A_DAY = 86_400.0


def new_scratch() -> Path:
    """An empty folder of our own, among the system's temporary ones; whoever asks removes it. Raises `OSError`."""
    _sweep(Path(tempfile.gettempdir()))
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def _sweep(place: Path) -> None:
    """Remove this user's folders in `place` that nothing has touched for a day: their runs are dead."""
    for left in place.glob(f"{_PREFIX}????????"):
        try:
            status = left.lstat()
        except OSError:
            continue
        ours = os.name != "posix" or status.st_uid == os.getuid()
        if ours and status.st_mtime < time.time() - _A_DAY:
            shutil.rmtree(left, ignore_errors=True)
