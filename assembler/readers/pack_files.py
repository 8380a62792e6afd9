"""The files of a pack: data only, each of a kind that a pack may hold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.readers.files import is_link, read_head

FONTS = "polices"
_NAMED = {"pack.yaml", "criteres.yaml", "charte.yaml", "dossier.docx", "dossier.typ"}
_TEXTS = {".yaml", ".typ", ".md", ".txt"}
_HEADS: dict[str, tuple[bytes, ...]] = {
    ".docx": (b"PK\x03\x04",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".ttf": (b"\x00\x01\x00\x00", b"true"),
    ".ttc": (b"ttcf",),
    ".otf": (b"OTTO", b"\x00\x01\x00\x00"),
}
# What file managers and Word leave behind; nobody would miss it.
_LEFT_BEHIND = {"Thumbs.db", "desktop.ini"}


def pack_files(folder: Path) -> tuple[tuple[str, Path], ...]:
    """Every file of the pack in `folder`, by its path in it, but for what file managers leave behind; sorted."""
    found = ((path.relative_to(folder), path) for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return tuple(sorted((name.as_posix(), path) for name, path in found if not _is_left_behind(name.parts)))


def check_pack_files(folder: Path) -> Iterator[Finding]:
    """An error for each file that a pack may not hold, or that is not of the kind its name says."""
    for name, path in pack_files(folder):
        source = Source(f"{folder.name}/{name}")
        if is_link(path.lstat()) or not path.is_file() or not _may_stand(PurePosixPath(name)):
            yield error("pack-file-foreign", source)
        elif not _is_its_kind(path):
            yield error("pack-file-disguised", source)


def _is_left_behind(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "~$")) for part in parts) or parts[-1] in _LEFT_BEHIND


def _may_stand(name: PurePosixPath) -> bool:
    """At the top, the files of a pack, pictures and notes; fonts and their licences in their folder."""
    suffix = name.suffix.lower()
    match name.parts:
        case (only,):
            return only in _NAMED or suffix in (".png", ".jpg", ".jpeg", ".md", ".txt")
        case (folder, _) if folder == FONTS:
            return suffix in (".ttf", ".ttc", ".otf", ".md", ".txt")
        case _:
            return False


def _is_its_kind(path: Path) -> bool:
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        try:
            return "\0" not in path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            return False
    return read_head(path, 8).startswith(_HEADS[suffix])
