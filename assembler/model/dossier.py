"""The assembled dossier: merged, numbered, tied and covered. Everything a writer needs, nothing a layout decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assembler.model.content import Candidature, Establishment, Picture
from assembler.model.exhibit import Exhibit
from assembler.model.framework import Criterion, Expectation
from assembler.model.pack import Pack
from assembler.model.text import Block


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


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of text. `number` is the criterion's number shown, None for chapters that answer none.

    `criterion` is None for presentation and review. `blocks` are numbered, tied and in order, the common part first.
    In a network each établissement's part opens with a Heading of level 1 bearing its name.
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
class Dossier:
    """The whole. `chapters` are presentation and review; `answers` one chapter a criterion, in the framework's order.

    `exhibits` are in the order of the dossier: required attachments, then by criterion and number.
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
