"""The base candidature, and small changes to a copy of it, for the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SIMPLE = Path(__file__).parent / "dossiers" / "simple"
TEMPLATES = Path(__file__).parents[1] / "templates"
PACK = "national-2023"

Change = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the program left: its exit code, its standard output and error."""

    code: int
    out: str
    err: str


def copy_simple(target: Path) -> Path:
    """A fresh copy of the base candidature, in `target`."""
    return Path(shutil.copytree(SIMPLE, target))


def program(*arguments: str | Path, **environment: str) -> Outcome:
    """The real program in a process of its own, with `environment` on top of this one's."""
    done = subprocess.run(
        [sys.executable, "-m", "assembler", *map(str, arguments)],
        capture_output=True, env={**os.environ, **environment}, timeout=120, check=False,
    )  # fmt: skip
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def change(file: str, old: str, new: str) -> Change:
    """`old`, which must stand once in `file`, replaced by `new`."""

    def apply(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"« {old} » is {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")

    return apply


def write(file: str, content: str | bytes) -> Change:
    """`content` as the whole of `file`."""

    def apply(folder: Path) -> None:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return apply


def append(file: str, text: str) -> Change:
    """`text` after the end of `file`."""

    def apply(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return apply


def drop(file: str) -> Change:
    """No such file or folder any more."""

    def apply(folder: Path) -> None:
        path = folder / file
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return apply


def link(file: str, target: str) -> Change:
    """A symbolic link in place of `file`."""

    def apply(folder: Path) -> None:
        path = folder / file
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return apply


def folder(file: str) -> Change:
    """An empty folder in place of `file`."""

    def apply(root: Path) -> None:
        path = root / file
        path.unlink(missing_ok=True)
        path.mkdir(parents=True)

    return apply


def own_pack(file: str, old: str, new: str) -> Change:
    """A pack of the candidature's own: the shipped one, `old` replaced by `new` in `file`."""

    def apply(root: Path) -> None:
        place = root / "gabarits" / PACK
        shutil.copytree(TEMPLATES / PACK, place)
        change(f"gabarits/{PACK}/{file}", old, new)(root)

    return apply


def extending(parent: str, rules: str = "", criteria: str = "") -> Change:
    """A pack of the candidature's own, `essai`, that extends `parent`: what it changes in its rules and in its criteria."""

    def apply(root: Path) -> None:
        place = root / "gabarits" / "essai"
        place.mkdir(parents=True)
        identity = "id: essai\ntitre: Essai\nversion: 1\nemetteur: Personne\nen-vigueur: 2023-11-01\n"
        (place / "pack.yaml").write_text(f"{identity}etend: {parent}\n{rules}", "utf-8")
        if criteria:
            (place / "criteres.yaml").write_text(criteria, "utf-8")
        change("candidature.yaml", f"gabarit: {PACK}", "gabarit: essai")(root)

    return apply


def second_school(root: Path) -> None:
    """A joint request: « autre », like « lycee », with a UAI of its own, and the network declared."""
    shutil.copytree(root / "lycee", root / "autre")
    change("autre/etablissement.yaml", "uai: 0999999F", "uai: 0999998E")(root)
    change("autre/etablissement.yaml", "nom: Lycée des Tests", "nom: Lycée Voisin")(root)
    own_act(root / "autre")
    change("candidature.yaml", "[lycee]", "[lycee, autre]\nreseau: {nom: Réseau du bois, pilote: lycee}")(root)


def own_act(school: Path) -> None:
    """Another file for the act of a school copied from another: its key after the end of the PDF."""
    act = school / "pieces" / "acte-12.pdf"
    act.write_bytes(act.read_bytes() + f"% {school.name}\n".encode())
