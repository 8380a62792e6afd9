"""Paragraphs: joined on one line with marks for their lines and breaks; link definitions taken out of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from assembler.model.finding import Finding, error, note, warning
from assembler.model.source import Source
from assembler.readers.narrative.grid import cells_of
from assembler.readers.narrative.limits import COST, cost, too_complex
from assembler.readers.narrative.marks import BREAK, line_mark
from assembler.readers.narrative.outline import Line, NotePart, Part, PlainPart, TextPart
from assembler.readers.narrative.starts import indent_of, large_number

_DEFINITION = re.compile(
    r"""\s*\[((?!\^)[^\[\]]+)\]:\s*(<[^<>]*>|\S+)(?:\s+("[^"]*"|'[^']*'|\([^()]*\)))?\s*""",
)
_LABEL = re.compile(r"\[([^\[\]]+)\](?!:)")
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Kept:
    """What is set aside while a file is read: findings, footnotes, link definitions (by label: address and title)."""

    file: str
    labels: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    notes: list[NotePart] = field(default_factory=list)
    links: dict[str, tuple[str, str | None]] = field(default_factory=dict)

    cost: int = 0

    def add(self, finding: Finding) -> None:
        self.findings.append(finding)

    def refuses(self, text: str, line: int) -> bool:
        """Whether `text` would keep Python-Markdown busy too long, alone or after all that came before it; said once."""
        price = 0 if (alone := too_complex(text)) else cost(text)
        spent, self.cost = self.cost, self.cost + price
        if alone or (price and spent <= COST < self.cost):
            self.add(error("markdown-too-complex", Source(self.file, line)))
        return alone or (price > 0 and self.cost > COST)


def labels_used(text: str) -> frozenset[str]:
    """Every label a link of `text` may refer to."""
    return frozenset(_label(match) for match in _LABEL.findall(text))


def text_parts(lines: list[Line], kept: Kept) -> tuple[Part, ...]:
    """The paragraph made of `lines`, without its link definitions: none, or one."""
    defined = next((rank for rank, line in enumerate(lines) if not _is_definition(line, kept)), len(lines))
    lines = lines[defined:]
    if not lines:
        return ()
    first = Source(kept.file, lines[0].number)
    if indent_of(lines[0].text) >= 4 and not lines[0].lazy:
        kept.add(note("indented-text", first))
    if large_number(lines[0].text):
        kept.add(note("number-kept-as-text", first, number=lines[0].text.split(None, 1)[0]))
    text = _joined(lines)
    if kept.refuses(text, lines[0].number):
        return plain_part(lines)
    if (row := _row_without_rule(lines)) is not None:
        kept.add(warning("table-without-rule", Source(kept.file, row)))
    return (TextPart(text),)


def plain_part(lines: list[Line]) -> tuple[Part, ...]:
    """`lines` as a paragraph shown as typed: none when they are blank."""
    text = " ".join(line.text.strip() for line in lines).strip()
    return (PlainPart(lines[0].number, text),) if text else ()


def _row_without_rule(lines: list[Line]) -> int | None:
    """The line of the first of two rows of a table under which no `|---|` was typed; None when there are none."""
    for line, below in pairwise(lines):
        if "|" not in line.text or "|" not in below.text:
            continue
        edged = all(each.text.lstrip().startswith("|") for each in (line, below))
        widths = [len(cells_of(each.text)) for each in (line, below)]
        if (edged and max(widths) > 1) or (widths[0] == widths[1] > 1):
            return line.number
    return None


def _is_definition(line: Line, kept: Kept) -> bool:
    match = _DEFINITION.fullmatch(line.text)
    if match is None or _label(match[1]) not in kept.labels:
        return False
    address = match[2][1:-1] if match[2].startswith("<") else match[2]
    kept.links.setdefault(_label(match[1]), (address, match[3] and match[3][1:-1]))
    return True


def _label(text: str) -> str:
    return _SPACES.sub(" ", text).strip().lower()


def _joined(lines: list[Line]) -> str:
    pieces: list[str] = []
    for line in lines:
        text = line.text.strip()
        broken = line.text.endswith("  ")
        if text.endswith("\\") and not text.endswith("\\\\") and line is not lines[-1]:
            text, broken = text[:-1], True
        pieces += [line_mark(line.number), text, *([BREAK] if broken and line is not lines[-1] else [])]
    return " ".join(pieces)
