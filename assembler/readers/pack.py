"""Template packs: found by their id, read with their framework."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

from assembler.model.finding import Finding, Severity, error
from assembler.model.pack import Limits, Pack, RequiredAttachment, Words
from assembler.model.source import Source
from assembler.readers import shapes
from assembler.readers.framework import read_framework
from assembler.readers.manifest import KEY
from assembler.readers.shapes import Choice, Day, Field, Integer, Keyed, ListOf, Record, Token, YesNo, read_record
from assembler.readers.yaml_file import Mapping, read_yaml

_MEGABYTE = 1_000_000

# The fixed words of the documents, by their key in `mots:`.
WORDS = {
    "dossier": "dossier",
    "critere": "criterion",
    "preuve": "exhibit",
    "sommaire": "contents",
    "identite": "identity",
    "presentation": "presentation",
    "presentation-reseau": "network_presentation",
    "bilan": "review",
    "conformite": "compliance",
    "accord-ca": "approval",
    "index": "index",
    "brouillon": "draft",
    "non-officiel": "unofficial",
}

# A label ends with its rank, after something that is no digit: two labels can then never read the same.
_EXHIBIT_PATTERN = Token(
    r"[A-Za-z]*\{critere\}[._-]\{rang\}", "un motif comme P{critere}.{rang}, terminé par un signe puis {rang}"
)
_ATTACHMENT_PATTERN = Token(r"[A-Za-z]+\{rang\}", "un motif comme A{rang} : des lettres, puis {rang}")

PACK = Record((
    Field("id", KEY, "L’identifiant du gabarit : le nom de son dossier.", True),
    Field("titre", shapes.Words(), "Le titre du gabarit.", True),
    Field("version", Token(), "La version du gabarit.", True),
    Field("emetteur", shapes.Words(), "Qui l’a établi.", True),
    Field("officiel", YesNo(), "oui seulement quand une autorité académique l’émet."),
    Field("en-vigueur", Day(), "La date à partir de laquelle il s’applique.", True),
    Field("cotes", Record((
        Field("preuve", _EXHIBIT_PATTERN, "Le motif, par exemple P{critere}.{rang}."),
        Field("piece", _ATTACHMENT_PATTERN, "Le motif, par exemple A{rang}."),
    )), "Les motifs des cotes."),
    Field("pieces-obligatoires", ListOf(Record((
        Field("cle", KEY, "La clé de la pièce dans preuves.yaml.", True),
        Field("titre", shapes.Words(), "Son titre imprimé.", True),
    ))), "Les pièces que chaque établissement doit fournir."),
    Field("limites", Record((
        Field("preuve-mo", Integer(1), "La taille maximale d’une preuve, en mégaoctets."),
        Field("depot-mo", Integer(1), "La taille maximale du dépôt, en mégaoctets."),
    )), "Les limites de taille."),
    Field("delais", Record((
        Field("accord-mois", Integer(1), "L’âge, en mois, à partir duquel l’accord est signalé comme ancien."),
        Field("retour-jours", Integer(0), "Le nombre de jours avant l’audit où le dossier doit être rendu."),
    )), "Les délais."),
    Field("severites", Keyed(Choice(tuple(Severity))), "La gravité d’un constat, par son code."),
    Field("mots", Record(tuple(Field(key, shapes.Words(), "Mot fixe du dossier.") for key in WORDS)),
          "Les mots fixes des documents."),
))  # fmt: skip


def find_pack(identifier: str, places: tuple[Path, ...]) -> Path | None:
    """The folder of the pack `identifier`, in the first of `places` that has it."""
    for place in places:
        folder = place / identifier
        if identifier and (folder / "pack.yaml").is_file():
            return folder
    return None


def pack_ids(places: tuple[Path, ...]) -> tuple[str, ...]:
    """The ids of all packs that can be found, sorted."""
    return tuple(sorted({each.parent.name for place in places for each in place.glob("*/pack.yaml")}))


def read_pack(folder: Path) -> tuple[Pack | None, tuple[Finding, ...]]:
    """The pack in `folder` and what is wrong with it; None when a file is missing or an error forbids using it."""
    found: list[Finding] = []
    rules = _mapping(folder, "pack.yaml", found)
    criteria = _mapping(folder, "criteres.yaml", found)
    if not (folder / "dossier.docx").is_file():
        found.append(error("pack-file-missing", Source(f"{folder.name}/dossier.docx"), pack=folder.name))
    if rules is None or criteria is None:
        return None, tuple(found)
    pack = _pack(rules, criteria, found)
    if pack.id != folder.name:
        found.append(error("pack-id-differs", Source(f"{folder.name}/pack.yaml"), id=pack.id, folder=folder.name))
    return (None if found else pack), tuple(found)


def _mapping(folder: Path, name: str, found: list[Finding]) -> Mapping | None:
    file = f"{folder.name}/{name}"
    try:
        text = (folder / name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        found.append(error("pack-file-missing", Source(file), pack=folder.name))
        return None
    mapping = read_yaml(text, file, found)
    if mapping is None and not found:
        found.append(error("pack-file-missing", Source(file), pack=folder.name))
    return mapping


def _pack(rules: Mapping, criteria: Mapping, found: list[Finding]) -> Pack:
    fields = read_record(rules, PACK, found)
    labels, limits, delays = fields.record("cotes"), fields.record("limites"), fields.record("delais")
    words = fields.record("mots")
    chosen = {WORDS[key]: words.text(key) or "" for key in words.keys()} if words else {}  # noqa: SIM118
    evidence = limits.integer("preuve-mo") if limits else None
    deposit = limits.integer("depot-mo") if limits else None
    return Pack(
        id=fields.text("id") or "",
        title=fields.text("titre") or "",
        version=fields.text("version") or "",
        issuer=fields.text("emetteur") or "",
        official=fields.flag("officiel"),
        in_force=fields.day("en-vigueur") or date.min,
        framework=read_framework(criteria, found),
        attachments=tuple(
            RequiredAttachment(each.text("cle") or "", each.text("titre") or "")
            for each in fields.records("pieces-obligatoires")
        ),
        label_pattern=_pattern(labels.text("preuve") if labels else None, "P{criterion}.{rank}"),
        attachment_pattern=_pattern(labels.text("piece") if labels else None, "A{rank}"),
        limits=Limits(
            evidence_file=(evidence or 100) * _MEGABYTE,
            deposit=deposit * _MEGABYTE if deposit else None,
            approval_age=delays.integer("accord-mois") if delays else None,
            due_before_audit=delays.integer("retour-jours") if delays else None,
        ),
        severities=tuple(
            (each.text("cle") or "", Severity(each.text("valeur") or Severity.NOTE))
            for each in fields.records("severites")
        ),
        words=dataclasses.replace(Words(), **chosen),
    )


def _pattern(written: str | None, default: str) -> str:
    return (written or default).replace("{critere}", "{criterion}").replace("{rang}", "{rank}")
