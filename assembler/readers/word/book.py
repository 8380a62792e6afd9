"""One Word file being read: its parts, and what is noted on the way: comments, revisions, what Markdown cannot say."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from assembler.model.returned import Guide, Place, Remark, Revisions, Target
from assembler.model.text import Block
from assembler.readers.charter.parts import Element, Parts, R, val, w
from assembler.readers.word.styles import Numberings, Styles

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_QUOTED = 120


@dataclass(slots=True)
class _Comment:
    text: str
    author: str
    date: str
    quoted: str = ""


class Book:
    """The file, and where the reading stands in it: `place` and `section` (the last heading)."""

    def __init__(self, parts: Parts, guide: Guide) -> None:
        self.parts = parts
        self.styles = Styles(parts)
        self.numberings = Numberings(parts)
        self.targets = {each.bookmark.lower(): each for each in guide.targets}
        self.pictures = dict(guide.pictures)
        self.place: Place | None = None
        self.section = ""
        self.remarks: list[Remark] = []
        self.notes: dict[tuple[str, str], tuple[Block, ...]] = {}
        self._revised: Counter[tuple[str, bool]] = Counter()
        self._comments = _comments(parts)
        self._open: dict[str, _Comment] = {}
        self._links: dict[str, dict[str, str]] = {}

    @property
    def revisions(self) -> tuple[Revisions, ...]:
        """Who left tracked changes, in alphabetical order."""
        authors = sorted({author for author, _ in self._revised})
        return tuple(
            Revisions(author, self._revised[author, True] + self._revised[author, False], self._revised[author, False])
            for author in authors
        )

    def target(self, bookmark: str) -> Target | None:
        """What references to this bookmark mean, None for a bookmark that is not ours."""
        return self.targets.get(bookmark.lower())

    def revised(self, element: Element) -> None:
        """Note a tracked change."""
        self._revised[val(element, "author") or "", self.place is not None] += 1

    def odd(self, kind: str, quoted: str = "") -> None:
        """Note something that Markdown cannot say."""
        if self.place is not None:
            self.remarks.append(Remark(kind, self.place, self.section, _short(quoted)))

    def said(self, text: str) -> None:
        """Words that are shown: the comments that are open stand at them."""
        for comment in self._open.values():
            comment.quoted += text

    def open_comment(self, identifier: str | None) -> None:
        """A comment begins to cover what is shown."""
        if identifier in self._comments and identifier is not None:
            self._open[identifier] = self._comments[identifier]

    def close_comment(self, identifier: str | None) -> None:
        """The mark of a comment: it is kept with the words that it covered."""
        comment = self._comments.pop(identifier or "", None)
        self._open.pop(identifier or "", None)
        if comment is not None:
            quoted = _short(comment.quoted)
            self.remarks.append(
                Remark("comment", self.place, self.section, quoted, comment.text, comment.author, comment.date)
            )

    def left_over(self) -> None:
        """Keep the comments whose mark was not found."""
        for identifier in sorted(self._comments):
            self.close_comment(identifier)

    def link(self, part: str, identifier: str | None) -> str | None:
        """The address outside the file that a relationship of `part` leads to."""
        if part not in self._links:
            folder, _, file = part.rpartition("/")
            tree = self.parts.tree(f"{folder}/_rels/{file}.rels")
            self._links[part] = {
                str(each.get("Id")): str(each.get("Target"))
                for each in ([] if tree is None else tree.iter(_RELATION))
                if each.get("TargetMode") == "External"
            }
        return self._links[part].get(identifier or "")

    def picture(self, part: str, identifier: str | None) -> str | None:
        """The name of an embedded picture that the dossier knows, else None."""
        target = self.parts.target(part, identifier)
        content = self.parts.content(target) if target else None
        return None if content is None else self.pictures.get(hashlib.sha256(content).hexdigest())


def relation(element: Element, name: str) -> str | None:
    """An attribute `r:…`."""
    return element.get(f"{{{R}}}{name}")


def words_of(element: Element) -> str:
    """All the text in an element, paragraphs parted by a blank."""
    lines = ["".join(each.text or "" for each in line.iter(w("t"))) for line in element.iter(w("p"))]
    return " ".join(" ".join(lines).split())


def _comments(parts: Parts) -> dict[str, _Comment]:
    part = next(parts.related(parts.document, "comments"), "")
    tree = parts.tree(part) if part else None
    return {
        str(val(each, "id")): _Comment(words_of(each), val(each, "author") or "", (val(each, "date") or "")[:10])
        for each in ([] if tree is None else tree.iter(w("comment")))
    }


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else text[:_QUOTED].rpartition(" ")[0] + "…"
