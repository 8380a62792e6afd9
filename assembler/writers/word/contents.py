"""The contents: one complete field with its entries and their pages, so that Word has nothing to ask for on opening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count

from assembler.model.artefact import Pagination
from assembler.writers.word.bookmarks import bookmark_name
from assembler.writers.word.fields import closing, field, opening, run
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import Element, name, val, w


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the contents: the bookmark it leads to, and the elements that show the page."""

    bookmark: str
    page: Element


@dataclass(frozen=True, slots=True)
class _Title:
    level: int
    bookmark: str
    label: str
    text: str


def write_contents(
    body: Element, manuscript: Manuscript, place: Place, pagination: Pagination
) -> tuple[list[Element], list[Line]]:
    """The title, the field and its lines for every heading of `body`, the template's own included.

    Pages are those of `pagination`; a heading it does not know has the page of the one before.
    """
    pages = {bookmark_name(anchor): page for anchor, page in pagination.pages}
    lines: list[Line] = []
    made: list[Element] = []
    last = 1
    for title in _titles(body, manuscript):
        last = pages.get(title.bookmark, last)
        shown = run(str(last))
        paragraph = _entry(title, shown, manuscript, place)
        lines.append(Line(title.bookmark, shown[-1]))
        made.append(paragraph)
    if made:
        start = 1  # after the paragraph's properties
        for element in reversed(opening('TOC \\o "1-3" \\h \\z')):
            made[0].insert(start, element)
        # Not in a paragraph of its own, which would stand alone on a page after a contents that fills its own.
        made[-1].append(closing())
    unnumbered = (
        w("numPr", w("ilvl", val=0), w("numId", val=0)) if manuscript.styles.is_numbered("TOC Heading") else None
    )
    about = w("pPr", w("pStyle", val=manuscript.styles["TOC Heading"]), unnumbered)
    heading = w("p", about, run(manuscript.dossier.pack.words.contents))
    gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
    return [w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *made))], lines


def fill_pages(lines: list[Line], measured: dict[str, int]) -> None:
    """Write the pages measured on the Word file itself; a line that was not found keeps its page."""
    for line in lines:
        if line.bookmark in measured:
            line.page.text = str(measured[line.bookmark])


def _titles(body: Element, manuscript: Manuscript) -> list[_Title]:
    found: list[_Title] = []
    for paragraph in body.iter(name("p")):
        level = manuscript.styles.level(val(paragraph.find(f"{name('pPr')}/{name('pStyle')}")))
        shown = _shown(paragraph, manuscript.styles["footnote reference"]) if level else ""
        if level and shown:
            bookmark = _bookmark(paragraph, shown, manuscript)
            found.append(_Title(level, bookmark, manuscript.labels.get(bookmark, ""), shown))
    return found


def _shown(paragraph: Element, call: str) -> str:
    """The text of a heading, without its calls of notes (`call` is their style)."""
    pieces = []
    for element in paragraph.iter(name("t"), name("tab"), name("br"), name("noBreakHyphen")):
        parent = next(element.iterancestors())
        if parent.tag == name("r") and val(parent.find(f"{name('rPr')}/{name('rStyle')}")) != call:
            blank = "-" if element.tag == name("noBreakHyphen") else " "
            pieces.append(element.text or "" if element.tag == name("t") else blank)
    return " ".join("".join(pieces).split(" ")).strip()


def _bookmark(paragraph: Element, shown: str, manuscript: Manuscript) -> str:
    """The bookmark of a heading; the template's own headings get one, an identity sheet that of its établissement."""
    start = paragraph.find(name("bookmarkStart"))
    if start is not None:
        return str(start.get(name("name")))
    free: Iterator[str] = (f"titre-{rank}" for rank in count(1))
    if shown.startswith(manuscript.dossier.pack.words.identity):
        free = chain((member.anchor for member in manuscript.dossier.members), free)
    anchor = next(anchor for anchor in free if bookmark_name(anchor).lower() not in manuscript.bookmarks.names)
    first = 1 if paragraph.find(name("pPr")) is not None else 0
    for element in manuscript.bookmarks.around(anchor, list(paragraph)[first:]):
        paragraph.append(element)
    return bookmark_name(anchor)


def _entry(title: _Title, page: Element, manuscript: Manuscript, place: Place) -> Element:
    hanging = 0
    runs: list[Element] = []
    if title.label:
        runs.append(run(title.label))
        if title.level == 1:
            runs.append(run(" "))
        else:
            hanging = max(510, 125 * len(title.label) + 100)
            runs.append(w("r", w("tab")))
    runs += [run(title.text), w("r", w("tab")), *field(f"PAGEREF {title.bookmark} \\h", [page])]
    left = 284 * (title.level - 1) + hanging
    about = w(
        "pPr",
        w("pStyle", val=manuscript.styles[f"toc {title.level}"]),
        w(
            "tabs",
            w("tab", val="left", pos=left) if hanging else None,
            w("tab", val="right", leader="dot", pos=place.width),
        ),
        w("ind", left=left, hanging=hanging) if hanging else w("ind", left=left, firstLine=0),
    )
    return w("p", about, w("hyperlink", *runs, anchor=title.bookmark, history=1))
