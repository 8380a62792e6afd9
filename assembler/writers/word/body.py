"""Our chapters in the rendered template, each where its mark was left; without a mark at the end, so that none is lost."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.tools.store import Store
from assembler.writers.word.approval import write_approval
from assembler.writers.word.bookmarks import Bookmarks, tidy, unlink
from assembler.writers.word.chapters import write_chapters
from assembler.writers.word.compliance import write_compliance
from assembler.writers.word.contents import Line, write_contents
from assembler.writers.word.draft import mark_draft
from assembler.writers.word.evidence import write_index
from assembler.writers.word.footnotes import Footnotes
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.numbering import Numbering
from assembler.writers.word.package import Package
from assembler.writers.word.styles import Styles, write_in_french
from assembler.writers.word.template import MARKS, find_marks, scrub
from assembler.writers.word.xml import Element, detach, name, w

_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def fill(package: Package, dossier: Dossier, store: Store, pagination: Pagination, *, draft: bool) -> list[Line]:
    """Write all that is ours into the rendered template; gives the lines of the contents, whose pages may still change."""
    document = package.tree(package.document)
    body = document.find(name("body"))
    if body is None:
        body = etree.SubElement(document, name("body"))
    scrub(document)
    tidy(document)
    manuscript = _manuscript(package, dossier, store)
    marks = _marks(body)
    lines: list[Line] = []
    writers: dict[str, Callable[[Place], list[Element]]] = {
        "dossier": lambda place: write_chapters((*dossier.chapters, *dossier.answers), manuscript, place),
        "conformite": lambda place: write_compliance(manuscript, place),
        "accord_ca": lambda place: write_approval(manuscript, place),
        "index_preuves": lambda place: write_index(manuscript, place, pagination),
    }
    for mark, write in writers.items():
        _replace(marks[mark], write(_place(marks[mark], package)))
    for part in (package.document, manuscript.notes.part):
        if part in package:
            unlink(package.tree(part), manuscript.bookmarks)
    manuscript.notes.number(document)
    # The contents comes last: it lists the headings there are, ours and the template's.
    entries, lines = write_contents(body, manuscript, _place(marks["sommaire"], package), pagination)
    _replace(marks["sommaire"], entries)
    if draft:
        mark_draft(package, manuscript.styles, dossier.pack.words.draft)
    return lines


def _manuscript(package: Package, dossier: Dossier, store: Store) -> Manuscript:
    part = package.related(package.document, "styles")
    if part is None or part not in package:
        part = "word/styles.xml"
        package.add(part, w("styles"), _STYLES)
        package.relate(package.document, "styles", part)
    styles = Styles(package.tree(part))
    write_in_french(package.tree(part))
    texts = [package.tree(one) for one in package.names() if one.startswith("word/") and one.endswith(".xml")]
    drawings = [int(drawing.get("id", "0")) for tree in texts for drawing in tree.iter(_DOC_PR)]
    return Manuscript(
        dossier,
        store,
        package,
        styles,
        Numbering(package),
        Footnotes(package),
        Bookmarks(texts),
        {"drawing": max(drawings, default=0)},
        {},
    )


def _marks(body: Element) -> dict[str, Element]:
    marks = find_marks(body)
    last = next((child for child in body if child.tag == name("sectPr")), None)
    for mark in MARKS:
        if mark not in marks:
            marks[mark] = w("p")
            if mark == "sommaire" and "dossier" in marks:
                marks["dossier"].addprevious(marks[mark])
            elif last is None:
                body.append(marks[mark])
            else:
                last.addprevious(marks[mark])
    return marks


def _place(mark: Element, package: Package) -> Place:
    """The room there is at a mark: that of the section it stands in."""
    body = next(package.tree(package.document).iter(name("body")))
    top = next((one for one in [mark, *mark.iterancestors()] if one.getparent() is body), mark)
    following = [section for sibling in [top, *top.itersiblings()] for section in sibling.iter(name("sectPr"))]
    size = following[0].find(name("pgSz")) if following else None
    margins = following[0].find(name("pgMar")) if following else None
    return Place(
        package.document,
        _twips(size, "w", 11906) - _twips(margins, "left", 1417) - _twips(margins, "right", 1417),
        _twips(size, "h", 16838) - abs(_twips(margins, "top", 1417)) - abs(_twips(margins, "bottom", 1417)),
    )


def _twips(element: Element | None, attribute: str, otherwise: int) -> int:
    found = None if element is None else element.get(name(attribute))
    try:
        return otherwise if found is None else int(float(found))
    except ValueError:
        return otherwise


def _replace(mark: Element, elements: list[Element]) -> None:
    for element in elements:
        mark.addprevious(element)
    detach(mark)
