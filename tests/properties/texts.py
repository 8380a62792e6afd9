"""Random texts of the model, and random edits of them, for the comparison's properties."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TypeVar

from dossiers.model import PACK, content_of

from assembler.assembly import assemble
from assembler.model.dossier import Dossier
from assembler.model.source import Source
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    ExhibitLink,
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
    Strong,
    Table,
    Text,
    WebLink,
)

_WORDS = ("lycée", "de", "la", "atelier", "maintenance", "énergie,", "suivi", "jeunes", "stage.", "71\u00a0%", "et")
_BASE = assemble(content_of([]), PACK)

Part = TypeVar("Part")
Answers = list[tuple[Block, ...]]


def answers(random: Random) -> Answers:
    """What three chapters hold."""
    return [tuple(block(random, 2) for _ in range(random.randrange(10))) for _ in range(3)]


def dossier_of(texts: Answers) -> Dossier:
    """A dossier whose three answers hold these blocks."""
    return replace(
        _BASE, answers=tuple(replace(each, blocks=own) for each, own in zip(_BASE.answers, texts, strict=True))
    )


def edited(texts: Answers, random: Random) -> Answers:
    """The same after some edits: blocks added, withdrawn, rewritten, moved to wherever."""
    made = [list(each) for each in texts]
    for _ in range(random.randrange(6)):
        chapter = random.choice(made)
        place = random.randrange(len(chapter) + 1)
        verb = random.choice(("add", "withdraw", "rewrite", "move"))
        if verb == "add" or place == len(chapter):
            chapter.insert(place, block(random, 2))
        elif verb == "withdraw":
            del chapter[place]
        elif verb == "rewrite":
            chapter[place] = rewritten(chapter[place], random)
        else:
            other = random.choice(made)
            moved = chapter.pop(place)
            other.insert(random.randrange(len(other) + 1), moved)
    return [tuple(each) for each in made]


def rewritten(old: Block, random: Random) -> Block:
    """The block with some of what it holds changed."""
    match old:
        case Heading(content=held) | Paragraph(content=held):
            return replace(old, content=_shuffled(held, content(random, 1), random))
        case BulletList(items) | OrderedList(items):
            return replace(old, items=_shuffled(items, (_item(random, 1),), random))
        case Table(rows=rows, alignments=alignments):
            return replace(old, rows=_shuffled(rows, (_row(random, len(alignments)),), random))
        case Quotation(blocks):
            return replace(old, blocks=_shuffled(blocks, (block(random, 0),), random))
        case _:
            return block(random, 1)


def _shuffled(held: tuple[Part, ...], more: tuple[Part, ...], random: Random) -> tuple[Part, ...]:
    place, end = sorted((random.randrange(len(held) + 1), random.randrange(len(held) + 1)))
    return (*held[:place], *more, *held[end:])


def content(random: Random, depth: int) -> tuple[Inline, ...]:
    """One to four inlines."""
    return tuple(_inline(random, depth) for _ in range(random.randint(1, 4)))


def _inline(random: Random, depth: int) -> Inline:
    kind = random.randrange(6 if depth <= 0 else 10)
    match kind:
        case 0 | 1 | 2:
            return Text(random.choice(("", " ")) + _words(random) + random.choice(("", " ")))
        case 3:
            return Code(_words(random))
        case 4:
            return LineBreak()
        case 5:
            return ExhibitLink("lycee/a", random.choice(("P1.1", "P1.2")), f"renvoi-{random.randrange(9)}")
        case 6:
            return Emphasis(content(random, depth - 1))
        case 7:
            return Strong(content(random, depth - 1))
        case 8:
            return WebLink(random.choice(("https://a.fr", "https://b.fr")), content(random, depth - 1))
        case _:
            return Footnote(
                tuple(Paragraph(content(random, depth - 2), _here(random)) for _ in range(random.randint(1, 2)))
            )


def block(random: Random, depth: int) -> Block:
    """Any block; lists and quotations hold others down to `depth`."""
    match random.randrange(7 if depth <= 0 else 10):
        case 0 | 1:
            return Paragraph(content(random, 2), _here(random))
        case 2:
            return Heading(random.randint(1, 3), content(random, 1), (), _here(random), _words(random), _words(random))
        case 3:
            return _table(random)
        case 4:
            return Figure(random.choice(("a.png", "b.png")), _words(random), content(random, 1), _here(random))
        case 5:
            return Rule(_here(random))
        case 6:
            return CodeBlock(_words(random), _here(random))
        case 7:
            return BulletList(tuple(_item(random, depth) for _ in range(random.randint(1, 4))), _here(random))
        case 8:
            items = tuple(_item(random, depth) for _ in range(random.randint(1, 4)))
            return OrderedList(items, random.randint(1, 3), _here(random))
        case _:
            return Quotation(tuple(block(random, depth - 1) for _ in range(random.randint(1, 3))), _here(random))


def _item(random: Random, depth: int) -> ListItem:
    blocks = tuple(block(random, depth - 1) for _ in range(random.randint(1, 2)))
    return ListItem(blocks, random.choice((None, None, True, False)))


def _table(random: Random) -> Table:
    columns = random.randint(1, 3)
    header = random.choice(((), _row(random, columns)))
    rows = tuple(_row(random, columns) for _ in range(random.randrange(5)))
    return Table(header, rows, (Alignment.LEFT,) * columns, content(random, 1), _here(random), random.randrange(9))


def _row(random: Random, columns: int) -> tuple[tuple[Inline, ...], ...]:
    return tuple(content(random, 1) for _ in range(columns))


def _words(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=random.randint(1, 9)))


def _here(random: Random) -> Source:
    return Source("lycee/critere-1.md", random.randint(1, 99))
