"""Files named by authors: found inside the candidature, or refused with the reason."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path

from assembler.model.exhibit import Absence
from assembler.model.nearest import nearest

# IO_REPARSE_TAG_SYMLINK and IO_REPARSE_TAG_MOUNT_POINT, which `stat` names on Windows only.
_LEADS_ELSEWHERE = (0xA000000C, 0xA0000003)


def locate(root: Path, written: str, limit: int) -> tuple[Path | None, Absence | None, str]:
    """The file that `written` (relative to `root`) names, or why not, with a detail (the nearest name, the size).

    Never leaves `root`: absolute paths, `..`, links and anything that is not a plain file are refused.
    """
    if _leaves(written):
        return None, Absence.OUTSIDE, ""
    path = root
    try:
        for part in Path(written).parts:
            path, near = _step(path, part)
            if not path.exists() and not path.is_symlink():
                return None, Absence.MISSING, near
            if is_link(path.lstat()):
                return None, Absence.OUTSIDE, ""
        status = path.stat()
    except (OSError, ValueError):
        return None, Absence.MISSING, ""
    if not stat.S_ISREG(status.st_mode):
        return None, Absence.MISSING, ""
    if status.st_size == 0:
        return None, Absence.EMPTY, ""
    if status.st_size > limit:
        return None, Absence.TOO_LARGE, f"{status.st_size / 1e6:.0f} Mo"
    return (path, None, "") if os.access(path, os.R_OK) else (None, Absence.MISSING, "")


def _leaves(written: str) -> bool:
    parts = re.split(r"[/\\]", written)
    return (
        ".." in parts
        or written.startswith(("/", "\\", "~"))
        or re.match(r"[A-Za-z]:", written) is not None
        or any(ord(character) < 32 for character in written)
    )


def is_link(status: os.stat_result) -> bool:
    """Whether this, from `lstat`, is a symbolic link or a Windows junction: what may lead out of a folder.

    Other reparse points are files like any other: OneDrive's, that come when they are read.
    """
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LEADS_ELSEWHERE


def _step(folder: Path, name: str) -> tuple[Path, str]:
    """`name` in `folder`, whatever Unicode form its accents take; when it is not there, the nearest name."""
    exact = folder / name
    try:
        if exact.exists() or exact.is_symlink():
            return exact, ""
        names = sorted(each.name for each in folder.iterdir())
    except (OSError, ValueError):
        return exact, ""
    for each in names:
        if unicodedata.normalize("NFC", each) == unicodedata.normalize("NFC", name):
            return folder / each, ""
    return exact, nearest(name, names, 0.6)


def read_head(path: Path, size: int) -> bytes:
    """The first `size` bytes of the file."""
    with path.open("rb") as stream:
        return stream.read(size)
