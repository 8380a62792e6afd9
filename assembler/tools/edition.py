"""An edition on disk: prepared beside, then put in the place of the one before, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assembler.errors import DossierError, Refused
from assembler.tools.faults import reason

_STEMS = ("dossier", "brouillon")
_NAMES = frozenset(
    {f"{stem}{end}" for stem in _STEMS for end in (".docx", ".pdf", "-sans-annexes.pdf")}
    | {"dossier.json", "constats.json", "SHA256SUMS"}
)
# What file managers leave behind; nobody would miss it.
_LEFT_BEHIND = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store", ".directory"})
_STAGING = ".nouvelle-edition-"
_ASIDE = ".edition-precedente"


@contextlib.contextmanager
def new_edition(target: Path, locks: Path) -> Iterator[Path]:
    """A folder to fill; on leaving it without a fault, it takes the place of `target`.

    Raises `Refused` when `target` holds anything but an edition, `DossierError` when the disk refuses or another build
    of the same folder is running; `target` is then as it was.
    """
    from filelock import FileLock, Timeout

    target = target.resolve()
    _refuse_foreign(target)
    lock = FileLock(locks / f"{hashlib.sha256(str(target).encode()).hexdigest()[:16]}.lock")
    try:
        with lock.acquire(timeout=0):
            _recover(target)
            with _disk_faults(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                staging = Path(tempfile.mkdtemp(prefix=f".{target.name}{_STAGING}", dir=target.parent))
            try:
                with _disk_faults(target):
                    yield staging
                    _publish(staging, target)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except Timeout:
        raise DossierError("busy", folder=str(target)) from None


def _refuse_foreign(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused("output-foreign", folder=str(target), names=target.name)
    names = sorted(each.name for each in target.iterdir())
    for name in names:
        if name.startswith(("~$", ".~lock.")):
            raise DossierError("output-open", folder=str(target), name=name.replace(".~lock.", "").strip("~$#"))
    foreign = [name for name in names if name not in _NAMES | _LEFT_BEHIND or (target / name).is_dir()]
    if foreign:
        raise Refused("output-foreign", folder=str(target), names=", ".join(foreign[:5]))


def _recover(target: Path) -> None:
    """Clean up after a build that was killed: the previous edition is put back if it had just been set aside."""
    aside = _aside(target)
    if aside.exists():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.replace(target)
    for left in target.parent.glob(f".{target.name}{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _aside(target: Path) -> Path:
    return target.parent / f".{target.name}{_ASIDE}"


def _publish(staging: Path, target: Path) -> None:
    for each in staging.iterdir():
        _flush(each)
    staging.chmod(0o755)
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
        with contextlib.suppress(OSError):  # the new edition stands already
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
