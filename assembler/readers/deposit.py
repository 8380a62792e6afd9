"""A deposit as it was received: a folder, a zip that anybody made of it, or a file alone. Is all there, does all agree?

The fingerprints that travel with the files prove that they go together, not where they come from; those that stay with the
candidature (`versions/vN/SHA256SUMS`) prove more, and are asked wherever they stand.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assembler.errors import Missing, Refused
from assembler.model.finding import Finding, error, note, warning
from assembler.model.source import Source
from assembler.readers.deposit_receipt import RECEIPT, Facts, against_receipt
from assembler.readers.deposit_seals import code_in, sealed
from assembler.readers.versions import DEPOSIT, VERSIONS, version_numbers
from assembler.tools.bundle import Limits, open_bundle, unpack_any
from assembler.tools.faults import reason
from assembler.tools.packing import SUMS as PACKED_SUMS
from assembler.tools.scratch import new_scratch
from assembler.tools.seal import Seal

_SUMS = "SHA256SUMS"
_ROW = re.compile(r"([0-9a-f]{64})  ([^/\\]+)")
_ZIP = Limits(packed=4_000_000_000, inflated=6_000_000_000, files=500)
_LEFT_BEHIND = frozenset({"Thumbs.db", "desktop.ini", ".DS_Store", ".directory", "__MACOSX"})
_OFFICE = frozenset({".docx", ".docm", ".xlsx", ".pptx", ".odt", ".ods"})
_CHANGED = "son contenu a changé"


@dataclass(frozen=True, slots=True)
class Received:
    """What was looked at: how many files of the deposit, its seal, its code (None where nothing gives one), all that differs.

    `kept` is the version whose own fingerprints say the same; `alone` that it is one file, that a list beside it names where it is
    `listed`; `added` how much comes from elsewhere.
    """

    files: int
    seal: Seal | None
    findings: tuple[Finding, ...]
    code: str | None = None
    kept: str = ""
    alone: bool = False
    listed: Mapping[str, Facts] = field(default_factory=dict[str, Facts])

    @property
    def added(self) -> int:
        """How many files stand there that are not of the deposit."""
        return sum(each.code in ("deposit-added", "deposit-left-behind") for each in self.findings)


def read_deposit(place: Path) -> Received:
    """Look at every file of the deposit. Raises `Missing` when there is nothing, `Refused` for a zip that may do harm."""
    if place.is_dir():
        folder = _found(place)
        return _folder(folder, [], *_kept(folder))
    if not place.is_file():
        raise Missing("deposit-missing", place=str(place))
    return _alone(place)


def _found(place: Path) -> Path:
    """The folder of the deposit: this one, or one in it."""
    numbers = version_numbers(place)
    if numbers:
        place = place / VERSIONS / f"v{numbers[-1]}"
    if not _is_deposit(place) and (place / DEPOSIT).is_dir():
        return place / DEPOSIT
    if (place / _SUMS).is_file() or _is_deposit(place):
        return place
    inside = [each for each in sorted(place.iterdir()) if each.is_dir() and _sums_file(each).is_file()]
    return _found(inside[0]) if len(inside) == 1 else place


def _is_deposit(place: Path) -> bool:
    return any(each.suffix in (".pdf", ".zip") for each in place.iterdir())


def _sums_file(folder: Path) -> Path:
    """The list of fingerprints: the deposit's, else that of its zip, unpacked."""
    packed = folder / PACKED_SUMS
    return packed if packed.is_file() and not (folder / _SUMS).exists() else folder / _SUMS


