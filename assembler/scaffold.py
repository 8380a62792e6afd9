"""`dossier new`: a candidature to fill in, written into a folder that is new or empty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from unicodedata import combining

from assembler.checks.identity import uai_key
from assembler.errors import Missing, Refused, Unreadable
from assembler.model.content import COMMON
from assembler.model.nearest import nearest
from assembler.model.pack import Pack
from assembler.pipeline import pack_places
from assembler.readers.pack import find_pack, pack_ids, read_pack
from assembler.scaffold_files import Wishes, candidature_files
from assembler.schema_export import write_schemas


def scaffold(folder: Path, wishes: Wishes) -> tuple[str, ...]:
    """Create the candidature in `folder`, new or empty; the names of the files, relative to it."""
    refuse_taken(folder)
    files = candidature_files(wishes)
    for name, text in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    for empty in ("preuves", "pieces", "images"):
        (folder / wishes.school / empty).mkdir(exist_ok=True)
    write_schemas(folder / ".schemas")
    return tuple(files)


def refuse_taken(folder: Path) -> None:
    """Raise `Refused` when something stands in `folder`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("target-exists", folder=str(folder))


def chosen_pack(identifier: str) -> Pack:
    """The pack to follow. Raises `Missing` when there is none of that name, `Unreadable` when it cannot be followed."""
    places = pack_places(None)
    found = find_pack(identifier, places)
    if found is None:
        known = pack_ids(places)
        raise Missing("pack-unknown", pack=identifier, known=", ".join(known), place="Option --pack",
                      nearest=nearest(identifier, known, 0.4))  # fmt: skip
    done = read_pack(found, places)
    if done.pack is None:
        raise Unreadable("pack-unusable", done.findings, pack=identifier)
    if done.pack.annex:
        raise Unreadable("pack-annex", pack=identifier)
    return done.pack


def packs_to_follow() -> tuple[Pack, ...]:
    """Every pack that a candidature may follow, by id."""
    places = pack_places(None)
    read = (read_pack(folder, places).pack for each in pack_ids(places) if (folder := find_pack(each, places)))
    return tuple(pack for pack in read if pack is not None and not pack.annex)


def folder_name(name: str) -> str:
    """The folder of a school called so: « Lycée Jean-Moulin » gives « lycee-jean-moulin »."""
    plain = "".join(
        each for each in unicodedata.normalize("NFD", name.lower().replace("œ", "oe")) if not combining(each)
    )
    key = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")
    return key if key and key != COMMON else "mon-lycee"


def uai_fault(uai: str) -> str:
    """Why `uai` is none, in French; empty when it is one."""
    if not re.fullmatch(r"\d{7}[A-Z]", uai, re.ASCII):
        return "Un UAI a sept chiffres et une lettre, comme 0750123A."
    expected = uai_key(uai[:7])
    return "" if uai[7] == expected else f"La lettre de contrôle ne correspond pas : {uai[:7]} donne {expected}."


def one_of(values: tuple[str, ...]) -> Callable[[str], str]:
    """What tells, in French, that a value is none of these."""
    return lambda value: "" if value in values else f"Choisissez parmi : {', '.join(values)}."
