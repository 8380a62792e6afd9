"""What a member's folder remembers of the bundles merged into it: `liasse/`, beside the school's own files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler.network.bundle import FINDINGS, PAGE, beside_of
from assembler.readers.content import RECEIVED
from assembler.tools.bag import INFO, PAYLOAD
from assembler.tools.bundle import read_sums
from assembler.tools.packing import SUMS

HISTORY = "fusions.txt"
_KEPT = (INFO, PAGE, SUMS)
_HEAD = (
    "# Les liasses fusionnées dans ce dossier, la dernière en bas : date, empreinte. Écrit par « dossier merge », qui s’en sert\n"
    "# pour voir ce qui a changé depuis : ne le modifiez pas.\n"
)
_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})  ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Merged:
    """The bundles merged so far, by date and identity, the last one last; the fingerprints of that one's files.

    `digests` are those of the school's folder, `beside` those of what came beside it.
    """

    history: tuple[tuple[date, str], ...]
    digests: Mapping[str, str]
    beside: Mapping[str, str]


def read_merged(folder: Path) -> Merged:
    """What was merged into the school's folder; nothing when it cannot be read: every file then counts as written here."""
    place = folder / RECEIVED
    try:
        matches = [_LINE.fullmatch(line) for line in (place / HISTORY).read_text("utf-8").splitlines()]
        history = tuple((date.fromisoformat(each[1]), each[2]) for each in matches if each)
        start = f"{PAYLOAD}{folder.name}/"
        rows = {name.replace("%25", "%"): digest for digest, name in read_sums((place / SUMS).read_bytes())}
    except (OSError, ValueError):
        return Merged((), {}, {})
    digests = {name[len(start) :]: digest for name, digest in rows.items() if name.startswith(start)}
    return Merged(history, digests, beside_of(rows, folder.name))


def history_text(history: tuple[tuple[date, str], ...]) -> str:
    """`fusions.txt`."""
    return _HEAD + "".join(f"{day.isoformat()}  {identity}\n" for day, identity in history)


def place_in_member(name: str, key: str) -> str | None:
    """Where a file of a bundle goes in the folder of the school `key`; None for what is of no use there."""
    start = f"{PAYLOAD}{key}/"
    if name.startswith(start):
        return name[len(start) :]
    if name.startswith(PAYLOAD):
        return f"{RECEIVED}/{name[len(PAYLOAD) :]}"
    return f"{RECEIVED}/{name}" if name in _KEPT else None


def place_in_candidature(name: str) -> str | None:
    """Where a file of a bundle goes when it becomes a candidature of its own."""
    return name[len(PAYLOAD) :] if name.startswith(PAYLOAD) and name != PAYLOAD + FINDINGS else None