def _kept(folder: Path) -> tuple[str, dict[str, str]]:
    """The version that this folder is the deposit of, and the fingerprints it keeps of its files; nothing elsewhere."""
    folder = folder.absolute()
    version = folder.parent
    if folder.name != DEPOSIT or not re.fullmatch(r"v[1-9]\d{0,3}", version.name) or version.parent.name != VERSIONS:
        return "", {}
    try:
        lines = (version / _SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return "", {}
    rows = (line.partition("  ") for line in lines)
    kept = {name.removeprefix(f"{DEPOSIT}/"): digest for digest, _, name in rows if name.startswith(f"{DEPOSIT}/")}
    return (f"{VERSIONS}/{version.name}", kept) if kept else ("", {})


def _alone(place: Path) -> Received:
    """One file: what it says of itself, and what the fingerprints say that stand beside it."""
    with place.open("rb") as stream:
        start = stream.read(1024)
    version, kept = _kept(place.parent)
    stated = {**dict(_rows(place.parent / _SUMS, [])), **kept}
    code = code_in(place) if place.suffix.lower() == ".json" else None
    kind = place.suffix.lower()
    if kind == ".zip" or (start[:2] == b"PK" and kind not in _OFFICE):
        received = _zip(place)
    elif kind == ".pdf" or b"%PDF" in start:
        received = _pdf(place)
    elif code or place.name in stated:
        received = Received(1, None, (), code, alone=True)
    else:
        received = Received(0, None, (error("deposit-bare", Source(place.name)),), alone=True)
    if place.name not in stated:
        return received
    why = _difference(place, stated[place.name])
    findings = (*received.findings, *([error("deposit-altered", Source(place.name), why=why)] if why else ()))
    listed = received.listed or {place.name: _facts(place)}
    return replace(received, findings=findings, kept=version if place.name in kept else "", listed=listed)


def _pdf(place: Path) -> Received:
    seal, findings = sealed([place])
    told = tuple(each for each in findings if each.code != "deposit-volume-missing")
    return Received(1, seal, told, seal.code if seal else None, alone=True)


def _zip(place: Path) -> Received:
    """A zip that this program made is judged by its own fingerprints; one that anybody made, as the folder in it."""
    folder = new_scratch()
    try:
        with open_bundle(place, _ZIP) as bundle:
            bundle.unpack(folder)
        return _folder(folder, [], whole=True)
    except Refused as fault:
        if fault.code == "bundle-altered":
            why = "il a changé depuis que le zip a été fait, ou s’y est ajouté"
            return Received(0, None, (error("deposit-altered", Source(fault.values["name"]), why=why),))
        if fault.code == "bundle-no-sums":
            return _any_zip(place, folder)
        if fault.code == "bundle-unreadable":
            why = "ce zip est abîmé ou incomplet, ou n’en est pas un"
            return Received(0, None, (error("deposit-altered", Source(place.name), why=why),))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _any_zip(place: Path, folder: Path) -> Received:
    for name in unpack_any(place, _ZIP, folder):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    inside = _found(folder)
    beside = [each for each in sorted(folder.iterdir()) if inside != folder and not inside.is_relative_to(each)]
    if not _sums_file(inside).is_file():
        why = "ce zip ne contient pas SHA256SUMS : il est incomplet, ou n’est pas celui d’un dépôt"
        return Received(0, None, (error("deposit-altered", Source(place.name), why=why),))
    return _folder(inside, beside)


def _folder(
    folder: Path, beside: list[Path], version: str = "", kept: Mapping[str, str] | None = None, *, whole: bool = False
) -> Received:
    """`whole`: it comes from a zip of ours, whose fingerprints were looked at, and which may be one of several."""
    sums = _sums_file(folder)
    present = {each.name: each for each in sorted(folder.iterdir()) if each != sums}
    findings: list[Finding] = []
    stated = dict(_rows(sums, findings)) if not whole else {}
    findings += _against(present, stated)
    findings += _against_kept(folder, kept or {}, _names(findings))
    altered = _names(findings)
    added = {name for name in present if (stated and name not in stated) or _is_left_behind(name)}
    findings += [_added(name) for name in (*sorted(added), *(each.name for each in beside))]
    sound = [each for name, each in present.items() if name not in altered and each.is_file()]
    files = [each for each in sound if each.name not in added]
    seal, more = sealed([each for each in files if each.suffix == ".pdf"])
    facts = {each.name: _facts(each) for each in sound if each.suffix != ".zip" and each.name != RECEIPT}
    for packed in (_zip(each) for each in files if each.suffix == ".zip"):
        seal = seal or packed.seal
        facts.update(packed.listed)
        more += [each for each in packed.findings if each.code != "deposit-volume-missing"]
    codes = {each.name: code for each in files if each.suffix == ".json" and (code := code_in(each))}
    if seal:
        more += [error("deposit-code-differs", Source(name), words=code, other=seal.code)
                 for name, code in codes.items() if code != seal.code]  # fmt: skip
    code = seal.code if seal else next(iter(codes.values()), None)
    told = altered | _names(more)
    if RECEIPT not in told:
        against = against_receipt(_text(folder / RECEIPT), facts, added, code, partial=whole)
        more += [each for each in against if not _names([each]) & told]
    return Received(len(files), seal, (*findings, *more), code, version, listed=facts)


def _names(findings: Iterable[Finding]) -> set[str]:
    return {each.source.file for each in findings if each.source}


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return ""


def _rows(sums: Path, findings: list[Finding]) -> Iterator[tuple[str, str]]:
    """Name and fingerprint of each line of the list; what is wrong with it goes to `findings`."""
    try:
        lines = sums.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    if not lines:
        why = "le fichier des empreintes manque, ou n’est pas lisible"
        findings.append(error("deposit-altered", Source(_SUMS), why=why))
    for number, line in enumerate(lines, 1):
        match = _ROW.fullmatch(line)
        if match is None:
            why = "la ligne n’est pas celle d’une empreinte"
            findings.append(error("deposit-altered", Source(_SUMS, number), why=why))
        else:
            yield match[2], match[1]


def _against(present: Mapping[str, Path], stated: Mapping[str, str]) -> Iterator[Finding]:
    for name, digest in stated.items():
        if name not in present:
            yield error("deposit-file-missing", Source(name))
        elif why := _difference(present[name], digest):
            yield error("deposit-altered", Source(name), why=why)


def _against_kept(folder: Path, kept: Mapping[str, str], told: Collection[str]) -> Iterator[Finding]:
    """What differs from the fingerprints kept with the candidature, where the deposit's own list did not tell it."""
    for name, digest in kept.items():
        if name in told:
            continue
        if not (folder / name).exists():
            yield error("deposit-file-missing", Source(name))
        elif why := _difference(folder / name, digest):
            why = f"{why} depuis que la version a été gardée" if why == _CHANGED else why
            yield error("deposit-altered", Source(name), why=why)


def _is_left_behind(name: str) -> bool:
    return name in _LEFT_BEHIND or name.startswith("._")


def _added(name: str) -> Finding:
    if _is_left_behind(name):
        return note("deposit-left-behind", Source(name))
    return warning("deposit-added", Source(name))


def _difference(path: Path, digest: str) -> str | None:
    if path.is_symlink():
        return "c’est un lien"
    try:
        return None if _facts(path).digest == digest else _CHANGED
    except OSError as fault:
        return reason(fault)


def _facts(path: Path) -> Facts:
    with path.open("rb") as stream:
        return Facts(hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size)
