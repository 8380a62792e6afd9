"""What counts in a block when two are compared: words and structure; not lines, anchors, numbers or pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import assert_never

from assembler.model.likeness import Piece
from assembler.model.text import (
    Block,
    BulletList,
    Citation,
    Code,
    CodeBlock,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
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
)  # fmt: skip

# The fingerprint of each picture, by its path.
Pictures = Mapping[str, str | None]
Key = Hashable


def block_key(block: Block, pictures: Pictures) -> Key:
    """The same for two blocks that read the same."""
    match block:
        case Heading(level, content, expectations):
            return ("heading", level, text_key(content, pictures), expectations)
        case Paragraph(content):
            return ("paragraph", text_key(content, pictures))
        case BulletList(items):
            return ("bullets", tuple(item_key(each, pictures) for each in items))
        case OrderedList(items, start):
            return ("ordered", start, tuple(item_key(each, pictures) for each in items))
        case Table(header, rows, alignments, caption):
            cells = tuple(row_key(each, pictures) for each in (header, *rows))
            return ("table", cells, alignments, text_key(caption, pictures))
        case Figure(path, alternative, caption):
            return ("figure", pictures.get(path) or path, alternative, text_key(caption, pictures))
        case Quotation(blocks):
            return ("quotation", blocks_key(blocks, pictures))
        case CodeBlock(text):
            return ("code", text)
        case Rule():
            return ("rule",)
        case _:
            assert_never(block)


def blocks_key(blocks: Iterable[Block], pictures: Pictures) -> Key:
    """The same for two texts of several blocks that read the same."""
    return tuple(block_key(each, pictures) for each in blocks)


def item_key(item: ListItem, pictures: Pictures) -> Key:
    """The same for two items of a list that read the same."""
    return (item.checked, blocks_key(item.blocks, pictures))


def row_key(row: Iterable[tuple[Inline, ...]], pictures: Pictures) -> Key:
    """The same for two rows of a table that read the same."""
    return tuple(text_key(cell, pictures) for cell in row)


def text_key(content: Iterable[Inline], pictures: Pictures) -> Key:
    """The same for two texts that read the same, however they are cut into nodes."""
    keys: list[Key] = []
    words: list[str] = []
    for inline in content:
        if isinstance(inline, Text):
            words.append(inline.text)
            continue
        if words:
            keys.append("".join(words))
            words = []
        keys.append(inline_key(inline, pictures))
    return (*keys, "".join(words)) if words else tuple(keys)


def inline_key(inline: Inline, pictures: Pictures) -> Key:
    """The same for two inlines that read the same."""
    match inline:
        case Text(text):
            return text
        case Code(text):
            return ("code", text)
        case LineBreak():
            return ("break",)
        case Emphasis(content) | Strong(content) | Strike(content) | Superscript(content) | Subscript(content):
            return (type(inline).__name__, text_key(content, pictures))
        case WebLink(url, content):
            return ("link", url, text_key(content, pictures))
        case Footnote(blocks):
            return ("note", blocks_key(blocks, pictures))
        case ExhibitLink(_, label):
            return ("exhibit", label)
        case Citation(name) | CriterionReference(name) | ExpectationReference(name):
            return ("untied", name)
        case CriterionLink(number):
            return ("criterion", number)
        case ExpectationLink(reference):
            return ("expectation", reference)
        case _:
            assert_never(inline)


_KINDS = {"OrderedList": "list", "BulletList": "list"}


def piece_of(block: Block) -> Piece:
    """The block as a text to be recognised by its words."""
    name = type(block).__name__
    return piece(_KINDS.get(name, name), _block_words(block))


def piece(kind: str, texts: Iterable[str]) -> Piece:
    """These texts, together, to be recognised by their words."""
    words = Counter(word for text in texts for word in text.split())
    return Piece(kind, words, words.total())


def text_words(content: Iterable[Inline]) -> Iterator[str]:
    """The words of a text, its notes included."""
    for inline in content:
        match inline:
            case Text(text) | Code(text):
                yield text
            case Emphasis(inner) | Strong(inner) | Strike(inner) | Superscript(inner) | Subscript(inner):
                yield from text_words(inner)
            case WebLink(_, inner):
                yield from text_words(inner)
            case Footnote(blocks):
                yield from blocks_words(blocks)
            case ExhibitLink(_, label):
                yield label
            case _:
                pass


def blocks_words(blocks: Iterable[Block]) -> Iterator[str]:
    """The words of several blocks."""
    return (word for block in blocks for word in _block_words(block))


def _block_words(block: Block) -> Iterator[str]:
    match block:
        case Heading(_, content) | Paragraph(content):
            yield from text_words(content)
        case BulletList(items) | OrderedList(items):
            yield from (word for item in items for word in blocks_words(item.blocks))
        case Table(header, rows, _, caption):
            for cell in (caption, *header, *(cell for row in rows for cell in row)):
                yield from text_words(cell)
        case Figure(path, alternative, caption):
            yield from (path, alternative, *text_words(caption))
        case Quotation(blocks):
            yield from blocks_words(blocks)
        case CodeBlock(text):
            yield text
        case Rule():
            pass
        case _:
            assert_never(block)
