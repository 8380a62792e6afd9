"""Inside a text: which words stayed, came or went, whatever a word is made of."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Generic, Protocol, Self, TypeVar

from assembler.model.changes import State
from assembler.model.sequences import gaps, shared_pairs

_MEANINGLESS = 3  # letters: « de », « la »… alone between two changes


class Word(Protocol):
    """A word, a space, or what is one thing in a text: a note, a link. The same for two that have the same `key`."""

    @property
    def key(self) -> Hashable: ...

    @property
    def is_space(self) -> bool: ...

    @property
    def letters(self) -> int | None:
        """How many letters a word has, None for what is no word."""

    def becomes(self, other: Self) -> bool:
        """Whether this one gone and `other` come are one thing, changed inside: a footnote rewritten."""


W = TypeVar("W", bound=Word)


@dataclass(frozen=True, slots=True)
class Step(Generic[W]):
    """Words in one state: `SAME`, `NEW` or `WITHDRAWN`; or one `CHANGED` inside, with the one of `before`."""

    state: State
    words: tuple[W, ...]
    before: W | None = None


def reworded(before: Sequence[W], after: Sequence[W]) -> Iterator[Step[W]]:
    """Both texts in reading order; between two words that stayed, all that went stands before all that came."""
    steps = _without_islands(list(_steps(before, after)))
    for edited, group in groupby(steps, key=lambda each: each.state in (State.WITHDRAWN, State.NEW)):
        stretch = list(group)
        if not edited:
            yield from stretch
            continue
        for state in (State.WITHDRAWN, State.NEW):
            words = tuple(word for each in stretch if each.state is state for word in each.words)
            if words:
                yield Step(state, words)


def _steps(before: Sequence[W], after: Sequence[W]) -> Iterator[Step[W]]:
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
            yield Step(State.SAME, (after[pairs[rank][1]],))


def _gap(gone: Sequence[W], come: Sequence[W]) -> Iterator[Step[W]]:
    start = 0
    while start < min(len(gone), len(come)) and gone[start].key == come[start].key:
        start += 1
    end = 0
    while end < min(len(gone), len(come)) - start and gone[-1 - end].key == come[-1 - end].key:
        end += 1
    yield Step(State.SAME, tuple(come[:start]))
    yield from _exchanged(gone[start : len(gone) - end], come[start : len(come) - end])
    yield Step(State.SAME, tuple(come[len(come) - end :]))


def _exchanged(gone: Sequence[W], come: Sequence[W]) -> Iterator[Step[W]]:
    """Words that went, then words that came; what one of both became is taken for the same thing, changed."""
    held = [(rank, each) for rank, each in enumerate(come) if each.letters is None]
    old, new = next(
        ((rank, other) for rank, each in enumerate(gone) if each.letters is None
         for other, later in held if each.becomes(later)), (None, None),
    )  # fmt: skip
    if old is None or new is None:
        yield Step(State.WITHDRAWN, tuple(gone))
        yield Step(State.NEW, tuple(come))
        return
    yield from _exchanged(gone[:old], come[:new])
    yield Step(State.CHANGED, (come[new],), gone[old])
    yield from _exchanged(gone[old + 1 :], come[new + 1 :])


def _without_islands(steps: list[Step[W]]) -> Iterator[Step[W]]:
    """A little word that stayed by chance between two replaced passages goes and comes with them."""
    joined: list[Step[W]] = []
    for each in steps:
        if not each.words:
            continue
        if joined and joined[-1].state is each.state is not State.CHANGED:
            joined[-1] = Step(each.state, (*joined[-1].words, *each.words))
        else:
            joined.append(each)
    states = [each.state for each in joined]
    replaced = [State.WITHDRAWN, State.NEW]
    for rank, each in enumerate(joined):
        island = (
            each.state is State.SAME
            and states[max(rank - 2, 0) : rank] == replaced
            and states[rank + 1 : rank + 3] == replaced
            and _letters(each.words) <= _MEANINGLESS
        )
        yield from [replace(each, state=State.WITHDRAWN), replace(each, state=State.NEW)] if island else [each]


def _letters(words: Iterable[W]) -> int:
    return sum(_MEANINGLESS + 1 if each.letters is None else each.letters for each in words)
