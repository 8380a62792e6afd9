"""What goes wrong between two rounds, for the cases of `test_cases.py`."""

from __future__ import annotations

from pathlib import Path

from candidature import Change, append, change, drop, write
from handed_in import CODE, SHORT_PDF, deposit, hand_in, received, sum_up

from assembler.model.finding import Finding
from assembler.readers.deposit import read_deposit
from assembler.tools.seal import Seal, seal_pdf

ASKED = """\
demandes:
  - numero: 1
    recue: 2026-11-02
    pour: {due}
    critere: {criterion}
    texte: Préciser le suivi des élèves.
"""


def asked(due: str = "2026-12-01", criterion: str = "3", more: str = "") -> Change:
    """One request of the auditors."""
    return write("demandes.yaml", ASKED.format(due=due, criterion=criterion) + more)


answered = write("demandes/D1.md", "Chaque élève a un tuteur.\n")


def successor(root: Path) -> None:
    """« carte », cited, is replaced by another exhibit."""
    append("lycee/preuves.yaml", """\
  - cle: carte-2027
    titre: Carte des formations 2027
    lien: https://exemple.fr/carte
    criteres: [1]
    remplace: carte
""")(root)  # fmt: skip


def broken_version(root: Path) -> None:
    """The dossier of the first version, cut short."""
    path = root / "versions/v1/dossier.json"
    path.write_text("\n".join(path.read_text("utf-8").split("\n")[:40]), "utf-8")


def two_versions_less_one(root: Path) -> None:
    """Two versions handed in, the first of which is no more."""
    hand_in(root)
    hand_in(root)
    drop("versions/v1")(root)


def two_volumes_less_one(root: Path) -> None:
    """A deposit of two volumes, listed as one."""
    deposit(root, volumes=2)
    (root / "depot/volume-2.pdf").unlink()
    sum_up(root / "depot")


def unsealed(root: Path) -> None:
    """A PDF saved again by another program, the list of fingerprints brought up to date."""
    deposit(root)
    (root / "depot/volume-1.pdf").write_bytes(SHORT_PDF)
    sum_up(root / "depot")


def of_another_dossier(root: Path) -> None:
    """A PDF of another dossier."""
    deposit(root)
    path = root / "depot/volume-1.pdf"
    path.write_bytes(SHORT_PDF)
    seal_pdf(path, Seal(1, 1, 1, CODE))
    sum_up(root / "depot")


def empty_receipt(root: Path) -> None:
    """A receipt that lists nothing."""
    deposit(root)
    write("depot/recepisse.txt", "RÉCÉPISSÉ\n")(root)
    sum_up(root / "depot")


def word_alone(root: Path) -> tuple[Finding, ...]:
    """What `dossier verify` finds in a Word file without its deposit."""
    return read_deposit(root / "seul.docx").findings


def verified(root: Path) -> tuple[Finding, ...]:
    """What `dossier verify` finds."""
    return received(root).findings


lost_label = change("numeros.yaml", "cote: P1.1", "cote: P1.9")
