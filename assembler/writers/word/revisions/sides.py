"""One of the two Word files: keys that are the same for what reads the same, and the words of its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from assembler.model.likeness import Piece
from assembler.writers.word.package import Package
from assembler.writers.word.places import heading_styles
from assembler.writers.word.revisions.lists import Lists
from assembler.writers.word.xml import SPACE, Element, R, name, val

PARAGRAPH, TABLE, CONTROL = name("p"), name("tbl"), name("sdt")
BLOCKS = (PARAGRAPH, TABLE, CONTROL)
NOTE = name("footnoteReference")
_NUMBER, _ABOUT = name("numId"), name("pPr")
# What nobody reads: places, the instructions of fields, what says where a picture is kept.
_SILENT = frozenset(map(name, ("bookmarkStart", "bookmarkEnd", "instrText", "proofErr", "lastRenderedPageBreak")))
_SHOWN = tuple(map(name, ("t", "tab", "br")))
_NAMELESS = ("docPr", "cNvPr")
_TARGET = name("anchor")


class Side:
    """One file. `ranks` numbers the keys of both files, so that long ones are compared once."""

    def __init__(self, package: Package, ranks: dict[Hashable, int]) -> None:
        self.package = package
        self.lists = Lists(package)
        self.headings = heading_styles(package)
        self.notes_part = package.related(package.document, "footnotes") or ""
        notes = package.tree(self.notes_part) if self.notes_part in package else ()
        self.notes = {each.get(name("id")): each for each in notes}
        self._note_keys: dict[str | None, Hashable] = {}
        self._ranks = ranks
        self._targets: dict[str, dict[str | None, str]] = {}

    def key(self, block: Element, part: str) -> int:
        """The same for two blocks that read the same; widths, places and ids do not count."""
        return self._ranks.setdefault(self._key(block, part), len(self._ranks))

    def said(self, element: Element, part: str) -> Hashable:
        """The same for two elements that read the same."""
        found: list[Hashable] = []
        for each in element.iter():
            tag = each.tag
            if not isinstance(tag, str) or tag in _SILENT:
                continue
            found.append(tag)
            if each.attrib:
                self._attributes(each, tag, part, found)
            if each.text:
                found.append(each.text)
        return tuple(found)

    def row_key(self, row: Element, part: str) -> Hashable:
        """The same for two rows that read the same."""
        return tuple((cell_shape(cell), *(self.key(each, part) for each in blocks_of(cell))) for cell in cells_of(row))

    def is_heading(self, block: Element) -> bool:
        """Whether a paragraph is a title."""
        return block.tag == PARAGRAPH and val(block.find(f"{_ABOUT}/{name('pStyle')}")) in self.headings

    def piece(self, element: Element) -> Piece:
        """A block or a row as a text to be recognised by its words."""
        kind = "heading" if self.is_heading(element) else str(element.tag)
        if element.tag == TABLE:
            columns = element.findall(f"{name('tblGrid')}/{name('gridCol')}")
            kind += f" {len(columns)}"
        texts = ("".join(each.text or " " for each in held.iter(*_SHOWN)) for held in element.iter(PARAGRAPH))
        words = Counter(word for text in texts for word in text.split())
        return Piece(kind, words, words.total())

    def target(self, part: str, identifier: str | None) -> str:
        """What a relationship of `part` leads to: a part, or an address."""
        if part not in self._targets:
            self._targets[part] = {
                each.get("Id"): each.get("Target", "")
                if each.get("TargetMode") == "External"
                else Package.target(part, each)
                for each in self.package.relations(part)
            }
        return self._targets[part].get(identifier, "")

    def _key(self, block: Element, part: str) -> Hashable:
        if block.tag == TABLE:
            return ("table", tuple(self.row_key(row, part) for row in block.iterchildren(name("tr"))))
        if block.tag == CONTROL:
            return (
                "contents" if is_contents(block) else ("control", *(self.key(each, part) for each in blocks_of(block)))
            )
        return self.said(block, part)

    def _attributes(self, element: Element, tag: str, part: str, found: list[Hashable]) -> None:
        if tag == NOTE:
            found.append(self._note(element.get(name("id"))))
        elif tag == _NUMBER:
            found.append(self.lists.look(val(element)))
        elif not tag.endswith(_NAMELESS):
            for key, at in element.attrib.items():
                if str(key).startswith(f"{{{R}}}"):
                    found.append(self.target(part, str(at)))
                elif key not in (SPACE, _TARGET):
                    found.append((key, at))

    def _note(self, identifier: str | None) -> Hashable:
        if identifier not in self._note_keys:
            note = self.notes.get(identifier)
            self._note_keys[identifier] = None if note is None else self._note_key(note)
        return self._note_keys[identifier]

    def _note_key(self, note: Element) -> Hashable:
        return ("note", *(self.key(each, self.notes_part) for each in blocks_of(note)))


def blocks_of(holder: Element) -> list[Element]:
    """The paragraphs, tables and content controls that `holder` (a body, a cell, a note, a control) holds itself."""
    inside = holder.find(name("sdtContent")) if holder.tag == CONTROL else holder
    return [] if inside is None else [each for each in inside if each.tag in BLOCKS]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row."""
    return list(row.iterchildren(name("tc")))


def cell_shape(cell: Element) -> tuple[str | None, bool]:
    """How many columns a cell takes, and whether it goes on over several rows."""
    about = cell.find(name("tcPr"))
    if about is None:
        return None, False
    return val(about.find(name("gridSpan"))), about.find(name("vMerge")) is not None


def is_contents(control: Element) -> bool:
    """Whether a content control holds the contents, which Word makes again from the titles."""
    gallery = next(control.iter(name("docPartGallery")), None)
    return gallery is not None and "contents" in (val(gallery) or "").lower()
