"""The lead's candidature as a merge sees it, and whether a bundle belongs in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler.checks.approval import fold
from assembler.errors import Refused
from assembler.model.content import Candidature, Establishment
from assembler.model.french import TYPES
from assembler.model.pack import Pack
from assembler.network.bundle import SHEET, Received, identity
from assembler.network.received import read_merged
from assembler.pipeline import open_pack
from assembler.readers.content import read_candidature_file, require_candidature
from assembler.tools.bundle_names import folded
from assembler.wording import identity_sentence


@dataclass(frozen=True, slots=True)
class Lead:
    """The candidature in `folder`: the pack it follows, and who is in it, by folder, as `etablissement.yaml` tells it."""

    folder: Path
    candidature: Candidature
    pack: Pack
    schools: dict[str, Establishment]

    @property
    def uais(self) -> dict[str, str]:
        """The UAI of each school that gives one, by folder."""
        return {key: each.uai for key, each in self.schools.items() if each.uai}


def read_lead(folder: Path, today: date) -> Lead:
    """Raises `Missing` without a candidature, or `Unreadable` when its pack cannot be told."""
    require_candidature(folder)
    candidature, found = read_candidature_file(folder, today)
    pack = open_pack(candidature, folder, found)[1]
    sheets = sorted(folder.glob(f"[!.]*/{SHEET}"))
    schools = (identity(_content(each), each.parent.name) for each in sheets)
    return Lead(folder, candidature, pack, {each.key: each for each in schools})


def refuse_misfit(received: Received, lead: Lead, *, force: bool) -> None:
    """Raise `Refused` when the bundle is of no school of this candidature, or of another request than this one."""
    _refuse_stranger(received, lead)
    changed = unlike(received, lead)
    if changed and not force:
        raise Refused(
            "merge-renamed", (), file=received.file, key=received.key, uai=received.school.uai,
            changed=identity_sentence(changed),
        )  # fmt: skip
    named = {"file": received.file, "school": received.school.name}
    theirs, ours = received.candidature, lead.candidature
    if theirs.pack != ours.pack:
        raise Refused("merge-pack", (), theirs=theirs.pack, ours=ours.pack, **named)
    if theirs.campaign != ours.campaign:
        raise Refused("merge-campaign", (), theirs=theirs.campaign, ours=ours.campaign, **named)
    if received.pack_version != lead.pack.version and not force:
        raise Refused(
            "merge-pack-version", (), theirs=received.pack_version, ours=lead.pack.version, pack=ours.pack, **named
        )  # fmt: skip


def unlike(received: Received, lead: Lead) -> tuple[tuple[str, str, str], ...]:
    """What tells the school of the bundle from the one that stands in its folder: what it is, as it stands, as it comes.

    Case, accents and signs do not count, nor what does not stand there; nothing, when the sheet came so with the last bundle.
    """
    here, sent = lead.schools.get(received.key), received.school
    last = read_merged(lead.folder.resolve() / received.key).digests.get(SHEET)
    if here is None or last == received.digests.get(SHEET):
        return ()
    rows = (
        ("name", here.name, sent.name),
        ("kind", TYPES.get(here.kind, here.kind), TYPES.get(sent.kind, sent.kind)),
        ("town", here.town, sent.town),
    )
    return tuple(row for row in rows if row[1] and fold(row[1]) != fold(row[2]))


def _refuse_stranger(received: Received, lead: Lead) -> None:
    key, uai = received.key, received.school.uai
    named = {"file": received.file, "school": received.school.name, "key": key, "uai": uai}
    keys = lead.candidature.establishments
    other = next((each for each, known in lead.uais.items() if known == uai and each != key), "")
    near = next((each for each in (*keys, *lead.uais) if folded(each) == folded(key) and each != key), "")
    if near:
        raise Refused("merge-near-key", (), other=near, **named)
    if other:
        raise Refused("merge-uai", (), other=other, stands=lead.schools[other].name, **named)
    if lead.uais.get(key, uai) != uai:
        raise Refused("merge-key", (), other=lead.uais[key], **named)
    if key not in keys:
        line = lead.candidature.establishments_source
        wanted = f"etablissements: [{', '.join((*keys, key))}]"
        raise Refused("merge-unknown", (), line=str((line and line.line) or 1), wanted=wanted, **named)


def _content(path: Path) -> bytes:
    try:
        return b"" if path.is_symlink() or path.stat().st_size > 1_000_000 else path.read_bytes()
    except OSError:
        return b""
