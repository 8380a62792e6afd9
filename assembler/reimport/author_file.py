"""An author's Markdown file as it stands: its lines to the byte, and which lines each of its blocks takes."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assembler.readers.narrative import decode, split_front_matter
from assembler.readers.narrative.comments import without_comments
from assembler.readers.narrative.leaves import Kept, labels_used
from assembler.readers.narrative.normaliser import outline
from assembler.readers.narrative.outline import Line, NotePart, Part
from assembler.readers.narrative.starts import untabbed
from assembler.reimport.extents import Extent, extent_of

_LINES = re.compile(r"\r\n|\r|\n")
_STRAIGHT, _CURLY = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])"), re.compile(r"(?<=[^\W\d_])’")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines `first` to `last` (counted from 1, both included) become `lines`; `last` before `first` is an insertion."""

    first: int
    last: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is written: mark at its head, encoding, end of lines."""

    mark: bytes
    name: str
    newline: str


@dataclass(frozen=True, slots=True)
class AuthorFile:
    """`lines[0]` is line 1. `parts` are the blocks of the body in order, `notes` the definitions of footnotes.

    `shown` are the lines that are out of comments. `body` is the line after the front matter.
    """

    file: str
    encoding: Encoding
    lines: tuple[str, ...]
    ends: tuple[str, ...]
    body: int
    parts: tuple[tuple[Part, Extent], ...]
    notes: tuple[tuple[NotePart, Extent], ...]
    shown: frozenset[int]

    @property
    def straight(self) -> bool:
        """Whether its author types the apostrophe of keyboards."""
        text = "\n".join(self.lines)
        return len(_STRAIGHT.findall(text)) > len(_CURLY.findall(text))

    def text(self, number: int) -> str:
        """The line of that number, empty out of the file."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with these edits, which do not overlap; all other bytes are as they were."""
        lines = [line + end for line, end in zip(self.lines, self.ends, strict=True)]
        newline = self.encoding.newline
        for edit in sorted(edits, key=lambda each: (each.first, each.last), reverse=True):
            if edit.lines and edit.first > len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
                lines[-1] += newline
            lines[edit.first - 1 : edit.last] = [line + newline for line in edit.lines]
        return self.encoding.mark + "".join(lines).encode(self.encoding.name)


def read_author_file(raw: bytes, file: str) -> AuthorFile | None:
    """The file; None for one whose bytes cannot be written again as they are."""
    mark, name = next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), (b"", "utf-8"))
    try:
        text = raw.removeprefix(mark).decode(name)
    except UnicodeDecodeError:
        try:
            text, mark, name = raw.decode("cp1252"), b"", "cp1252"
        except UnicodeDecodeError:
            return None
    ends = _LINES.findall(text)
    newline = Counter(ends).most_common(1)[0][0] if ends else "\n"
    lines = tuple(_LINES.split(text))
    _, body, first, _ = split_front_matter(decode(raw, file)[0])
    return _outlined(file, Encoding(mark, name, newline), lines, (*ends, ""), body, first)


def _outlined(
    file: str, encoding: Encoding, lines: tuple[str, ...], ends: tuple[str, ...], body: str, first: int
) -> AuthorFile:
    kept = Kept(file, labels_used(body))
    typed = [Line(number, untabbed(line)) for number, line in enumerate(body.split("\n"), start=first)]
    shown, _ = without_comments(typed)
    parts = outline(shown, kept)
    texts = {line.number: line.text for line in shown}
    return AuthorFile(
        file, encoding, lines, ends, first,
        tuple((part, extent_of(part, texts)) for part in parts),
        tuple((note, extent_of(note, texts)) for note in kept.notes),
        frozenset(texts),
    )  # fmt: skip
