"""A paragraph of Word as words, and words as runs again."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import groupby

from assembler.writers.word.revisions.sides import Side
from assembler.writers.word.xml import Element, name, text, w

_RUN, _TEXT, _LOOK, _CHANGE = name("r"), name("t"), name("rPr"), name("fldChar")
_BOX = name("txbxContent")
_PIECES = re.compile(r"[^ ]+| +")
_PLACES = tuple(map(name, ("bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd")))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a space (`text`), or what is one thing in a line (`elements`): a sign, a note's call, a link, a field.

    `look` are the properties of its run, None for what is no part of a run. `places` are the bookmarks that begin or end
    just before it.
    """

    key: Hashable
    text: str = ""
    elements: tuple[Element, ...] = ()
    look: tuple[Element | None, Hashable] | None = None
    places: tuple[Element, ...] = ()

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def letters(self) -> int | None:
        return len(self.text) if self.text else None

    @property
    def boxes(self) -> list[Element]:
        """The text boxes that this holds."""
        return [box for each in self.elements for box in each.iter(_BOX)]

    def becomes(self, other: Word) -> bool:
        # Not so of notes: LibreOffice knows no tracked changes inside them.
        return 0 < len(self.boxes) == len(other.boxes)


@dataclass(slots=True)
class Line:
    """The words of a paragraph, and the bookmarks that end after the last. `whole` is False where a field goes beyond it."""

    words: list[Word] = field(default_factory=list)
    places: list[Element] = field(default_factory=list)
    whole: bool = True


def words_of(paragraph: Element, side: Side, part: str) -> Line:
    """What a paragraph says, in reading order."""
    line = Line()
    opened: list[Element] = []
    depth = 0
    for child in paragraph:
        tag = child.tag
        kinds = [each.get(name("fldCharType")) for each in child.iter(_CHANGE)] if tag == _RUN else []
        if depth or kinds:
            opened.append(child)
            depth += kinds.count("begin") - kinds.count("end")
            if depth < 0:
                line.whole = False
                return line
            if depth == 0:
                _add(line, _thing(tuple(opened), side, part))
                opened = []
        elif tag == _RUN:
            for word in _run(child, side, part):
                _add(line, word)
        elif tag in _PLACES:
            line.places.append(child)
        elif tag != name("pPr"):
            _add(line, _thing((child,), side, part))
    line.whole = depth == 0
    return line


def children_of(words: Iterable[Word]) -> Iterator[Element]:
    """The children of a paragraph that show these words, with the bookmarks before each."""
    for look, group in groupby(words, key=lambda each: None if each.look is None or each.places else each.look[1]):
        held = list(group)
        if look is not None:
            yield _as_run(held)
            continue
        for each in held:
            yield from each.places
            if each.look is None:
                yield from each.elements
            else:
                yield _as_run([each])


def _add(line: Line, word: Word) -> None:
    if line.places:
        word = Word(word.key, word.text, word.elements, word.look, tuple(line.places))
        line.places = []
    line.words.append(word)


def _thing(elements: tuple[Element, ...], side: Side, part: str) -> Word:
    return Word(tuple(side.said(each, part) for each in elements), elements=elements)


def _run(run: Element, side: Side, part: str) -> Iterator[Word]:
    about = run.find(_LOOK)
    look = (about, () if about is None else side.said(about, part))
    for child in run:
        if child.tag == _TEXT:
            for piece in _PIECES.findall(child.text or ""):
                yield Word((look[1], piece), piece, look=look)
        elif child.tag != _LOOK and child.tag not in _PLACES:
            yield Word((look[1], side.said(child, part)), elements=(child,), look=look)


def _as_run(words: Sequence[Word]) -> Element:
    """One run of words that look the same."""
    about = words[0].look[0] if words[0].look else None
    made = w("r", None if about is None else deepcopy(about))
    for is_text, group in groupby(words, key=lambda each: bool(each.text)):
        if is_text:
            made.append(text("".join(each.text for each in group)))
        else:
            made.extend(element for each in group for element in each.elements)
    return made
