"""Two sequences aligned on what they have in common, in order; never quadratic, whatever repeats."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Keys = Sequence[Hashable]
Pair = tuple[int, int]
# Up to this many comparisons, a stretch without landmarks is compared in full.
_SMALL = 40_000


def shared_pairs(old: Keys, new: Keys) -> tuple[Pair, ...]:
    """Pairs of ranks that hold the same, rising on both sides: what occurs once is found first, then what lies between."""
    found: list[Pair] = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        first, last, low, high = waiting.pop()
        while first < last and low < high and old[first] == new[low]:
            found.append((first, low))
            first, low = first + 1, low + 1
        while first < last and low < high and old[last - 1] == new[high - 1]:
            last, high = last - 1, high - 1
            found.append((last, high))
        if first == last or low == high:
            continue
        landmarks = _landmarks(old, new, (first, last, low, high))
        if landmarks:
            ends = [*landmarks, (last, high)]
            for (before, here), (after, there) in zip([(first - 1, low - 1), *landmarks], ends, strict=True):
                waiting.append((before + 1, after, here + 1, there))
            found.extend(landmarks)
        else:
            found.extend(_unmarked(old, new, (first, last, low, high)))
    return tuple(sorted(found))


def gaps(pairs: Sequence[Pair], old: int, new: int) -> Iterator[tuple[range, range]]:
    """The stretches before, between and after `pairs`, on both sides; `old` and `new` are the lengths."""
    before, here = -1, -1
    for after, there in (*pairs, (old, new)):
        yield range(before + 1, after), range(here + 1, there)
        before, here = after, there


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """The most of `pairs`, in order of their first number, that also rise in their second."""
    ordered = sorted(pairs)
    ends: list[int] = []
    places: list[int] = []
    previous: list[int] = []
    for rank, (_, new) in enumerate(ordered):
        length = bisect_left(ends, new)
        previous.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [new]
        places[length : length + 1] = [rank]
    kept: list[Pair] = []
    rank = places[-1] if places else -1
    while rank >= 0:
        kept.append(ordered[rank])
        rank = previous[rank]
    return kept[::-1]


def _landmarks(old: Keys, new: Keys, bounds: tuple[int, int, int, int]) -> list[Pair]:
    """What occurs once on either side of this stretch, in an order that both share."""
    first, last, low, high = bounds
    before, after = Counter(old[first:last]), Counter(new[low:high])
    places = {new[rank]: rank for rank in range(low, high) if after[new[rank]] == 1}
    return rising([
        (rank, places[old[rank]]) for rank in range(first, last) if before[old[rank]] == 1 and old[rank] in places
    ])  # fmt: skip


def _unmarked(old: Keys, new: Keys, bounds: tuple[int, int, int, int]) -> list[Pair]:
    """A stretch where everything repeats: compared in full when small, else its nth occurrences with one another."""
    first, last, low, high = bounds
    if (last - first) * (high - low) <= _SMALL:
        blocks = SequenceMatcher(None, old[first:last], new[low:high], autojunk=False).get_matching_blocks()
        return [(first + one.a + rank, low + one.b + rank) for one in blocks for rank in range(one.size)]
    places = {each: low + rank for rank, each in enumerate(_occurrences(new[low:high]))}
    return rising([
        (first + rank, places[each]) for rank, each in enumerate(_occurrences(old[first:last])) if each in places
    ])  # fmt: skip


def _occurrences(keys: Keys) -> Iterator[tuple[Hashable, int]]:
    seen: Counter[Hashable] = Counter()
    for key in keys:
        seen[key] += 1
        yield key, seen[key]
