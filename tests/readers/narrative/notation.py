"""Blocks as compact text that people can read and review: the notation of `tests/cases/markdown`."""

from __future__ import annotations

from assembler.model.finding import Finding
from assembler.model.text import (
    Block,
    BulletList,
    Citation,
    Code,
    CodeBlock,
    CriterionReference,
    Emphasis,
    ExpectationReference,
    Figure,
    Footnote,
    Heading,
    Inline,
    LineBreak,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    WebLink,
)

_BOX = {None: "-", True: "- (fait)", False: "- (à faire)"}


def show(blocks: tuple[Block, ...], findings: tuple[Finding, ...] = ()) -> str:
    """One line a block with its line number, children indented; then one line a finding."""
    lines = [line for block in blocks for line in _block(block)]
    return "\n".join([*lines, *(_finding(finding) for finding in findings)])


def show_inlines(inlines: tuple[Inline, ...]) -> str:
    """Inlines on one line: `strong(…)`, `citation(…)`; a no-break space is `·`, a line break `⏎`."""
    return "".join(_inline(inline) for inline in inlines)


def _block(block: Block) -> list[str]:
    head = f"{block.source.line}: "
    match block:
        case Heading(level, content, expectations):
            letters = f" {{{' '.join(expectations)}}}" if expectations else ""
            return [f"{head}heading {level}{letters}: {show_inlines(content)}"]
        case Paragraph(content):
            return [f"{head}paragraph: {show_inlines(content)}"]
        case BulletList(items):
            return [f"{head}bullets", *(line for item in items for line in _item(item))]
        case OrderedList(items, start):
            return [f"{head}numbers from {start}", *(line for item in items for line in _item(item))]
        case Table():
            return [f"{head}table {' '.join(block.alignments)}{_caption(block)}", *_rows(block)]
        case Figure(path, alternative):
            return [f"{head}figure {path} | {alternative}{_caption(block)}"]
        case Quotation(blocks):
            return [f"{head}quotation", *_indented(blocks)]
        case CodeBlock(text):
            return [f"{head}code", *(f"  | {line}" for line in text.split("\n"))]
        case Rule():
            return [f"{head}rule"]


def _item(item: ListItem) -> list[str]:
    return [_BOX[item.checked], *_indented(item.blocks)]


def _indented(blocks: tuple[Block, ...]) -> list[str]:
    return [f"  {line}" for block in blocks for line in _block(block)]


def _caption(block: Table | Figure) -> str:
    return f" « {show_inlines(block.caption)} »" if block.caption else ""


def _rows(table: Table) -> list[str]:
    header = [f"  = {' | '.join(show_inlines(cell) for cell in table.header)}"] if table.header else []
    return header + [f"  - {' | '.join(show_inlines(cell) for cell in row)}" for row in table.rows]


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text.replace("\u00a0", "·")
        case Code(text):
            return f"code({text})"
        case LineBreak():
            return "⏎"
        case WebLink(url, content):
            return f"link({url}: {show_inlines(content)})"
        case Footnote(content):
            return f"note({' / '.join(line for block in content for line in _block(block))})"
        case Citation(key, source):
            return f"citation({key}, {source.line})"
        case CriterionReference(number, source):
            return f"criterion({number}, {source.line})"
        case ExpectationReference(reference, source):
            return f"expectation({reference}, {source.line})"
        case Emphasis(content) | Strong(content) | Strike(content) | Superscript(content) | Subscript(content):
            return f"{type(inline).__name__.lower()}({show_inlines(content)})"
        case _:
            raise AssertionError(inline)


def _finding(finding: Finding) -> str:
    line = finding.source.line if finding.source else None
    values = ", ".join(f"{name}={value}" for name, value in finding.values)
    return f"! {line}: {finding.severity} {finding.code}{f' ({values})' if values else ''}"
