"""HTML comments: notes of authors to themselves, that nobody else sees."""

from __future__ import annotations

from assembler.readers.narrative.outline import Line
from assembler.readers.narrative.starts import FENCE

_OPEN, _CLOSE = "<!--", "-->"


def without_comments(lines: list[Line]) -> tuple[list[Line], list[int]]:
    """`lines` without comments, but for those in code, and the lines of those that are not closed before another.

    A line that held nothing else is gone. A comment that nothing closes stays.
    """
    last_close = max((index for index, line in enumerate(lines) if _CLOSE in line.text), default=-1)
    shown: list[Line] = []
    unclosed: list[int] = []
    opened = 0
    fence: str | None = None
    inside = False
    for index, line in enumerate(lines):
        if not inside:
            fence = fence_after(fence, line.text)
        if fence or (not inside and _OPEN not in line.text):
            shown.append(line)
            continue
        before, (text, inside) = inside, _outside(line.text, inside, index < last_close)
        if before and _OPEN in line.text.partition(_CLOSE)[0]:
            unclosed.append(opened)
        elif index >= last_close and _is_left_open(text):
            unclosed.append(line.number)
        if inside and not (before and _CLOSE not in line.text):
            opened = line.number
        if text.strip():
            shown.append(line._replace(text=text))
    return shown, list(dict.fromkeys(unclosed))


def _is_left_open(text: str) -> bool:
    """Whether what is left of a line without its comments opens one that nothing closes; in code, it is no comment."""
    start = text.find(_OPEN)
    return start >= 0 and text.count("`", 0, start) % 2 == 0 and _CLOSE not in text[start:]


def _outside(text: str, inside: bool, closes_later: bool) -> tuple[str, bool]:
    """What of a line is out of comments, and whether its end is inside one."""
    kept: list[str] = []
    place = ticks = 0
    while True:
        if inside:
            end = text.find(_CLOSE, place)
            if end < 0:
                return "".join(kept), True
            place, inside = end + len(_CLOSE), False
        start = text.find(_OPEN, place)
        ticks += text.count("`", place, max(start, place))
        if start < 0 or ticks % 2 == 1 or not (closes_later or text.find(_CLOSE, start) >= 0):
            return "".join((*kept, text[place:])), False
        kept.append(text[place:start])
        place, inside = start + len(_OPEN), True


def fence_after(fence: str | None, text: str) -> str | None:
    """The marks that will close the block of code after this line; None when the line is not in one, nor opens one."""
    match = FENCE.fullmatch(text.lstrip("> "))
    if match is None:
        return fence
    if fence is None:
        return match[2]
    return None if match[2].startswith(fence) and not match[3].strip() else fence
