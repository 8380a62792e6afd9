"""What came back in a Word file that people edited: its text, place by place, and what is no text of a narrative."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.model.text import Block


@dataclass(frozen=True, slots=True)
class Place:
    """A chapter, by its anchor, and whose part of it: the key of a member of a network, empty before the first of them."""

    chapter: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedText:
    """The blocks that stand at a place; exhibits are cited by id."""

    place: Place
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment (`kind` is `comment`), or something that Markdown cannot say (`text-box`, `page-break`…).

    `place` is None outside the chapters; `section` the last heading before it; `quoted` the words it stands at.
    """

    kind: str
    place: Place | None
    section: str
    quoted: str
    text: str = ""
    author: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Revisions:
    """How many insertions and deletions an author left tracked; `outside` counts those out of the chapters."""

    author: str
    count: int
    outside: int


@dataclass(frozen=True, slots=True)
class OriginText:
    """The fingerprints of the blocks of a narrative, as they were when the Word file was made."""

    chapter: str
    file: str
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A whole Word file. `found` are the chapters whose bookmarks are still there; `origin` is empty when it was lost."""

    texts: tuple[ReturnedText, ...]
    found: tuple[str, ...]
    remarks: tuple[Remark, ...]
    revisions: tuple[Revisions, ...]
    origin: tuple[OriginText, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A bookmark where the text of another place begins, under the heading `title`; `place` is None where none goes on.

    `named`: when the bookmark is gone, that heading is enough, as for the name of a member.
    """

    bookmark: str
    place: Place | None
    title: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A bookmark that references lead to: `kind` is `preuve`, `critere` or `attendu`; `shown` what they usually read."""

    bookmark: str
    kind: str
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What must be known to read the file. `pictures` pairs the sha256 of a picture with its name."""

    cuts: tuple[Cut, ...]
    targets: tuple[Target, ...]
    pictures: tuple[tuple[str, str], ...]
