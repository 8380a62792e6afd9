"""Chapters aligned with chapters: what stayed in place first, then what moved, then what was rewritten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assembler.assembly.compare.blocks import Sides, changed, detail
from assembler.assembly.compare.keys import Key, block_key, piece_of
from assembler.model.changes import Aligned, ChapterChange, State
from assembler.model.dossier import Chapter
from assembler.model.likeness import Piece, resembling, rewritten
from assembler.model.sequences import Pair, gaps, shared_pairs
from assembler.model.text import Block, Rule

# So many words make a text that nobody writes twice: found in another chapter, it has moved.
_TELLING = 4
# How alike two texts far from one another must be to be one that moved and was rewritten, and of how many words.
_RECOGNISED, _LONG = 0.6, 8

Spot = tuple[int, int]  # chapter, block


@dataclass(frozen=True, slots=True)
class _Side:
    """Every chapter's blocks in one version, with what counts in each, and whose part each stands in.

    In a network several parts may hold the same title or table: each is sought in its own part first.
    """

    blocks: tuple[tuple[Block, ...], ...]
    keys: tuple[tuple[Key, ...], ...]
    parts: tuple[tuple[str | None, ...], ...]

    def at(self, spot: Spot) -> Block:
        return self.blocks[spot[0]][spot[1]]

    def key(self, spot: Spot) -> Key:
        return self.keys[spot[0]][spot[1]]

    def own(self, rank: int) -> tuple[Key, ...]:
        """The keys of a chapter, each with the part."""
        return tuple(zip(self.parts[rank], self.keys[rank], strict=True))

    def part(self, spot: Spot) -> str | None:
        return self.parts[spot[0]][spot[1]]

    def alone(self, taken: set[Spot]) -> list[Spot]:
        return [
            spot for rank, keys in enumerate(self.keys) for place in range(len(keys))
            if (spot := (rank, place)) not in taken
        ]  # fmt: skip


def align_chapters(
    pairs: Sequence[tuple[Chapter | None, Chapter | None]], sides: Sides, parts: frozenset[str]
) -> tuple[ChapterChange, ...]:
    """Each pair of chapters as one sequence; what moved may have done so from one chapter to another.

    `parts` are the folders that both versions have.
    """
    old = _side([each for each, _ in pairs], sides.old, parts)
    new = _side([each for _, each in pairs], sides.new, parts)
    same = [shared_pairs(old.own(rank), new.own(rank)) for rank in range(len(pairs))]
    in_place: list[list[Pair]] = [list(each) for each in same]
    moves = _moved(old, new, same)
    for rank, exact in enumerate(same):
        in_place[rank] += _rewritten(rank, exact, moves, old, new)
    moves |= _recognised(old, new, in_place, moves)
    numbers = {spot: number for number, spot in enumerate(sorted(moves), 1)}
    origins = {arrival: departure for departure, arrival in moves.items()}

    def sequence(rank: int) -> Iterator[Aligned]:
        kept = sorted(in_place[rank])
        exact = set(same[rank])
        for step, (gone, come) in enumerate(gaps(kept, len(old.keys[rank]), len(new.keys[rank]))):
            for place in gone:
                number = numbers.get((rank, place))
                yield Aligned(State.LEFT if number else State.WITHDRAWN, old.at((rank, place)), None, None, number)
            for place in come:
                yield _come((rank, place))
            if step < len(kept):
                before, after = old.at((rank, kept[step][0])), new.at((rank, kept[step][1]))
                yield Aligned(State.SAME, before, after) if kept[step] in exact else changed(before, after, sides)

    def _come(spot: Spot) -> Aligned:
        origin = origins.get(spot)
        if origin is None:
            return Aligned(State.NEW, None, new.at(spot))
        told = detail(old.at(origin), new.at(spot), sides) if old.key(origin) != new.key(spot) else None
        return Aligned(State.ARRIVED, old.at(origin), new.at(spot), told, numbers[origin])

    return tuple(_chapter(*each, tuple(sequence(rank))) for rank, each in enumerate(pairs))


def _side(chapters: Sequence[Chapter | None], pictures: Mapping[str, str | None], parts: frozenset[str]) -> _Side:
    blocks = tuple(each.blocks if each else () for each in chapters)
    return _Side(
        blocks,
        tuple(tuple(block_key(block, pictures) for block in each) for each in blocks),
        tuple(tuple(_part(block.source.part, parts) for block in each) for each in blocks),
    )


def _part(part: str, known: frozenset[str]) -> str | None:
    return part if part in known else None


def _taken(pairs: Sequence[Sequence[Pair]], moves: Mapping[Spot, Spot]) -> tuple[set[Spot], set[Spot]]:
    """The spots of either side that are accounted for."""
    olds = {(rank, old) for rank, each in enumerate(pairs) for old, _ in each}
    news = {(rank, new) for rank, each in enumerate(pairs) for _, new in each}
    return olds | set(moves), news | set(moves.values())


def _moved(old: _Side, new: _Side, same: Sequence[Sequence[Pair]]) -> dict[Spot, Spot]:
    """What stands word for word elsewhere: in its chapter; in another one when it says enough, or went along with what does."""
    taken = _taken(same, {})
    places: dict[Key, list[Spot]] = defaultdict(list)
    for spot in old.alone(taken[0]):
        if not isinstance(old.at(spot), Rule):
            places[old.key(spot)].append(spot)
    moves: dict[Spot, Spot] = {}
    far = []
    for spot in new.alone(taken[1]):
        candidates = places.get(new.key(spot), [])
        beside = [each for each in candidates if each[0] == spot[0]]
        near = next((each for each in beside if old.part(each) == new.part(spot)), beside[0] if beside else None)
        if near:
            candidates.remove(near)
            moves[near] = spot
        elif candidates and piece_of(new.at(spot)).size >= _TELLING:
            far.append(spot)
    for spot in far:
        if candidates := places[new.key(spot)]:
            moves[candidates.pop(0)] = spot
    return moves | _companions(old, new, moves, taken)


def _companions(
    old: _Side, new: _Side, moves: Mapping[Spot, Spot], taken: tuple[set[Spot], set[Spot]]
) -> dict[Spot, Spot]:
    """The little that stood beside what moved and stands beside it again."""
    gone, come = taken[0] | set(moves), taken[1] | set(moves.values())
    found: dict[Spot, Spot] = {}
    for (rank, before), (other, after) in sorted(moves.items()):
        for step in (-1, 1):
            one, two = (rank, before + step), (other, after + step)
            while (
                0 <= one[1] < len(old.keys[rank]) and 0 <= two[1] < len(new.keys[other])
                and one not in gone and two not in come and old.key(one) == new.key(two)
            ):  # fmt: skip
                found[one] = two
                gone.add(one)
                come.add(two)
                one, two = (rank, one[1] + step), (other, two[1] + step)
    return found


def _rewritten(
    rank: int, exact: Sequence[Pair], moves: Mapping[Spot, Spot], old: _Side, new: _Side
) -> list[Pair]:  # fmt: skip
    """What was rewritten where it stood."""
    arrivals = set(moves.values())
    left = [
        ([each for each in gone if (rank, each) not in moves], [each for each in come if (rank, each) not in arrivals])
        for gone, come in gaps(exact, len(old.keys[rank]), len(new.keys[rank]))
    ]
    return rewritten(left, lambda each: piece_of(old.at((rank, each))), lambda each: piece_of(new.at((rank, each))))


def _recognised(
    old: _Side, new: _Side, in_place: Sequence[Sequence[Pair]], moves: Mapping[Spot, Spot]
) -> dict[Spot, Spot]:
    """What moved and was rewritten on the way."""
    taken = _taken(in_place, moves)
    olds, news = _long(old, taken[0]), _long(new, taken[1])
    pairs = resembling([each for _, each in olds], [each for _, each in news], _RECOGNISED)
    return {olds[before][0]: news[after][0] for before, after in pairs}


def _long(side: _Side, taken: set[Spot]) -> list[tuple[Spot, Piece]]:
    pieces = ((spot, piece_of(side.at(spot))) for spot in side.alone(taken))
    return [(spot, piece) for spot, piece in pieces if piece.size >= _LONG]


def _chapter(old: Chapter | None, new: Chapter | None, sequence: tuple[Aligned, ...]) -> ChapterChange:
    if old is None or new is None:
        state = State.NEW if old is None else State.WITHDRAWN
    else:
        same = old.title == new.title and all(each.state is State.SAME for each in sequence)
        state = State.SAME if same else State.CHANGED
    shown = new or old
    assert shown is not None
    return ChapterChange(
        state, shown.anchor, old.title if old else None, new.title if new else None, shown.number, sequence
    )
