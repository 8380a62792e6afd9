"""Which thing became which: two sequences aligned in order, by how much they are alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeVar

_Thing = TypeVar("_Thing")
_ENOUGH = 0.4
_MOST = 1_600  # comparisons; beyond, things are paired in order


def pair(
    old: Sequence[_Thing], new: Sequence[_Thing], key: Callable[[_Thing], Hashable], words: Callable[[_Thing], str]
) -> list[tuple[_Thing | None, _Thing | None]]:
    """Every thing of both sides once, in order: with what it became, else alone.

    The same keys are the same thing; between them, those whose words are alike are paired, then those at the same place.
    """
    made: list[tuple[_Thing | None, _Thing | None]] = []
    keys = [key(each) for each in old], [key(each) for each in new]
    for kind, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        gone, come = old[a:b], new[c:d]
        alike = [] if kind == "equal" else _best([words(each) for each in gone], [words(each) for each in come])
        i = j = 0
        for rank, other in (*alike, (len(gone), len(come))):
            made += zip_longest(gone[i:rank], come[j:other])
            made += zip(gone[rank : rank + 1], come[other : other + 1], strict=True)
            i, j = rank + 1, other + 1
    return made


def _best(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The ranks of those that are alike, in order, so that the likenesses add up to the most."""
    if len(old) * len(new) > _MOST:
        return []
    alike = [[_likeness(one, other) for other in new] for one in old]
    score = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            joined = alike[i][j] + score[i + 1][j + 1] if alike[i][j] else 0.0
            score[i][j] = max(score[i + 1][j], score[i][j + 1], joined)
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if alike[i][j] and score[i][j] == alike[i][j] + score[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif score[i][j] == score[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _likeness(one: str, other: str) -> float:
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return ratio if ratio >= _ENOUGH else 0.0
