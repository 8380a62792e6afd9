"""A Word file as parts: relationships and types stay true as parts are added, the same parts give the same bytes."""

from __future__ import annotations

import io
import posixpath
import zipfile

from lxml import etree

from assembler.writers.word.xml import Element, detach, read

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT_TYPES = "[Content_Types].xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Package:
    """The parts of one Word file, by name without leading slash; trees are parsed at first use, written by `save`."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self._parts = {item.filename: archive.read(item) for item in archive.infolist() if not item.is_dir()}
        self._trees: dict[str, Element] = {}
        self.document = self.related("", "officeDocument") or "word/document.xml"

    def __contains__(self, part: str) -> bool:
        return part in self._parts or part in self._trees

    def names(self) -> list[str]:
        """The names of all parts, sorted."""
        return sorted({*self._parts, *self._trees})

    def content(self, part: str) -> bytes:
        """The bytes of a part, as they were read or added."""
        return self._parts[part]

    def tree(self, part: str) -> Element:
        """The part's own tree: what is changed in it is saved."""
        if part not in self._trees:
            self._trees[part] = read(self._parts[part])
        return self._trees[part]

    def add(self, part: str, content: bytes | Element, content_type: str) -> None:
        """Add or replace a part, its content type declared."""
        if isinstance(content, bytes):
            self._parts[part] = content
            self._trees.pop(part, None)
        else:
            self._trees[part] = content
        types = self.tree(_CONTENT_TYPES)
        for old in types.findall(f"{{{_TYPES}}}Override[@PartName='/{part}']"):
            types.remove(old)
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)

    def add_media(self, part: str, content: bytes) -> None:
        """Add a picture; `declare` says what its extension means."""
        self._parts[part] = content

    def declare(self, extension: str, content_type: str) -> None:
        """Say what files with this extension are, unless the package says so already."""
        types = self.tree(_CONTENT_TYPES)
        known = {item.get("Extension", "").lower() for item in types.findall(f"{{{_TYPES}}}Default")}
        if extension not in known:
            types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type))

    def remove(self, part: str, source: str) -> None:
        """Take a part away, with its relationships, what declares it and the relationship of `source` to it."""
        self._parts.pop(part, None)
        self._trees.pop(part, None)
        types = self.tree(_CONTENT_TYPES)
        for old in types.findall(f"{{{_TYPES}}}Override[@PartName='/{part}']"):
            types.remove(old)
        for relation in self.relations(source):
            if relation.get("TargetMode") != "External" and self.target(source, relation) == part:
                detach(relation)
        for unused in (self._parts, self._trees):
            unused.pop(_relations_of(part), None)

    def relations(self, source: str) -> list[Element]:
        """The relationships of a part (of the package itself for an empty name)."""
        part = _relations_of(source)
        return list(self.tree(part)) if part in self else []

    def related(self, source: str, kind: str) -> str | None:
        """The part that `source` points to by a relationship of this kind (« styles »), None without one."""
        for relation in self.relations(source):
            if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
                return self.target(source, relation)
        return None

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the relationship from `source` to `target` (a part, or an address), made if need be."""
        part = _relations_of(source)
        if part not in self:
            self._trees[part] = read(f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        tree = self.tree(part)
        if not external:
            target = posixpath.relpath(target, posixpath.dirname(source) or ".")
        kind = kind if "://" in kind else _OFFICE + kind
        taken = set()
        for relation in tree:
            taken.add(relation.get("Id"))
            same = relation.get("Type") == kind and relation.get("Target") == target
            if same and (relation.get("TargetMode") == "External") is external:
                return str(relation.get("Id"))
        rank = len(taken) + 1
        while f"rId{rank}" in taken:
            rank += 1
        relation = etree.SubElement(tree, f"{{{_RELATIONS}}}Relationship", Id=f"rId{rank}", Type=kind, Target=target)
        if external:
            relation.set("TargetMode", "External")
        return f"rId{rank}"

    def save(self) -> bytes:
        """The file: parts in a fixed order under a fixed date, so that the same parts give the same bytes."""
        for part, tree in self._trees.items():
            self._parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for part in sorted(
                self._parts, key=lambda part: (part != _CONTENT_TYPES, not part.startswith("_rels/"), part)
            ):
                item = zipfile.ZipInfo(part, _EPOCH)
                item.compress_type = zipfile.ZIP_DEFLATED
                item.create_system = 0
                item.external_attr = 0
                archive.writestr(item, self._parts[part])
        return target.getvalue()

    @staticmethod
    def target(source: str, relation: Element) -> str:
        """The part that a relationship of `source` points to."""
        target = relation.get("Target", "")
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), target)).lstrip("/")


def _relations_of(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")
