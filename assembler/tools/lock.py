"""One run at a time on a folder."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from pathlib import Path

from assembler.errors import DossierError
from assembler.tools.faults import reason


@contextlib.contextmanager
def alone(folder: Path, locks: Path) -> Iterator[None]:
    """Hold `folder` for this run; the lock's own file is in `locks`.

    Raises `DossierError` when another run holds it, or the disk refuses the lock.
    """
    from filelock import FileLock, Timeout

    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    lock = FileLock(locks / f"{name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise DossierError("busy", folder=str(folder)) from None
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault
    try:
        yield
    finally:
        lock.release()
