"""The word « BROUILLON » at the head of every page of a draft."""

from __future__ import annotations

from assembler.writers.word.fields import run
from assembler.writers.word.package import Package
from assembler.writers.word.styles import Styles
from assembler.writers.word.xml import Element, R, name, root, w

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_KINDS = ("default", "first", "even")


def mark_draft(package: Package, styles: Styles, word: str) -> None:
    """Put `word` in each header that a page of the document may show, made where the template has none.

    It stands in a frame at the top edge of the page: nothing moves, so that a draft has the pages of the final edition.
    """
    marked: set[str] = set()
    made: str | None = None
    for rank, section in enumerate(package.tree(package.document).iter(name("sectPr"))):
        there = {reference.get(name("type")): reference for reference in section.findall(name("headerReference"))}
        for kind in _KINDS:
            if kind in there:
                marked.add(there[kind].get(f"{{{R}}}id", ""))
            elif rank == 0:
                # Later sections without a header show the one before.
                made = made or _header(package, styles, word)
                reference = w("headerReference", type=kind)
                reference.set(f"{{{R}}}id", package.relate(package.document, "header", made))
                section.insert(0, reference)
    targets = {str(relation.get("Id")): relation for relation in package.relations(package.document)}
    for identifier in sorted(marked):
        if identifier in targets:
            part = package.target(package.document, targets[identifier])
            package.tree(part).insert(0, _paragraph(styles, word))


def _header(package: Package, styles: Styles, word: str) -> str:
    part = "word/header_brouillon.xml"
    package.add(part, root("hdr", _paragraph(styles, word), w("p")), _TYPE)
    return part


def _paragraph(styles: Styles, word: str) -> Element:
    return w("p", w("pPr", w("pStyle", val=styles["Brouillon"])), run(word))
