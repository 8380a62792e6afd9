"""Two versions that come from a common one, told apart: what only Word changed, and what both sides did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_Prints = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Blocks `first` to `last` (excluded) of the file become those from `start` to `end` of the Word file.

    `conflict`: the file has changed there too since the Word file was made.
    """

    first: int
    last: int
    start: int
    end: int
    conflict: bool


def chunks_of(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[Chunk, ...]:
    """What `theirs` changed of `base` and `mine` has not; each is a sequence of fingerprints."""
    return tuple(_chunks(tuple(base), tuple(mine), tuple(theirs)))


def _chunks(base: _Prints, mine: _Prints, theirs: _Prints) -> Iterator[Chunk]:
    at_mine, at_theirs = _matches(base, mine), _matches(base, theirs)
    b = m = t = 0
    stable = [rank for rank in range(len(base)) if rank in at_mine and rank in at_theirs]
    for rank in (*stable, None):
        to_b, to_m, to_t = (
            (rank, at_mine[rank], at_theirs[rank]) if rank is not None else (len(base), len(mine), len(theirs))
        )
        was, here, there = base[b:to_b], mine[m:to_m], theirs[t:to_t]
        if len(was) == len(here) == len(there):  # block by block
            for step, (one, other, new) in enumerate(zip(was, here, there, strict=True)):
                if new not in (one, other):
                    yield Chunk(m + step, m + step + 1, t + step, t + step + 1, conflict=other != one)
        elif there not in (was, here):
            yield Chunk(m, to_m, t, to_t, conflict=here != was)
        b, m, t = to_b + 1, to_m + 1, to_t + 1


def _matches(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return {match.a + rank: match.b + rank for match in matcher.get_matching_blocks() for rank in range(match.size)}
