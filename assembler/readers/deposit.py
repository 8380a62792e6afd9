"""A deposit as it was received: a folder, a zip or a PDF alone. Is all of it there, and unchanged?"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assembler.errors import Missing, Refused
from assembler.model.finding import Finding, error, warning
from assembler.model.source import Source
from assembler.tools.bundle import Limits, open_bundle
from assembler.tools.faults import reason
from assembler.tools.scratch import new_scratch
from assembler.tools.seal import Seal, code_of, read_seal

_SUMS, _DEPOSIT = "SHA256SUMS", "depot"
_ROW = re.compile(r"([0-9a-f]{64})  ([^/\\]+)")
_ZIP = Limits(packed=4_000_000_000, inflated=6_000_000_000, files=500)
_LEFT_BEHIND = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store", ".directory"})


@dataclass(frozen=True, slots=True)
class Received:
    """What was looked at: how many files, the seal of the dossier (None where no PDF has one), and all that differs."""

    files: int
    seal: Seal | None
    findings: tuple[Finding, ...]


def read_deposit(place: Path) -> Received:
    """Look at every file of the deposit. Raises `Missing` when there is nothing, `Refused` for a zip that may do harm."""
    if place.is_dir():
        inside = place / _DEPOSIT
        folder = inside if inside.is_dir() and not (place / f"{place.name}.pdf").exists() else place
        return _folder(folder, sums=True)
    if not place.is_file():
        raise Missing("deposit-missing", place=str(place))
    with place.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    return _zip(place) if packed else _pdf(place)


def _pdf(place: Path) -> Received:
    seal, findings = _sealed([place])
    return Received(1, seal, tuple(each for each in findings if each.code != "deposit-volume-missing"))


def _zip(place: Path) -> Received:
    folder = new_scratch()
    try:
        with open_bundle(place, _ZIP) as bundle:
            bundle.unpack(folder)
        return _folder(folder, sums=False)
    except Refused as fault:
        if fault.code == "bundle-altered":
            named = Source(fault.values["name"])
            return Received(0, None, (error("deposit-altered", named, why="son contenu a changé"),))
        if fault.code in ("bundle-unreadable", "bundle-no-sums"):
            why = "le zip est incomplet, ou n’est pas celui d’un dépôt"
            return Received(0, None, (error("deposit-altered", Source(place.name), why=why),))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _folder(folder: Path, *, sums: bool) -> Received:
    files = sorted(each for each in folder.iterdir() if each.name not in (*_LEFT_BEHIND, _SUMS))
    count = len(files)
    findings = list(_against_sums(folder, [each.name for each in files])) if sums else []
    altered = {each.source.file for each in findings if each.source}
    files = [each for each in files if each.name not in altered]
    seal, more = _sealed([each for each in files if each.suffix == ".pdf"])
    for packed in (_zip(each) for each in files if each.suffix == ".zip"):
        seal = seal or packed.seal
        more += [each for each in packed.findings if each.code != "deposit-volume-missing"]
    codes = {each.name: code for each in files if each.suffix == ".json" and (code := _code(each))}
    if seal:
        more += [error("deposit-code-differs", Source(name), words=code, other=seal.code)
                 for name, code in codes.items() if code != seal.code]  # fmt: skip
    return Received(count, seal, (*findings, *more))


def _against_sums(folder: Path, present: list[str]) -> Iterator[Finding]:
    try:
        lines = (folder / _SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        yield error("deposit-altered", Source(_SUMS), why="le fichier des empreintes manque, ou n’est pas lisible")
        return
    stated = {}
    for number, line in enumerate(lines, 1):
        match = _ROW.fullmatch(line)
        if match is None:
            yield error("deposit-altered", Source(_SUMS, number), why="la ligne n’est pas celle d’une empreinte")
        else:
            stated[match[2]] = match[1]
    for name, digest in stated.items():
        if name not in present:
            yield error("deposit-file-missing", Source(name))
        elif why := _difference(folder / name, digest):
            yield error("deposit-altered", Source(name), why=why)
    for name in present:
        if name not in stated:
            yield warning("deposit-added", Source(name))


def _difference(path: Path, digest: str) -> str | None:
    try:
        with path.open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == digest
    except OSError as fault:
        return reason(fault)
    return None if same else "son contenu a changé"


def _sealed(files: list[Path]) -> tuple[Seal | None, list[Finding]]:
    """The seal that the PDF files share, and what is wrong with those of each."""
    findings: list[Finding] = []
    seals: dict[str, Seal] = {}
    for path in files:
        with path.open("rb") as stream:
            seal, same = read_seal(stream)
        if seal is None:
            findings.append(error("deposit-unsealed", Source(path.name)))
        elif not same:
            findings.append(error("deposit-altered", Source(path.name), why="son contenu a changé depuis le dépôt"))
        else:
            seals[path.name] = seal
    first = next(iter(seals.values()), None)
    for name, seal in seals.items():
        if first and seal.code != first.code:
            findings.append(error("deposit-code-differs", Source(name), words=seal.code, other=first.code))
    held = {each.volume for each in seals.values() if each.volumes > 1}
    most = max((each.volumes for each in seals.values()), default=1)
    missing = sorted(set(range(1, most + 1)) - held) if most > 1 else []
    if missing:
        findings.append(error("deposit-volume-missing", Source(next(iter(seals))), count=str(most),
                              volumes=", ".join(map(str, missing))))  # fmt: skip
    return first, findings


def _code(path: Path) -> str | None:
    try:
        told = json.loads(path.read_text("utf-8"))
        return code_of(told["dossier"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
