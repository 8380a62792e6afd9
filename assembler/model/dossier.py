"""The assembled dossier: merged, numbered, tied and covered. Everything a writer needs, nothing a layout decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assembler.model.content import Candidature, Establishment, Picture
from assembler.model.exhibit import Exhibit
from assembler.model.framework import Criterion, Expectation
from assembler.model.pack import ANSWERS, USUAL_SECTIONS, Pack
from assembler.model.request import Request
from assembler.model.text import Block

# The anchor of the chapter that answers the auditors' requests; it follows the answers to the criteria.
REQUESTS = "demandes"


class Status(StrEnum):
    """What became of an expectation; the values are shown."""

    TREATED = "traité"
    PARTIAL = "partiel"
    UNTREATED = "non traité"
    NOT_APPLICABLE = "sans objet"
    EQUIVALENT = "validé par équivalence"


@dataclass(frozen=True, slots=True)
class Member:
    """An établissement in the dossier; `letter` is « A », « B »… in a network, None alone. `anchor`: its identity sheet."""

    establishment: Establishment
    letter: str | None
    anchor: str

    @property
    def title(self) -> str:
        """« B — Lycée du Sud » above its part of a joint dossier; its name alone otherwise."""
        return f"{self.letter} — {self.establishment.name}" if self.letter else self.establishment.name


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of text. `number` is the criterion's number shown, None for chapters that answer none.

    `criterion` is None for presentation, review and the pack's sections. `blocks` are numbered, tied and in order, the
    common part first.
    In a network each part, the common one too, opens with a Heading of level 1 bearing its name.
    """

    anchor: str
    title: str
    number: str | None
    criterion: Criterion | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SectionRef:
    """A section that answers an expectation: « 3.1 », its plain title, where to link."""

    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The status of one expectation for one établissement (`establishment` None: the network together).

    `exhibits` are ids of exhibits offered in proof; `reason` is what the author declared, or the equivalent label.
    """

    establishment: str | None
    status: Status
    reason: str | None
    sections: tuple[SectionRef, ...]
    exhibits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A row of the compliance table; `anchor` is its place, `reference` « 4.b »."""

    criterion: Criterion
    expectation: Expectation
    reference: str
    anchor: str
    assessments: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class RetiredLabel:
    """A label once issued whose exhibit is gone, kept in the index: `retiree` or `remplacee`."""

    label: str
    exhibit: str
    state: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A request of the auditors, its blocks left empty: they stand in their chapter, at `anchor`.

    `changed` are the sections that changed since the version handed in under the criteria it is about, `exhibits` the ids of
    the exhibits that came or changed there. `handed_in`: whether that version answered it already.
    """

    request: Request
    anchor: str
    answered: bool
    changed: tuple[SectionRef, ...] = ()
    exhibits: tuple[str, ...] = ()
    handed_in: bool = False


@dataclass(frozen=True, slots=True)
class Submission:
    """What makes this dossier the one handed in: the number of its version, and the code of its content."""

    number: int
    code: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole. `chapters` are all those that answer no criterion; `answers` one chapter a criterion.

    `exhibits` are in the order of the dossier: required attachments, then by criterion and number. `requests` are the
    auditors', in their order. `submission` is None until it is handed in.
    """

    candidature: Candidature
    pack: Pack
    members: tuple[Member, ...]
    chapters: tuple[Chapter, ...]
    answers: tuple[Chapter, ...]
    coverage: tuple[Coverage, ...]
    exhibits: tuple[Exhibit, ...]
    retired: tuple[RetiredLabel, ...]
    pictures: tuple[Picture, ...]
    requests: tuple[Answer, ...] = ()
    submission: Submission | None = None

    @property
    def body(self) -> tuple[Chapter, ...]:
        """The chapters of text and the answers, in the order of the pack."""
        return in_order(self.chapters, self.answers, self.pack)


def in_order(chapters: tuple[Chapter, ...], answers: tuple[Chapter, ...], pack: Pack) -> tuple[Chapter, ...]:
    """`chapters` and `answers` as the pack orders them."""
    ranks = {section_anchor(key): rank for rank, key in enumerate(pack.order)}
    place = ranks[section_anchor(ANSWERS)]
    ranks[REQUESTS] = place
    sorted_ones = sorted(chapters, key=lambda each: ranks.get(each.anchor, 0))
    before = [each for each in sorted_ones if ranks.get(each.anchor, 0) < place]
    return (*before, *answers, *sorted_ones[len(before) :])


def section_anchor(key: str) -> str:
    """The anchor of the chapter of that key: its own for the two that every dossier may have."""
    return key if key in USUAL_SECTIONS else f"rubrique-{key}"
