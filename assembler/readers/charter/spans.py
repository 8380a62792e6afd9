"""What stands in a paragraph: words, page numbers, tabs, drawings. Fields show their last result, save those of pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assembler.model.charter import Lettering, LineBreak, PageBreak, PageNumber, Span, Tab, Words
from assembler.readers.charter.parts import Element, val, w

_HOLDERS = {w(tag) for tag in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "moveTo", "dir", "bdo")}
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PAGES = {"PAGE": False, "NUMPAGES": True, "SECTIONPAGES": True}
_SIGNS = {w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad"}


@dataclass(slots=True)
class _Field:
    """A field under way: its instruction, and whether its result is being read."""

    instruction: str = ""
    result: bool = False
    pages: bool | None = None


@dataclass(slots=True)
class Reader:
    """Reads the spans of one paragraph; `letters` gives the look of a run, `draw` reads a drawing."""

    letters: Callable[[Element | None], Lettering]
    draw: Callable[[Element], Iterator[Span]]
    fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: Element) -> Iterator[Span | PageBreak]:
        """The spans in order; a page break within stands for itself."""
        for child in paragraph:
            if child.tag == w("r"):
                yield from self._run(child)
            elif child.tag == w("fldSimple"):
                pages = _pages(val(child, "instr") or "")
                if pages is None:
                    yield from self.read(child)
                else:
                    first = child.find(w("r"))
                    yield self._page(pages, None if first is None else first.find(w("rPr")))
            elif child.tag in _HOLDERS:
                yield from self.read(child)

    def _run(self, run: Element) -> Iterator[Span | PageBreak]:
        properties = run.find(w("rPr"))
        if properties is not None and properties.find(w("vanish")) is not None:
            return
        for child in run:
            if child.tag == w("fldChar"):
                yield from self._turn(val(child, "fldCharType") or "", properties)
            elif child.tag == w("instrText"):
                if self.fields:
                    self.fields[-1].instruction += child.text or ""
            elif not self._hidden():
                yield from self._piece(child, properties)

    def _turn(self, kind: str, properties: Element | None) -> Iterator[Span]:
        """A field begins, shows its result, or ends."""
        if kind == "begin":
            self.fields.append(_Field())
        elif self.fields and kind in ("separate", "end"):
            current = self.fields[-1]
            if not current.result:
                current.pages = _pages(current.instruction)
                if current.pages is not None and not any(one.pages is not None for one in self.fields[:-1]):
                    yield self._page(current.pages, properties)
            current.result = True
            if kind == "end":
                self.fields.pop()

    def _hidden(self) -> bool:
        """Whether what is read is an instruction, or the old number of a page."""
        return any(not one.result or one.pages is not None for one in self.fields)

    def _piece(self, child: Element, properties: Element | None) -> Iterator[Span | PageBreak]:
        if child.tag == w("t") and child.text:
            yield self._words(child.text, properties)
        elif child.tag in _SIGNS:
            yield self._words(_SIGNS[str(child.tag)], properties)
        elif child.tag in (w("tab"), w("ptab")):
            yield Tab()
        elif child.tag in (w("br"), w("cr")):
            yield PageBreak() if val(child, "type") == "page" else LineBreak()
        elif child.tag in (w("drawing"), w("pict"), w("object")):
            yield from self.draw(child)
        elif child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            for one in chosen if chosen is not None else ():
                yield from self._piece(one, properties)

    def _words(self, text: str, properties: Element | None) -> Words:
        return Words(text, self.letters(properties))

    def _page(self, total: bool, properties: Element | None) -> PageNumber:
        return PageNumber(total, self.letters(properties))


def _pages(instruction: str) -> bool | None:
    """Whether a field shows the number of pages (True), that of the page (False), or something else (None)."""
    name = re.match(r"\s*([A-Za-z]+)", instruction)
    return _PAGES.get(name[1].upper()) if name else None
