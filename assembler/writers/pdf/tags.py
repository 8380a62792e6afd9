"""The exhibits' place in the structure tree: sections of figures with alternative texts, and links."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf

from assembler.writers.pdf.scribe import Scribe
from assembler.writers.pdf.tree import number_leaves, references, write_numbers

PAGE_MARK, STAMP_MARK = 0, 1  # marked content of an exhibit page: its picture, its stamp


class Tags:
    """The structure tree of a document in the course of receiving exhibits."""

    def __init__(self, pdf: Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        top = root.K
        self._document = top[0] if isinstance(top, Array) else top
        self._pairs = number_leaves(root.ParentTree)
        self._next = max((key for key, _ in self._pairs), default=-1) + 1
        root.ParentTree = pdf.make_indirect(Dictionary())
        self.tree: int = root.ParentTree.objgen[0]
        self._root = root
        self._kids: dict[int, list[int]] = {}

    def hang(self, sections: list[tuple[Object, Object]], keys: int) -> None:
        """Put sections, given after the divider's page that each follows; room is made for `keys` more parents."""
        ends: dict[tuple[int, int], int] = {}
        kids = list(self._document.K)
        for nth, kid in enumerate(kids):
            ends[_page(kid)] = nth
        after = {ends.get(divider.objgen, len(kids) - 1): section for divider, section in sections}
        ordered: list[Object] = []
        for nth, kid in enumerate(kids):
            ordered += [kid, after[nth]] if nth in after else [kid]
        self._document.K = Array(ordered)
        self._root.ParentTreeNextKey = self._next + keys

    def page(self, section: int, page: int, note: int, alternative: bytes, scribe: Scribe) -> tuple[int, int]:
        """A figure for an exhibit page and a link for its stamp, the annotation `note`: the keys of both among parents.

        `alternative` is a string as PDF writes it.
        """
        figure, link = scribe.number(), scribe.number()
        scribe.put(
            figure,
            b"<</Type/StructElem/S/Figure/P %d 0 R/Pg %d 0 R/Alt%b/K %d>>" % (section, page, alternative, PAGE_MARK),
        )
        scribe.put(link, _link(section, page, note, b"%d " % STAMP_MARK))
        self._kids.setdefault(section, []).extend((figure, link))
        return self._key(b"[%d 0 R %d 0 R]" % (figure, link)), self._key(b"%d 0 R" % link)

    def link(self, section: int, page: int, note: int, scribe: Scribe) -> int:
        """A link for another annotation of the page: its key among parents."""
        link = scribe.number()
        scribe.put(link, _link(section, page, note, b""))
        self._kids[section].append(link)
        return self._key(b"%d 0 R" % link)

    def close_section(self, section: int, title: bytes, scribe: Scribe) -> None:
        """Write a section, all its pages placed."""
        scribe.put(
            section,
            b"<</Type/StructElem/S/Sect/P %d 0 R/T%b/K[%b]>>"
            % (self._document.objgen[0], title, references(self._kids.pop(section, []))),
        )

    def close(self, scribe: Scribe) -> None:
        """Write the tree of parents."""
        write_numbers(self.tree, self._pairs, scribe)

    def _key(self, value: bytes) -> int:
        self._pairs.append((self._next, value))
        self._next += 1
        return self._next - 1


def _link(section: int, page: int, note: int, mark: bytes) -> bytes:
    return b"<</Type/StructElem/S/Link/P %d 0 R/Pg %d 0 R/K[%b<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>]>>" % (
        section, page, mark, note, page,
    )  # fmt: skip


def _page(element: Object) -> tuple[int, int]:
    """The page where an element begins: its own, or that of its first kid that has one."""
    while isinstance(element, Dictionary):
        if Name.Pg in element:
            return element.Pg.objgen
        kids = element.get(Name.K)
        if not isinstance(kids, Array):
            element = kids  # type: ignore[assignment]
            continue
        element = next((kid for kid in kids if isinstance(kid, Dictionary)), None)  # type: ignore[assignment]
    return (0, 0)
