"""A zip from elsewhere, read only when nothing in it is doubtful.

It is looked at whole (names, links, sizes once inflated, fingerprints) before a byte of it is written.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assembler.errors import Missing, Refused
from assembler.tools.bundle_names import refuse_names
from assembler.tools.packing import SIGNATURE, SMALL, SUMS, Part

_CHUNK = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_MOST_SUMS = 1_000_000
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
class Layout:
    """Where the fingerprints of a zip stand: `covers` names the file that holds the fingerprint of a given one.

    `sums` are those files; `apart` those of no fingerprint. `escaped` says that a « % » in a name is written « %25 » there.
    """

    sums: tuple[str, ...]
    apart: tuple[str, ...]
    covers: Callable[[str], str]
    escaped: bool


PLAIN = Layout((SUMS,), (SUMS, SIGNATURE), lambda _: SUMS, escaped=False)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A zip that has been looked at: the files of its manifests, the manifest of fingerprints and what seals it, as bytes."""

    parts: tuple[Part, ...]
    sums: bytes
    signature: bytes | None
    _archive: zipfile.ZipFile

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files, sorted."""
        return tuple(each.name for each in self.parts)

    def read(self, name: str) -> bytes:
        """The content of a part, for those that are small. Raises `Refused` as `unpack` does."""
        part, content = next(each for each in self.parts if each.name == name), io.BytesIO()
        if _copied(self._archive, name, content) != part.digest:
            raise Refused("bundle-altered", file=name, name=name)
        return content.getvalue()

    def unpack(self, folder: Path, place: Callable[[str], str | None] = lambda name: name) -> None:
        """Write every file under `folder`, which is ours, at its `place` (None: nowhere).

        Raises `Refused` when the zip has changed since it was looked at.
        """
        for part in self.parts:
            path = place(part.name)
            if path is None:
                continue
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as stream:
                digest = _copied(self._archive, part.name, stream)
            if digest != part.digest:
                raise Refused("bundle-altered", file=part.name, name=part.name)


def _copied(archive: zipfile.ZipFile, name: str, stream: BinaryIO) -> str | None:
    """The fingerprint of the part as written; None when it can no longer be read."""
    written = hashlib.sha256()
    try:
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                written.update(chunk)
                stream.write(chunk)
    except _FAULTS:
        return None
    return written.hexdigest()


@contextlib.contextmanager
def open_bundle(path: Path, limits: Limits, layout: Layout = PLAIN) -> Iterator[Bundle]:
    """The zip at `path`, looked at whole. Raises `Missing` without a file, `Refused` at the first thing that is doubtful."""
    if path.is_dir():
        raise Missing("bundle-is-folder", file=str(path))
    if not path.is_file():
        raise Missing("bundle-missing", file=str(path))
    with path.open("rb") as stream:
        _refuse_shape(stream, path.name, limits)
        yield _opened(stream, path.name, limits, layout)


def unpack_any(path: Path, limits: Limits, folder: Path) -> tuple[str, ...]:
    """Write under `folder`, which is ours, the files of a zip that anybody made; the names of those that cannot be read.

    Fingerprints are left to whoever asks; all the rest is looked at as `open_bundle` does. Raises `Refused` as it does.
    """
    with path.open("rb") as stream:
        _refuse_shape(stream, path.name, limits)
        try:
            archive = zipfile.ZipFile(stream)
            parts = _plain_parts(archive, path.name, limits)
        except _FAULTS as fault:
            raise Refused("bundle-unreadable", file=path.name) from fault
        sound, broken, room = [], [], limits.inflated
        for info in parts:
            most = min(room, max(info.compress_size * limits.ratio, SMALL))
            try:
                size, digest = _inflate(archive, info, most, None)
            except _FAULTS:
                broken.append(info.filename)
                continue
            if size > most:
                raise Refused("bundle-inflates", file=path.name, name=info.filename)
            sound.append(Part(info.filename, digest, size))
            room -= size
        Bundle(tuple(sound), b"", None, archive).unpack(folder)
    return tuple(broken)


def _opened(stream: BinaryIO, file: str, limits: Limits, layout: Layout) -> Bundle:
    try:
        return _looked_at(zipfile.ZipFile(stream), file, limits, layout)
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


def _looked_at(archive: zipfile.ZipFile, file: str, limits: Limits, layout: Layout) -> Bundle:
    parts = _plain_parts(archive, file, limits)
    names = {each.filename for each in parts}
    if not names.issuperset(layout.sums):
        raise Refused("bundle-no-sums", file=file)
    room = limits.inflated
    apart: dict[str, bytes] = {}
    found: dict[str, Part] = {}
    small = {*layout.sums, *layout.apart}
    for info in sorted(parts, key=lambda each: each.filename not in small):
        kept = io.BytesIO() if info.filename in small else None
        most = min(room, max(info.compress_size * limits.ratio, SMALL), _MOST_SUMS if kept else room)
        size, digest = _inflate(archive, info, most, kept)
        if size > most:
            raise Refused("bundle-inflates", file=file, name=info.filename)
        found[info.filename] = Part(info.filename, digest, size)
        room -= size
        if kept:
            apart[info.filename] = kept.getvalue()
    stated = dict(row for sums in layout.sums for row in _stated(apart[sums], sums, layout))
    for name in sorted((names - set(layout.apart)) | set(stated)):
        if name not in found or found[name].digest != stated.get(name):
            raise Refused("bundle-altered", file=file, name=name)
    return Bundle(tuple(found[name] for name in sorted(stated)), apart[SUMS], apart.get(SIGNATURE), archive)


def _plain_parts(archive: zipfile.ZipFile, file: str, limits: Limits) -> list[zipfile.ZipInfo]:
    """Its files. Raises `Refused` when there are too many, or one of its entries is not what it seems."""
    infos = archive.infolist()
    if len(infos) > limits.files:
        raise Refused("bundle-too-many", file=file, most=str(limits.files))
    refuse_names(infos, file)
    _refuse_overlaps(infos, file)
    return [each for each in infos if not each.is_dir()]


def _stated(sums: bytes, file: str, layout: Layout) -> Iterator[tuple[str, str]]:
    """Name and fingerprint of each line of the manifest `file`. Raises `ValueError` for one that belongs to another manifest."""
    for digest, written in read_sums(sums):
        name = written.replace("%25", "%") if layout.escaped else written
        if layout.covers(name) != file:
            raise ValueError
        yield name, digest


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


def read_sums(sums: bytes) -> list[tuple[str, str]]:
    """Fingerprint and name of each line. Raises `ValueError` for anything else."""
    matches = [_LINE.fullmatch(line) for line in sums.decode().splitlines()]
    rows = [(match[1], match[2]) for match in matches if match]
    if len(rows) < len(matches) or len({name for _, name in rows}) < len(rows):
        raise ValueError
    return rows
