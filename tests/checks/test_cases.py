"""One case for every finding: what is changed in the base candidature, and what is then said, where.

The sentences stand in `tests/cases/constats.md`, to be read as a school reads them; `ACCEPT=1` rewrites them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from candidature import (
    PACK,
    Change,
    append,
    change,
    copy_simple,
    drop,
    extending,
    folder,
    link,
    own_pack,
    second_school,
    write,
)
from filelock import FileLock
from handed_in import deposit, hand_in
from word_template import DOCUMENT, FAULTS, own_template, replaced

from assembler.errors import DossierError
from assembler.migration import plan_migration
from assembler.model.finding import Finding
from assembler.pipeline import Options, build, check_pack, examine
from assembler.report import finding_line, findings_plain
from assembler.tools import libreoffice

from . import files, rounds

CASES_FILE = Path(__file__).parents[1] / "cases" / "constats.md"
HEAD = """\
Ce que le programme dit, constat par constat. Fichier écrit par `make accept` : à relire comme le lit un établissement.
Les candidatures fautives sont dans `tests/checks/test_cases.py`.
"""
DAY = date(2026, 11, 20)


def checked(root: Path) -> tuple[Finding, ...]:
    """What `dossier check` finds, as far as it could go."""
    try:
        return examine(root, DAY, lambda *_: None).findings
    except DossierError as fault:
        return fault.findings


def built(root: Path) -> tuple[Finding, ...]:
    """What `dossier build` finds."""
    options = Options(root, root.parent / "sortie", DAY, draft=True, only=None, ocr=False, tell=findings_plain)
    return build(options, lambda *_: None).findings


def pack_checked(root: Path) -> tuple[Finding, ...]:
    """What `dossier pack check` finds in the candidature's own pack."""
    return check_pack(str(next((root / "gabarits").iterdir())))


def carried(root: Path) -> tuple[Finding, ...]:
    """What `dossier migrate` asks to reread, on the way back to the framework of 2016."""
    return plan_migration(root, "national-2016", DAY).to_reread


def carried_on(root: Path) -> tuple[Finding, ...]:
    """The same, on the way to that of 2023."""
    return plan_migration(root, PACK, DAY).to_reread


def same_act(root: Path) -> None:
    """One act for two schools."""
    (root / "autre/pieces/acte-12.pdf").write_bytes((root / "lycee/pieces/acte-12.pdf").read_bytes())


@dataclass(frozen=True, slots=True)
class Case:
    """With these changes, `code` is found at `place` (« file:line »), with `severity`."""

    code: str
    severity: str
    place: str | None
    changes: tuple[Change, ...]
    how: Callable[[Path], tuple[Finding, ...]] = checked


def error(code: str, place: str | None, *changes: Change, how: Callable[[Path], tuple[Finding, ...]] = checked) -> Case:
    return Case(code, "erreur", place, changes, how)


def warning(
    code: str, place: str | None, *changes: Change, how: Callable[[Path], tuple[Finding, ...]] = checked
) -> Case:
    return Case(code, "avertissement", place, changes, how)


def note(code: str, place: str | None, *changes: Change, how: Callable[[Path], tuple[Finding, ...]] = checked) -> Case:
    return Case(code, "remarque", place, changes, how)


REQUEST, IDENTITY, MANIFEST = "candidature.yaml", "lycee/etablissement.yaml", "lycee/preuves.yaml"
ACT, MAP, LEDGER = "lycee/pieces/acte-12.pdf", "lycee/preuves/carte.pdf", "numeros.yaml"


SCANS = (
    append(MANIFEST, "".join(
        f"  - {{cle: vue-{nth}, titre: Vue {nth}, fichier: preuves/vue-{nth}.pdf, criteres: [1]}}\n" for nth in range(1, 7)
    )),
    *(write(f"lycee/preuves/vue-{nth}.pdf", files.pdf(text=False, pages=nth)) for nth in range(1, 7)),
)  # fmt: skip


def act(*lines: str) -> Change:
    """The act's file says these lines."""
    return write(ACT, files.act(*lines))


def instead(old: str, new: str, file: str = MANIFEST) -> Change:
    return change(file, old, new)


def without(line: str, file: str = MANIFEST) -> Change:
    return change(file, f"{line}\n", "")


def issued(root: Path) -> None:
    """The labels issued, as `dossier number` does."""
    from assembler.pipeline import number

    number(root, DAY, lambda *_: None)


def no_office(root: Path) -> None:
    """No program is on PATH."""
    del root
    if any(place.is_file() for place in map(Path, libreoffice._PLACES)):
        pytest.skip("LibreOffice is where its installer puts it, and cannot be hidden")
    os.environ["PATH"] = ""


def unreadable(name: str) -> Change:
    """Nobody may look into that folder."""

    def apply(root: Path) -> None:
        if sys.platform == "win32" or os.geteuid() == 0:
            pytest.skip("nothing is unreadable here: rights do not bind this user")
        (root / name).chmod(0o000)

    return apply


