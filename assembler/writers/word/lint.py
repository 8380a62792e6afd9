"""Our own look at a Word file: what Word would refuse, repair in silence, or show wrongly."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from assembler.errors import DossierError
from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, R, name, val

_TARGETED = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF)\s+\"?([^\s\"\\]+)", re.IGNORECASE)
_STYLED = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def lint(content: bytes) -> list[str]:
    """The faults of a Word file, in English; empty for a sound one."""
    try:
        package = Package(content)
        trees = {part: package.tree(part) for part in package.names() if part.endswith((".xml", ".rels"))}
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, OSError) as failure:
        return [f"not a Word file: {failure}"]
    texts = {part: tree for part, tree in trees.items() if _is_text(tree)}
    faults = [*_parts(package, trees), *_names(texts)]
    anchors = {
        str(start.get(name("name"))).lower() for tree in texts.values() for start in tree.iter(name("bookmarkStart"))
    }
    known = _known(package)
    for part, tree in texts.items():
        faults += [f"{part}: {fault}" for fault in (*_fields(tree, anchors), *_references(tree, known), *_cells(tree))]
    return faults


def require_sound(content: bytes, template: Path) -> None:
    """Refuse a Word file with faults that are not those of its template: they are ours.

    Raises DossierError (`word-unsound`).
    """
    own = sorted(set(lint(content)))
    if own:
        own = sorted(set(own) - set(lint(template.read_bytes())))
    if own:
        raise DossierError("word-unsound", faults=" ; ".join(own[:10]))


def _is_text(tree: Element) -> bool:
    return tree.tag in {name(tag) for tag in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")}


def _parts(package: Package, trees: dict[str, Element]) -> Iterator[str]:
    types = trees.get("[Content_Types].xml")
    if types is None:
        yield "no [Content_Types].xml"
        return
    overrides = {item.get("PartName", "").lstrip("/") for item in types if item.get("PartName")}
    defaults = {item.get("Extension", "").lower() for item in types if item.get("Extension")}
    for part in package.names():
        if part != "[Content_Types].xml" and part not in overrides and part.rpartition(".")[2].lower() not in defaults:
            yield f"{part}: no content type"
    for part in overrides - set(package.names()):
        yield f"{part}: declared, and not there"
    for part, tree in trees.items():
        if tree.getroottree().docinfo.internalDTD is not None:
            yield f"{part}: has a DOCTYPE"
        if part.endswith(".rels"):
            folder, _, file = part.rpartition("_rels/")
            source = folder + file.removesuffix(".rels")
            for relation in tree:
                if relation.get("TargetMode") != "External" and package.target(source, relation) not in package:
                    yield f"{part}: {relation.get('Id')} points to nothing"
        else:
            there = {relation.get("Id") for relation in package.relations(part)}
            used = {
                str(at)
                for element in tree.iter()
                for key, at in element.attrib.items()
                if str(key).startswith(f"{{{R}}}")
            }
            yield from (f"{part}: relationship {used_one} is missing" for used_one in sorted(used - there))
    settings = trees.get(package.related(package.document, "settings") or "")
    if settings is not None and settings.find(name("updateFields")) is not None:
        yield "settings: updateFields makes Word ask a question on opening"


def _names(texts: dict[str, Element]) -> Iterator[str]:
    starts = [start for tree in texts.values() for start in tree.iter(name("bookmarkStart"))]
    ends = [end.get(name("id")) for tree in texts.values() for end in tree.iter(name("bookmarkEnd"))]
    drawings = [drawing.get("id") for tree in texts.values() for drawing in tree.iter(_DOC_PR)]
    yield from _repeated("bookmark name", [start.get(name("name"), "").lower() for start in starts])
    yield from _repeated("bookmark id", [start.get(name("id"), "") for start in starts])
    yield from _repeated("bookmark end", [end or "" for end in ends])
    yield from _repeated("drawing id", [drawing or "" for drawing in drawings])
    for start in starts:
        if start.get(name("id")) not in ends:
            yield f"bookmark {start.get(name('name'))} has no end"
        if len(start.get(name("name"), "")) > 40:
            yield f"bookmark {start.get(name('name'))} has more than 40 characters"


def _repeated(kind: str, found: list[str]) -> Iterator[str]:
    yield from (f"{kind} {one} is there {times} times" for one, times in Counter(found).items() if times > 1)


def _known(package: Package) -> dict[str, set[str]]:
    def attributes(kind: str, tag: str, attribute: str) -> set[str]:
        part = package.related(package.document, kind)
        if part is None or part not in package:
            return set()
        return {str(item.get(name(attribute))) for item in package.tree(part).iter(name(tag))}

    return {
        "style": attributes("styles", "style", "styleId"),
        "numId": attributes("numbering", "num", "numId") | {"0"},
        "footnote": attributes("footnotes", "footnote", "id"),
        "endnote": attributes("endnotes", "endnote", "id"),
        "comment": attributes("comments", "comment", "id"),
    }


def _fields(tree: Element, anchors: set[str]) -> Iterator[str]:
    for link in tree.iter(name("hyperlink")):
        anchor = link.get(name("anchor"))
        if anchor is not None and anchor != "_top" and anchor.lower() not in anchors:
            yield f"link to the missing bookmark {anchor}"
    open_fields: list[list[str]] = []
    separated: list[bool] = []
    for element in tree.iter(name("fldChar"), name("instrText"), name("fldSimple")):
        if element.get(name("dirty")) is not None:
            yield "a dirty field makes Word ask a question on opening"
        kind = element.get(name("fldCharType"))
        if element.tag == name("fldSimple"):
            yield from _target(element.get(name("instr"), ""), anchors)
        elif element.tag == name("instrText"):
            if open_fields:
                open_fields[-1].append(element.text or "")
        elif kind == "begin":
            open_fields.append([])
            separated.append(False)
        elif not open_fields:
            yield f"field {kind} without a begin"
        elif kind == "separate":
            if separated[-1]:
                yield "field separated twice"
            separated[-1] = True
        else:
            yield from _target("".join(open_fields.pop()), anchors)
            separated.pop()
    if open_fields:
        yield f"{len(open_fields)} field(s) without an end"


def _target(instruction: str, anchors: set[str]) -> Iterator[str]:
    found = _TARGETED.match(instruction)
    if found is not None and found[1].lower() not in anchors:
        yield f"field to the missing bookmark {found[1]}"


def _references(tree: Element, known: dict[str, set[str]]) -> Iterator[str]:
    tags = {name(tag): "style" for tag in _STYLED} | {name("numId"): "numId"}
    notes = {name(f"{kind}Reference"): kind for kind in ("footnote", "endnote", "comment")}
    missing: dict[str, None] = {}
    for element in tree.iter(*tags, *notes):
        kind = tags.get(str(element.tag)) or notes[str(element.tag)]
        shown = val(element) if str(element.tag) in tags else element.get(name("id"))
        if shown not in known[kind]:
            missing[f"{kind} {shown} is missing"] = None
    yield from missing


def _cells(tree: Element) -> Iterator[str]:
    for cell in tree.iter(name("tc")):
        if len(cell) == 0 or cell[-1].tag not in (name("p"), name("bookmarkEnd"), name("sdt"), name("customXml")):
            yield "a table cell does not end with a paragraph"
