"""What an Office file's archive may hold before any program opens it: counted, refused or stripped."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable

if TYPE_CHECKING:
    from lxml import etree

_MAX_PARTS = 2_000
_MAX_PART = 150_000_000
_MAX_INFLATED = 200_000_000
_MAX_RATIO = 400
_CHUNK = 1 << 20
# A target that names its own scheme, or a server, is elsewhere whatever its mode says.
_ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_OPEN_DOCUMENT = ("content.xml", "styles.xml")
_XLINK = "http://www.w3.org/1999/xlink"
_FOLLOWED = tuple(  # a link in a text or on a drawing is not fetched, but followed by whoever wants to
    f"{{urn:oasis:names:tc:opendocument:xmlns:{space}:1.0}}a" for space in ("text", "drawing")
)
_DOCTYPES = tuple(
    "<!DOCTYPE".encode(each) for each in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037")
)
_HIDING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']utf-?7""", re.IGNORECASE)  # a DOCTYPE of letters only


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
    if lower.endswith((".xml", ".rels", ".vml")) and (
        any(each in part for each in _DOCTYPES) or _HIDING.match(part.lstrip(b"\xef\xbb\xbf"))
    ):
        raise Unusable(Absence.BROKEN, "déclaration DOCTYPE")
    if lower.rpartition("/")[2] in _OPEN_DOCUMENT:
        return _inner_references(part, removed)
    return _inner_relations(part, removed) if lower.endswith(".rels") else part


def _inner_references(part: bytes, removed: set[str]) -> bytes:
    """An OpenDocument part without what would fetch something from elsewhere; a link to follow stays."""
    root = _parsed(part)
    fetching = [
        each
        for each in root.iter("{*}*")
        if _elsewhere(each.get(f"{{{_XLINK}}}href", "")) and each.tag not in _FOLLOWED
    ]
    if not fetching:
        return part
    removed.add("external")
    for each in fetching:
        each.set(f"{{{_XLINK}}}href", "")
    return _written(root)


def _elsewhere(target: str) -> bool:
    """Whether a target is out of the file: it names a scheme, a server, or a folder above."""
    return bool(_ELSEWHERE.match(target) or target.lstrip().startswith(("/", "\\", "../")))


def _parsed(part: bytes) -> etree._Element:
    from lxml import etree

    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault


def _written(root: etree._Element) -> bytes:
    from lxml import etree

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _inner_relations(part: bytes, removed: set[str]) -> bytes:
    """The relationships without those that would fetch something from elsewhere or run; the same bytes when there are none."""
    root = _parsed(part)
    dropped = [(each, why) for each in root.iter("{*}Relationship") if (why := _why_dropped(each))]
    if not dropped:
        return part
    for each, why in dropped:
        removed.add(why)
        parent = each.getparent()
        if parent is None:
            raise Unusable(Absence.BROKEN, "relations")
        parent.remove(each)
    return _written(root)


def _why_dropped(relation: etree._Element) -> str | None:
    """`macros`, `external`, or None for a relationship that may stay."""
    held = {str(name).rpartition("}")[2]: str(value) for name, value in relation.items()}
    kind = held.get("Type", "").strip().rpartition("/")[2].casefold()
    external = held.get("TargetMode", "").strip().casefold() == "external" or _ELSEWHERE.match(held.get("Target", ""))
    if kind == "vbaproject":
        return "macros"
    return "external" if external and kind != "hyperlink" else None
