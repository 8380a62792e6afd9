"""`versions/vN/`: what was handed in, as it was frozen. Written by `dossier submit` alone; never mended, never guessed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assembler.model.change_list import ChangeList
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, warning
from assembler.model.restore import Misfit, restore
from assembler.model.source import Source
from assembler.model.version import Version
from assembler.readers.ledger import read_ledger
from assembler.tools.faults import reason

VERSIONS, DEPOSIT, CHANGES = "versions", "depot", "modifications.json"
_DOSSIER, _LEDGER, _SUMS = "dossier.json", "numeros.yaml", "SHA256SUMS"
_ROW = re.compile(r"([0-9a-f]{64})  (\S.*)")


def version_numbers(folder: Path) -> tuple[int, ...]:
    """The numbers of the versions handed in, rising; their dates do not count."""
    try:
        names = [each.name for each in (folder / VERSIONS).iterdir() if each.is_dir()]
    except OSError:
        return ()
    return tuple(sorted(int(match[1]) for name in names if (match := re.fullmatch(r"v([1-9]\d{0,3})", name))))


def read_last_version(folder: Path, found: list[Finding]) -> Version | None:
    """The last version handed in, None when there is none or it is damaged; every damage is added to `found`."""
    numbers = version_numbers(folder)
    missing = sorted(set(range(1, max(numbers, default=0))) - set(numbers))
    if missing:
        found.append(warning("version-missing", Source(VERSIONS), names=", ".join(f"v{each}" for each in missing)))
    if not numbers:
        return None
    for each in numbers[:-1]:
        if not (folder / VERSIONS / f"v{each}" / DEPOSIT).is_dir():
            found.append(warning("deposit-missing", Source(f"{VERSIONS}/v{each}"), name=f"v{each}"))
    name = f"{VERSIONS}/v{numbers[-1]}"
    damage = list(_altered(folder, name))
    found += damage
    if any(each.code == "version-damaged" for each in damage):
        return None
    return _read(folder, name, numbers[-1], found)


def _altered(folder: Path, name: str) -> Iterator[Finding]:
    """What is no more as it was frozen; a file of the deposit costs the proof, not the comparison."""
    try:
        lines = (folder / name / _SUMS).read_text("utf-8").splitlines()
    except (OSError, ValueError) as fault:
        yield _damaged(name, _SUMS, _why(fault))
        return
    listed = set()
    kept = (folder / name / DEPOSIT).is_dir()
    if not kept:
        yield warning("deposit-missing", Source(name), name=name.rpartition("/")[2])
    for number, line in enumerate(lines, 1):
        match = _ROW.fullmatch(line)
        if match is None or ".." in match[2].split("/"):
            yield _damaged(name, _SUMS, "la ligne n’est pas celle d’une empreinte", number)
            continue
        listed.add(match[2])
        deposited = match[2].startswith(f"{DEPOSIT}/")
        if deposited and not kept:
            continue
        why = _difference(folder / name / match[2], match[1])
        if why and deposited:
            yield warning("deposit-changed", Source(f"{name}/{match[2]}"), why=why)
        elif why:
            yield _damaged(name, match[2], why, _broken_line(folder / name / match[2]))
    for file in sorted({_DOSSIER, _LEDGER} - listed):
        yield _damaged(name, _SUMS, f"il y manque {file}")


def _difference(path: Path, digest: str) -> str | None:
    if path.is_symlink():
        return "c’est un lien"
    try:
        with path.open("rb") as stream:
            same = hashlib.file_digest(stream, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return "le fichier a disparu"
    except OSError as fault:
        return reason(fault)
    return None if same else "son contenu a changé"


def _broken_line(path: Path) -> int | None:
    """Where a JSON file stops being one."""
    try:
        json.loads(path.read_text("utf-8")) if path.suffix == ".json" else None
    except json.JSONDecodeError as fault:
        return fault.lineno
    except (OSError, ValueError, RecursionError):
        return None
    return None


def _read(folder: Path, name: str, number: int, found: list[Finding]) -> Version | None:
    try:
        told: Any = json.loads((folder / name / _DOSSIER).read_text("utf-8"))
        dossier = restore(Dossier, told["dossier"])
        pages = tuple((str(anchor), int(page)) for anchor, page in told["pages"].items())
        text = (folder / name / _LEDGER).read_text("utf-8")
    except Misfit as fault:
        found.append(_damaged(name, _DOSSIER, f"ce passage n’est pas compris : {fault.place}"))
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        found.append(_damaged(name, _DOSSIER, _why(fault)))
        return None
    ledger = read_ledger(text, f"{name}/{_LEDGER}", found)
    return Version(number, dossier, pages, ledger.lines, Source(name), _listed(folder / name / CHANGES))


def _listed(path: Path) -> ChangeList | None:
    """The changes that a version's documents list; None where it lists none, or says it in a way not known here."""
    try:
        return restore(ChangeList, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, RecursionError):
        return None


def _why(fault: Exception) -> str:
    if isinstance(fault, FileNotFoundError):
        return "le fichier a disparu"
    return reason(fault) if isinstance(fault, OSError) else "le fichier n’est pas lisible"


def _damaged(name: str, file: str, why: str, line: int | None = None) -> Finding:
    return error("version-damaged", Source(f"{name}/{file}", line), why=why)
