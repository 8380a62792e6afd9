"""What Python-Markdown may be given: its cost is quadratic within a paragraph (10 kB of `[` take 12 s)."""

from __future__ import annotations

import re

FILE_CHARACTERS = 5_000_000
FILE_LINES = 40_000
PARAGRAPH_CHARACTERS = 100_000
BLOCKS = 20_000
"""Blocks and table cells in one file; a narrative of 50 pages has some 500."""
DEPTH = 20
COST = 5_000_000
"""What one file may cost, in characters scanned; a narrative of 50 pages takes some 300,000."""
_COST_OF_A_MARK = 200
_BRACKETS = 200
_BACKTICK_RUNS = 200
_DELIMITERS = 1_000

_BACKTICKS = re.compile("`+")
_DELIMITER = re.compile(r"[*_~^\\<&]")
_MARK = re.compile(r"[*_~^\\<&\[`]|://")
_BRACKET = re.compile(r"[\[\]()]")


def too_complex(text: str) -> bool:
    """Whether one paragraph, heading or cell is beyond what any author writes."""
    return (
        len(text) > PARAGRAPH_CHARACTERS
        or text.count("[") > _BRACKETS
        or len(_BACKTICKS.findall(text)) > _BACKTICK_RUNS
        or len(_DELIMITER.findall(text)) > _DELIMITERS
    )


def cost(text: str) -> int:
    """Characters Python-Markdown scans to close every bracket and code span of `text`, and so much for each mark."""
    if not (marks := len(_MARK.findall(text))):
        return 0
    return marks * _COST_OF_A_MARK + _bracket_cost(text) + _backtick_cost(text)


def _bracket_cost(text: str) -> int:
    total = 0
    open_at: dict[str, list[int]] = {"[": [], "(": []}
    for match in _BRACKET.finditer(text):
        place, character = match.start(), match[0]
        if character in open_at:
            open_at[character].append(place)
        elif same := open_at["[" if character == "]" else "("]:
            total += place - same.pop()
    return total + sum(len(text) - place for places in open_at.values() for place in places)


def _backtick_cost(text: str) -> int:
    total = 0
    next_of: dict[int, int] = {}
    for match in reversed(tuple(_BACKTICKS.finditer(text))):
        length = len(match[0])
        total += next_of.get(length, len(text)) - match.start()
        next_of[length] = match.start()
    return total
