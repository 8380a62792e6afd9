"""How each kind of block begins on a line, in the forms people type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assembler.readers.narrative.limits import DEPTH

_ATX = re.compile(r" {0,3}(#{1,6})(.*)")
SETEXT = re.compile(r" {0,3}(={2,}|-{2,})[ ]*")
QUOTE = re.compile(r" *> ?")
FENCE = re.compile(r"( *)(`{3,}|~{3,})[ ]*([^`]*)")
NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]: *")
_ITEM = re.compile(
    r"( *)(?:([-*+•▪▫◦‣●○■□➢►⁃·\uf020-\uf0ff–—]|o(?=[ \u00a0]{2}))|(\d{1,9})([.)]))(?:([ \u00a0]+)(.*)|$)",
)
_KNOWN = frozenset("-*+.)")
_SYMBOLS = {"\uf0b7": "ronde", "\uf0a7": "carrée", "\uf0d8": "en flèche", "\uf0fc": "en coche", "\uf076": "en losange"}
_TABBED_LETTER = re.compile(r"\A([> \t]*)o\t+")
_DASHES = frozenset("–—")
_HIGHEST_START = 99


@dataclass(frozen=True, slots=True)
class Item:
    """The start of a list item: columns of its marker and of its text, what marks it, its number (None: a bullet)."""

    indent: int
    offset: int
    marker: str
    number: int | None
    text: str

    @property
    def pasted(self) -> bool:
        """Whether the bullet is one Markdown does not know, as Word makes them."""
        return self.marker not in _KNOWN

    @property
    def named(self) -> str:
        """The bullet in words, when it is a character of Word's symbols that no other program shows; else empty."""
        if not "\uf020" <= self.marker <= "\uf0ff":
            return ""
        return f"{_SYMBOLS.get(self.marker, 'en symbole')} de Word"

    @property
    def dash(self) -> bool:
        """Whether the bullet is a dash, that also stands at the start of a line in the midst of a sentence."""
        return self.marker in _DASHES


def item_start(text: str) -> Item | None:
    """The list item that begins on this line, None when there is none (a rule, a year: « 2026. »)."""
    match = _ITEM.fullmatch(text)
    if match is None or is_rule(text):
        return None
    indent, bullet, digits, delimiter, space, rest = match.groups()
    if digits and int(digits) > _HIGHEST_START:
        return None
    marker = bullet or delimiter
    width = len(indent) + len(bullet or digits + delimiter)
    content = (rest or "").strip()
    gap = len(space) if space and content and len(space) <= 4 else 1
    return Item(
        len(indent),
        width + gap,
        marker,
        int(digits) if digits else None,
        content and " " * (len(space or " ") - gap) + (rest or ""),
    )


def is_rule(text: str) -> bool:
    """Whether the line is a thematic break: `***`, `- - -`."""
    marks = text.replace(" ", "")
    return len(marks) > 2 and marks[0] in "-*_" and marks.strip(marks[0]) == "" and indent_of(text) < 4


def heading_start(text: str) -> tuple[int, str] | None:
    """Level and text of the heading on this line; `##Titre` is one, `#Titre` is not (« #1 des lycées »)."""
    match = _ATX.fullmatch(text)
    if match is None:
        return None
    level, rest = len(match[1]), match[2]
    if rest and rest[0] not in " \u00a0" and (level == 1 or not rest[0].isalpha()):
        return None
    rest = rest.strip()
    bare = rest.rstrip("#")
    return level, bare.rstrip() if not bare or bare[-1] in " \u00a0" else rest


def untabbed(text: str) -> str:
    """`text` with spaces for its tabs; the « o » and tab of Word's second level stay apart from a word."""
    return _TABBED_LETTER.sub(r"\1o   ", text, count=1).expandtabs(4) if "\t" in text else text


def interrupts(item: Item, before: str, after: str, in_item: bool) -> bool:
    """Whether an item may begin between `before`, a line of a paragraph (the first of an item?), and `after`."""
    if not item.text:
        return False
    if item.dash:
        return (
            before.rstrip().endswith((":", ";"))
            or (in_item and not item.text.rstrip().endswith(item.marker))
            or is_next(after, item)
        )
    return item.number in (None, 1)


def is_next(text: str, item: Item) -> bool:
    """Whether the line is another item of the list of `item`."""
    other = item_start(text)
    return other is not None and other.marker == item.marker


def large_number(text: str) -> bool:
    """Whether the line looks like an item numbered too high to be one: « 2026. Une année »."""
    match = _ITEM.fullmatch(text)
    return bool(match and match[3] and int(match[3]) > _HIGHEST_START and match[6])


def indent_of(text: str) -> int:
    """The number of spaces before the text."""
    return len(text) - len(text.lstrip(" "))


def starts_block(text: str, before: str, after: str = "", in_item: bool = False) -> bool:
    """Whether this line ends a paragraph whose last line is `before`."""
    item = item_start(text)
    return bool(
        (item and interrupts(item, before, after, in_item))
        or (QUOTE.match(text) and indent_of(text) < 4)
        or heading_start(text)
        or is_rule(text)
        or FENCE.fullmatch(text)
        or NOTE.match(text)
    )


def is_open_text(text: str) -> bool:
    """Whether a line, seen through its quotation and list marks, is text that a paragraph may go on from."""
    for _ in range(DEPTH):
        if quote := QUOTE.match(text):
            text = text[quote.end() :]
        elif item := item_start(text):
            text = item.text
        else:
            break
    return bool(text.strip()) and not (heading_start(text) or is_rule(text) or FENCE.fullmatch(text))
