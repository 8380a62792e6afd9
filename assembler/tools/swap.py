"""A folder prepared beside, then put in the place of another, whole or not at all: at any instant one of the two stands."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assembler.errors import DossierError
from assembler.tools.faults import reason
from assembler.tools.lock import alone

_STAGING = ".nouvelle-edition-"
_ASIDE = ".edition-precedente"


@contextlib.contextmanager
def new_folder(target: Path, locks: Path) -> Iterator[Path]:
    """A folder to fill; on leaving it without a fault, it takes the place of `target`.

    Raises `DossierError` when the disk refuses or another process is at work on the same folder; `target` is then as it was.
    """
    target = target.resolve()
    with alone(target, locks):
        with _disk_faults(target):
            _recover(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            staging = Path(tempfile.mkdtemp(prefix=f".{target.name}{_STAGING}", dir=target.parent))
        try:
            with _disk_faults(target):
                yield staging
                _publish(staging, target)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def put_back(target: Path) -> None:
    """When `target` is not there because a process was killed between two renames, put back what stood."""
    if not target.exists() and _aside(target).exists():
        _aside(target).replace(target)


def tidy(target: Path, locks: Path) -> None:
    """Put back what stood, and remove what a process that was killed left beside it."""
    with alone(target, locks), _disk_faults(target):
        _recover(target)


def _recover(target: Path) -> None:
    """Clean up after a process that was killed: what stood is put back if it had just been set aside."""
    put_back(target)
    shutil.rmtree(_aside(target), ignore_errors=True)
    for left in target.parent.glob(f".{target.name}{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.parent / f".{target.name}{_ASIDE}"


def _publish(staging: Path, target: Path) -> None:
    for each in staging.rglob("*"):
        if each.is_file() and not each.is_symlink():
            _flush(each)
    staging.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o755)
    if not target.exists():
        staging.replace(target)
    elif not _exchange(staging, target):
        aside = _aside(target)
        target.replace(aside)
        try:
            staging.replace(target)
        except OSError:
            aside.replace(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)
    if os.name == "posix":
        with contextlib.suppress(OSError):  # the new folder stands already
            _flush(target.parent)


def _exchange(staging: Path, target: Path) -> bool:
    """Swap the two folders in one step where the system can (Linux); False where it cannot."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(here, os.fsencode(staging), here, os.fsencode(target), exchange) == 0


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _disk_faults(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.EACCES, errno.EPERM, errno.EBUSY) and getattr(fault, "winerror", None) in (5, 32, 33):
            raise DossierError("output-open", folder=str(target), name=Path(fault.filename or "").name) from fault
        raise DossierError("disk", reason=reason(fault)) from fault
