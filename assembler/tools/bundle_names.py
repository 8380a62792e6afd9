"""The names in a zip from elsewhere: whatever could land outside its folder, or on another file, on any system."""

from __future__ import annotations

import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterable

from assembler.errors import Refused

_LONGEST, _DEEPEST = 180, 8  # room is left for the folder it lands in: Windows stops at 260
_FORBIDDEN = re.compile(r'[\\:*?"<>|]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?")
_REPARSE_POINT = 0x400
_ENCRYPTED = 0x1 | 0x40
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def refuse_names(infos: Iterable[zipfile.ZipInfo], file: str) -> None:
    """Raise `Refused` at the first entry of the zip `file` that is not a plain file or folder with a plain name of its own."""
    spelled: dict[str, tuple[str, bool]] = {}
    for info in infos:
        name = info.orig_filename
        if is_unsafe(name.removesuffix("/")):
            raise Refused("bundle-name", file=file, name=name)
        if _is_link(info):
            raise Refused("bundle-link", file=file, name=name)
        if info.flag_bits & _ENCRYPTED:
            raise Refused("bundle-encrypted", file=file, name=name)
        if info.compress_type not in _METHODS or (info.is_dir() and info.file_size):
            raise Refused("bundle-unreadable", file=file)
        parts = name.removesuffix("/").split("/")
        for depth in range(1, len(parts) + 1):
            path, is_file = "/".join(parts[:depth]), depth == len(parts) and not info.is_dir()
            known = spelled.get(folded(path))
            if known is not None and (is_file or known != (path, False)):
                raise Refused("bundle-twins", file=file, name=name, other=known[0])
            spelled[folded(path)] = (path, is_file)


def is_unsafe(name: str) -> bool:
    """Whether this path could leave its folder, deceive the eye, or not exist on some system."""
    parts = name.split("/")
    return (
        len(name) > _LONGEST
        or len(parts) > _DEEPEST
        or _FORBIDDEN.search(name) is not None
        or any(unicodedata.category(each).startswith("C") for each in name)
        or any(part in ("", ".", "..") or part[-1] in ". " or part[0] == " " for part in parts)
        or any(_RESERVED.fullmatch(part) for part in parts)
    )


def folded(name: str) -> str:
    """What two names have in common when some system takes them for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _is_link(info: zipfile.ZipInfo) -> bool:
    """A symbolic link, a junction, a device: anything that is neither a file nor a folder."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    return kind not in (0, stat.S_IFREG, stat.S_IFDIR) or bool(info.external_attr & _REPARSE_POINT)
