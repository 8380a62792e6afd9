"""Our chapters in the rendered template, each where its mark was left; without a mark at the end, so that none is lost."""

from __future__ import annotations

from lxml import etree

from assembler.model.artefact import Pagination
from assembler.model.change_list import CHANGES, ChangeList
from assembler.model.dossier import Dossier, section_anchor
from assembler.tools.store import Store
from assembler.writers.word.approval import write_approval
from assembler.writers.word.bookmarks import Bookmarks, tidy, unlink
from assembler.writers.word.changes import write_changes
from assembler.writers.word.chapters import write_chapter, write_content
from assembler.writers.word.compliance import write_compliance
from assembler.writers.word.contents import Line, write_contents
from assembler.writers.word.cover import mark_cover
from assembler.writers.word.draft import mark_draft
from assembler.writers.word.evidence import write_index
from assembler.writers.word.footnotes import Footnotes
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.marks import complete, find_marks, scrub
from assembler.writers.word.names import variable
from assembler.writers.word.numbering import Numbering
from assembler.writers.word.origin import mark_ends
from assembler.writers.word.package import Package
from assembler.writers.word.room import place_of, top_of
from assembler.writers.word.styles import Styles, write_in_french
from assembler.writers.word.xml import Element, detach, name, w

_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


# What a template that keeps no place for it gets at its end.
_EXPECTED = ("sommaire", "dossier", "conformite", "accord_ca", "index_preuves")


def fill(
    package: Package,
    dossier: Dossier,
    store: Store,
    pagination: Pagination,
    *,
    draft: bool,
    changes: ChangeList | None = None,
) -> list[Line]:
    """Write all that is ours into the rendered template; gives the lines of the contents, whose pages may still change."""
    document = package.tree(package.document)
    body = document.find(name("body"))
    if body is None:
        body = etree.SubElement(document, name("body"))
    for part in (package.document, *_margins(package)):
        scrub(package.tree(part))
        complete(package.tree(part))
    tidy(document)
    manuscript = _manuscript(package, dossier, store, changes)
    marks = _marks(body, dossier, changes)
    owners = _owners(marks, dossier)
    mark_ends(marks, manuscript.bookmarks)
    mark_cover(body, manuscript)
    for mark, paragraph in marks.items():
        if mark != "sommaire":
            place = place_of(paragraph, package)
            _replace(paragraph, _written(mark, owners, manuscript, place, pagination))
    manuscript.notes.number(document)
    # The contents comes last: it lists the headings there are, ours and the template's.
    entries, lines = write_contents(body, manuscript, place_of(marks["sommaire"], package), pagination)
    _replace(marks["sommaire"], entries)
    for part in (package.document, manuscript.notes.part):
        if part in package:
            unlink(package.tree(part), manuscript.bookmarks)
    if draft:
        mark_draft(package, manuscript.styles, dossier.pack.words.draft)
    return lines


def _written(
    mark: str, owners: dict[str, str], manuscript: Manuscript, place: Place, pagination: Pagination
) -> list[Element]:
    """What stands at a mark."""
    match mark.partition(" ")[0]:
        case "modifications":
            changes = manuscript.changes
            return write_changes(changes, manuscript, place, pagination) if changes else []
        case "conformite":
            return write_compliance(manuscript, place)
        case "accord_ca":
            return write_approval(manuscript, place)
        case "index_preuves":
            return write_index(manuscript, place, pagination)
        case kind:
            chapters = [each for each in manuscript.dossier.body if owners[each.anchor] == mark]
            write = write_content if kind == "contenu" else write_chapter
            return [element for each in chapters for element in write(each, manuscript, place)]


def _owners(marks: dict[str, Element], dossier: Dossier) -> dict[str, str]:
    """The mark at which each chapter stands, by its anchor: the first that asks for it, else `dossier`."""
    asked = {mark: _asked(mark, dossier) for mark in marks}
    return {
        each.anchor: next((mark for mark, anchor in asked.items() if anchor == each.anchor), "dossier")
        for each in dossier.body
    }


def _asked(mark: str, dossier: Dossier) -> str | None:
    """The anchor of the chapter that a mark asks for, None for a mark of something else."""
    kind, _, key = mark.partition(" ")
    if kind in ("contenu", "chapitre"):
        return next(
            (each.anchor for each in dossier.answers if each.criterion and variable(each.criterion.id) == key), None
        )
    sections = {variable(each.key): each.key for each in dossier.pack.sections}
    return section_anchor(sections[key]) if kind == "rubrique" else kind


def _manuscript(package: Package, dossier: Dossier, store: Store, changes: ChangeList | None) -> Manuscript:
    part = package.related(package.document, "styles")
    if part is None or part not in package:
        part = "word/styles.xml"
        package.add(part, w("styles"), _STYLES)
        package.relate(package.document, "styles", part)
    styles = Styles(package.tree(part))
    write_in_french(package.tree(part))
    texts = [package.tree(one) for one in package.names() if one.startswith("word/") and one.endswith(".xml")]
    drawings = _number_drawings(texts)
    return Manuscript(
        dossier,
        store,
        package,
        styles,
        Numbering(package),
        Footnotes(package),
        Bookmarks(texts),
        {"drawing": drawings},
        {},
        changes,
    )


def _number_drawings(trees: list[Element]) -> int:
    """Give each drawing an id of its own, which a loop repeats and headers share; the last one given."""
    drawings = [drawing for tree in trees for drawing in tree.iter(_DOC_PR)]
    for rank, drawing in enumerate(drawings, 1):
        drawing.set("id", str(rank))
    return len(drawings)


def _margins(package: Package) -> list[str]:
    """The parts of headers, footers and notes."""
    kinds = ("/header", "/footer", "/footnotes")
    return [
        package.target(package.document, relation)
        for relation in package.relations(package.document)
        if relation.get("Type", "").endswith(kinds) and relation.get("TargetMode") != "External"
    ]


def _marks(body: Element, dossier: Dossier, changes: ChangeList | None) -> dict[str, Element]:
    """The paragraph of each mark, in the order of the text; those the template has not stand at its end.

    The changes stand before the compliance table.
    """
    marks = find_marks(body)
    asked = {mark: _asked(mark, dossier) for mark in marks}
    anchors = {each.anchor for each in dossier.body}
    first = next(
        (top_of(marks[mark], body) for mark, anchor in asked.items() if mark == "dossier" or anchor in anchors), None
    )
    last = next((child for child in body if child.tag == name("sectPr")), None)
    for mark in _EXPECTED:
        if mark in marks or (mark == "dossier" and anchors <= set(asked.values())):
            continue
        marks[mark] = w("p")
        if mark == "sommaire" and first is not None:
            first.addprevious(marks[mark])
        elif last is None:
            body.append(marks[mark])
        else:
            last.addprevious(marks[mark])
    if changes is not None and CHANGES not in marks:
        marks[CHANGES] = w("p")
        top_of(marks["conformite"], body).addprevious(marks[CHANGES])
    return marks


def _replace(mark: Element, elements: list[Element]) -> None:
    holder = mark.getparent()
    for element in elements:
        mark.addprevious(element)
    detach(mark)
    if holder is not None and holder.tag == name("tc"):
        complete(holder)
