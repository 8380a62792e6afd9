"""Template packs: found by their id, read with their framework and with the packs they extend."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler.model.finding import Finding, Severity, error
from assembler.model.framework import Framework
from assembler.model.pack import (
    ANSWERS,
    USUAL_SECTIONS,
    Applicants,
    Deposit,
    Limits,
    Numbering,
    Pack,
    RequiredAttachment,
    Section,
    When,
    Words,
)  # fmt: skip
from assembler.model.source import Source
from assembler.readers.framework import read_framework
from assembler.readers.lineage import CRITERIA, TEMPLATE, find_pack, pack_ids, read_lineage, read_part, with_sections
from assembler.readers.pack_file import PACK, WORDS
from assembler.readers.shapes import Fields, read_record
from assembler.readers.yaml_file import Mapping
from assembler.tools.layers import find_file

__all__ = ["PackRead", "find_pack", "pack_ids", "read_pack"]

_MEGABYTE = 1_000_000
_NOTHING = Framework("", "", "", date.min, ())


@dataclass(frozen=True, slots=True)
class PackRead:
    """A pack as found: None when something forbids using it; its folders, its own first; what is wrong."""

    pack: Pack | None
    folders: tuple[Path, ...]
    findings: tuple[Finding, ...]


def read_pack(folder: Path, places: tuple[Path, ...]) -> PackRead:
    """The pack in `folder`; those it extends or asks for are looked for in `places`."""
    found: list[Finding] = []
    lineage = read_lineage(folder, places, found)
    rules = lineage.rules
    if rules is None or found:
        return PackRead(None, lineage.folders, tuple(found))
    for annex in read_record(rules, PACK, []).texts("annexes"):
        rules = _with_annex(rules, annex, places, found)
    fields = read_record(rules, PACK, found)
    source = fields.place("id")
    annexed = fields.flag("annexe")
    if not annexed and find_file(lineage.folders, TEMPLATE) is None:
        found.append(error("pack-file-missing", Source(f"{folder.name}/{TEMPLATE}"), pack=folder.name))
    if not annexed and lineage.criteria is None:
        found.append(error("pack-file-missing", Source(f"{folder.name}/{CRITERIA}"), pack=folder.name))
    if fields.text("id") != folder.name:
        found.append(error("pack-id-differs", source, id=fields.text("id") or "", folder=folder.name))
    framework = read_framework(lineage.criteria, found) if lineage.criteria else _NOTHING
    pack = _pack(fields, framework, found)
    return PackRead(None if found else pack, lineage.folders, tuple(found))


def _with_annex(rules: Mapping, annex: str, places: tuple[Path, ...], found: list[Finding]) -> Mapping:
    source = next((key.source for key, _ in rules.items if key.text == "annexes"), rules.source)
    folder = find_pack(annex, places)
    if folder is None:
        known = [each for each in pack_ids(places) if _is_annex(each, places)]
        found.append(error("pack-annex-unknown", source, annex=annex, known=", ".join(known)))
        return rules
    read = read_part(folder, "pack.yaml", found)
    if read is None or not read_record(read, PACK, found).flag("annexe"):
        found.append(error("pack-annex-unfit", source, annex=annex))
        return rules
    return with_sections(rules, read)


def _is_annex(identifier: str, places: tuple[Path, ...]) -> bool:
    folder = find_pack(identifier, places)
    read = read_part(folder, "pack.yaml", []) if folder else None
    return read is not None and read_record(read, PACK, []).flag("annexe")


def _pack(fields: Fields, framework: Framework, found: list[Finding]) -> Pack:
    labels, limits, delays = _record(fields, "cotes"), _record(fields, "limites"), _record(fields, "delais")
    deposit, applicants, words = _record(fields, "depot"), _record(fields, "candidats"), _record(fields, "mots")
    chosen = {english: words.text(key) for key, english, _ in WORDS if words.has(key)}
    evidence, whole = limits.integer("preuve-mo"), limits.integer("depot-mo")
    sections = _sections(fields, found)
    return Pack(
        id=fields.text("id") or "",
        title=fields.text("titre") or "",
        version=fields.text("version") or "",
        issuer=fields.text("emetteur") or "",
        official=fields.flag("officiel"),
        in_force=fields.day("en-vigueur") or date.min,
        framework=framework,
        attachments=tuple(
            RequiredAttachment(each.text("cle") or "", each.text("titre") or "")
            for each in fields.records("pieces-obligatoires")
        ),
        label_pattern=_pattern(labels.text("preuve") or "P{critere}.{rang}"),
        attachment_pattern=_pattern(labels.text("piece") or "A{rang}"),
        limits=Limits(
            evidence_file=(evidence or 100) * _MEGABYTE,
            deposit=whole * _MEGABYTE if whole else None,
            approval_age=delays.integer("accord-mois"),
            due_before_audit=delays.integer("retour-jours"),
            pages=limits.integer("dossier-pages"),
        ),
        severities=_severities(fields, found),
        words=dataclasses.replace(Words(), **{key: word or "" for key, word in chosen.items()}),
        extends=fields.text("etend"),
        sections=sections,
        order=_order(fields, sections, found),
        applicants=Applicants(
            applicants.texts("types"), applicants.texts("secteurs"), applicants.text("label-en-reseau")
        ),
        numbering=Numbering(fields.text("numerotation") or Numbering.PROGRAM),
        deposit=Deposit(deposit.text("nom") or Deposit().name, deposit.flag("archive")),
        annex=fields.flag("annexe"),
    )


def _record(fields: Fields, key: str) -> Fields:
    return fields.record(key) or Fields({}, fields.source)


def _pattern(written: str) -> str:
    return written.replace("{critere}", "{criterion}").replace("{rang}", "{rank}")


def _sections(fields: Fields, found: list[Finding]) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for each in fields.records("rubriques"):
        key = each.text("cle") or ""
        if key in (*sections, *USUAL_SECTIONS, ANSWERS):
            found.append(error("section-twice", each.source, key=key))
        sections.setdefault(key, Section(
            key, each.text("titre") or "", each.text("aide") or "", When(each.text("exigee") or When.ALWAYS),
            each.texts("tableau"),
        ))  # fmt: skip
    return tuple(sections.values())


def _order(fields: Fields, sections: tuple[Section, ...], found: list[Finding]) -> tuple[str, ...]:
    """The order written; what it leaves out stands before the answers, in the usual order."""
    usual = (*USUAL_SECTIONS, *(each.key for each in sections))
    written = fields.texts("chapitres") or (*usual, ANSWERS)
    for key in written:
        if key not in (*usual, ANSWERS) or written.count(key) > 1:
            found.append(error("pack-chapter-unknown", fields.place("chapitres"), key=key,
                               known=", ".join((*usual, ANSWERS))))  # fmt: skip
    left_out = [key for key in usual if key not in written]
    place = written.index(ANSWERS) if ANSWERS in written else len(written)
    after = written[place:] if ANSWERS in written else (ANSWERS,)
    return (*written[:place], *left_out, *after)


def _severities(fields: Fields, found: list[Finding]) -> tuple[tuple[str, Severity], ...]:
    """Those of findings by code; the approval's are not the pack's to change."""
    severities = []
    for each in fields.records("severites"):
        code = each.text("cle") or ""
        if code.startswith("approval-"):
            found.append(error("pack-severity-approval", each.source, name=code))
        severities.append((code, Severity(each.text("valeur") or Severity.NOTE)))
    return tuple(severities)
