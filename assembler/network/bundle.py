"""A member's part as one file, a « liasse »: its name, its limits, what it holds, and what it says of its school."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from assembler.errors import Refused
from assembler.model.content import COMMON, Candidature, Establishment
from assembler.model.exhibit import Entry
from assembler.model.finding import Finding
from assembler.readers.candidature import FOLDER, read_candidature
from assembler.readers.content import LEDGER_FILE, RECEIVED
from assembler.readers.establishment import read_establishment
from assembler.readers.manifest import read_manifest
from assembler.readers.narrative import decode
from assembler.readers.requests import REPLIES, REQUESTS_FILE
from assembler.readers.yaml_file import MAX_BYTES, Mapping, read_yaml
from assembler.tools.bag import DECLARATION, INFO, PAYLOAD, open_bag
from assembler.tools.bundle import Bundle, Limits
from assembler.tools.bundle_names import folded
from assembler.tools.packing import SUMS

ENDING = ".liasse.zip"
LIMITS = Limits(packed=2_000_000_000, inflated=4_000_000_000, files=4_000)
REQUEST, SHEET, MANIFEST, FINDINGS, PAGE = (
    "candidature.yaml", "etablissement.yaml", "preuves.yaml", "constats.json", "LISEZMOI.txt",
)  # fmt: skip
UAI = re.compile(r"\d{7}[A-Z]", re.ASCII)
_ROOT = {REQUEST, LEDGER_FILE, REQUESTS_FILE, FINDINGS}
_AROUND = {DECLARATION, INFO, SUMS, PAGE}
_MOST_FINDINGS = 20_000_000
_RESERVED = {COMMON, REPLIES, RECEIVED, "versions", "gabarits"}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as its school's export told it, in plain words."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Received:
    """A bundle that has been looked at: whose it is, what it follows, when it was made.

    `identity` is the sha256 of its manifest: two bundles of the same content share it.
    """

    file: str
    bundle: Bundle
    candidature: Candidature
    school: Establishment
    pack_version: str
    day: date
    identity: str
    findings: tuple[Told, ...]

    @property
    def key(self) -> str:
        """The name of the school's folder."""
        return self.school.key

    @property
    def digests(self) -> dict[str, str]:
        """The fingerprint of each file of the school's folder, by its name there."""
        start = f"{PAYLOAD}{self.key}/"
        return {each.name[len(start) :]: each.digest for each in self.bundle.parts if each.name.startswith(start)}

    @property
    def beside(self) -> dict[str, str]:
        """The same for what came beside the folder: the request, the ledger, what the auditors asked and was answered."""
        return beside_of({each.name: each.digest for each in self.bundle.parts}, self.key)

    def text(self, name: str) -> bytes:
        """A file of the school's folder; empty when there is none or it is too large to be read."""
        return _small(self.bundle, f"{PAYLOAD}{self.key}/{name}")


@contextlib.contextmanager
def receive(file: Path) -> Iterator[Received]:
    """The bundle in `file`, looked at whole. Raises `Missing` without a file, `Refused` when it is no bundle or is doubtful."""
    with open_bag(file, LIMITS) as (bundle, info):
        key = _key(bundle, file.name)
        _refuse_strangers(bundle, key, file.name)
        candidature = read_candidature(
            mapping_of(_small(bundle, PAYLOAD + REQUEST), REQUEST), REQUEST, date.min, []
        )  # fmt: skip
        school = identity(_small(bundle, f"{PAYLOAD}{key}/{SHEET}"), key)
        try:
            day = date.fromisoformat(info.get("Bagging-Date", ""))
            findings = tuple(_told(each) for each in json.loads(_small(bundle, PAYLOAD + FINDINGS, _MOST_FINDINGS)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
            raise Refused("bundle-not-of-a-school", file=file.name) from fault
        if not UAI.fullmatch(school.uai) or candidature.establishments != (key,):
            raise Refused("bundle-not-of-a-school", file=file.name)
        yield Received(
            file=file.name, bundle=bundle, candidature=candidature, school=school,
            pack_version=info.get("Gabarit-Version", ""), day=day, identity=sha256(bundle.sums).hexdigest(),
            findings=findings,
        )  # fmt: skip


def beside_of(digests: dict[str, str], key: str) -> dict[str, str]:
    """Of the files of a bundle, those of its school that are not in its folder, less the findings."""
    names = {name: name.removeprefix(PAYLOAD) for name in digests if name.startswith(PAYLOAD)}
    return {
        short: digests[name] for name, short in names.items() if not short.startswith(f"{key}/") and short != FINDINGS
    }


def identity(sheet: bytes, key: str) -> Establishment:
    """The établissement that an `etablissement.yaml` describes, whatever could be read of it."""
    file = f"{key}/{SHEET}"
    return read_establishment(mapping_of(sheet, file), key, file, [])


def entries_of(manifest: bytes, key: str) -> tuple[Entry, ...]:
    """The evidence that a `preuves.yaml` lists, whatever could be read of it."""
    mapping = mapping_of(manifest, f"{key}/{MANIFEST}")
    return read_manifest(mapping, key, []) if mapping else ()


def mapping_of(content: bytes, file: str) -> Mapping | None:
    """The YAML that `content` holds; whatever is wrong with it is told elsewhere, when the candidature is checked."""
    found: list[Finding] = []
    return read_yaml(decode(content, file)[0], file, found)


def _key(bundle: Bundle, file: str) -> str:
    """The folder of the one school that the bundle holds."""
    pattern = re.compile(rf"{PAYLOAD}({FOLDER.pattern})/{SHEET}")
    keys = {match[1] for name in bundle.names if (match := pattern.fullmatch(name))}
    if len(keys) != 1 or any(folded(each) in _RESERVED for each in keys):
        raise Refused("bundle-not-of-a-school", file=file)
    return keys.pop()


def _refuse_strangers(bundle: Bundle, key: str, file: str) -> None:
    """Nothing but what an export writes may be in a bundle."""
    for name in bundle.names:
        top, _, rest = name.removeprefix(PAYLOAD).partition("/")
        if name.startswith(PAYLOAD):
            in_school = top == key and rest and folded(rest.split("/")[0]) != RECEIVED
            known = in_school or (top == REPLIES and rest) or (not rest and top in _ROOT)
        else:
            known = name in _AROUND
        if not known or any(part.startswith(".") for part in name.split("/")):
            raise Refused("bundle-name", file=file, name=name)


def _small(bundle: Bundle, name: str, most: int = MAX_BYTES) -> bytes:
    """A file of the bundle; empty when there is none, or when it is larger than any such file may be."""
    sizes = {each.name: each.size for each in bundle.parts}
    return bundle.read(name) if 0 < sizes.get(name, 0) <= most else b""


def _told(row: dict[str, object]) -> Told:
    place = f"{row['fichier'] or 'candidature'}" + (f", ligne {row['ligne']}" if row["ligne"] else "")
    return Told(str(row["severite"]), f"{row['severite']} · {place} : {row['message']} → {row['remede']}")
