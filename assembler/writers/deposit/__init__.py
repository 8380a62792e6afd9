"""What is handed in: the documents under the names the pack asks for, within its size, sealed, with a receipt."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.tools.packing import sums_of, write_bundle
from assembler.tools.seal import Seal, seal_pdf
from assembler.writers.deposit.receipt import RECEIPT, receipt
from assembler.writers.deposit.volumes import split

__all__ = ["SUMS", "Deposit", "deposit_name", "write_deposit"]

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Deposit:
    """What stands in the folder, by name; `oversized` are the files that no cut at an exhibit brings below the limit."""

    names: tuple[str, ...]
    oversized: tuple[str, ...]


def write_deposit(edition: Path, target: Path, dossier: Dossier, pagination: Pagination) -> Deposit:
    """Fill `target` from the final edition that stands in the folder `edition`.

    `dossier.submission` says which version it is, and its code. Both folders are ours.
    """
    submission = dossier.submission
    assert submission is not None
    name, limit = deposit_name(dossier), dossier.pack.limits.deposit
    volumes = split(edition / "dossier.pdf", target, name, limit, dossier, pagination)
    for rank, volume in enumerate(volumes, 1):
        seal_pdf(target / volume.name, Seal(submission.number, rank, len(volumes), submission.code))
    for file in ("dossier.docx", "dossier-sans-annexes.pdf", "dossier.json"):
        shutil.copyfile(edition / file, target / f"{name}{file.removeprefix('dossier')}")
    if (edition / "modifications.docx").exists():
        shutil.copyfile(edition / "modifications.docx", target / f"{name}-modifications.docx")
    alone = ["sans-annexes"]
    if (edition / "complements.pdf").exists():
        shutil.copyfile(edition / "complements.pdf", target / f"{name}-complements.pdf")
        alone.append("complements")
    for each in alone:
        seal_pdf(target / f"{name}-{each}.pdf", Seal(submission.number, 1, 1, submission.code))
    (target / RECEIPT).write_text(receipt(dossier, _documents(target), volumes), "utf-8")
    if dossier.pack.deposit.archive:
        _pack(target, name, limit)
    oversized = tuple(each.name for each in _documents(target) if limit is not None and each.stat().st_size > limit)
    (target / SUMS).write_bytes(sums_of((each.name, each) for each in _all(target)))
    return Deposit(tuple(sorted((SUMS, *(each.name for each in _all(target))))), oversized)


def deposit_name(dossier: Dossier) -> str:
    """The name that the pack gives to what is handed in, of letters, figures and dashes only."""
    candidature = dossier.candidature
    lead = candidature.network.lead if candidature.network else ""
    schools = [each.establishment for each in dossier.members]
    school = next((each for each in schools if each.key == lead), schools[0] if schools else None)
    values = {
        "uai": school.uai if school else "",
        "campagne": candidature.campaign,
        "academie": school.academy if school else "",
        "commune": school.town if school else "",
        "nom": candidature.network.name if candidature.network else (school.name if school else ""),
        "departement": school.postcode[:2] if school else "",
        "type": school.kind if school else "",
        "gabarit": dossier.pack.id,
    }
    filled = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), dossier.pack.deposit.name)
    plain = unicodedata.normalize("NFKD", filled.replace("’", "-").replace("'", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.-]+", "-", plain)).strip("-.")[:100] or "dossier"


def _pack(target: Path, name: str, limit: int | None) -> None:
    """The documents in as few zips as the limit allows, each with the receipt; the receipt stays beside them too."""
    groups: list[list[Path]] = [[]]
    room = limit
    for document in _documents(target):
        size = document.stat().st_size
        if room is not None and limit is not None and size > room and groups[-1]:
            groups.append([])
            room = limit
        groups[-1].append(document)
        room = None if room is None else room - size
    for rank, group in enumerate(groups, 1):
        suffix = f"-{rank}" if len(groups) > 1 else ""
        files = [(each.name, each) for each in (*group, target / RECEIPT)]
        write_bundle(target / f"{name}{suffix}.zip", files, None)
        for each in group:
            each.unlink()


def _documents(target: Path) -> list[Path]:
    return [each for each in _all(target) if each.name != RECEIPT]


def _all(target: Path) -> list[Path]:
    return sorted(each for each in target.iterdir() if each.name != SUMS)
