"""The notes part: created when the template has none, else continued after its last note."""

from __future__ import annotations

from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, name, root, w

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Footnotes:
    """`footnotes.xml`; the part is made when the first note is."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = package.related(package.document, "footnotes") or "word/footnotes.xml"
        self._tree: Element | None = package.tree(self.part) if self.part in package else None
        notes = [] if self._tree is None else self._tree.findall(name("footnote"))
        self._next = 1 + max((int(note.get(name("id"), "0")) for note in notes), default=0)

    def add(self, paragraphs: list[Element]) -> int:
        """Keep a note made of `paragraphs`, and give the id that its call must bear."""
        if self._tree is None:
            self._tree = root("footnotes", _separator("separator", -1), _separator("continuationSeparator", 0))
            self._package.add(self.part, self._tree, _TYPE)
            self._package.relate(self._package.document, "footnotes", self.part)
        self._tree.append(w("footnote", *paragraphs, id=self._next))
        self._next += 1
        return self._next - 1


def _separator(kind: str, identifier: int) -> Element:
    spacing = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    return w("footnote", w("p", spacing, w("r", w(kind))), type=kind, id=identifier)
