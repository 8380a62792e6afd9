"""The parts of a Word file that comes from outside: counted, parsed without entities, found by their relationships."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from assembler.readers.exhibits.archive import open_archive

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LARGEST = 20_000_000  # bytes of one part of XML


class CharterError(Exception):
    """The file is no Word document that can be read; the argument says why."""


def w(tag: str) -> str:
    """The qualified name of a tag or attribute of WordprocessingML."""
    return f"{{{W}}}{tag}"


def val(element: Element | None, attribute: str = "val") -> str | None:
    """A `w:` attribute of an element, None when either is absent."""
    return None if element is None else element.get(w(attribute))


def number(text: str | None, otherwise: float = 0) -> float:
    """`text` as a number; `otherwise` where it is absent, no number, or beyond any page."""
    try:
        found = float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
    return found if -1e9 < found < 1e9 else otherwise


def points(text: str | None, otherwise: float = 0) -> float:
    """Twips (a twentieth of a point) as points."""
    return round(number(text, otherwise * 20) / 20, 3)


class Parts:
    """The parts of one Word file, by name without leading slash."""

    def __init__(self, content: bytes) -> None:
        """Raises what `open_archive` raises."""
        self._parts = dict(open_archive(content).parts)
        self._trees: dict[str, Element] = {}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.document = next(self.related("", "officeDocument"), "word/document.xml")

    def content(self, part: str) -> bytes | None:
        """The bytes of a part, None when it is not there."""
        return self._parts.get(part)

    def tree(self, part: str) -> Element | None:
        """The tree of a part, None when it is not there. Raises CharterError when it is no XML."""
        if part not in self._trees:
            content = self._parts.get(part)
            if content is None:
                return None
            if len(content) > _LARGEST:
                raise CharterError(part)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
            try:
                self._trees[part] = etree.fromstring(content, parser)
            except etree.XMLSyntaxError as fault:
                raise CharterError(part) from fault
        return self._trees[part]

    def related(self, source: str, kind: str) -> Iterator[str]:
        """The parts that `source` (empty: the package) names for this use, in order."""
        return (target for use, target in self.relations(source).values() if use == kind)

    def target(self, source: str, identifier: str | None) -> str | None:
        """The part that a relationship of `source` names."""
        found = self.relations(source).get(identifier or "")
        return found[1] if found else None

    def relations(self, source: str) -> dict[str, tuple[str, str]]:
        """(use, part) of each relationship of `source`, by id; those that lead outside are left out."""
        if source not in self._relations:
            folder, file = posixpath.split(source)
            tree = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
            self._relations[source] = {
                str(one.get("Id")): (
                    str(one.get("Type")).rpartition("/")[2],
                    posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
                )
                for one in ([] if tree is None else tree.iter(_RELATIONS))
                if one.get("TargetMode") != "External"
            }
        return self._relations[source]