def office_that(script: str) -> Change:
    """A false LibreOffice that does this stands first on PATH."""

    def apply(root: Path) -> None:
        if sys.platform == "win32":
            pytest.skip("the false program is a shell script")
        program = root.parent / "programs" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        os.environ["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"

    return apply


def real_office(root: Path) -> None:
    del root
    if libreoffice.find() is None:
        pytest.skip("LibreOffice is not on this computer")


def patience(root: Path) -> None:
    """The time limit of a reader is a minute: only for those who ask."""
    del root
    if os.environ.get("SLOW") != "1":
        pytest.skip("it takes a minute: SLOW=1 to try it")


def review(root: Path) -> None:
    write("lycee/bilan.md", "## Trois ans de label\n\nLe plan a été tenu.\n")(root)


OFFICE_FILE = (
    instead("preuves/carte.pdf", "preuves/note.odt"),
    write("lycee/preuves/note.odt", "Pas vraiment un ODT."),
)
RENEWAL = (instead("demande: initiale", "demande: renouvellement", REQUEST), review)
GOOD_ACT = (
    "Conseil d’administration, séance du 25 juin 2026",
    "Le conseil donne son accord à la demande du label",
    "« Lycée des métiers du bois ».",
)

CATEGORIES = "categories: {af: Actions de formation, cfa: Apprentissage}\n"
SELF_EVALUATION = """\
| Axe d’amélioration | Critères | Actions | Indicateur | Constat |
|---|---|---|---|---|
| Ouvrir l’atelier | [critere:4] | Un jour par semaine | | 9 entreprises |
"""

OPT_OUT = "---\nstatut: sans-objet\nmotif: aucun élève ne quitte l’établissement en cours d’année\n---\n"

CASES = (
    # The board's approval
    error("approval-missing", f"{MANIFEST}:1", instead("accord-ca:", "autre-piece:")),
    error("approval-file-missing", f"{MANIFEST}:2", instead("pieces/acte-12.pdf", "pieces/acte-21.pdf")),
    error("approval-file-empty", f"{MANIFEST}:2", write(ACT, b"")),
    error("approval-file-outside", f"{MANIFEST}:2", instead("pieces/acte-12.pdf", "../../acte.pdf")),
    error("approval-unreadable", f"{MANIFEST}:2", write(ACT, files.pdf(password="secret"))),
    error("approval-not-pdf", f"{MANIFEST}:2", instead("acte-12.pdf", "acte.odt"), write("lycee/pieces/acte.odt", "x"),
          office_that("exit 77")),
    error("approval-no-date", f"{MANIFEST}:2", without("    seance: 2026-06-25")),
    warning("approval-no-votes", f"{MANIFEST}:2", without("    votes: {pour: 18, contre: 1, abstentions: 1}")),
    error("approval-unfavourable", f"{MANIFEST}:2", instead("pour: 18, contre: 1,", "pour: 9, contre: 9,")),
    error("approval-title", f"{MANIFEST}:2", instead("métiers du bois", "métiers de la forêt")),
    warning("approval-no-signatory", f"{MANIFEST}:2",
            without("    signataire: {nom: Ada Fictive, qualite: Présidente du conseil d’administration}")),
    warning("approval-no-act", f"{MANIFEST}:2", without("    acte: 12")),
    warning("approval-future", f"{MANIFEST}:2", instead("edition: 2026-11-20", "edition: 2026-06-01", REQUEST)),
    warning("approval-before-framework", f"{MANIFEST}:2", instead("seance: 2026-06-25", "seance: 2023-06-25")),
    warning("approval-old", f"{MANIFEST}:2", instead("seance: 2026-06-25", "seance: 2024-06-25")),
    warning("approval-commission", f"{MANIFEST}:2", instead("organe: ca", "organe: commission-permanente")),
    warning("approval-other-body", f"{MANIFEST}:2", instead("organe: ca", "organe: autre\n    organe-nom: Bureau")),
    warning("approval-more-votes", f"{MANIFEST}:2", instead("abstentions: 1}", "abstentions: 9}")),
    warning("approval-more-present", f"{MANIFEST}:2", instead("presents: 20", "presents: 31")),
    warning("approval-quorum", f"{MANIFEST}:2", instead("presents: 20", "presents: 15")),
    note("approval-no-text", f"{MANIFEST}:2", write(ACT, files.pdf(text=False))),
    warning("approval-text-body", f"{MANIFEST}:2", act("Réunion du bureau, 25 juin 2026", *GOOD_ACT[1:])),
    warning("approval-text-date", f"{MANIFEST}:2", act("Conseil d’administration, séance du 26 juin 2026", *GOOD_ACT[1:])),
    error("approval-text-unfavourable", f"{MANIFEST}:2", act(GOOD_ACT[0], "Le conseil émet un avis défavorable à la demande",
                                                             GOOD_ACT[2])),
    warning("approval-text-no-vote", f"{MANIFEST}:2", act(GOOD_ACT[0], "Le conseil examine la demande du label", GOOD_ACT[2])),
    warning("approval-text-votes", f"{MANIFEST}:2", act(*GOOD_ACT, "Pour : 17 - Contre : 1")),
    error("approval-text-title", f"{MANIFEST}:2", act(*GOOD_ACT[:2], "« Lycée des métiers de la mer ».")),
    warning("approval-text-no-title", f"{MANIFEST}:2", act(*GOOD_ACT[:2], "dont l’intitulé sera choisi plus tard.")),
    error("attachment-missing", f"{MANIFEST}:1", own_pack("pack.yaml", "pieces-obligatoires:\n",
                                                          "pieces-obligatoires:\n  - {cle: avis, titre: Avis du maire}\n")),
    warning("attachment-unknown", f"{MANIFEST}:14",
            instead("preuves:\n", "  avis-maire: {fichier: preuves/carte.pdf}\npreuves:\n")),
    # Files
    error("file-missing", f"{IDENTITY}", drop(IDENTITY)),
    error("file-link", "lycee/critere-8.md", link("lycee/critere-8.md", "critere-7.md")),
    error("file-too-large", "lycee/critere-8.md", write("lycee/critere-8.md", "a" * 5_000_001)),
    error("file-not-a-file", "lycee/critere-8.md", folder("lycee/critere-8.md")),
    error("file-unreadable", "lycee", unreadable("lycee")),
    # YAML
    error("yaml-too-large", f"{REQUEST}:1", append(REQUEST, "# " + "a" * 1_000_001)),
    error("yaml-too-deep", f"{REQUEST}:7", append(REQUEST, f"reseau: {'[' * 30}{']' * 30}\n")),
    error("yaml-tab", f"{IDENTITY}:5", instead("adresse: 1", "\tadresse: 1", IDENTITY)),
    error("yaml-syntax", f"{IDENTITY}:6", instead('"99999"', '"99999', IDENTITY)),
    error("yaml-alias", f"{IDENTITY}:7", instead("Ville-Exemple", "&ville Ville-Exemple", IDENTITY)),
    error("yaml-not-a-mapping", f"{IDENTITY}:1", write(IDENTITY, "- nom\n- uai\n")),
    error("yaml-duplicate-key", f"{IDENTITY}:3", instead("type: lp\n", "uai: 0999998E\ntype: lp\n", IDENTITY)),
    error("yaml-unknown-key", f"{IDENTITY}:7", instead("commune:", "comune:", IDENTITY)),
    error("yaml-empty-key", f"{IDENTITY}:1", instead("nom: Lycée des Tests", "nom:", IDENTITY)),
    error("yaml-missing-key", f"{IDENTITY}:1", without("secteur: public", IDENTITY)),
    error("yaml-not-a-choice", f"{REQUEST}:2", instead("initiale", "initial", REQUEST)),
    error("yaml-misfit", f"{MANIFEST}:20", instead("date: 2026-09-01", "date: 1/9/2026")),
    # The request and the établissements
    error("candidature-empty", f"{REQUEST}:1", write(REQUEST, "")),
    error("establishments-none", f"{REQUEST}:6", instead("[lycee]", "[]", REQUEST)),
    error("establishment-twice", f"{REQUEST}:6", instead("[lycee]", "[lycee, lycee]", REQUEST)),
    error("establishment-named-commun", f"{REQUEST}:6", instead("[lycee]", "[lycee, commun]", REQUEST)),
    error("establishment-folder-missing", f"{REQUEST}:6", instead("[lycee]", "[lycees]", REQUEST)),
    warning("previous-label-missing", f"{REQUEST}:1", *RENEWAL),
    warning("previous-label-unexpected", f"{REQUEST}:7", append(REQUEST, "label-precedent: {intitule: Label, fin: 2027-06-30}\n")),
    warning("previous-label-dates", f"{REQUEST}:7", *RENEWAL,
            append(REQUEST, "label-precedent: {decision: 2027-06-30, fin: 2027-06-01}\n")),
    note("previous-label-ended", f"{REQUEST}:7", *RENEWAL,
         append(REQUEST, "label-precedent: {decision: 2021-06-30, fin: 2026-06-30}\n")),
    warning("review-missing", f"{REQUEST}:1", RENEWAL[0]),
    warning("pack-not-in-force", f"{REQUEST}:1", instead("2026-11-20", "2023-06-01", REQUEST)),
    warning("optional-criterion-unknown", f"{REQUEST}:1", append(REQUEST, "critere-optionnel: 9-a\n")),
    error("uai-malformed", f"{IDENTITY}:2", instead("0999999F", "999999F", IDENTITY)),
    error("uai-wrong-key", f"{IDENTITY}:2", instead("0999999F", "0999999G", IDENTITY)),
    error("uai-twice", "autre/etablissement.yaml:2", second_school,
          change("autre/etablissement.yaml", "0999998E", "0999999F")),
    warning("identity-incomplete", f"{IDENTITY}:1", without("academie: Exemple", IDENTITY)),
    warning("indicator-without-source", f"{IDENTITY}:15", instead(", source: Relevé interne", "", IDENTITY)),
    error("label-proof-unknown", f"{IDENTITY}:17", instead("preuve: carte", "preuve: cartes", IDENTITY)),
    warning("label-dates", f"{IDENTITY}:17", instead("au: 2028-12-31", "au: 2024-12-31", IDENTITY)),
    warning("network-undeclared", f"{REQUEST}:1", second_school,
            without("reseau: {nom: Réseau du bois, pilote: lycee}", REQUEST)),
    warning("network-alone", f"{REQUEST}:7", append(REQUEST, "reseau: {nom: Réseau du bois, pilote: lycee}\n")),
    error("network-lead-unknown", f"{REQUEST}:7", second_school, instead("pilote: lycee", "pilote: lycees", REQUEST)),
    warning("network-campaign-differs", "autre/liasse/bag-info.txt", second_school,
            write("autre/liasse/bag-info.txt", f"Gabarit: {PACK}\nGabarit-Version: 1.0\nCampagne: 2026\n")),
    warning("network-pack-differs", "autre/liasse/bag-info.txt", second_school,
            write("autre/liasse/bag-info.txt", f"Gabarit: {PACK}\nGabarit-Version: 0.9\nCampagne: 2027\n")),
    warning("network-member-unlabelled", "lycee/etablissement.yaml:1", second_school),
    note("expectation-apart", "commun/critere-4.md", second_school),
    note("exhibit-twin", "autre/preuves.yaml:15", second_school),
    error("approval-shared", "autre/preuves.yaml:2", second_school, same_act),
    error("opt-out-misplaced", "commun/critere-7.md:2", second_school, write("commun/critere-7.md", OPT_OUT)),
    warning("opt-out-alone", "lycee/critere-7.md:2", write("lycee/critere-7.md", OPT_OUT)),
    error("opt-out-by-all", "lycee/critere-7.md:2", second_school, write("lycee/critere-7.md", OPT_OUT),
          write("autre/critere-7.md", OPT_OUT)),
    error("opt-out-without-reason", "lycee/critere-7.md:2", second_school,
          write("lycee/critere-7.md", "---\nstatut: sans-objet\n---\n")),
    warning("opt-out-contradicted", "lycee/critere-7.md:2", second_school, write("lycee/critere-7.md", OPT_OUT + "Un texte.\n")),
    # Narratives
    error("yaml-colon", f"{REQUEST}:3", instead("intitule: ", "intitule: Projet : ", REQUEST)),
    error("placeholder-left", f"{REQUEST}:3", instead("intitule: ", "intitule: … ", REQUEST)),
    error("approval-text-unrelated", f"{MANIFEST}:2", act("Charte informatique", "Chacun veille au matériel qui lui est confié.")),
    error("narrative-misnamed", "lycee/critere-8.md.txt", write("lycee/critere-8.md.txt", "Un texte.\n")),
    note("evidence-unlisted", f"{MANIFEST}", write("lycee/preuves/oubli.pdf", b"%PDF-1.4")),
    warning("declaration-contradicted", "lycee/critere-4.md:2",
            instead("{f: {statut", "{a: {statut: sans-objet, motif: rien}, f: {statut", "lycee/critere-4.md")),
    warning("declaration-of-firm", "lycee/critere-4.md:2",
            instead("{f: {statut", "{a: {statut: sans-objet, motif: rien}, f: {statut", "lycee/critere-4.md"),
            instead("\"a b c d e h\"", "\"b c d e h\"", "lycee/critere-4.md")),
    warning("declaration-unsupported", "lycee/critere-4.md:2",
            instead("{f: {statut", "{a: {statut: traite}, f: {statut", "lycee/critere-4.md"),
            instead("\"a b c d e h\"", "\"b c d e h\"", "lycee/critere-4.md")),
    warning("narrative-stray", "lycee/brouillon.md", write("lycee/brouillon.md", "Notes.\n")),
    error("narrative-unknown-criterion", "lycee/critere-9.md:1", write("lycee/critere-9.md", "Un texte de trop.\n")),
    warning("encoding-converted", "lycee/critere-8.md", write("lycee/critere-8.md", "## Né à Sète\n".encode("latin-1"))),
    error("front-matter-unclosed", "lycee/critere-8.md:1",
          write("lycee/critere-8.md", "---\nattendus: {a: traite}\n## Un titre\n\nUn mot.\n")),
    error("markdown-too-complex", "lycee/critere-8.md:5", append("lycee/critere-8.md", "\n" + "[" * 10_000)),
    error("criterion-unanswered", "lycee/critere-8.md", drop("lycee/critere-8.md")),
    error("expectation-unknown", "lycee/critere-8.md:1", instead('"a b c', '"a z b c', "lycee/critere-8.md")),
    error("declaration-without-reason", "lycee/critere-5.md:2",
          instead(", motif: pas de chef-d’œuvre cette année", "", "lycee/critere-5.md")),
    warning("expectation-untreated", "lycee/critere-8.md:1", instead("a b c", "a c", "lycee/critere-8.md"),
            instead("8.a, 8.b,", "8.a,")),
    warning("expectation-conditional", "lycee/critere-5.md:1",
            instead("---\nattendus: {e: {statut: sans-objet, motif: pas de chef-d’œuvre cette année}}\n---\n", "",
                    "lycee/critere-5.md")),
    warning("expectation-network", "commun/critere-4.md", second_school),
    note("expectation-unproved", "lycee/critere-8.md:1", instead("8.a, 8.b,", "8.a,")),
    note("expectation-unwritten", "lycee/critere-8.md:1", instead("a b c", "a c", "lycee/critere-8.md")),
    error("citation-unknown", "lycee/critere-8.md:3", instead("preuve:site", "preuve:sites", "lycee/critere-8.md")),
    error("criterion-unknown", "lycee/critere-2.md:3", instead("critere:1", "critere:9", "lycee/critere-2.md")),
    error("expectation-reference-unknown", "lycee/critere-7.md:3", instead("attendu:3.c", "attendu:3.z", "lycee/critere-7.md")),
    # Evidence
    error("exhibit-key-twice", f"{MANIFEST}:21", instead("cle: bilan", "cle: carte")),
    error("exhibit-without-file", f"{MANIFEST}:15", without("    fichier: preuves/carte.pdf")),
    error("exhibit-file-and-link", f"{MANIFEST}:15",
          instead("fichier: preuves/carte.pdf", "fichier: preuves/carte.pdf\n    lien: https://exemple.fr/")),
    warning("exhibit-uncited", f"{MANIFEST}:27", instead(" [preuve:atelier]", "", "lycee/critere-4.md")),
    error("exhibit-criterion-unknown", f"{MANIFEST}:15", instead("criteres: [1, 2]", "criteres: [1, 2, 9]")),
    error("exhibit-expectation-unknown", f"{MANIFEST}:15", instead("[1.a,", "[1.z, 1.a,")),
    warning("exhibit-expectation-elsewhere", f"{MANIFEST}:15", instead("[1.a,", "[8.a, 1.a,")),
    error("exhibit-replaces-unknown", f"{MANIFEST}:21", instead("date: 2026-07-01", "date: 2026-07-01\n    remplace: cartes")),
    error("exhibit-missing", f"{MANIFEST}:15", instead("preuves/carte.pdf", "preuves/cartes.pdf")),
    error("exhibit-outside", f"{MANIFEST}:15", instead("preuves/carte.pdf", "../carte.pdf")),
    error("exhibit-empty", f"{MANIFEST}:15", write(MAP, b"")),
    error("exhibit-too-large", f"{MANIFEST}:15", own_pack("pack.yaml", "preuve-mo: 100", "preuve-mo: 1"),
          write(MAP, files.pdf() + b" " * 1_500_000)),
    warning("exhibit-unknown-kind", f"{MANIFEST}:15", instead("carte.pdf", "carte.xyz"), write("lycee/preuves/carte.xyz", "?")),
    error("exhibit-encrypted", f"{MANIFEST}:15", write(MAP, files.pdf(password="secret"))),
    error("exhibit-broken", f"{MANIFEST}:15", write(MAP, b"%PDF-1.7\nrien de plus")),
    error("exhibit-no-page", f"{MANIFEST}:15", instead("fichier: preuves/carte.pdf", "fichier: preuves/carte.pdf\n    pages: 4-6")),
    warning("exhibit-no-converter", f"{MANIFEST}:15", *OFFICE_FILE, no_office),
    warning("exhibit-conversion", f"{MANIFEST}:15", *OFFICE_FILE, office_that("exit 77")),
    error("exhibit-crash", f"{MANIFEST}:15", *OFFICE_FILE, office_that("kill -9 $PPID")),
    error("exhibit-timeout", f"{MANIFEST}:15", patience, *OFFICE_FILE, office_that("sleep 200")),
    note("exhibit-small-print", f"{MANIFEST}:15", real_office, instead("carte.pdf", "carte.xlsx"),
         write("lycee/preuves/carte.xlsx", files.wide_workbook())),
    warning("exhibit-pages-differ", f"{MANIFEST}:15", write(MAP, files.two_counts())),
    warning("exhibit-duplicate", f"{MANIFEST}:21", instead("preuves/bilan.pdf", "preuves/carte.pdf")),
    note("exhibit-repaired", f"{MANIFEST}:15", write(MAP, files.damaged_pdf())),
    note("exhibit-signed-kept", f"{MANIFEST}:15", write(MAP, files.pdf(signed=True))),
    note("exhibit-signed", f"{MANIFEST}:15", write(MAP, files.pdf(signed=True, javascript=True))),
    note("exhibit-no-text", f"{MANIFEST}:15", write(MAP, files.pdf(text=False))),
    note("exhibits-no-text", f"{MANIFEST}:38", *SCANS),
    warning("exhibit-xfa", f"{MANIFEST}:15", write(MAP, files.form_of_xfa())),
    warning("exhibit-portfolio", f"{MANIFEST}:15", write(MAP, files.portfolio())),
    note("exhibit-layers", f"{MANIFEST}:15", write(MAP, files.layered())),
    note("exhibit-animation", f"{MANIFEST}:27", write("lycee/preuves/atelier.jpg", files.animation())),
    note("exhibit-gps", f"{MANIFEST}:27"),
    note("exhibit-cleaned", f"{MANIFEST}:15", write(MAP, files.pdf(javascript=True))),
    warning("exhibit-no-consent", f"{MANIFEST}:27", instead("personnes: aucune", "personnes: eleves")),
    warning("exhibit-future", f"{MANIFEST}:15", instead("date: 2026-09-01", "date: 2027-09-01")),
    warning("exhibit-changed", f"{MANIFEST}:15", issued, write(MAP, files.pdf())),
    note("deposit-too-large", f"{REQUEST}:1", own_pack("pack.yaml", "depot-mo: 200", "depot-mo: 1"),
            write("lycee/preuves/atelier.jpg", files.noise(1_700_000))),
    # Personal numbers
    warning("privacy-file-name", f"{MANIFEST}:15", instead("carte.pdf", "carte-123456789AB.pdf"),
            write("lycee/preuves/carte-123456789AB.pdf", files.pdf())),
    warning("privacy-evidence", f"{MANIFEST}:15", write(MAP, files.act("Stage de Sam Fictif, INE 123456789AB"))),
    warning("privacy-narrative", "lycee/critere-8.md:5", append("lycee/critere-8.md", "\nL’élève 123456789AB a réussi.\n")),
    # The ledger and the calendar
    error("ledger-label-twice", f"{LEDGER}:6", issued, instead("cote: P3.1", "cote: P1.1", LEDGER)),
    error("ledger-letter-twice", f"{LEDGER}:11", issued, append(LEDGER, "lettres:\n  lycee: A\n  autre: A\n")),
    error("ledger-damaged", f"{LEDGER}:4", issued, instead("cote: A1", "cotte: A1", LEDGER)),
    error("ledger-lost", f"{REQUEST}:1", hand_in, rounds.lost_label),
    # Rounds
    warning("exhibit-superseded-cited", "lycee/critere-1.md:3", hand_in, rounds.successor),
    note("exhibit-superseded-told", "lycee/critere-1.md:3", rounds.successor),
    error("version-damaged", "versions/v1/dossier.json:40", hand_in, rounds.broken_version),
    warning("version-missing", "versions", rounds.two_versions_less_one),
    warning("deposit-missing", "versions/v1", hand_in, drop("versions/v1/depot")),
    warning("deposit-changed", "versions/v1/depot/dossier.pdf", hand_in, write("versions/v1/depot/dossier.pdf", b"%PDF-")),
    error("deposit-altered", "dossier.json", deposit, write("depot/dossier.json", "{}"), how=rounds.verified),
    error("deposit-file-missing", "volume-1.pdf", deposit, drop("depot/volume-1.pdf"), how=rounds.verified),
    warning("deposit-added", "autre.pdf.txt", deposit, write("depot/autre.pdf.txt", "?"), how=rounds.verified),
    note("deposit-left-behind", ".DS_Store", deposit, write("depot/.DS_Store", "?"), how=rounds.verified),
    error("deposit-receipt-differs", "recepisse.txt", rounds.empty_receipt, how=rounds.verified),
    error("deposit-bare", "seul.docx", write("seul.docx", b"PK"), how=rounds.word_alone),
    error("deposit-unsealed", "volume-1.pdf", rounds.unsealed, how=rounds.verified),
    error("deposit-code-differs", "dossier.json", rounds.of_another_dossier, how=rounds.verified),
    error("deposit-volume-missing", "volume-1.pdf", rounds.two_volumes_less_one, how=rounds.verified),
    error("request-twice", "demandes.yaml:7", rounds.asked(more="  - {numero: 1, recue: 2026-11-02, texte: Encore}\n")),
    error("request-criterion-unknown", "demandes.yaml:2", rounds.asked(criterion="12"), rounds.answered),
    error("request-establishment-unknown", "demandes.yaml:2",
          rounds.asked(more="    etablissement: lycees\n"), rounds.answered),
    warning("request-unanswered", "demandes.yaml:2", rounds.asked()),
    warning("request-late", "demandes.yaml:2", rounds.asked(due="2026-11-10")),
    warning("request-gone", "demandes.yaml", rounds.asked(), hand_in, drop("demandes.yaml")),
    warning("reply-stray", "demandes/D2.md", rounds.asked(), rounds.answered, write("demandes/D2.md", "Une réponse.\n")),
    warning("exhibit-renamed", f"{MANIFEST}:15", hand_in, instead("cle: carte", "cle: plan", MANIFEST),
            instead("preuve:carte", "preuve:plan", "lycee/critere-1.md")),
    warning("edition-earlier", f"{REQUEST}:1", hand_in, instead("edition: 2026-11-20", "edition: 2026-11-19", REQUEST)),
    note("request-untouched", "demandes.yaml:2", hand_in, rounds.asked(), rounds.answered),
    note("labels-provisional", f"{REQUEST}:1", issued,
         append(MANIFEST, "  - {cle: nouvelle, titre: Une page, lien: https://exemple.fr/, criteres: [1]}\n")),
    warning("calendar-late", f"{REQUEST}:1", append(REQUEST, "audit: 2026-12-01\n")),
    note("calendar-due", f"{REQUEST}:1", append(REQUEST, "audit: 2027-03-18\n")),
    # What everybody can read
    warning("figure-without-alternative", "lycee/critere-8.md:5", write("lycee/images/a.jpg", files.photo(gps=False)),
            append("lycee/critere-8.md", "\n![](images/a.jpg)\n")),
    error("picture-missing", "lycee/critere-8.md:5", append("lycee/critere-8.md", "\n![Le hall](images/hall.jpg)\n")),
    error("picture-unreadable", "lycee/critere-8.md:5", write("lycee/images/hall.jpg", "pas une image"),
          append("lycee/critere-8.md", "\n![Le hall](images/hall.jpg)\n")),
    note("picture-gps", "lycee/critere-8.md:5", write("lycee/images/hall.jpg", files.photo(gps=True)),
         append("lycee/critere-8.md", "\n![Le hall](images/hall.jpg)\n")),
    warning("table-without-header", "lycee/critere-3.md:5", instead("| Mois | Bilans |", "|  |  |", "lycee/critere-3.md")),
    # The pack
    error("pack-file-missing", f"{PACK}/dossier.docx", own_pack("pack.yaml", "preuve-mo: 100", "preuve-mo: 99"),
          drop(f"gabarits/{PACK}/dossier.docx"), how=pack_checked),
    error("pack-id-differs", f"{PACK}/pack.yaml:3", own_pack("pack.yaml", f"id: {PACK}", "id: national-2024"), how=pack_checked),
    error("pack-file-foreign", f"{PACK}/crochet.py", own_pack("pack.yaml", "preuve-mo: 100", "preuve-mo: 99"),
          write(f"gabarits/{PACK}/crochet.py", "print()\n"), how=pack_checked),
    error("pack-file-disguised", f"{PACK}/logo.png", own_pack("pack.yaml", "preuve-mo: 100", "preuve-mo: 99"),
          write(f"gabarits/{PACK}/logo.png", "pas une image\n"), how=pack_checked),
    warning("pack-version-differs", f"{REQUEST}:2",
            instead(f"gabarit: {PACK}", f"gabarit: {PACK}\ngabarit-version: '0.9'", REQUEST)),
    error("criterion-twice", f"{PACK}/criteres.yaml:21", own_pack("criteres.yaml", 'numero: "2"', 'numero: "1"'),
          how=pack_checked),
    error("expectation-twice", f"{PACK}/criteres.yaml:15",
          own_pack("criteres.yaml", "{lettre: b, nature: ferme, texte: \"Une offre",
                   "{lettre: a, nature: ferme, texte: \"Une offre"),
          how=pack_checked),
    error("criterion-id-twice", f"{PACK}/criteres.yaml:21", own_pack("criteres.yaml", "id: publics", "id: offre"),
          how=pack_checked),
    error("profile-unknown", f"{PACK}/criteres.yaml:10",
          own_pack("criteres.yaml", '{lettre: a, nature: ferme, texte: "Une offre professionnelle',
                   '{lettre: a, nature: ferme, pour: [cfa], texte: "Une offre professionnelle'), how=pack_checked),
    error("section-twice", f"{PACK}/pack.yaml:23",
          own_pack("pack.yaml", "  retour-jours: 21 ", "rubriques: [{cle: bilan, titre: Bilan}]\n# "), how=pack_checked),
    error("pack-chapter-unknown", f"{PACK}/pack.yaml:23",
          own_pack("pack.yaml", "  retour-jours: 21 ", "chapitres: [presentation, annexes]\n# "), how=pack_checked),
    error("pack-severity-approval", f"{PACK}/pack.yaml:23",
          own_pack("pack.yaml", "  retour-jours: 21 ", "severites: {approval-missing: remarque}\n# "), how=pack_checked),
    error("pack-parent-unknown", "essai/pack.yaml:6", extending("national-2032"), how=pack_checked),
    error("pack-cycle", "essai/pack.yaml:6", extending("essai"), how=pack_checked),
    error("pack-change-nothing", "essai/pack.yaml:7", extending(PACK, "limites: {preuve-mo: 100}\n"), how=pack_checked),
    error("pack-list-bare", "essai/pack.yaml:7",
          extending(PACK, "pieces-obligatoires: [{cle: avis, titre: Avis du maire}]\n"), how=pack_checked),
    error("pack-list-verbs", "essai/pack.yaml:8",
          extending(PACK, "pieces-obligatoires:\n  remplacer: [{cle: avis, titre: Avis}]\n  retirer: [accord-ca]\n"),
          how=pack_checked),
    error("pack-item-unknown", "essai/criteres.yaml:3",
          extending(PACK, criteria="criteres:\n  modifier:\n    partenariats: {affiche: Un partenariat}\n"), how=pack_checked),
    error("pack-item-exists", "essai/pack.yaml:8",
          extending(PACK, "pieces-obligatoires:\n  ajouter: [{cle: accord-ca, titre: Accord}]\n"), how=pack_checked),
    error("pack-annex-unknown", "essai/pack.yaml:7", extending(PACK, "annexes: [qualeducs]\n"), how=pack_checked),
    error("pack-annex-unfit", "essai/pack.yaml:7", extending(PACK, "annexes: [paca-2025]\n"), how=pack_checked),
    # What a pack offers or asks
    error("criterion-not-chosen", "lycee/critere-9-a.md:1", extending("paca-2025"), write("lycee/critere-9-a.md", "Un texte.\n")),
    error("categories-missing", f"{IDENTITY}:1", extending(PACK, criteria=CATEGORIES)),
    error("category-unknown", f"{IDENTITY}:1", extending(PACK, criteria=CATEGORIES), append(IDENTITY, "categories: [of]\n")),
    warning("applicant-kind", f"{IDENTITY}:1", extending(PACK, "candidats: {types: [lpo, erea]}\n")),
    warning("applicant-sector", f"{IDENTITY}:1", extending(PACK, "candidats: {secteurs: [prive-sous-contrat]}\n")),
    error("section-missing", "lycee/autoevaluation.md", extending(PACK, "annexes: [qualeduc]\n")),
    error("section-without-table", "lycee/autoevaluation.md:1", extending(PACK, "annexes: [qualeduc]\n"),
          write("lycee/autoevaluation.md", "Un diagnostic, sans tableau.\n")),
    warning("section-table-gap", "lycee/autoevaluation.md:1", extending(PACK, "annexes: [qualeduc]\n"),
            write("lycee/autoevaluation.md", SELF_EVALUATION)),
    warning("equivalence-over", f"{IDENTITY}:18", extending("paca-2025"),
            append(IDENTITY, "  - {nom: Euroscol, au: 2026-08-31}\n")),
    warning("equivalence-unproved", f"{IDENTITY}:18", extending("paca-2025"),
            append(IDENTITY, "  - {nom: Euroscol, au: 2027-08-31}\n")),
    # From one framework to another
    note("migrated-request", f"{REQUEST}:1", how=carried),
    note("migrated-labels", LEDGER, issued, how=carried),
    warning("migrated-aside", "lycee/ancien-critere-3.md", how=carried),
    warning("migrated-criterion", "lycee/critere-1.md", how=carried),
    warning("migrated-lost", f"{MANIFEST}:24", how=carried),
    warning("migrated-words", "lycee/critere-7.md:5", append("lycee/critere-8.md", "\nLe critère 4 reste.\n"), how=carried),
    warning("migrated-new", "lycee/critere-3.md", instead(f"gabarit: {PACK}", "gabarit: national-2016", REQUEST),
            how=carried_on),
    # Its Word template
    *(Case(code, severity, f"{PACK}/dossier.docx", (made,), pack_checked) for code, severity, made in FAULTS),
    # What only writing shows
    warning("pages-too-many", f"{REQUEST}:1", own_pack("pack.yaml", "depot-mo: 200", "dossier-pages: 5"), how=built),
    note("characters-unshown", None, append("lycee/critere-8.md", "\nUn mot en cunéiforme : 𒀀.\n"), how=built),
    note("pages-of-pdf", f"{REQUEST}:1", how=built),
    note("font-replaced", f"{PACK}/dossier.docx", own_template(replaced("word/styles.xml", 'w:ascii="Calibri"', 'w:ascii="Arial"')),
         how=pack_checked),
    note("template-left-out", f"{PACK}/dossier.docx", own_template(replaced(DOCUMENT, "<w:pgMar", '<w:cols w:num="2"/><w:pgMar')),
         how=pack_checked),
)  # fmt: skip


def test_the_base_candidature_has_nothing_to_correct(simple: Path) -> None:
    assert {each.code for each in checked(simple)} == {"exhibit-gps", "labels-provisional"}
    assert {each.severity.value for each in checked(simple)} == {"remarque"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_is_wrong_is_said_with_its_place_and_its_remedy(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.environ["PATH"])  # put back after the cases that change it
    root = copy_simple(tmp_path / "candidature")
    for each in case.changes:
        each(root)
    found = [each for each in case.how(root) if each.code == case.code]
    assert found, f"not found; found instead: {[each.code for each in case.how(root)]}"
    first = found[0]
    assert (first.severity.value, place(first)) == (case.severity, case.place)
    assert_told(case.code, finding_line(first))


def test_every_sentence_recorded_has_its_case() -> None:
    assert set(recorded()) == {case.code for case in CASES}


def place(finding: Finding) -> str | None:
    if finding.source is None:
        return None
    return finding.source.file + (f":{finding.source.line}" if finding.source.line else "")


def assert_told(code: str, line: str) -> None:
    """`line` is what `constats.md` holds for `code`; with ACCEPT=1 it becomes so."""
    if os.environ.get("ACCEPT") != "1":
        assert recorded().get(code) == line
        return
    with FileLock(f"{CASES_FILE}.lock"):
        lines = {**recorded(), code: line}
        order = [case.code for case in CASES]
        told = (f"\n## {each}\n\n{lines[each]}\n" for each in order if each in lines)
        CASES_FILE.write_text(HEAD + "".join(told), "utf-8")
    Path(f"{CASES_FILE}.lock").unlink(missing_ok=True)


def recorded() -> dict[str, str]:
    """The sentences of `constats.md`, by code."""
    text = CASES_FILE.read_text("utf-8") if CASES_FILE.exists() else ""
    return dict(re.findall(r"^## (\S+)\n\n(.*)$", text, re.MULTILINE))
