"""Files that travel as one zip, with the fingerprint of each: written always alike, and read only when nothing in it is doubtful.

A zip from elsewhere is looked at whole (names, links, sizes once inflated, fingerprints) before a byte of it is written.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assembler.errors import DossierError, Missing, Refused
from assembler.tools.atomic import replace_by
from assembler.tools.bundle_names import refuse_names
from assembler.tools.faults import reason

SUMS, SIGNATURE = "manifest-sha256.txt", "signature.txt"
_APART = (SUMS, SIGNATURE)
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_MOST_SUMS = 1_000_000
# Whatever its ratio, a part that stays below this harms nobody.
_SMALL = 1_000_000
_END = struct.Struct("<4s4H2LH")
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a zip may weigh: in all as it comes, in all once inflated (bytes), in number of files; how far one may inflate."""

    packed: int
    inflated: int
    files: int
    ratio: int = 100


@dataclass(frozen=True, slots=True)
class Bundle:
    """A zip that has been looked at: the names of its files, its manifest of fingerprints and what seals it, as bytes."""

    names: tuple[str, ...]
    sums: bytes
    signature: bytes | None
    _archive: zipfile.ZipFile

    def unpack(self, folder: Path) -> None:
        """Write every file under `folder`, which is ours. Raises `Refused` when the zip has changed since it was looked at."""
        for digest, name in _rows(self.sums):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if _copied(self._archive, name, target) != digest:
                raise Refused("bundle-altered", file=name, name=name)


def _copied(archive: zipfile.ZipFile, name: str, target: Path) -> str | None:
    """The fingerprint of the part as written; None when it can no longer be read."""
    written = hashlib.sha256()
    try:
        with target.open("wb") as stream, archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                written.update(chunk)
                stream.write(chunk)
    except _FAULTS:
        return None
    return written.hexdigest()


def sums_of(files: Iterable[tuple[str, Path]]) -> bytes:
    """The manifest of `files` (name in the zip, place): a fingerprint and a name on each line, sorted by name."""
    rows = sorted((name, _digest(path)) for name, path in files)
    return "".join(f"{digest}  {name}\n" for name, digest in rows).encode()


def write_bundle(target: Path, files: Iterable[tuple[str, Path]], seal: Callable[[bytes], bytes] | None) -> bytes:
    """Write the zip, whole or not at all; the manifest it holds. `seal` makes the signature from it.

    The same files give the same bytes. Raises `DossierError` when the disk refuses.
    """
    files = sorted(files)
    try:
        sums = sums_of(files)
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault
    replace_by(target, lambda stream: _write(stream, files, sums, seal(sums) if seal else None), durable=True)
    return sums


def _write(stream: BinaryIO, files: list[tuple[str, Path]], sums: bytes, signature: bytes | None) -> None:
    apart = [(SUMS, sums), *([(SIGNATURE, signature)] if signature is not None else [])]
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in apart:
            _add(archive, name, io.BytesIO(content))
        for name, path in files:
            with path.open("rb") as part:
                _add(archive, name, part)


def _add(archive: zipfile.ZipFile, name: str, part: BinaryIO) -> None:
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w") as entry:
        while chunk := part.read(_CHUNK):
            entry.write(chunk)


@contextlib.contextmanager
def open_bundle(path: Path, limits: Limits) -> Iterator[Bundle]:
    """The zip at `path`, looked at whole. Raises `Missing` without a file, `Refused` at the first thing that is doubtful."""
    if not path.is_file():
        raise Missing("bundle-missing", file=str(path))
    with path.open("rb") as stream:
        _refuse_shape(stream, path.name, limits)
        yield _opened(stream, path.name, limits)


def _opened(stream: BinaryIO, file: str, limits: Limits) -> Bundle:
    try:
        return _looked_at(zipfile.ZipFile(stream), file, limits)
    except _FAULTS as fault:
        raise Refused("bundle-unreadable", file=file) from fault


def _refuse_shape(stream: BinaryIO, file: str, limits: Limits) -> None:
    """Before the list of its files is read: its size, and that this list is of a sane size and ends the file."""
    size = stream.seek(0, os.SEEK_END)
    if size > limits.packed:
        raise Refused("bundle-too-large", file=file, most=f"{limits.packed / 1e6:.0f}")
    stream.seek(max(size - _END.size - 20, 0))
    tail = stream.read()
    if len(tail) < _END.size:
        raise Refused("bundle-unreadable", file=file)
    mark, *_, entries, length, start, comment = _END.unpack(tail[-_END.size :])
    ends = start + length + _END.size == size and not comment
    if mark != b"PK\x05\x06" or not ends or tail[:4] == b"PK\x06\x07":
        raise Refused("bundle-unreadable", file=file)
    if entries > limits.files or length > limits.files * 500:
        raise Refused("bundle-too-many", file=file, most=str(limits.files))


def _looked_at(archive: zipfile.ZipFile, file: str, limits: Limits) -> Bundle:
    infos = archive.infolist()
    if len(infos) > limits.files:
        raise Refused("bundle-too-many", file=file, most=str(limits.files))
    refuse_names(infos, file)
    _refuse_overlaps(infos, file)
    parts = [each for each in infos if not each.is_dir()]
    names = {each.filename for each in parts}
    if SUMS not in names:
        raise Refused("bundle-no-sums", file=file)
    room = limits.inflated
    apart: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    for info in sorted(parts, key=lambda each: each.filename not in _APART):
        kept = io.BytesIO() if info.filename in _APART else None
        most = min(room, max(info.compress_size * limits.ratio, _SMALL), _MOST_SUMS if kept else room)
        size, digests[info.filename] = _inflate(archive, info, most, kept)
        if size > most:
            raise Refused("bundle-inflates", file=file, name=info.filename)
        room -= size
        if kept:
            apart[info.filename] = kept.getvalue()
    stated = {name: digest for digest, name in _rows(apart[SUMS])}
    for name in sorted((names - set(_APART)) | set(stated)):
        if digests.get(name) != stated.get(name):
            raise Refused("bundle-altered", file=file, name=name)
    return Bundle(tuple(sorted(stated)), apart[SUMS], apart.get(SIGNATURE), archive)


def _refuse_overlaps(infos: list[zipfile.ZipInfo], file: str) -> None:
    """No byte of the zip may serve two files."""
    free = 0
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < free:
            raise Refused("bundle-unreadable", file=file)
        free = info.header_offset + 30 + info.compress_size


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int, kept: BinaryIO | None) -> tuple[int, str]:
    """How large the part is once inflated, counted and not as declared (it stops past `most`), and its fingerprint."""
    size, digest = 0, hashlib.sha256()
    with archive.open(info) as part:
        while size <= most and (chunk := part.read(_CHUNK)):
            size += len(chunk)
            digest.update(chunk)
            if kept:
                kept.write(chunk)
    return size, digest.hexdigest()


def _rows(sums: bytes) -> list[tuple[str, str]]:
    """Fingerprint and name of each line. Raises `ValueError` for anything else."""
    matches = [_LINE.fullmatch(line) for line in sums.decode().splitlines()]
    rows = [(match[1], match[2]) for match in matches if match]
    if len(rows) < len(matches) or len({name for _, name in rows}) < len(rows):
        raise ValueError
    return rows


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
