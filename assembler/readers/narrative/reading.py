"""The whole way from the body of a narrative to its blocks."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from assembler.model.finding import Finding, error, warning
from assembler.model.source import Source
from assembler.model.text import Block, Paragraph, Text
from assembler.readers.narrative.comments import without_comments
from assembler.readers.narrative.conversion import read_elements
from assembler.readers.narrative.decoding import clean
from assembler.readers.narrative.front_matter import misplaced_front_matter
from assembler.readers.narrative.headings import level_headings
from assembler.readers.narrative.inlines import Cursor
from assembler.readers.narrative.leaves import Kept, labels_used
from assembler.readers.narrative.limits import BLOCKS, FILE_CHARACTERS, FILE_LINES
from assembler.readers.narrative.normaliser import outline
from assembler.readers.narrative.outline import Aside, Line, NotePart, TablePart, write_markdown
from assembler.readers.narrative.starts import untabbed
from assembler.readers.narrative.tree import read_tree

_TAGS_TOLD = 3


def read_blocks(text: str, file: str, first_line: int) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """The blocks of a narrative's body, and what is wrong in it, by line. The body begins on `first_line` of `file`."""
    text = clean(text)
    if len(text) > FILE_CHARACTERS or text.count("\n") > FILE_LINES:
        return _as_typed(text, file, first_line)
    lines = [Line(number, untabbed(line)) for number, line in enumerate(text.split("\n"), start=first_line)]
    try:
        return _read(lines, file, first_line)
    except (RecursionError, _TooManyBlocksError):
        return _as_typed(text, file, first_line)


def _read(lines: list[Line], file: str, first_line: int) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    kept = Kept(file, labels_used("\n".join(line.text for line in lines)))
    shown, unclosed = without_comments(lines)
    kept.findings += [error("comment-unclosed", Source(file, number)) for number in unclosed]
    kept.findings += misplaced_front_matter(shown, file)
    parts = outline(shown, kept)
    notes, doubles = _first_of_each(kept.notes)
    markdown, aside = write_markdown((*parts, *notes.values(), *doubles))
    if markdown.count("\n") // 2 + sum(_cells(part) for part in aside) > BLOCKS:
        raise _TooManyBlocksError
    body, *definitions = _cut_at_notes(list(read_tree(markdown, aside, kept.links)), aside)
    cursor = Cursor(file, first_line, kept.findings, in_note=True)
    contents = [(part, read_elements(elements, aside, cursor, within=True)) for part, elements in definitions if part]
    cursor.notes = {part.key: content for part, content in contents if notes.get(part.key) is part}
    cursor.in_note = False
    blocks = read_elements(body[1], aside, cursor, within=False)
    left_over: list[Block] = []
    for part, content in contents:
        if part.key not in cursor.called or notes.get(part.key) is not part:
            cursor.add(warning("footnote-unused", Source(file, part.number), note=f"[^{part.key}]"))
            left_over += content
    levelled, findings = level_headings((*blocks, *left_over))
    return levelled, _few_tags(sorted((*cursor.findings, *findings), key=_line))


class _TooManyBlocksError(Exception):
    """More blocks than any narrative has."""


def _cells(part: Aside) -> int:
    return len(part.alignments) * (len(part.rows) + 1) if isinstance(part, TablePart) else 0


def _first_of_each(notes: list[NotePart]) -> tuple[dict[str, NotePart], list[NotePart]]:
    first: dict[str, NotePart] = {}
    doubles = [note for note in notes if first.setdefault(note.key, note) is not note]
    return first, doubles


def _cut_at_notes(elements: list[Element], aside: tuple[Aside, ...]) -> list[tuple[NotePart | None, list[Element]]]:
    """The elements of the body, then those of each note."""
    cut: list[tuple[NotePart | None, list[Element]]] = [(None, [])]
    for element in elements:
        part = aside[int(element.get("index", ""))] if element.tag == "object" else None
        if isinstance(part, NotePart):
            cut.append((part, []))
        else:
            cut[-1][1].append(element)
    return cut


def _line(finding: Finding) -> int:
    return (finding.source and finding.source.line) or 0


def _few_tags(findings: list[Finding]) -> tuple[Finding, ...]:
    """`findings` with the first tags of HTML, and the number of the others instead of each of them."""
    tags = [finding for finding in findings if finding.code == "html-kept-as-text"]
    if len(tags) <= _TAGS_TOLD:
        return tuple(findings)
    place = [index for index, finding in enumerate(findings) if finding.code == "html-kept-as-text"][_TAGS_TOLD]
    more = warning("html-kept-elsewhere", tags[_TAGS_TOLD].source, count=str(len(tags) - _TAGS_TOLD))
    rest = (finding for finding in findings[place:] if finding.code != "html-kept-as-text")
    return (*findings[:place], more, *rest)


def _as_typed(text: str, file: str, first_line: int) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Paragraphs parted by blank lines, and nothing else."""
    blocks: list[Block] = []
    line = first_line
    for typed in text.split("\n\n"):
        if shown := " ".join(typed.split()):
            before = typed[: len(typed) - len(typed.lstrip())].count("\n")
            blocks.append(Paragraph((Text(shown),), Source(file, line + before)))
        line += typed.count("\n") + 2
    return tuple(blocks), (error("markdown-too-complex", Source(file, first_line)),)
