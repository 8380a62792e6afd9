"""The files of one établissement's folder: those that travel, and those that stay."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assembler.readers.content import RECEIVED
from assembler.readers.files import is_link
from assembler.tools.bundle_names import folded

_LEFT_BEHIND = ("Thumbs.db", "desktop.ini", ".DS_Store")
_LEFT_BEHIND_STARTS = ("~$", "._", ".~lock.")


@dataclass(frozen=True, slots=True)
class Files:
    """What stands in a folder, by names in NFC: plain files, and what is none or hides (`held`: links, hidden files)."""

    plain: Mapping[str, Path]
    held: Mapping[str, Path]
    twins: tuple[tuple[str, str], ...]


def files_of(folder: Path) -> Files:
    """The files under `folder`, links not followed; what file managers leave behind, and what a merge wrote, are passed over."""
    plain: dict[str, Path] = {}
    held: dict[str, Path] = {}
    twins = []
    spelled: dict[str, str] = {}
    for path in _walk(folder):
        written = path.relative_to(folder).as_posix()
        name = unicodedata.normalize("NFC", written)
        if folded(name) in spelled:
            twins.append((spelled[folded(name)], written))
        spelled[folded(name)] = written
        hidden = any(part.startswith(".") for part in name.split("/"))
        (plain if stat.S_ISREG(path.lstat().st_mode) and not hidden else held)[name] = path
    return Files(plain, held, tuple(twins))


def fingerprints(files: Mapping[str, Path]) -> dict[str, str]:
    """The sha256 of each file."""
    found = {}
    for name, path in files.items():
        with path.open("rb") as stream:
            found[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return found


def _walk(folder: Path) -> Iterable[Path]:
    """Every file and link under `folder`, sorted."""
    for place, folders, names in os.walk(folder):
        here = Path(place)
        links = [each for each in folders if is_link((here / each).lstat())]
        folders[:] = sorted(each for each in folders if each not in links and not (here == folder and _is_ours(each)))
        for name in sorted((*names, *links)):
            if name not in _LEFT_BEHIND and not name.startswith(_LEFT_BEHIND_STARTS):
                yield here / name


def _is_ours(name: str) -> bool:
    return folded(name) == RECEIVED
