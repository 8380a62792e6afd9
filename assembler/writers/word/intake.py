"""A Word file from outside, opened as parts: no more is inflated than a Word document holds, no entity is read."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.writers.word.package import Package

_MEGABYTE = 1_000_000
MOST_FILE, MOST_INFLATED, MOST_XML = 50 * _MEGABYTE, 200 * _MEGABYTE, 20 * _MEGABYTE
_MOST_PARTS = 2_000
_CHUNK = 1 << 16
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a document of Word 97, or any encrypted one
_TEXT = (".xml", ".rels", ".vml", ".xhtml", ".htm", ".html")
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHERS = {
    "template.main+xml": "c’est un modèle Word (.dotx)",
    "template.macroEnabledTemplate.main+xml": "c’est un modèle Word avec macros (.dotm)",
    "document.macroEnabled.main+xml": "c’est un document Word avec macros (.docm)",
}


def open_package(content: bytes, source: Source, found: list[Finding]) -> Package | None:
    """The parts of a Word document, each of them within limits and, where it is XML, parsed once; None when it is none.

    `found` receives why.
    """
    if len(content) > MOST_FILE:
        found.append(error("template-too-large", source, what=f"le fichier pèse plus de {MOST_FILE // _MEGABYTE} Mo"))
        return None
    reason = _oversized(content)
    if reason:
        found.append(error("template-too-large", source, what=reason))
        return None
    try:
        package = Package(content)
        found += [
            error("template-doctype", source, part=part) for part in texts(package) if _has_doctype(package, part)
        ]
        if found:
            return None
        reason = _unsound(content, package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        reason = "il est abîmé, ou ce n’est pas un document Word"
        if content.startswith(_OLD):
            reason = "il est protégé par un mot de passe, ou c’est un ancien document (.doc)"
    except etree.XMLSyntaxError:
        reason = "il est abîmé"
    if reason:
        found.append(error("template-not-word", source, reason=reason))
        return None
    return package


def texts(package: Package) -> list[str]:
    """The names of the parts that are XML."""
    return [part for part in package.names() if part.lower().endswith(_TEXT)]


def _oversized(content: bytes) -> str:
    """What there is too much of, counted while inflating: what a file says of its own sizes proves nothing."""
    total = text = 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if len(archive.infolist()) > _MOST_PARTS:
                return f"il contient plus de {_MOST_PARTS} éléments"
            for item in archive.infolist():
                with archive.open(item) as part:
                    while piece := part.read(_CHUNK):
                        total += len(piece)
                        text += len(piece) if item.filename.lower().endswith(_TEXT) else 0
                        if text > MOST_XML:
                            return f"son texte, décompressé, dépasse {MOST_XML // _MEGABYTE} Mo"
                        if total > MOST_INFLATED:
                            return f"décompressé, il dépasse {MOST_INFLATED // _MEGABYTE} Mo"
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return ""  # not a sound archive: told when it is opened
    return ""


def _unsound(content: bytes, package: Package) -> str:
    """Why this archive is no Word document that can be filled in; empty for a sound one."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = [item.filename for item in archive.infolist()]
        if any(item.flag_bits & 1 for item in archive.infolist()):
            return "il est chiffré"
    if len({each.lower() for each in names}) < len(names) or any(_is_odd(each) for each in names):
        return "deux éléments portent le même nom, ou l’un d’eux est hors du document"
    if "[Content_Types].xml" not in package or package.document not in package:
        return "ce n’est pas un document Word"
    kind = _content_type(package)
    for other, words in _OTHERS.items():
        if kind.endswith(other):
            return words
    if kind != _DOCUMENT:
        return "ce n’est pas un document Word"
    root = package.tree(package.document).tag
    if root != "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document":
        return "il est enregistré au format « Strict Open XML »"
    return ""


def _is_odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _content_type(package: Package) -> str:
    for item in package.tree("[Content_Types].xml"):
        if item.get("PartName", "").lstrip("/").lower() == package.document.lower():
            return item.get("ContentType", "")
    extension = package.document.rpartition(".")[2].lower()
    for item in package.tree("[Content_Types].xml"):
        if item.get("Extension", "").lower() == extension:
            return item.get("ContentType", "")
    return ""


def _has_doctype(package: Package, part: str) -> bool:
    """Whether a part declares a document type, in whatever encoding. Word writes none; entities in one could grow without end.

    The parser of this look keeps the limits that the one of our own parts does without.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring(package.content(part), parser).getroottree().docinfo
    except etree.XMLSyntaxError:
        if b"<!DOCTYPE" in package.content(part):
            return True
        raise
    return document.internalDTD is not None or bool(document.doctype)
