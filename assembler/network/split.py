"""`dossier split`: one school's part of a network, as a candidature of its own that keeps the labels it bore."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler.errors import DossierError, Missing, Refused, Unreadable
from assembler.model.content import COMMON, Ledger
from assembler.model.finding import Finding
from assembler.network.bundle import REQUEST
from assembler.network.files import files_of
from assembler.readers.content import LEDGER_FILE, RECEIVED, read_candidature_file, require_candidature
from assembler.readers.ledger import ledger_text, read_ledger
from assembler.readers.narrative import decode
from assembler.readers.requests import REPLIES, REQUESTS_FILE
from assembler.readers.rewriting import alone_in
from assembler.scaffold import refuse_taken
from assembler.tools.cache import lock_folder
from assembler.tools.faults import reason
from assembler.tools.swap import new_folder

_PACKS = "gabarits"


@dataclass(frozen=True, slots=True)
class Taken:
    """A school taken out: where, how many files, the labels that its ledger remembers; what stayed (links, hidden files)."""

    folder: Path
    files: int
    labels: tuple[str, ...]
    held: tuple[str, ...]
    common: bool


def split(key: str, folder: Path, output: Path, today: date) -> Taken:
    """Make of the school `key` of the candidature in `folder` one of its own, in `output`, new or empty; nothing is taken away.

    What it handed over with its bundle (request, ledger, auditors' requests) is given back, as it came unless the network has
    numbered it since. Raises `Refused` when `output` is taken, `Unreadable` when a file that must change cannot be read.
    """
    require_candidature(folder)
    candidature, _ = read_candidature_file(folder, today)
    if key not in candidature.establishments or not (folder / key).is_dir() or (folder / key).is_symlink():
        raise Missing("split-unknown", key=key, known=", ".join(candidature.establishments))
    refuse_taken(output)
    if output.resolve().is_relative_to(folder.resolve()):
        raise Refused("output-is-content", folder=str(output))
    own = files_of(folder / key)
    ledger = _ledger(folder, key)
    request = _request(folder, key)
    try:
        with new_folder(output, lock_folder()) as staging:
            for name, path in own.plain.items():
                _copy(path, staging / key / name)
            (staging / REQUEST).write_bytes(request)
            if ledger:
                (staging / LEDGER_FILE).write_bytes(ledger)
            for name, path in _beside(folder, key):
                _copy(path, staging / name)
            files = sum(each.is_file() for each in staging.rglob("*"))
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault
    labels = tuple(line.label for line in _read(ledger, LEDGER_FILE).lines)
    return Taken(output, files, labels, tuple(sorted(own.held)), (folder / COMMON).is_dir())


def _request(folder: Path, key: str) -> bytes:
    """`candidature.yaml`: the school's own when it came with a bundle, else the network's, changed for it alone."""
    own = folder / key / RECEIVED / REQUEST
    if own.is_file() and not own.is_symlink():
        return own.read_bytes()
    changed = alone_in((folder / REQUEST).read_bytes(), key)
    if changed is None:
        raise Unreadable("split-request", folder=str(folder))
    return changed


def _ledger(folder: Path, key: str) -> bytes:
    """The school's ledger: the labels it bore in the network, then those it issued alone for what the network never numbered.

    Its own, byte for byte, when the network never numbered anything of it.
    """
    given = _content(folder / key / RECEIVED / LEDGER_FILE)
    network = _read(_content(folder / LEDGER_FILE), LEDGER_FILE)
    lines = [line for line in network.lines if line.exhibit.startswith(f"{key}/")]
    letters = [(each, letter) for each, letter in network.letters if each == key]
    if not lines and not letters:
        return given
    exhibits, labels = {line.exhibit for line in lines}, {line.label for line in lines}
    before = _read(given, f"{key}/{RECEIVED}/{LEDGER_FILE}").lines
    lines += [line for line in before if line.exhibit not in exhibits and line.label not in labels]
    return ledger_text(lines, letters).encode()


def _read(content: bytes, file: str) -> Ledger:
    """The ledger that `content` holds. Raises `Unreadable` when it is damaged: a label could be lost."""
    if not content:
        return Ledger((), ())
    found: list[Finding] = []
    ledger = read_ledger(decode(content, file)[0], file, found)
    if found:
        raise Unreadable("split-ledger", tuple(found), file=file)
    return ledger


def _beside(folder: Path, key: str) -> Iterator[tuple[str, Path]]:
    """The auditors' requests that came with the school's bundle, and the packs that the candidature has of its own."""
    for name, path in files_of(folder / key / RECEIVED).plain.items():
        if name == REQUESTS_FILE or name.startswith(f"{REPLIES}/"):
            yield name, path
    if not (folder / _PACKS).is_symlink():
        for name, path in files_of(folder / _PACKS).plain.items():
            yield f"{_PACKS}/{name}", path


def _content(path: Path) -> bytes:
    try:
        return b"" if path.is_symlink() else path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target, follow_symlinks=False)
