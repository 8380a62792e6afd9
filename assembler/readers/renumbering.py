"""How what is written of one framework is written of another: criteria by the map, expectations by their text."""

from __future__ import annotations

from assembler.model.framework import Criterion, Framework, correspondence


class Renumbering:
    """Answers in the numbers of the new framework; None where it has no counterpart. What nobody knew stays as written."""

    def __init__(self, old: Framework, new: Framework) -> None:
        self.old, self.new = old, new
        self._before = _by_number(old)
        self._after = _by_number(new)
        self._pairs = {before: after for before, after in correspondence(old, new) if before}

    def criterion(self, written: str) -> str | None:
        """The number (or alias) `written`, in the new framework: as it is where it still names the same criterion."""
        found = self._before.get(written)
        if found is None:
            return written
        number = self._pairs[found.number]
        same = written in self._after and self._after[written].number == number
        return written if same else number

    def expectation(self, number: str, letter: str) -> tuple[str, str] | None:
        """The expectation `letter` of the old criterion `number`: its number, and the letter that has its text, else its own."""
        moved = self.criterion(number)
        if moved is None:
            return None
        return moved, self._letter(number, letter)

    def knows(self, written: str) -> bool:
        """Whether the old framework has a criterion of that number or alias."""
        return written in self._before

    def same_criterion(self, one: str, other: str) -> bool:
        """Whether two numbers or aliases of the old framework name one criterion."""
        return one == other or (self.knows(one) and self._before[one] is self._before.get(other))

    def asks_something_else(self, number: str) -> bool:
        """Whether the criterion that was `number` has another title or other expectations now."""
        before, after = self._both(number)
        if before is None or after is None:
            return False
        texts = [{_plain(each.text) for each in one.expectations} for one in (before, after)]
        return texts[0] != texts[1] or before.title != after.title

    def title(self, number: str) -> str:
        """The new title of the criterion that was `number`."""
        after = self._both(number)[1]
        return after.title if after else ""

    def created(self) -> tuple[Criterion, ...]:
        """The criteria to answer that the old framework did not have."""
        kept = set(self._pairs.values())
        return tuple(each for each in self.new.criteria if each.number not in kept)

    def _both(self, number: str) -> tuple[Criterion | None, Criterion | None]:
        before = self._before.get(number)
        after = self._pairs.get(before.number) if before else None
        return before, self._after.get(after) if after else None

    def _letter(self, number: str, letter: str) -> str:
        before, after = self._both(number)
        if before is None or after is None:
            return letter
        texts = [_plain(each.text) for each in before.expectations if each.letter == letter]
        found = [each.letter for each in after.expectations if _plain(each.text) in texts]
        return found[0] if len(found) == 1 else letter


def _by_number(framework: Framework) -> dict[str, Criterion]:
    every = (*framework.criteria, *framework.offered)
    return {number: each for each in every for number in (each.number, *each.aliases)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
