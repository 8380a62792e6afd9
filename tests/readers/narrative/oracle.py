"""What markdown-it-py, a CommonMark reader, makes of a document, as comparable trees; and ours in the same form."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from assembler.model.text import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Strong,
    Table,
    Text,
    WebLink,
)

Tree = tuple[Any, ...]
_READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")


def tree_of_oracle(text: str, with_lines: bool) -> Tree:
    """Blocks as tuples: kind, line (when asked), content."""
    return tuple(_node(node, with_lines) for node in SyntaxTreeNode(_READER.parse(text)).children)


def tree_of_ours(blocks: tuple[Block, ...], with_lines: bool) -> Tree:
    """The same of our blocks. Headings carry no level: ours are moved."""
    return tuple(_block(block, with_lines) for block in blocks)


def _node(node: SyntaxTreeNode, with_lines: bool) -> Tree:
    line = (node.map[0] + 1 if node.map else None,) if with_lines else ()
    children = [child for child in node.children if child.type != "inline"]
    match node.type:
        case "heading" | "paragraph":
            return (node.type, *line, _spaced(_inlines(node.children[0].children) if node.children else []))
        case "bullet_list":
            return ("bullets", *line, *(_nodes(item.children, with_lines) for item in children))
        case "ordered_list":
            start = int(node.attrs.get("start", 1))
            return ("numbers", start, *line, *(_nodes(item.children, with_lines) for item in children))
        case "blockquote":
            return ("quotation", *line, *_nodes(children, with_lines))
        case "fence":
            return ("code", *line, node.content.rstrip("\n"))
        case "hr":
            return ("rule", *line)
        case "table":
            rows = [row for part in node.children for row in part.children]
            cells = tuple(tuple(_spaced(_inlines(cell.children[0].children)) for cell in row.children) for row in rows)
            return ("table", *line, cells)
    raise AssertionError(node.type)


def _nodes(nodes: list[SyntaxTreeNode], with_lines: bool) -> Tree:
    return tuple(_node(node, with_lines) for node in nodes)


def _inlines(nodes: list[SyntaxTreeNode]) -> list[Any]:
    found: list[Any] = []
    for node in nodes:
        match node.type:
            case "text" | "text_special":
                found += [node.content] if node.content else []
            case "softbreak":
                found.append(" ")
            case "hardbreak":
                found.append(("break",))
            case "code_inline":
                found.append(("code", node.content.strip()))
            case "strong" | "em":
                found.append((node.type, _inlines(node.children)))
            case "link":
                found.append(("link", unquote(str(node.attrs["href"])), _inlines(node.children)))
            case other:
                raise AssertionError(other)
    return found


def _block(block: Block, with_lines: bool) -> Tree:
    line = (block.source.line,) if with_lines else ()
    match block:
        case Heading(_, content):
            return ("heading", *line, _spaced(_ours(content)))
        case Paragraph(content):
            return ("paragraph", *line, _spaced(_ours(content)))
        case BulletList(items):
            return ("bullets", *line, *(tree_of_ours(item.blocks, with_lines) for item in items))
        case OrderedList(items, start):
            return ("numbers", start, *line, *(tree_of_ours(item.blocks, with_lines) for item in items))
        case Quotation(blocks):
            return ("quotation", *line, *tree_of_ours(blocks, with_lines))
        case CodeBlock(text):
            return ("code", *line, text.rstrip("\n"))
        case Rule():
            return ("rule", *line)
        case Table(header, rows):
            return ("table", *line, tuple(tuple(_spaced(_ours(cell)) for cell in row) for row in (header, *rows)))
    raise AssertionError(block)


def _ours(inlines: tuple[Inline, ...]) -> list[Any]:
    found: list[Any] = []
    for inline in inlines:
        match inline:
            case Text(text):
                found.append(text)
            case LineBreak():
                found.append(("break",))
            case Code(text):
                found.append(("code", text))
            case Strong(content):
                found.append(("strong", _ours(content)))
            case Emphasis(content):
                found.append(("em", _ours(content)))
            case WebLink(url, content):
                found.append(("link", url, _ours(content)))
            case other:
                raise AssertionError(other)
    return found


def _spaced(found: list[Any]) -> str:
    """Inlines as one string, with spaces and apostrophes as typed, so that typography does not count."""
    text = "".join(_flat(item) for item in found).replace("\u00a0", " ").replace("’", "'")
    return " ".join(text.split()).replace(" {br} ", "{br}").replace("{br} ", "{br}").replace(" {br}", "{br}")


def _flat(item: Any) -> str:
    if isinstance(item, str):
        return item
    if item == ("break",):
        return "{br}"
    *head, content = item
    if head == ["em"] and len(content) == 1 and content[0][0] == "strong":
        head, content = ["strong"], [("em", content[0][1])]
    inner = content if isinstance(content, str) else "".join(_flat(child) for child in content)
    return f"{{{' '.join(head)}:{inner}}}"
