"""A version handed in and a deposit received, made without printing anything: what `dossier submit` leaves, in little."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from assembler.assembly import assemble
from assembler.assembly.number import issue
from assembler.model.artefact import Pagination
from assembler.pipeline import examine
from assembler.readers.deposit import Received, read_deposit
from assembler.readers.ledger import ledger_text
from assembler.tools.packing import sums_of
from assembler.tools.seal import Seal, code_of, seal_pdf
from assembler.writers.data import dossier_json

SHORT_PDF = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
CODE = "pistache moisson figure badge bourgeon cadran"


def hand_in(root: Path) -> None:
    """Labels issued, and a version frozen after the last one."""
    examined = examine(root, date(2026, 11, 20), lambda *_: None)
    lines = issue(examined.dossier.exhibits, examined.content.ledger, examined.content)
    (root / "numeros.yaml").write_text(ledger_text(lines), "utf-8")
    dossier = assemble(replace(examined.content, ledger=lines), examined.dossier.pack)
    number = len(list((root / "versions").glob("v*"))) + 1
    folder = root / "versions" / f"v{number}"
    (folder / "depot").mkdir(parents=True)
    (folder / "depot" / "dossier.pdf").write_bytes(SHORT_PDF)
    (folder / "dossier.json").write_bytes(dossier_json(dossier, Pagination((("index", 9),), 9), draft=False))
    (folder / "numeros.yaml").write_text(ledger_text(lines), "utf-8")
    sum_up(folder)


def sum_up(folder: Path) -> None:
    """SHA256SUMS of all that stands in `folder`."""
    files = [each for each in folder.rglob("*") if each.is_file() and each.name != "SHA256SUMS"]
    (folder / "SHA256SUMS").write_bytes(sums_of((each.relative_to(folder).as_posix(), each) for each in files))


def deposit(root: Path, volumes: int = 1) -> None:
    """A deposit in `root/depot`: sealed PDF files and `dossier.json`."""
    folder = root / "depot"
    folder.mkdir()
    told = {"dossier": {"members": []}}
    (folder / "dossier.json").write_text(json.dumps(told), "utf-8")
    for volume in range(1, volumes + 1):
        path = folder / f"volume-{volume}.pdf"
        path.write_bytes(SHORT_PDF)
        seal_pdf(path, Seal(1, volume, volumes, code_of(told["dossier"])))
    sum_up(folder)


def received(root: Path) -> Received:
    """What `dossier verify` says of that deposit."""
    return read_deposit(root / "depot")
