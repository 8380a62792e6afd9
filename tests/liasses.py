"""A network in little for the tests: schools that export, a lead that merges, and bundles remade by somebody who knows how."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from candidature import change, copy_simple

from assembler.network.export import export

LEAD, MEMBER, OTHER = "lycee", "lycee-b", "erea"
UAIS = {MEMBER: "0999998E", OTHER: "0999997D"}
NAMES = {MEMBER: "Lycée Voisin", OTHER: "EREA du Bois"}
SUMS, TAG_SUMS = "manifest-sha256.txt", "tagmanifest-sha256.txt"

Held = dict[str, bytes]


def member(folder: Path, key: str = MEMBER) -> Path:
    """The candidature of a school of the network, alone."""
    root = copy_simple(folder)
    (root / "lycee").rename(root / key)
    change("candidature.yaml", "[lycee]", f"[{key}]")(root)
    change(f"{key}/etablissement.yaml", "0999999F", UAIS[key])(root)
    change(f"{key}/etablissement.yaml", "Lycée des Tests", NAMES[key])(root)
    return root


def lead(folder: Path, *keys: str) -> Path:
    """The candidature of the lead, which awaits the schools `keys`."""
    root = copy_simple(folder)
    awaited = ", ".join((LEAD, *(keys or (MEMBER, OTHER))))
    change("candidature.yaml", "[lycee]", f"[{awaited}]\nreseau: {{nom: Réseau du bois, pilote: lycee}}")(root)
    return root


def exported(root: Path, file: Path) -> Path:
    """The bundle of that candidature."""
    export(root, file, date(2026, 11, 20), lambda *_: None)
    return file


def tree(folder: Path) -> Held:
    """Every file under `folder`, by name; links by where they lead."""
    return {
        path.relative_to(folder).as_posix(): str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*") if path.is_symlink() or path.is_file()
    }  # fmt: skip


def held(file: Path) -> Held:
    """What a zip holds."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifests(entries: Held) -> Held:
    """The two manifests of these files, as BagIt asks."""

    def rows(named: Iterable[str]) -> bytes:
        told = sorted((name.replace("%", "%25"), hashlib.sha256(every[name]).hexdigest()) for name in named)
        return "".join(f"{digest}  {name}\n" for name, digest in told).encode()

    every = {name: content for name, content in entries.items() if name not in (SUMS, TAG_SUMS)}
    every[SUMS] = rows([name for name in every if name.startswith("data/")])
    return {SUMS: every[SUMS], TAG_SUMS: rows([name for name in every if not name.startswith("data/")])}


def rezipped(file: Path, alter: Callable[[Held], object], *, sums: bool = True) -> Path:
    """The bundle with its content altered, its manifests made anew (unless `sums` is False)."""
    entries = held(file)
    alter(entries)
    file.write_bytes(zipped(entries | manifests(entries) if sums else entries))
    return file


def zipped(entries: Held) -> bytes:
    """A zip of these files, in their order."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in entries.items():
            archive.writestr(name, each)
    return content.getvalue()
