"""Inlines to runs: looks, links, cross-references and calls of notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from assembler.model.text import (
    Block,
    Citation,
    Code,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
    Footnote,
    Inline,
    LineBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    WebLink,
)
from assembler.writers.word.bookmarks import bookmark_name
from assembler.writers.word.fields import field, label, run
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import Element, R, w

WriteNote = Callable[[tuple[Block, ...], Manuscript, Place], int]


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks. `style` names a character style; `linked` says that the run stands in a link already."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    position: str | None = None
    style: str | None = None
    linked: bool = False


PLAIN = Look()


def write_inlines(
    content: tuple[Inline, ...], manuscript: Manuscript, place: Place, write_note: WriteNote, look: Look = PLAIN
) -> list[Element]:
    """The children of a paragraph that show `content`; `write_note` keeps the blocks of a footnote and gives its id."""
    made: list[Element] = []
    for inline in content:
        match inline:
            case Text(text):
                made.append(run(text, properties(look, manuscript)))
            case Code(text):
                made.append(run(text, properties(replace(look, style="HTML Code"), manuscript)))
            case LineBreak():
                made.append(w("r", w("br")))
            case Emphasis() | Strong() | Strike() | Superscript() | Subscript():
                made += write_inlines(inline.content, manuscript, place, write_note, _within(inline, look))
            case WebLink(url, inner):
                there = replace(look, style="Hyperlink", linked=True)
                runs = write_inlines(inner or (Text(url),), manuscript, place, write_note, there)
                made += runs if look.linked else [web_link(url, runs, manuscript, place)]
            case Footnote(blocks):
                made += _note(blocks, manuscript, place, write_note, look)
            case ExhibitLink():
                made += exhibit_link(inline, manuscript, look)
            case CriterionLink(number, anchor):
                made += anchor_link(f"critère\u00a0{number}", anchor, manuscript, look)
            case ExpectationLink(reference, anchor):
                made += reference_link("attendu\u00a0", reference, "", anchor, manuscript, look)
            case Citation() | CriterionReference() | ExpectationReference():
                made.append(_untied(inline, manuscript))
            case _:
                assert_never(inline)
    return made


def properties(look: Look, manuscript: Manuscript) -> Element | None:
    """The run properties of a look, in the order of the schema; None for a plain one."""
    parts = [
        None if look.style is None else w("rStyle", val=manuscript.styles[look.style]),
        w("b") if look.bold else None,
        w("i") if look.italic else None,
        w("strike") if look.strike else None,
        None if look.position is None else w("vertAlign", val=look.position),
    ]
    return w("rPr", *parts) if any(part is not None for part in parts) else None


def web_link(url: str, runs: list[Element], manuscript: Manuscript, place: Place) -> Element:
    """A link out of the document around `runs`."""
    link = w("hyperlink", *runs, history=1)
    link.set(f"{{{R}}}id", manuscript.package.relate(place.part, "hyperlink", url, external=True))
    return link


def anchor_link(shown: str, anchor: str, manuscript: Manuscript, look: Look = PLAIN) -> list[Element]:
    """`shown`, linked to the bookmark of `anchor`; the text alone within another link."""
    runs = [run(shown, properties(_reference_look(look), manuscript))]
    return runs if look.linked else [w("hyperlink", *runs, anchor=bookmark_name(anchor), history=1)]


def reference_link(
    before: str, shown: str, after: str, anchor: str, manuscript: Manuscript, look: Look = PLAIN, switches: str = "\\h"
) -> list[Element]:
    """`shown` as a cross-reference to the bookmark of `anchor`, with what stands around it in the same link."""
    looks = properties(_reference_look(look), manuscript)
    bookmark = bookmark_name(anchor)
    runs = [label(shown, looks)] if look.linked else field(f"REF {bookmark} {switches}", [label(shown, looks)])
    if before:
        runs.insert(0, run(before, looks))
    if after:
        runs.append(run(after, looks))
    return runs if look.linked else [w("hyperlink", *runs, anchor=bookmark, history=1)]


def exhibit_link(link: ExhibitLink, manuscript: Manuscript, look: Look = PLAIN) -> list[Element]:
    """« preuve P4.2 », its label a cross-reference to the index of evidence."""
    before, _, after = manuscript.dossier.pack.words.exhibit.replace(" ", "\u00a0").partition("{label}")
    exhibit = manuscript.exhibits.get(link.exhibit)
    if exhibit is None:
        return [_fault(f"[{before}{link.label}{after}\u00a0?]", manuscript)]
    return reference_link(before, link.label, after, exhibit.anchor, manuscript, look)


def exhibit_label_link(identifier: str, manuscript: Manuscript) -> list[Element]:
    """« P4.2 » alone, a cross-reference to the index of evidence; the id where there is no such exhibit."""
    exhibit = manuscript.exhibits.get(identifier)
    if exhibit is None:
        return [_fault(f"[preuve:{identifier}\u00a0?]", manuscript)]
    return reference_link("", exhibit.label, "", exhibit.anchor, manuscript)


def _reference_look(look: Look) -> Look:
    return look if look.style else replace(look, style="Renvoi")


def _within(inline: Emphasis | Strong | Strike | Superscript | Subscript, look: Look) -> Look:
    match inline:
        case Emphasis():
            return replace(look, italic=not look.italic)
        case Strong():
            return replace(look, bold=True)
        case Strike():
            return replace(look, strike=True)
        case Superscript():
            return replace(look, position="superscript")
        case Subscript():
            return replace(look, position="subscript")
        case _:
            assert_never(inline)


def _untied(inline: Citation | CriterionReference | ExpectationReference, manuscript: Manuscript) -> Element:
    match inline:
        case Citation(key, _):
            return _fault(f"[preuve:{key}\u00a0?]", manuscript)
        case CriterionReference(number, _):
            return _fault(f"[critere:{number}\u00a0?]", manuscript)
        case ExpectationReference(reference, _):
            return _fault(f"[attendu:{reference}\u00a0?]", manuscript)
        case _:
            assert_never(inline)


def _fault(shown: str, manuscript: Manuscript) -> Element:
    return run(shown, properties(Look(style="Anomalie"), manuscript))


def _note(
    blocks: tuple[Block, ...], manuscript: Manuscript, place: Place, write_note: WriteNote, look: Look
) -> list[Element]:
    # Word knows no note within a note: there its text goes on in brackets.
    if place.in_note:
        inner = [inline for block in blocks for inline in getattr(block, "content", ())]
        opened, closed = run(" (", properties(look, manuscript)), run(")", properties(look, manuscript))
        return [opened, *write_inlines(tuple(inner), manuscript, place, write_note, look), closed]
    call = properties(Look(style="footnote reference"), manuscript)
    again = manuscript.notes.call_again(blocks, call)
    if again is not None:
        return again
    return manuscript.notes.call(blocks, write_note(blocks, manuscript, place), call, manuscript.bookmarks)
