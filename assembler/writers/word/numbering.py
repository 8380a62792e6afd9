"""Real Word numbering: a multilevel definition for each criterion, carrying its own number, and one for each list."""

from __future__ import annotations

import hashlib

from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, name, text, w

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
_BULLETS = ("•", "–", "▪", "·")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman")
LEVELS = 9


def list_indent(level: int) -> int:
    """Where the text of a list item begins, in twips, at `level` counted from 0."""
    return 397 * (min(level, LEVELS - 1) + 1)


class Numbering:
    """`numbering.xml`, created when the template has none."""

    def __init__(self, package: Package) -> None:
        part = package.related(package.document, "numbering")
        if part is None or part not in package:
            part = "word/numbering.xml"
            package.add(part, w("numbering"), _TYPE)
            package.relate(package.document, "numbering", part)
        self._tree = package.tree(part)
        self._abstract = 1 + max(
            (int(item.get(name("abstractNumId"), 0)) for item in self._tree.iter(name("abstractNum"))), default=-1
        )
        self._number = 1 + max((int(item.get(name("numId"), 0)) for item in self._tree.findall(name("num"))), default=0)
        self._bullets: int | None = None
        self._ordered: int | None = None

    def headings(self, chapter: str, number: str) -> int:
        """The numbering of a criterion's chapter: « Critère n° 4 — », then « 4.1 », « 4.1.1 »…

        `chapter` stands in front of its title; the levels' texts hold the criterion's own number, since « 9-a » is no count.
        """
        levels = [_level(0, "decimal", chapter, indent=0, suffix="space")]
        for depth in range(1, LEVELS):
            label = ".".join([number, *(f"%{rank}" for rank in range(2, depth + 2))])
            shown = len(number) + 2 * depth
            levels.append(_level(depth, "decimal", label, indent=max(567, 140 * shown + 120), hanging=True))
        return self._instance(self._definition(f"criterion {number}", levels))

    def bullets(self) -> int:
        """The numbering of every bulleted list."""
        if self._bullets is None:
            levels = [
                _level(depth, "bullet", _BULLETS[min(depth, 3)], indent=list_indent(depth), hanging=True, width=340)
                for depth in range(LEVELS)
            ]
            self._bullets = self._instance(self._definition("bullets", levels))
        return self._bullets

    def ordered(self, level: int, start: int) -> int:
        """A numbering for one ordered list standing at `level`, whose first number is `start`."""
        if self._ordered is None:
            levels = [
                _level(
                    depth,
                    _FORMATS[depth % 3],
                    f"%{depth + 1}{'.' if depth % 3 == 0 else ')'}",
                    indent=list_indent(depth),
                    hanging=True,
                    width=397,
                )
                for depth in range(LEVELS)
            ]
            self._ordered = self._definition("ordered", levels)
        override = w("lvlOverride", w("startOverride", val=start), ilvl=min(level, LEVELS - 1))
        return self._instance(self._ordered, override)

    def _definition(self, key: str, levels: list[Element]) -> int:
        digest = hashlib.sha256(f"{key} {self._abstract}".encode()).hexdigest()[:8].upper()
        definition = w(
            "abstractNum",
            w("nsid", val=digest),
            w("multiLevelType", val="multilevel"),
            *levels,
            abstractNumId=self._abstract,
        )
        first = self._tree.find(name("num"))
        if first is None:
            self._append(definition)
        else:
            first.addprevious(definition)
        self._abstract += 1
        return self._abstract - 1

    def _instance(self, abstract: int, *overrides: Element) -> int:
        self._append(w("num", w("abstractNumId", val=abstract), *overrides, numId=self._number))
        self._number += 1
        return self._number - 1

    def _append(self, element: Element) -> None:
        last = self._tree.find(name("numIdMacAtCleanup"))
        if last is None:
            self._tree.append(element)
        else:
            last.addprevious(element)


def _level(
    depth: int,
    style: str,
    label: str,
    *,
    indent: int,
    hanging: bool = False,
    suffix: str = "tab",
    width: int | None = None,
) -> Element:
    shape = w("ind", left=indent, hanging=width or indent) if hanging else w("ind", left=indent, firstLine=0)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=style),
        w("suff", val=suffix) if suffix != "tab" else None,
        w("lvlText", val=text(label).text),
        w("lvlJc", val="left"),
        w("pPr", w("tabs", w("tab", val="num", pos=indent)) if hanging else None, shape),
        ilvl=depth,
    )


class HeadingCounter:
    """What Word will count in one chapter, so that a number it would show wrongly is written as text instead."""

    def __init__(self, number: str) -> None:
        self._number = number
        self._counts = [0] * LEVELS

    def agrees(self, level: int, number: str) -> bool:
        """Whether Word, numbering a heading of this level now, shows `number`; if so it is counted."""
        parents = self._counts[: level - 1]
        rank = self._counts[level - 1] + 1
        if 0 in parents or number != ".".join([self._number, *map(str, parents), str(rank)]):
            return False
        self._counts[level - 1 :] = [rank] + [0] * (LEVELS - level)
        return True
