"""Inside a text: which words stayed, came or went."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assembler.assembly.compare.keys import Key, Pictures, inline_key
from assembler.model.changes import Aligned, Run, Runs, State
from assembler.model.rewording import Step, reworded
from assembler.model.text import (
    Block,
    Code,
    Emphasis,
    Footnote,
    Inline,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    WebLink,
)  # fmt: skip

Holder = Emphasis | Strong | Strike | Superscript | Subscript | WebLink | Code
Align = Callable[[tuple[Block, ...], tuple[Block, ...]], tuple[Aligned, ...]]
_PIECES = re.compile(r"[^ \t\n]+|[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space, or an inline that is one thing; `path` are the holders around it, outermost first, emptied."""

    path: tuple[Holder, ...]
    leaf: str | Inline
    key: Key

    @property
    def is_space(self) -> bool:
        return isinstance(self.leaf, str) and self.leaf.isspace()

    @property
    def letters(self) -> int | None:
        return len(self.leaf.strip()) if isinstance(self.leaf, str) else None

    def becomes(self, other: Token) -> bool:
        return isinstance(self.leaf, Footnote) and isinstance(other.leaf, Footnote) and self.path == other.path


def runs_of(
    old: tuple[Inline, ...], new: tuple[Inline, ...], pictures: tuple[Pictures, Pictures], align: Align
) -> Runs:
    """`old` and `new` word for word. `align` aligns the blocks of a footnote that changed."""
    before, after = tuple(_tokens(old, (), pictures[0])), tuple(_tokens(new, (), pictures[1]))
    return tuple(_runs(reworded(before, after), align))


def whole(state: State, content: tuple[Inline, ...]) -> Runs:
    """All of `content` in one state."""
    return (Run(state, content),) if content else ()


def _tokens(content: Iterable[Inline], path: tuple[Holder, ...], pictures: Pictures) -> Iterator[Token]:
    for inline in content:
        match inline:
            case Text(text):
                yield from (Token(path, each, (path, each)) for each in _PIECES.findall(text))
            case Code(text):
                inside = (*path, Code(""))
                yield from (Token(inside, each, (inside, each)) for each in _PIECES.findall(text))
            case Emphasis(inner) | Strong(inner) | Strike(inner) | Superscript(inner) | Subscript(inner):
                yield from _tokens(inner, (*path, replace(inline, content=())), pictures)
            case WebLink(_, inner):
                yield from _tokens(inner, (*path, replace(inline, content=())), pictures)
            case _:
                yield Token(path, inline, (path, inline_key(inline, pictures)))


def _runs(steps: Iterable[Step[Token]], align: Align) -> Iterator[Run]:
    for each in steps:
        note: tuple[Aligned, ...] = ()
        if each.before is not None:
            old, new = each.before.leaf, each.words[0].leaf
            assert isinstance(old, Footnote) and isinstance(new, Footnote)
            note = align(old.content, new.content)
        yield Run(each.state, _content(each.words, 0), note)


def _content(tokens: Sequence[Token], depth: int) -> tuple[Inline, ...]:
    """The tokens as inlines again, those of one holder together."""
    made: list[Inline] = []
    for holder, group in groupby(tokens, key=lambda each: each.path[depth] if len(each.path) > depth else None):
        inside = list(group)
        if isinstance(holder, Code):
            made.append(Code("".join(str(each.leaf) for each in inside)))
        elif holder is not None:
            made.append(replace(holder, content=_content(inside, depth + 1)))
        else:
            for is_text, leaves in groupby(inside, key=lambda each: isinstance(each.leaf, str)):
                if is_text:
                    made.append(Text("".join(str(each.leaf) for each in leaves)))
                else:
                    made.extend(each.leaf for each in leaves if not isinstance(each.leaf, str))
    return tuple(made)
