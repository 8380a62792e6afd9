"""One paragraph in both versions, word for word."""

from __future__ import annotations

from collections.abc import Callable

from assembler.model.changes import State
from assembler.model.rewording import Step, reworded
from assembler.writers.word.revisions.pen import ASIDE, INSERTED, bare_properties, paragraph_properties
from assembler.writers.word.revisions.redline import Redline
from assembler.writers.word.revisions.sides import NOTE, PARAGRAPH, blocks_of
from assembler.writers.word.revisions.withdrawn import deleted, numbering_of
from assembler.writers.word.revisions.words import Word, children_of, words_of
from assembler.writers.word.xml import Element, name

# Aligns what two holders of blocks hold, the old one's and the new one's, in this part.
Merge = Callable[[Element, Element, str, Redline], None]


def keep_paragraph(old: Element, new: Element, redline: Redline) -> None:
    """Mark what differs in a paragraph that reads the same: at most, the list it stands in."""
    before, after = numbering_of(old), numbering_of(new)
    if before is not None and after is not None and not redline.numberings.meet(before, after):
        _reshape(old, new, redline)


def merge_paragraph(old: Element, new: Element, part: str, redline: Redline, merge: Merge) -> None:
    """Mark in `new` what differs from `old`."""
    before, after = numbering_of(old), numbering_of(new)
    same_list = before is None or after is None or redline.numberings.meet(before, after)
    if not same_list or _shape(old, redline.old.said, part) != _shape(new, redline.new.said, part):
        _reshape(old, new, redline)
    was, now = words_of(old, redline.old, part), words_of(new, redline.new, part)
    if not (was.whole and now.whole):
        return
    made: list[Element] = []
    for step in list(reworded(was.words, now.words)):
        made += _marked(step, part, redline, merge)
    about = new.find(name("pPr"))
    new[:] = [*([] if about is None else [about]), *made, *now.places]


def insert_paragraph(paragraph: Element, redline: Redline, *, end: bool) -> None:
    """Mark a paragraph of this version inserted, with its `end` or without."""
    for call in list(paragraph.iter(NOTE)):
        insert_note(call, redline)
    about = paragraph_properties(paragraph)
    paragraph[:] = [about, *redline.pen.inserted([each for each in paragraph if each is not about])]
    if end:
        redline.pen.mark_end(paragraph, INSERTED)


def insert_note(call: Element, redline: Redline) -> None:
    """Mark the text of a note that only this version has."""
    note = redline.new.notes.get(call.get(name("id")))
    for block in [] if note is None else blocks_of(note):
        if block.tag == PARAGRAPH:
            insert_paragraph(block, redline, end=False)


def _marked(step: Step[Word], part: str, redline: Redline, merge: Merge) -> list[Element]:
    match step.state:
        case State.WITHDRAWN:
            return deleted(list(children_of(step.words)), part, redline)
        case State.NEW:
            for word in step.words:
                for call in [call for each in word.elements for call in each.iter(NOTE)]:
                    insert_note(call, redline)
            return redline.pen.inserted(children_of(step.words))
        case State.CHANGED:
            assert step.before is not None
            for one, other in zip(step.before.boxes, step.words[0].boxes, strict=True):
                merge(one, other, part, redline)
    return list(children_of(step.words))


def _shape(paragraph: Element, said: Callable[[Element, str], object], part: str) -> object:
    about = paragraph.find(name("pPr"))
    return [said(each, part) for each in ([] if about is None else about) if each.tag not in ASIDE]


def _reshape(old: Element, new: Element, redline: Redline) -> None:
    before = bare_properties(old)
    redline.numberings.bring(before)
    redline.pen.mark_shape(new, before)
