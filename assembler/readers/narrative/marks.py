"""Private-use characters by which the normaliser speaks to the reader through the text that Python-Markdown reads."""

from __future__ import annotations

import re

OBJECT = "\ue000"
"""Stands on both sides of a number in a block of its own: the part set aside under that number goes here."""

BREAK = "\ue001"
"""A line break the author asked for; at the end of a heading, a guard that keeps `#` and `\\` the author's."""

LINE_OPEN, LINE_CLOSE = "\ue002", "\ue003"
"""Stand on both sides of a line number: what follows was written on that line."""

ANY = re.compile(rf"{LINE_OPEN}(\d+){LINE_CLOSE}|{BREAK}|{OBJECT}(\d+){OBJECT}")
_SPACED = re.compile(rf"\s*(?:{ANY.pattern})\s*")
_ALL = re.compile(f"[{OBJECT}-{LINE_CLOSE}]")


def line_mark(number: int) -> str:
    """The mark of line `number`."""
    return f"{LINE_OPEN}{number}{LINE_CLOSE}"


def without_marks(text: str) -> str:
    """`text` as the author typed it, on one line."""
    return _SPACED.sub(" ", text).strip()


def without_private_use(text: str) -> str:
    """`text` without any character that could be taken for a mark."""
    return _ALL.sub("", text)
