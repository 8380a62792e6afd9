"""Files put in one zip, with the fingerprint of each: the same files always give the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assembler.tools.atomic import replace_by

SUMS, SIGNATURE = "manifest-sha256.txt", "signature.txt"
# Whatever its ratio, a part that stays below this harms nobody.
SMALL = 1_000_000
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a zip: its name, its fingerprint, its size once inflated."""

    name: str
    digest: str
    size: int

    @classmethod
    def of(cls, name: str, content: bytes) -> Part:
        """The part that `content` makes."""
        return cls(name, hashlib.sha256(content).hexdigest(), len(content))


Closing = Callable[[tuple[Part, ...]], Iterable[tuple[str, bytes]]]


def sums_of(files: Iterable[tuple[str, Path]]) -> bytes:
    """The manifest of `files` (name in the zip, place): a fingerprint and a name on each line, sorted by name."""
    return written_sums(Part(name, _digest(path), 0) for name, path in files)


def written_sums(parts: Iterable[Part], *, escaped: bool = False) -> bytes:
    """The manifest of these parts."""
    rows = sorted((each.name.replace("%", "%25") if escaped else each.name, each.digest) for each in parts)
    return "".join(f"{digest}  {name}\n" for name, digest in rows).encode()


def write_bundle(target: Path, files: Iterable[tuple[str, Path]], seal: Callable[[bytes], bytes] | None) -> bytes:
    """Write the zip, whole or not at all; the manifest it holds. `seal` makes the signature from it.

    The same files give the same bytes. Raises `DossierError` when the disk refuses.
    """

    def closing(parts: tuple[Part, ...]) -> Iterator[tuple[str, bytes]]:
        sums = written_sums(parts)
        yield SUMS, sums
        if seal:
            yield SIGNATURE, seal(sums)

    return written_sums(write_zip(target, files, closing))


def write_zip(target: Path, files: Iterable[tuple[str, Path | bytes]], closing: Closing) -> tuple[Part, ...]:
    """Write the zip of `files`, then of what `closing` makes of them: each is read once, as it is written."""
    made: list[Part] = []
    wanted = sorted(files, key=lambda each: each[0])

    def write(stream: BinaryIO) -> None:
        made.clear()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in wanted:
                with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as part:
                    made.append(_add(archive, name, part))
            for name, content in closing(tuple(made)):
                _add(archive, name, io.BytesIO(content))

    replace_by(target, write, durable=True)
    return tuple(made)


def _add(archive: zipfile.ZipFile, name: str, part: BinaryIO) -> Part:
    """A large file is stored as it is: evidence is compressed already, and its size is never out of proportion."""
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
    info.compress_type = zipfile.ZIP_DEFLATED if part.seek(0, os.SEEK_END) <= SMALL else zipfile.ZIP_STORED
    part.seek(0)
    size, digest = 0, hashlib.sha256()
    with archive.open(info, "w") as entry:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            digest.update(chunk)
            entry.write(chunk)
    return Part(name, digest.hexdigest(), size)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
