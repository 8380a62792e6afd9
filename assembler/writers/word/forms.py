"""Whether each tag stands where docxtpl can use it: a row's tag in a row of its own, a mark in the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.model.finding import Finding, error, warning
from assembler.writers.word.tags import Page, Tag, hidden_tags, paragraph_text
from assembler.writers.word.xml import Element, name

_TAKEN = {"tr": "une ligne de tableau", "tc": "une cellule de tableau"}
_HOLDERS = {"tr": "la ligne du tableau", "tc": "la cellule", "p": "le paragraphe"}
_BLANKS = re.compile(r"\s+")


def check_forms(tags: list[Tag], page: Page, *, body: bool) -> Iterator[Finding]:
    """What is wrong with where the tags of a part stand; `body` says whether it is the document itself."""
    taken: dict[Element, Tag] = {}
    shared: set[Element] = set()
    for tag in tags:
        if tag.scope == "p" and tag.kind == "{{" and (not body or _in_text_box(tag)):
            yield error("template-mark-place", page.source, tag=tag.text, where=page.where(tag))
        if tag.scope not in _HOLDERS or tag.kind == "{#":
            continue
        holder = _holder(tag)
        if holder is None:
            yield error(
                "template-tag-outside", page.source, tag=tag.text, what=_TAKEN[tag.scope], where=page.where(tag)
            )
        elif holder in taken:
            first, what = taken[holder].text, _HOLDERS[tag.scope]
            yield error(
                "template-tag-together", page.source, first=first, tag=tag.text, what=what, where=page.where(tag)
            )
            shared.add(holder)
        else:
            taken[holder] = tag
    comments = [each for each in tags if each.kind == "{#"]
    for holder, tag in taken.items():
        if holder not in shared:
            yield from _lost(tag, holder, comments, page)


def check_unread(page: Page, part: str) -> Iterator[Finding]:
    """An error for each tag where none is filled in: in a part that is not read, an attribute, a field."""
    kind = str(page.tree.tag).rpartition("}")[2]
    if kind in ("document", "hdr", "ftr", "footnotes"):
        for element, text in hidden_tags(page.tree):
            paragraph = next(element.iterancestors(name("p")), None)
            where = page.places.place(paragraph) if paragraph is not None else page.places.part
            yield error("template-tag-ignored", page.source, tag=text.strip()[:60], where=where)
    elif not part.endswith(".rels") and part.startswith("word/") and kind != "comments":
        shown = "".join(str(each) for each in page.tree.itertext())
        found = re.search(r"\{\{[^{}]{1,60}\}\}|\{%[^{}]{1,60}%\}", shown)
        if found:
            yield error("template-tag-ignored", page.source, tag=found[0], where=page.places.part or part)


def _in_text_box(tag: Tag) -> bool:
    return next(tag.paragraph.iterancestors(name("txbxContent")), None) is not None


def _holder(tag: Tag) -> Element | None:
    """The row, cell or paragraph that goes when the tag is read."""
    return tag.paragraph if tag.scope == "p" else next(tag.paragraph.iterancestors(name(tag.scope)), None)


def _lost(tag: Tag, holder: Element, comments: list[Tag], page: Page) -> Iterator[Finding]:
    """A warning for the words that go with the row, cell or paragraph of a tag."""
    left = "".join(paragraph_text(each) for each in holder.iter(name("p")))
    for each in (tag, *comments):
        left = left.replace(each.text, " ", 1)
    left = _BLANKS.sub(" ", left).strip()
    if left:
        what = _HOLDERS[tag.scope]
        yield warning(
            "template-words-lost", page.source, tag=tag.text, words=left[:60], what=what, where=page.where(tag)
        )
