"""What a Word template may hold: a list of what is allowed. Word acts on the rest on opening: code, files and pages elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.writers.word.intake import texts
from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, name

_CODE = {
    "vbaProject": "des macros", "wordVbaData": "des macros", "control": "un contrôle ActiveX",
    "activeXControlBinary": "un contrôle ActiveX", "extensibility": "un ruban personnalisé",
    "keyMapCustomizations": "des raccourcis personnalisés", "attachedToolbars": "des barres d’outils",
    "webextension": "un complément Office", "webextensiontaskpanes": "un complément Office",
}  # fmt: skip
_EMBEDDED = {
    "oleObject": "un objet incorporé", "package": "un classeur ou un document incorporé", "aFChunk": "un document inséré",
    "subDocument": "un sous-document", "frame": "un cadre",
}  # fmt: skip
_MERGE = {"mailMergeSource", "mailMergeHeaderSource", "recipientData"}
_HARMLESS = {
    "officeDocument", "styles", "stylesWithEffects", "theme", "themeOverride", "settings", "webSettings", "fontTable", "font",
    "numbering", "footnotes", "endnotes", "header", "footer", "image", "hdphoto", "hyperlink", "comments", "commentsExtended",
    "commentsIds", "commentsExtensible", "people", "customXml", "customXmlProps", "core-properties", "extended-properties",
    "custom-properties", "thumbnail", "glossaryDocument", "bibliography", "chart", "chartEx", "chartColorStyle", "chartStyle",
    "chartUserShapes", "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
    "printerSettings", "classificationlabels",
}  # fmt: skip
_CODE_PARTS = re.compile(r"(vbaProject\.bin|vbaData\.xml|activeX\d*\.(xml|bin)|customUI\d*\.xml)$", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_FIELDS = {
    "=", "ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "CITATION", "COMMENTS", "COMPARE",
    "CREATEDATE", "DATE", "DOCPROPERTY", "EDITTIME", "EQ", "FILENAME", "FILESIZE", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT",
    "HYPERLINK", "IF", "INDEX", "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "MERGEFIELD", "NOTEREF", "NUMCHARS", "NUMPAGES",
    "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF",
    "SUBJECT", "SYMBOL", "TC", "TIME", "TITLE", "TOC", "USERINITIALS", "USERNAME", "XE",
}  # fmt: skip
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_ELEMENTS = {
    name("altChunk"): "un document inséré", name("subDoc"): "un sous-document", name("object"): "un objet incorporé",
    name("control"): "un contrôle", _OLE: "un objet incorporé",
}  # fmt: skip


def check_contents(package: Package, parts: dict[str, str], source: Source) -> Iterator[Finding]:
    """An error for each thing that is refused; `parts` are the names that Word’s user knows of parts."""
    code = {part for part in package.names() if _CODE_PARTS.search(part)}
    if code:
        yield error("template-macro", source, what="des macros ou du code", where=", ".join(sorted(code)))
    for part in texts(package):
        tree = package.tree(part)
        where = parts.get(part) or ("corps du texte" if part == package.document else part)
        if part.endswith(".rels"):
            owner = part.replace("_rels/", "").removesuffix(".rels")
            where = parts.get(owner) or ("corps du texte" if owner == package.document else owner)
            yield from _relations(tree, where, source, told=bool(code))
            continue
        for kind in {str(each.tag) for each in tree.iter(*_ELEMENTS)}:
            yield error("template-embedded", source, what=_ELEMENTS[kind], where=where)
        if tree.find(name("mailMerge")) is not None:
            yield error("template-mail-merge", source)
        for instruction in dict.fromkeys(_instructions(tree)):
            if not _is_harmless(instruction):
                yield error("template-field", source, field=instruction.strip()[:60] or "{ … }", where=where)


def _relations(tree: Element, where: str, source: Source, *, told: bool) -> Iterator[Finding]:
    for relation in tree:
        kind = relation.get("Type", "").rstrip("/").rpartition("/")[2]
        target = relation.get("Target", "")
        external = relation.get("TargetMode", "").lower() == "external"
        if kind in _CODE:
            if not told:
                yield error("template-macro", source, what=_CODE[kind], where=where)
        elif kind == "attachedTemplate":
            yield error("template-attached", source, address=target)
        elif kind in _MERGE:
            yield error("template-mail-merge", source)
        elif kind in _EMBEDDED:
            yield error("template-embedded", source, what=_EMBEDDED[kind], where=where)
        elif kind not in _HARMLESS:
            yield error("template-unknown-part", source, kind=kind or "sans nom", where=where)
        elif external and not (kind == "hyperlink" and _ADDRESS.match(target)):
            yield error("template-external", source, address=target, where=where)


def _instructions(tree: Element) -> Iterator[str]:
    """The instruction of every field; that of a field in another’s instruction stands as an empty place in the latter."""
    stack: list[list[str]] = []
    for element in tree.iter(name("fldChar"), name("instrText"), name("delInstrText"), name("fldSimple")):
        kind = element.get(name("fldCharType"))
        if element.tag == name("fldSimple"):
            yield element.get(name("instr"), "")
        elif element.tag != name("fldChar"):
            if stack:
                stack[-1].append(element.text or "")
            else:
                yield element.text or ""
        elif kind == "begin":
            if stack:
                stack[-1].append("\0")
            stack.append([])
        elif kind == "end" and stack:
            yield "".join(stack.pop())
    for left in stack:
        yield "".join(left)


def _is_harmless(instruction: str) -> bool:
    """Whether a field is one of the list; one whose own name is made by another field is not."""
    words = instruction.split()
    if not words:
        return True
    if words[0].startswith("="):
        return True
    if words[0].upper() == "HYPERLINK":
        address = instruction.replace("\0", "").split(None, 1)[1:] or [""]
        return address[0].lstrip('"“ ').lower().startswith(("http://", "https://", "mailto:", "\\l", "\\o", "#"))
    return words[0].upper() in _FIELDS
