"""Tie: what authors cite by key becomes a link to the numbered thing, and each thing learns where it is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assembler.model.content import COMMON
from assembler.model.dossier import REQUESTS, Chapter
from assembler.model.exhibit import Exhibit, Passage
from assembler.model.framework import Framework
from assembler.model.text import (
    Block,
    Citation,
    CriterionLink,
    CriterionReference,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
    Heading,
    Inline,
)  # fmt: skip
from assembler.model.walk import Rewrite, plain_text, rewrite_blocks


@dataclass(frozen=True, slots=True)
class Tied:
    """The chapters with their references tied, and the exhibits with the passages that cite them."""

    chapters: tuple[Chapter, ...]
    exhibits: tuple[Exhibit, ...]


def tie(chapters: Iterable[Chapter], exhibits: Iterable[Exhibit], framework: Framework) -> Tied:
    """What cannot be tied stays as written: a finding, and visible in a draft."""
    known = {exhibit.entry.id: exhibit for exhibit in exhibits}
    numbers = framework.by_number()
    passages: dict[str, list[Passage]] = {identifier: [] for identifier in known}
    cited = 0

    def tied(inline: Inline, place: str) -> Inline:
        nonlocal cited
        match inline:
            case Citation(key, source):
                exhibit = find_exhibit(key, source.part, known)
                if exhibit is None:
                    return inline
                cited += 1
                passage = Passage(f"renvoi-{cited}", place, source)
                passages[exhibit.entry.id].append(passage)
                return ExhibitLink(exhibit.entry.id, exhibit.label, passage.anchor)
            case CriterionReference(number) if number in numbers:
                return CriterionLink(numbers[number].number, f"critere-{numbers[number].number}")
            case ExpectationReference(reference):
                number, _, letter = reference.rpartition(".")
                criterion = numbers.get(number)
                if criterion is None or letter not in {each.letter for each in criterion.expectations}:
                    return inline
                return ExpectationLink(f"{criterion.number}.{letter}", expectation_anchor(criterion.number, letter))
            case _:
                return inline

    done = tuple(_tie_chapter(chapter, tied) for chapter in chapters)
    return Tied(done, tuple(replace(each, passages=tuple(passages[each.entry.id])) for each in known.values()))


def find_exhibit(key: str, part: str, known: dict[str, Exhibit]) -> Exhibit | None:
    """The exhibit that `key` names when written in `part`: its own, the network's, or another's when the key says so.

    In an answer to the auditors, which is nobody's part, the only one of that key.
    """
    if "/" in key:
        return known.get(key)
    if part == REQUESTS:
        named = [each for each in known.values() if each.entry.key == key]
        return named[0] if len(named) == 1 else None
    return known.get(f"{part}/{key}") or known.get(f"{COMMON}/{key}")


def expectation_anchor(number: str, letter: str) -> str:
    """The anchor of an expectation's row in the compliance table."""
    return f"attendu-{number}.{letter}"


def _tie_chapter(chapter: Chapter, tied: Callable[[Inline, str], Inline]) -> Chapter:
    place = chapter.title if chapter.number is None else f"Critère {chapter.number}"
    blocks: list[Block] = []
    for block in chapter.blocks:
        if isinstance(block, Heading):
            place = " ".join(filter(None, (block.number, plain_text(block.content))))
        here = place

        def inline(each: Inline, here: str = here) -> Inline:
            return tied(each, here)

        blocks.extend(rewrite_blocks((block,), Rewrite(block=_same, inline=inline)))
    return replace(chapter, blocks=tuple(blocks))


def _same(block: Block) -> Block:
    return block
