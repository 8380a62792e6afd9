"""A template pack: the framework and everything an académie may decide about the form of the dossier. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assembler.model.finding import Severity
from assembler.model.framework import Framework


@dataclass(frozen=True, slots=True)
class RequiredAttachment:
    """An attachment every établissement must supply, by its key in `pieces:` of the manifest."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, ages in months, delays in days; None where the pack sets no limit."""

    evidence_file: int
    deposit: int | None
    approval_age: int | None
    due_before_audit: int | None


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
    review: str = "Bilan du label précédent"
    compliance: str = "Tableau de conformité"
    approval: str = "Accord du conseil d’administration"
    index: str = "Index des preuves"
    draft: str = "BROUILLON"
    unofficial: str = "modèle non officiel"


@dataclass(frozen=True, slots=True)
class Pack:
    """`label_pattern` and `attachment_pattern` hold `{criterion}` and `{rank}`; `severities` change those of findings by code."""

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
