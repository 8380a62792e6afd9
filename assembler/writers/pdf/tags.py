"""The exhibits' place in the structure tree: sections of figures with alternative texts, and links."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from assembler.writers.pdf.tree import number_leaves, plant_numbers

PAGE_MARK, STAMP_MARK = 0, 1  # marked content of an exhibit page: its picture, its stamp


class Tags:
    """The structure tree of a document in the course of receiving exhibits."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._root = pdf.Root.StructTreeRoot
        top = self._root.K
        self._document = top[0] if isinstance(top, Array) else top
        self._pairs = number_leaves(self._root.ParentTree)
        self._next = max((key for key, _ in self._pairs), default=-1) + 1
        self._sections: dict[tuple[int, int], Object] = {}

    def section(self, divider: Object, title: str) -> Object:
        """A section for the exhibit that follows the page `divider`."""
        section = self._element(Name.Sect, self._document)
        section.T = String(title)
        self._sections[divider.objgen] = section
        return section

    def page(self, section: Object, page: Object, alternative: str, stamp: Object) -> None:
        """Tie an exhibit page and its stamp, an annotation that leads back to the divider, to `section`."""
        figure = self._element(Name.Figure, section, page)
        figure.Alt = String(alternative)
        figure.K = PAGE_MARK
        link = self.link(section, page, stamp)
        link.K.insert(0, STAMP_MARK)
        page.StructParents = self._number(self._pdf.make_indirect(Array([figure, link])))
        page.Tabs = Name.S

    def link(self, section: Object, page: Object, annotation: Object) -> Object:
        """Tie an annotation of an exhibit page to `section`, as a link."""
        link = self._element(Name.Link, section, page)
        link.K = Array([Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)])
        annotation.StructParent = self._number(link)
        return link

    def close(self) -> None:
        """Put each section after what stands on its divider, and write the tree down."""
        ends: dict[tuple[int, int], int] = {}
        kids = list(self._document.K)
        for nth, kid in enumerate(kids):
            ends[_page(kid)] = nth
        after = {ends.get(divider, len(kids) - 1): section for divider, section in self._sections.items()}
        ordered: list[Object] = []
        for nth, kid in enumerate(kids):
            ordered += [kid, after[nth]] if nth in after else [kid]
        self._document.K = Array(ordered)
        self._root.ParentTree = plant_numbers(self._pdf, self._pairs)
        self._root.ParentTreeNextKey = self._next

    def _element(self, kind: Name, parent: Object, page: Object | None = None) -> Object:
        element = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=parent))
        if page is not None:
            element.Pg = page
        if parent is not self._document:
            if Name.K not in parent:
                parent.K = Array()
            parent.K.append(element)
        return element

    def _number(self, value: Object) -> int:
        self._pairs.append((self._next, value))
        self._next += 1
        return self._next - 1


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
