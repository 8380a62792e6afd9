"""A text file as its author saved it, and small replacements in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` in place of what stands between `start` and `end` (characters)."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file's text, line breaks and byte order mark included, and how it was encoded."""

    text: str
    encoding: str

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The file with these replacements, encoded as it was."""
        text, end = [], 0
        for each in sorted(edits, key=lambda one: one.start):
            text += [self.text[end : each.start], each.text]
            end = each.end
        whole = "".join((*text, self.text[end:]))
        return whole.encode(self.encoding, _ERRORS.get(self.encoding, "strict"))

    def lines(self) -> list[tuple[int, str]]:
        """Each line without its break, with the place where it starts."""
        lines, start = [], 0
        for match in _BREAK.finditer(self.text):
            lines.append((start, self.text[start : match.start()]))
            start = match.end()
        return [*lines, (start, self.text[start:])]


_ERRORS = {"cp1252": "surrogateescape"}
_MARKED = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def read_written(raw: bytes) -> Written:
    """The file whose bytes are `raw`: UTF-8, UTF-16 when marked so, else Windows-1252. Nothing of it is lost."""
    encoding = _MARKED.get(raw[:2])
    if encoding:
        return Written(raw.decode(encoding, "surrogatepass"), encoding)
    try:
        return Written(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Written(raw.decode("cp1252", _ERRORS["cp1252"]), "cp1252")
