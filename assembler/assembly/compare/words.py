"""Inside a text: which words stayed, came or went."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assembler.assembly.compare.keys import Key, Pictures, inline_key
from assembler.assembly.compare.sequences import gaps, shared_pairs
from assembler.model.changes import Aligned, Run, Runs, State
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
_MEANINGLESS = 3  # letters: « de », « la »… alone between two changes


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a space, or an inline that is one thing; `path` are the holders around it, outermost first, emptied."""

    path: tuple[Holder, ...]
    leaf: str | Inline
    key: Key

    @property
    def is_space(self) -> bool:
        return isinstance(self.leaf, str) and self.leaf.isspace()


@dataclass(frozen=True, slots=True)
class _Step:
    """Tokens in one state; for a changed footnote the one of before and the one of now."""

    state: State
    tokens: tuple[Token, ...]
    before: Token | None = None


def runs_of(
    old: tuple[Inline, ...], new: tuple[Inline, ...], pictures: tuple[Pictures, Pictures], align: Align
) -> Runs:
    """`old` and `new` word for word. `align` aligns the blocks of a footnote that changed."""
    before, after = tuple(_tokens(old, (), pictures[0])), tuple(_tokens(new, (), pictures[1]))
    steps = _without_islands(list(_steps(before, after)))
    return tuple(_merged(steps, align))


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


def _steps(before: Sequence[Token], after: Sequence[Token]) -> Iterator[_Step]:
    """Words are aligned first; a space follows the word beside it."""
    olds = [rank for rank, each in enumerate(before) if not each.is_space]
    news = [rank for rank, each in enumerate(after) if not each.is_space]
    pairs = [
        (olds[old], news[new])
        for old, new in shared_pairs([before[rank].key for rank in olds], [after[rank].key for rank in news])
    ]
    for rank, (gone, come) in enumerate(gaps(pairs, len(before), len(after))):
        yield from _gap([before[each] for each in gone], [after[each] for each in come])
        if rank < len(pairs):
            yield _Step(State.SAME, (after[pairs[rank][1]],))


def _gap(gone: Sequence[Token], come: Sequence[Token]) -> Iterator[_Step]:
    start = 0
    while start < min(len(gone), len(come)) and gone[start].key == come[start].key:
        start += 1
    end = 0
    while end < min(len(gone), len(come)) - start and gone[-1 - end].key == come[-1 - end].key:
        end += 1
    yield _Step(State.SAME, tuple(come[:start]))
    yield from _exchanged(gone[start : len(gone) - end], come[start : len(come) - end])
    yield _Step(State.SAME, tuple(come[len(come) - end :]))


def _exchanged(gone: Sequence[Token], come: Sequence[Token]) -> Iterator[_Step]:
    """Words that went, then words that came; footnotes of both are taken for the same ones, rewritten."""
    notes = [(rank, each.path) for rank, each in enumerate(come) if isinstance(each.leaf, Footnote)]
    old, new = next(
        ((rank, other) for rank, each in enumerate(gone) if isinstance(each.leaf, Footnote)
         for other, path in notes if path == each.path), (None, None),
    )  # fmt: skip
    if old is None or new is None:
        yield _Step(State.WITHDRAWN, tuple(gone))
        yield _Step(State.NEW, tuple(come))
        return
    yield from _exchanged(gone[:old], come[:new])
    yield _Step(State.CHANGED, (come[new],), gone[old])
    yield from _exchanged(gone[old + 1 :], come[new + 1 :])


def _without_islands(steps: list[_Step]) -> list[_Step]:
    """A little word that stayed by chance between two replaced passages goes and comes with them."""
    joined: list[_Step] = []
    for each in steps:
        if not each.tokens:
            continue
        if joined and joined[-1].state is each.state is not State.CHANGED:
            joined[-1] = _Step(each.state, (*joined[-1].tokens, *each.tokens))
        else:
            joined.append(each)
    states = [each.state for each in joined]
    replaced, made = [State.WITHDRAWN, State.NEW], []
    for rank, each in enumerate(joined):
        island = (
            each.state is State.SAME
            and states[max(rank - 2, 0) : rank] == replaced
            and states[rank + 1 : rank + 3] == replaced
            and _letters(each.tokens) <= _MEANINGLESS
        )
        made += [replace(each, state=State.WITHDRAWN), replace(each, state=State.NEW)] if island else [each]
    return made


def _letters(tokens: Iterable[Token]) -> int:
    return sum(len(each.leaf.strip()) if isinstance(each.leaf, str) else _MEANINGLESS + 1 for each in tokens)


def _merged(steps: Iterable[_Step], align: Align) -> Iterator[Run]:
    """One run for each stretch; between two words that stayed, all that went stands before all that came."""
    for edited, group in groupby(steps, key=lambda each: each.state in (State.WITHDRAWN, State.NEW)):
        stretch = list(group)
        if edited:
            for state in (State.WITHDRAWN, State.NEW):
                tokens = [token for each in stretch if each.state is state for token in each.tokens]
                if tokens:
                    yield Run(state, _content(tokens, 0))
            continue
        for each in stretch:
            note: tuple[Aligned, ...] = ()
            if each.before is not None:
                old, new = each.before.leaf, each.tokens[0].leaf
                assert isinstance(old, Footnote) and isinstance(new, Footnote)
                note = align(old.content, new.content)
            yield Run(each.state, _content(each.tokens, 0), note)


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
