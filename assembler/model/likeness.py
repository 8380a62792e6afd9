"""Which of two lists of texts resemble each other: by the words they share, the rare ones leading to the candidates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assembler.model.sequences import Pair, gaps, rising, shared_pairs

# A word that so many texts hold leads nowhere; so many candidates are looked at closely.
_COMMON, _CLOSEST = 40, 4
# So few texts are all compared.
_FEW = 12
# How alike two texts must be, of those that stand between the same neighbours, to be one that was rewritten.
_ALIKE = 0.4
# One text facing one text is the same one rewritten, if they have this in common.
_FACING = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to compare: only with those of its `kind`, by its `words`."""

    kind: str
    words: Counter[str]
    size: int


def likeness(one: Piece, other: Piece) -> float:
    """The share of words in common, 0 to 1."""
    if one.size + other.size == 0:
        return 1.0
    few, many = (one.words, other.words) if len(one.words) < len(other.words) else (other.words, one.words)
    shared = sum(min(count, many[word]) for word, count in few.items() if word in many)
    return 2 * shared / (one.size + other.size)


def resembling(olds: Sequence[Piece], news: Sequence[Piece], least: float) -> list[tuple[int, int]]:
    """Pairs of ranks, the most alike first, each text once; none less alike than `least`."""
    scored: list[tuple[float, int, int, int]] = []
    index = _index(olds)
    for rank, new in enumerate(news):
        for candidate in _candidates(new, olds, index):
            if olds[candidate].kind == new.kind and (score := likeness(olds[candidate], new)) >= least:
                scored.append((-score, abs(candidate - rank), candidate, rank))
    taken_old, taken_new, pairs = set(), set(), []
    for _, _, old, rank in sorted(scored):
        if old not in taken_old and rank not in taken_new:
            taken_old.add(old)
            taken_new.add(rank)
            pairs.append((old, rank))
    return pairs


def rewritten(
    left: Iterable[tuple[Sequence[int], Sequence[int]]], old: Callable[[int], Piece], new: Callable[[int], Piece]
) -> list[Pair]:
    """In each stretch of ranks left over on both sides, what is the same thing rewritten; rising."""
    found: list[Pair] = []
    for gone, come in left:
        if not gone or not come:
            continue
        before, after = [old(each) for each in gone], [new(each) for each in come]
        pairs = rising(resembling(before, after, _ALIKE))
        facing = [
            (olds[0], news[0])
            for olds, news in gaps(pairs, len(before), len(after))
            if len(olds) == len(news) == 1 and resembling([before[olds[0]]], [after[news[0]]], _FACING)
        ]
        found += [(gone[one], come[other]) for one, other in (*pairs, *facing)]
    return found


def paired(
    before: Sequence[Hashable], after: Sequence[Hashable], old: Callable[[int], Piece], new: Callable[[int], Piece]
) -> Iterator[tuple[int | None, int | None, bool]]:
    """Ranks side by side in reading order, and whether both are the same: by their keys, then by the words they share."""
    exact = shared_pairs(before, after)
    pairs = sorted((*exact, *rewritten(gaps(exact, len(before), len(after)), old, new)))
    same = set(exact)
    for rank, (gone, come) in enumerate(gaps(pairs, len(before), len(after))):
        yield from ((each, None, False) for each in gone)
        yield from ((None, each, False) for each in come)
        if rank < len(pairs):
            yield (*pairs[rank], pairs[rank] in same)


def _index(pieces: Sequence[Piece]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    if len(pieces) > _FEW:
        for rank, piece in enumerate(pieces):
            for word in piece.words:
                index[word].append(rank)
    return index


def _candidates(piece: Piece, olds: Sequence[Piece], index: dict[str, list[int]]) -> Sequence[int]:
    if len(olds) <= _FEW:
        return range(len(olds))
    found: Counter[int] = Counter()
    for word in piece.words:
        places = index.get(word, ())
        if len(places) <= _COMMON:
            found.update(places)
    return [rank for rank, _ in found.most_common(_CLOSEST)]
