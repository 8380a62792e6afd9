"""The front matter of a narrative: where it stands, and where it should have stood."""

from __future__ import annotations

import re

from assembler.model.finding import Finding, error
from assembler.model.source import Source
from assembler.readers.narrative.comments import fence_after
from assembler.readers.narrative.outline import Line

_EDGE = re.compile(r" {0,3}---[ \t]*")
_OURS = re.compile(r"[ \t]*(?:attendus[ \t]*:|statut[ \t]*:[ \t]*sans-objet)")


def split_front_matter(text: str) -> tuple[str | None, str, int, int]:
    """Front matter (None: there is none), body, and the lines on which the body and the front matter start.

    It stands between two `---` lines at the very top; under blank lines or comments, it must hold `attendus:` or
    `statut: sans-objet`.
    """
    lines = text.split("\n")
    top = _after_comments(lines)
    if top < len(lines) and _EDGE.fullmatch(lines[top]):
        end = next((index for index in range(top + 1, len(lines)) if _EDGE.fullmatch(lines[index])), None)
        if end is not None and (lines[0].startswith("---") or any(map(_OURS.match, lines[top + 1 : end]))):
            return "\n".join(lines[top + 1 : end]), "\n".join(lines[end + 1 :]), end + 2, top + 2
    return None, text, 1, 1


def misplaced_front_matter(lines: list[Line], file: str) -> list[Finding]:
    """An error for each front matter among the lines of a body, without its comments."""
    found: list[Finding] = []
    texts = [line.text for line in lines]
    first = next((index for index, text in enumerate(texts) if text.strip()), 0)
    last_edge = max((index for index, text in enumerate(texts) if _EDGE.fullmatch(text)), default=-1)
    fence: str | None = None
    for index, line in enumerate(lines[:-1]):
        fence = fence_after(fence, line.text)
        if fence or not _EDGE.fullmatch(line.text) or not _OURS.match(texts[index + 1]):
            continue
        code = "front-matter-misplaced" if index > first or index < last_edge else "front-matter-unclosed"
        found.append(error(code, Source(file, line.number)))
    return found


def _after_comments(lines: list[str]) -> int:
    """The index of the first line that is neither blank nor of a comment."""
    index = 0
    while index < len(lines):
        text = lines[index].strip()
        if text.startswith("<!--"):
            end = next((rank for rank in range(index, len(lines)) if "-->" in lines[rank]), None)
            if end is None or not lines[end].rstrip().endswith("-->"):
                return index
            index = end
        elif text:
            return index
        index += 1
    return index
