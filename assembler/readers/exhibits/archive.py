"""What an Office file's archive may hold before any program opens it: counted, refused or stripped."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable

_MAX_PARTS = 2_000
_MAX_PART = 150_000_000
_MAX_INFLATED = 200_000_000
_MAX_RATIO = 400
_CHUNK = 1 << 20
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship>)", re.DOTALL)

_DOCTYPES = tuple("<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a sound archive, in its own order, and what was taken out: `external`, `macros`."""

    parts: tuple[tuple[str, bytes], ...]
    removed: tuple[str, ...]

    def packed(self) -> bytes:
        """The archive again."""
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.parts:
                method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name), content, method)
        return output.getvalue()


def open_archive(content: bytes) -> Archive:
    """The archive's parts, without links to elsewhere and without macros.

    Raises `Unusable` for bombs, document type declarations, duplicate or unsafe names, and what is no archive.
    """
    removed: set[str] = set()
    parts: list[tuple[str, bytes]] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            _refuse_names(infos)
            inflated = 0
            for info in infos:
                if info.is_dir():
                    continue
                part = _inflate(archive, info, _MAX_INFLATED - inflated)
                inflated += len(part)
                kept = _kept(info.filename, part, removed)
                if kept is not None:
                    parts.append((info.filename, kept))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault
    return Archive(tuple(parts), tuple(sorted(removed)))


def _refuse_names(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(names) > _MAX_PARTS:
        raise Unusable(Absence.TOO_LARGE, "une fois décompressé")
    if len({name.casefold() for name in names}) < len(names):
        raise Unusable(Absence.BROKEN, "noms en double")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise Unusable(Absence.BROKEN, "noms dangereux")
    if any(info.flag_bits & 1 for info in infos):
        raise Unusable(Absence.ENCRYPTED)


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """The part, counted while it inflates: declared sizes may lie."""
    most = min(room, _MAX_PART, max(info.compress_size, 1000) * _MAX_RATIO)
    chunks: list[bytes] = []
    size = 0
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise Unusable(Absence.TOO_LARGE, "une fois décompressé")
            chunks.append(chunk)
    return b"".join(chunks)


def _kept(name: str, part: bytes, removed: set[str]) -> bytes | None:
    """The part as it may be opened; None for one left out."""
    lower = name.casefold()
    if lower.endswith(("vbaproject.bin", "vbadata.xml")) or lower.startswith(("basic/", "scripts/")):
        removed.add("macros")
        return None
    if lower.endswith((".xml", ".rels", ".vml")) and any(each in part for each in _DOCTYPES):
        raise Unusable(Absence.BROKEN, "déclaration DOCTYPE")
    if lower.endswith(".rels"):
        return _RELATION.sub(lambda match: _relation(match[0], removed), part)
    return part


def _relation(relation: bytes, removed: set[str]) -> bytes:
    """A relationship as it stands, or nothing when it would fetch something from elsewhere."""
    external = re.search(rb"TargetMode\s*=\s*[\"']External", relation, re.IGNORECASE)
    hyperlink = re.search(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", relation)
    if b"vbaproject" in relation.lower():
        return b""
    if external and not hyperlink:
        removed.add("external")
        return b""
    return relation
