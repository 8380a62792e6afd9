"""What only the version handed in says, brought into this file as deleted text: plain runs, without links or bookmarks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy

from assembler.writers.word.revisions.pen import DELETED, paragraph_properties
from assembler.writers.word.revisions.redline import Redline
from assembler.writers.word.revisions.sides import BLOCKS, NOTE, PARAGRAPH, TABLE, blocks_of, cells_of, is_contents
from assembler.writers.word.xml import Element, R, name, val, w

_RUN, _TEXT, _LOOK = name("r"), name("t"), name("rPr")
_FIELD = (name("fldChar"), name("instrText"))
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def deleted(elements: Iterable[Element], part: str, redline: Redline) -> list[Element]:
    """These children of a paragraph of the old file as deleted runs; nothing when they show nothing."""
    runs = [made for each in _shown(elements) if (made := _run(each, part, redline)) is not None]
    return [redline.pen.mark(DELETED, *runs)] if runs else []


def deleted_block(block: Element, part: str, redline: Redline) -> Iterator[Element]:
    """A block of the old file as deleted blocks: what a content control held stands by itself."""
    if block.tag == PARAGRAPH:
        yield deleted_paragraph(block, part, redline)
        redline.pen.mark_end(block, DELETED)
    elif block.tag == TABLE:
        for row in block.iterchildren(name("tr")):
            delete_row(row, part, redline)
        yield block
    elif not is_contents(block):
        for each in blocks_of(block):
            yield from deleted_block(each, part, redline)


def deleted_paragraph(paragraph: Element, part: str, redline: Redline) -> Element:
    """A paragraph of the old file, its text deleted; its end is not marked yet."""
    about = paragraph_properties(paragraph)
    for each in about.findall(name("sectPr")):
        about.remove(each)
    redline.numberings.bring(about)
    paragraph[:] = [about, *deleted([each for each in paragraph if each is not about], part, redline)]
    return paragraph


def delete_row(row: Element, part: str, redline: Redline) -> None:
    """Mark a row of the old file, and all it says, deleted."""
    redline.pen.mark_row(row, DELETED)
    for cell in cells_of(row):
        for place in [each for each in cell if each.tag not in (*BLOCKS, name("tcPr"))]:
            cell.remove(place)
        for block in blocks_of(cell):
            if block.tag == PARAGRAPH:
                deleted_paragraph(block, part, redline)
            elif block.tag == TABLE:
                list(deleted_block(block, part, redline))
            else:
                for each in blocks_of(block):
                    block.addprevious(each if each.tag == TABLE else deleted_paragraph(each, part, redline))
                cell.remove(block)


def deleted_note(identifier: str | None, redline: Redline) -> int:
    """The id here of a note that only the old file has, its text deleted."""
    note = redline.old.notes.get(identifier)
    made: list[Element] = []
    for block in [] if note is None else blocks_of(note):
        if block.tag == PARAGRAPH:
            made.append(deleted_paragraph(block, redline.old.notes_part, redline))
        else:
            made += deleted_block(block, redline.old.notes_part, redline)
    return redline.notes.add(made or [w("p")])


def _shown(elements: Iterable[Element]) -> Iterator[Element]:
    """The runs that show something: of a field, its result."""
    hidden: list[bool] = []
    for element in elements:
        for run in [element] if element.tag == _RUN else element.iter(_RUN):
            if next(run.iterancestors(name("txbxContent")), None) is not None:
                continue
            for change in run.iter(name("fldChar")):
                kind = change.get(name("fldCharType"))
                if kind == "begin":
                    hidden.append(True)
                elif kind == "separate" and hidden:
                    hidden[-1] = False
                elif kind == "end" and hidden:
                    hidden.pop()
            if not any(hidden):
                yield run


def _run(run: Element, part: str, redline: Redline) -> Element | None:
    made = w("r")
    for child in run:
        if child.tag in _FIELD:
            continue
        kept = deepcopy(child)
        if kept.tag == _TEXT:
            kept.tag = name("delText")
        elif kept.tag == NOTE:
            kept.set(name("id"), str(deleted_note(child.get(name("id")), redline)))
        elif kept.tag != _LOOK:
            _bring(kept, part, redline)
        made.append(kept)
    return made if any(each.tag != _LOOK for each in made) else None


def _bring(thing: Element, part: str, redline: Redline) -> None:
    """Make a drawing of the old file one of this one: its pictures are parts of both."""
    for each in thing.iter():
        for key, at in each.attrib.items():
            if str(key).startswith(f"{{{R}}}"):
                each.set(key, _relation(part, str(at), redline))
        if each.tag == _DRAWING:
            each.set("id", redline.drawing())
    for place in [each for tag in ("bookmarkStart", "bookmarkEnd") for each in thing.iter(name(tag))]:
        parent = place.getparent()
        if parent is not None:
            parent.remove(place)
    for about in thing.iter(name("pPr")):
        redline.numberings.bring(about)


def _relation(part: str, identifier: str, redline: Redline) -> str:
    for each in redline.old.package.relations(part):
        if each.get("Id") == identifier:
            external = each.get("TargetMode") == "External"
            target = each.get("Target", "") if external else redline.old.package.target(part, each)
            return redline.new.package.relate(part, each.get("Type", ""), target, external=external)
    return identifier


def numbering_of(paragraph: Element) -> str | None:
    """The list a paragraph stands in."""
    return val(paragraph.find(f"{name('pPr')}/{name('numPr')}/{name('numId')}"))
