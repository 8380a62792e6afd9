"""Reads a Word file back for the tests, with nothing of the writer: text as Word shows it, numbers counted as Word counts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(docx: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(name))


def document(docx: bytes) -> etree._Element:
    return part(docx, "word/document.xml")


def names(docx: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.namelist()


def text(element: etree._Element) -> str:
    """The text that a paragraph (or anything) shows: results of fields, not their instructions."""
    signs = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
    shown = []
    for piece in element.iter(f"{W}t", *signs):
        if piece.tag == f"{W}t":
            shown.append(piece.text or "")
        elif piece.getparent().tag == f"{W}r":
            shown.append(signs[str(piece.tag)])
    return "".join(shown)


def style_names(docx: bytes) -> dict[str, str]:
    return {
        style.get(f"{W}styleId"): style.find(f"{W}name").get(f"{W}val")
        for style in part(docx, "word/styles.xml").iter(f"{W}style")
    }


def style(paragraph: etree._Element, known: dict[str, str]) -> str | None:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return None if found is None else known[found.get(f"{W}val")]


def numbered(docx: bytes) -> Iterator[tuple[str, str, str]]:
    """For each paragraph outside the contents: its style's name, the number Word puts in front, its own text."""
    known = style_names(docx)
    numbers = Numbers(part(docx, "word/numbering.xml"))
    for paragraph in document(docx).iter(f"{W}p"):
        shown = numbers.next(paragraph)
        yield style(paragraph, known) or "", shown, text(paragraph)


class Numbers:
    def __init__(self, tree: etree._Element) -> None:
        self._levels = {
            item.get(f"{W}abstractNumId"): {int(level.get(f"{W}ilvl")): level for level in item.iter(f"{W}lvl")}
            for item in tree.findall(f"{W}abstractNum")
        }
        self._nums = {num.get(f"{W}numId"): num for num in tree.findall(f"{W}num")}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def next(self, paragraph: etree._Element) -> str:
        about = paragraph.find(f"{W}pPr/{W}numPr")
        if about is None or about.find(f"{W}numId").get(f"{W}val") == "0":
            return ""
        identifier = about.find(f"{W}numId").get(f"{W}val")
        level = int(about.find(f"{W}ilvl").get(f"{W}val"))
        num = self._nums[identifier]
        abstract = num.find(f"{W}abstractNumId").get(f"{W}val")
        counts = self._counts.setdefault(abstract, [None] * 9)
        override = num.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        if override is not None and (identifier, level) not in self._begun:
            counts[level] = int(override.get(f"{W}val"))
        else:
            counts[level] = 1 if counts[level] is None else counts[level] + 1
        self._begun.add((identifier, level))
        counts[level + 1 :] = [None] * (8 - level)
        shown = self._levels[abstract][level].find(f"{W}lvlText").get(f"{W}val")
        form = self._levels[abstract][level].find(f"{W}numFmt").get(f"{W}val")
        for rank, count in enumerate(counts):
            letter = chr(96 + (count or 1)) if form == "lowerLetter" else str(count or 1)
            shown = shown.replace(f"%{rank + 1}", letter)
        return shown
