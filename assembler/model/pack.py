"""A template pack: the framework and everything an académie may decide about the form of the dossier. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assembler.model.exhibit import BOARD_APPROVAL
from assembler.model.finding import Severity
from assembler.model.framework import Framework


@dataclass(frozen=True, slots=True)
class RequiredAttachment:
    """An attachment every établissement must supply, by its key in `pieces:` of the manifest."""

    key: str
    title: str


# The chapters that every dossier may have, and what stands for the answers in the order of a pack.
USUAL_SECTIONS = ("presentation", "bilan")
ANSWERS = "reponses"


class When(StrEnum):
    """For whom a section is required; the values are those of `pack.yaml`."""

    ALWAYS = "toujours"
    RENEWAL = "renouvellement"
    NETWORK = "reseau"
    NEVER = "jamais"


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter that the pack asks for besides presentation and review, written in `<key>.md`.

    `columns` are those that a table of the chapter must have, every cell filled; none where no table is asked for.
    """

    key: str
    title: str
    guidance: str
    required: When
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applicants:
    """Who may apply: types and sectors of établissements as `etablissement.yaml` writes them; empty: all of them.

    `network_label` begins the name of the label that the members of a network are expected to hold; None: of no label.
    """

    kinds: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    network_label: str | None = None


class Numbering(StrEnum):
    """Who numbers the headings that the Word template itself holds; the values are those of `pack.yaml`."""

    PROGRAM = "programme"
    TEMPLATE = "gabarit"


@dataclass(frozen=True, slots=True)
class Deposit:
    """How what is handed in is named (`{uai}`, `{campagne}`… are replaced), and whether it travels as one zip."""

    name: str = "{uai}-{campagne}"
    archive: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, ages in months, delays in days; None where the pack sets no limit. `pages`: of the dossier alone."""

    evidence_file: int
    deposit: int | None
    approval_age: int | None
    due_before_audit: int | None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of the documents, French, each to be changed by a pack (`mots:`)."""

    dossier: str = "Dossier de candidature"
    criterion: str = "Critère n° {number}"
    exhibit: str = "preuve {label}"
    contents: str = "Sommaire"
    identity: str = "Fiche d’identité"
    presentation: str = "Présentation de l’établissement"
    network_presentation: str = "Présentation du réseau"
    together: str = "Partie commune"
    review: str = "Bilan du label précédent"
    requests: str = "Réponses aux demandes"
    compliance: str = "Tableau de conformité"
    approval: str = "Accord du conseil d’administration"
    index: str = "Index des preuves"
    draft: str = "BROUILLON"
    unofficial: str = "modèle non officiel"
    scheme: str = "Label « Lycée des métiers »"
    establishment: str = "Établissement"
    academy: str = "Académie"
    head: str = "Chef d’établissement"
    referent: str = "Référent du label"
    asked_title: str = "Intitulé demandé"
    previous: str = "Label précédent"
    held: str = "Labels détenus"
    initial: str = "Première demande du label"
    renewal: str = "Renouvellement du label"
    modified_renewal: str = "Renouvellement du label, avec modification"
    attachments: str = "Pièces obligatoires"
    evidence: str = "Preuves"
    expectation: str = "Attendu"


@dataclass(frozen=True, slots=True)
class Pack:
    """`label_pattern` and `attachment_pattern` hold `{criterion}` and `{rank}`; `severities` change those of findings by code.

    `extends` is the id of the pack this one extends. `order` names the chapters of text: `presentation`, `bilan`, the keys
    of `sections`, and `reponses`, which stands for the answers. An `annex` only brings sections, for other packs to ask for.
    """

    id: str
    title: str
    version: str
    issuer: str
    official: bool
    in_force: date
    framework: Framework
    attachments: tuple[RequiredAttachment, ...]
    label_pattern: str
    attachment_pattern: str
    limits: Limits
    severities: tuple[tuple[str, Severity], ...]
    words: Words
    extends: str | None = None
    sections: tuple[Section, ...] = ()
    order: tuple[str, ...] = (*USUAL_SECTIONS, ANSWERS)
    applicants: Applicants = Applicants()
    numbering: Numbering = Numbering.PROGRAM
    deposit: Deposit = Deposit()
    annex: bool = False

    @property
    def asks_approval(self) -> bool:
        """Whether the board's approval is among the required attachments."""
        return any(each.key == BOARD_APPROVAL for each in self.attachments)
