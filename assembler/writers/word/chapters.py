"""The chapters of text: presentation, review, and the answers, each under its numbered heading."""

from __future__ import annotations

from assembler.model.dossier import REQUESTS, Chapter
from assembler.writers.word.answers import write_answers
from assembler.writers.word.blocks import HeadingWriter, write_blocks
from assembler.writers.word.bookmarks import bookmark_name
from assembler.writers.word.fields import run
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import Element, name, w


def write_chapter(chapter: Chapter, manuscript: Manuscript, place: Place) -> list[Element]:
    """A chapter under its title."""
    number = numbering = None
    if chapter.number is not None:
        number = manuscript.numbering.headings(chapter_label(chapter.number, manuscript), chapter.number)
        numbering = w("numPr", w("ilvl", val=0), w("numId", val=number))
        manuscript.labels[bookmark_name(chapter.anchor)] = chapter_label(chapter.number, manuscript)
    title = write_title(chapter.title, chapter.anchor, manuscript, numbering)
    write = write_answers if chapter.anchor == REQUESTS else write_blocks
    return [title, *write(chapter.blocks, manuscript, place, HeadingWriter(number, chapter.number))]


def write_content(chapter: Chapter, manuscript: Manuscript, place: Place) -> list[Element]:
    """A chapter without its title, which the template writes itself; its bookmark stands where its text begins."""
    number = None
    if chapter.number is not None:
        number = manuscript.numbering.headings(chapter_label(chapter.number, manuscript), chapter.number)
    made = write_blocks(chapter.blocks, manuscript, place, HeadingWriter(number, chapter.number)) or [w("p")]
    first = next(iter(made[0].iter(name("p"))), None)
    if first is not None:
        start = 1 if first.find(name("pPr")) is not None else 0
        for rank, mark in enumerate(manuscript.bookmarks.around(chapter.anchor, [])):
            first.insert(start + rank, mark)
    return made


def chapter_label(number: str, manuscript: Manuscript) -> str:
    """« Critère n° 4 — », as Word shows it in front of the chapter's title."""
    return manuscript.dossier.pack.words.criterion.replace("{number}", number) + " —"


def write_title(title: str, anchor: str, manuscript: Manuscript, numbering: Element | None = None) -> Element:
    """The heading of a chapter, bookmarked."""
    if numbering is None and manuscript.styles.is_numbered("heading 1"):
        numbering = w("numPr", w("ilvl", val=0), w("numId", val=0))
    about = w("pPr", w("pStyle", val=manuscript.styles["heading 1"]), numbering)
    return w("p", about, *manuscript.bookmarks.around(anchor, [run(title)]))
