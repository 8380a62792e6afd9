"""What must be answered: the criteria of a framework and their lettered expectations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How binding an expectation is; the values are those of `criteres.yaml`."""

    FIRM = "ferme"
    REFLECTION = "reflexion"
    CONDITIONAL = "conditionnel"
    NETWORK = "reseau"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation of a criterion, by its letter (or number: « 17 »).

    `condition` says when a conditional one applies, else None. `profiles` are those it is asked of; none: everybody.
    `together`: in a network, the common part is expected to speak of it too.
    """

    letter: str
    text: str
    kind: Kind
    condition: str | None
    profiles: tuple[str, ...] = ()
    together: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The number that a criterion had in an older framework, by the id of that framework."""

    framework: str
    number: str


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A label that, while valid, satisfies the whole criterion."""

    label: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """`id` is stable; `number` is shown; `official_title` is the text's, `title` the one shown (often the same)."""

    id: str
    number: str
    official_title: str
    title: str
    aliases: tuple[str, ...]
    origins: tuple[Origin, ...]
    expectations: tuple[Expectation, ...]
    equivalences: tuple[Equivalence, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A category of applicants that some expectations are asked of (« cfa », « Actions de formation par apprentissage »)."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A dated list of criteria, in the order of the dossier. `legal_text` is how the dossier cites it.

    `criteria` are those to answer; `offered` those of which an applicant may choose one.
    """

    id: str
    title: str
    legal_text: str
    in_force: date
    criteria: tuple[Criterion, ...]
    offered: tuple[Criterion, ...] = ()
    profiles: tuple[Profile, ...] = ()

    def by_number(self) -> dict[str, Criterion]:
        """Each criterion by its number shown and by its aliases."""
        return {number: each for each in self.criteria for number in (each.number, *each.aliases)}

    def choosing(self, number: str | None) -> Framework:
        """The framework with the optional criterion of that number (or alias) among those to answer; as it is without one."""
        chosen = next((each for each in self.offered if number in (each.number, *each.aliases)), None)
        if chosen is None:
            return self
        others = tuple(each for each in self.offered if each is not chosen)
        return replace(self, criteria=(*self.criteria, chosen), offered=others)


def correspondence(old: Framework, new: Framework) -> tuple[tuple[str | None, str | None], ...]:
    """Which criterion of `old` became which of `new`, as pairs of numbers shown, in the order of `new`.

    What `ancien:` says of either framework counts first, then the criterion's id. None stands where there is no counterpart:
    a criterion that is new, or (at the end) one that is no more. `correspondence(new, old)` is the same map backwards.
    """
    before = {each.id: each for each in (*old.criteria, *old.offered)}
    after = (*new.criteria, *new.offered)
    named = {one.id: each.id for one in after for each in before.values() if _same(each, old.id, one, new.id)}
    free = before.keys() - set(named.values())
    matches = {one.id: named.get(one.id) or (one.id if one.id in free else None) for one in after}
    pairs = [(before[match].number if (match := matches[one.id]) else None, one.number) for one in after]
    return (*pairs, *((each.number, None) for each in before.values() if each.id not in matches.values()))


def _same(one: Criterion, framework: str, other: Criterion, other_framework: str) -> bool:
    """Whether the older of the two is named as the origin of the other, whichever that is."""
    return Origin(framework, one.number) in other.origins or Origin(other_framework, other.number) in one.origins
