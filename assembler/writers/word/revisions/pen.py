"""The marks of tracked changes, as Word makes them: on runs, on the ends of paragraphs, on rows."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from itertools import groupby

from assembler.writers.word.xml import Element, clean, name, w

INSERTED, DELETED = "ins", "del"
# What a paragraph’s properties hold besides its look.
ASIDE = tuple(map(name, ("rPr", "sectPr", "pPrChange")))
_RUN = name("r")
_HOLDERS = tuple(map(name, ("hyperlink", "fldSimple", "smartTag", "sdt", "sdtContent")))


class Pen:
    """Signs each mark with `author` and a date, under an id of its own."""

    def __init__(self, date: str, first: int) -> None:
        self.author = ""
        self._date = date
        self._next = first

    def mark(self, tag: str, *children: Element) -> Element:
        """The mark `tag` around `children`."""
        self._next += 1
        return w(tag, *children, id=self._next - 1, author=clean(self.author)[:255], date=self._date)

    def inserted(self, elements: Iterable[Element]) -> list[Element]:
        """These children of a paragraph, the runs among them inserted; links hold the mark inside, as Word wants it."""
        made: list[Element] = []
        for is_run, group in groupby(list(elements), key=lambda each: each.tag == _RUN):
            if is_run:
                made.append(self.mark(INSERTED, *group))
                continue
            for each in group:
                if each.tag in _HOLDERS:
                    each[:] = self.inserted(each)
                made.append(each)
        return made

    def mark_end(self, paragraph: Element, tag: str) -> None:
        """Mark the end of a paragraph inserted or deleted: with its text, the whole paragraph is."""
        about = paragraph_properties(paragraph)
        look = about.find(name("rPr"))
        if look is None:
            look = w("rPr")
            after = next((each for each in about if each.tag in (name("sectPr"), name("pPrChange"))), None)
            about.append(look) if after is None else after.addprevious(look)
        look.insert(1 if len(look) and look[0].tag == name(INSERTED) else 0, self.mark(tag))

    def mark_row(self, row: Element, tag: str) -> None:
        """Mark a row inserted or deleted."""
        about = row.find(name("trPr"))
        if about is None:
            about = w("trPr")
            row.insert(1 if len(row) and row[0].tag == name("tblPrEx") else 0, about)
        about.append(self.mark(tag))

    def mark_shape(self, paragraph: Element, before: Element) -> None:
        """Say that a paragraph had the properties `before`, which is taken over."""
        _strip(before)
        paragraph_properties(paragraph).append(self.mark("pPrChange", before))


def paragraph_properties(paragraph: Element) -> Element:
    """The properties of a paragraph, made if need be."""
    about = paragraph.find(name("pPr"))
    if about is None:
        about = w("pPr")
        paragraph.insert(0, about)
    return about


def bare_properties(paragraph: Element) -> Element:
    """A copy of what a paragraph looks like: its section, its own end and its past aside."""
    about = deepcopy(paragraph_properties(paragraph))
    _strip(about)
    return about


def _strip(about: Element) -> None:
    for each in [each for each in about if each.tag in ASIDE]:
        about.remove(each)
