"""The notes part: created when the template has none, else continued after its last note."""

from __future__ import annotations

from assembler.model.text import Block
from assembler.writers.word.bookmarks import Bookmarks, bookmark_name
from assembler.writers.word.fields import field, run
from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, name, root, w

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


class Footnotes:
    """`footnotes.xml`; the part is made when the first note is. A note called again is a reference to its first call."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = package.related(package.document, "footnotes") or "word/footnotes.xml"
        self._tree: Element | None = package.tree(self.part) if self.part in package else None
        notes = [] if self._tree is None else self._tree.findall(name("footnote"))
        self._next = 1 + max((int(note.get(name("id"), "0")) for note in notes), default=0)
        self._ids: dict[tuple[Block, ...], int] = {}
        self._again: list[tuple[int, Element]] = []
        self._plain = _counts_plainly(package)

    def add(self, paragraphs: list[Element]) -> int:
        """Keep a note made of `paragraphs`, and give the id that its call must bear."""
        if self._tree is None:
            self._tree = root("footnotes", _separator("separator", -1), _separator("continuationSeparator", 0))
            self._package.add(self.part, self._tree, _TYPE)
            self._package.relate(self._package.document, "footnotes", self.part)
        self._tree.append(w("footnote", *paragraphs, id=self._next))
        self._next += 1
        return self._next - 1

    def call(self, blocks: tuple[Block, ...], identifier: int, look: Element | None, marks: Bookmarks) -> list[Element]:
        """The first call of the note `identifier`, made of `blocks`: where `call_again` leads."""
        self._ids[blocks] = identifier
        return marks.around(_anchor(identifier), [w("r", look, w("footnoteReference", id=identifier))])

    def call_again(self, blocks: tuple[Block, ...], look: Element | None) -> list[Element] | None:
        """A cross-reference to the note that `blocks` already made, None when there is none.

        Blocks know where they were written: only one note called several times is equal to itself.
        """
        if not self._plain or blocks not in self._ids:
            return None
        identifier = self._ids[blocks]
        shown = run("", look)
        self._again.append((identifier, shown[-1]))
        return field(f"NOTEREF {bookmark_name(_anchor(identifier))} \\f \\h", [shown])

    def number(self, document: Element) -> None:
        """Show in each cross-reference the number that Word gives to its note; `document` holds all calls."""
        calls = (call for call in document.iter(name("footnoteReference")) if not call.get(name("customMarkFollows")))
        numbers = {call.get(name("id")): str(number) for number, call in enumerate(calls, 1)}
        for identifier, shown in self._again:
            shown.text = numbers.get(str(identifier), "")


def _anchor(identifier: int) -> str:
    return f"appel-de-note-{identifier}"


def _counts_plainly(package: Package) -> bool:
    """Whether notes are numbered 1, 2, 3… through the whole document: else their numbers are Word’s alone to know."""
    parts = (package.document, package.related(package.document, "settings"))
    tags = [name(tag) for tag in ("numFmt", "numStart", "numRestart")]
    return not any(
        next(about.iter(*tags), None) is not None
        for part in parts
        if part is not None and part in package
        for about in package.tree(part).iter(name("footnotePr"))
    )


def _separator(kind: str, identifier: int) -> Element:
    spacing = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    return w("footnote", w("p", spacing, w("r", w(kind))), type=kind, id=identifier)
