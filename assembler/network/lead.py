"""The lead's candidature as a merge sees it, and whether a bundle belongs in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler.errors import Missing, Refused
from assembler.model.content import Candidature
from assembler.model.pack import Pack
from assembler.network.bundle import REQUEST, SHEET, Received, identity
from assembler.pipeline import open_pack
from assembler.readers.content import read_candidature_file
from assembler.tools.bundle_names import folded


@dataclass(frozen=True, slots=True)
class Lead:
    """The candidature in `folder`: who is in it, by folder and by UAI, and the pack it follows."""

    folder: Path
    candidature: Candidature
    pack: Pack
    uais: dict[str, str]


def read_lead(folder: Path, today: date) -> Lead:
    """Raises `Missing` without a candidature, or `Unreadable` when its pack cannot be told."""
    if not (folder / REQUEST).is_file():
        raise Missing("candidature-missing" if folder.is_dir() else "folder-missing", folder=str(folder))
    candidature, found = read_candidature_file(folder, today)
    pack = open_pack(candidature, folder, found)[1]
    sheets = sorted(folder.glob(f"[!.]*/{SHEET}"))
    uais = {each.parent.name: identity(_content(each), each.parent.name).uai for each in sheets}
    return Lead(folder, candidature, pack, {key: uai for key, uai in uais.items() if uai})


def refuse_misfit(received: Received, lead: Lead, *, force: bool) -> None:
    """Raise `Refused` when the bundle is of no school of this candidature, or of another request than this one."""
    _refuse_stranger(received, lead)
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


def _refuse_stranger(received: Received, lead: Lead) -> None:
    key, uai = received.key, received.school.uai
    named = {"file": received.file, "school": received.school.name, "key": key, "uai": uai}
    keys = lead.candidature.establishments
    other = next((each for each, known in lead.uais.items() if known == uai and each != key), "")
    near = next((each for each in (*keys, *lead.uais) if folded(each) == folded(key) and each != key), "")
    if near:
        raise Refused("merge-near-key", (), other=near, **named)
    if other:
        raise Refused("merge-uai", (), other=other, **named)
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
