"""The candidature's folder: the only module that knows where authors put things."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from assembler.errors import Missing
from assembler.model.artefact import Progress
from assembler.model.content import (
    COMMON,
    Candidature,
    Content,
    Declaration,
    Establishment,
    Ledger,
    LedgerLine,
    Narrative,
    OptOut,
    Part,
)  # fmt: skip
from assembler.model.exhibit import Entry
from assembler.model.finding import Finding, error, note, warning
from assembler.model.pack import USUAL_SECTIONS
from assembler.model.request import Request
from assembler.model.source import Source
from assembler.model.text import Block, Figure
from assembler.model.walk import every_block
from assembler.readers.candidature import read_candidature
from assembler.readers.establishment import read_establishment
from assembler.readers.exhibits import Rules, learn, learn_pictures
from assembler.readers.ledger import read_ledger
from assembler.readers.manifest import read_manifest
from assembler.readers.narrative import decode, read_blocks, split_front_matter
from assembler.readers.received import read_followed
from assembler.readers.requests import REPLIES, REQUESTS_FILE, read_requests, stray_replies
from assembler.readers.shapes import Choice, Field, Fields, Keyed, Record, Words, read_record
from assembler.readers.yaml_file import Mapping, read_yaml
from assembler.tools.faults import reason
from assembler.tools.store import Store

LEDGER_FILE = "numeros.yaml"
# In the folder of a member: what came with its bundle, and what was received last. Written by `dossier merge`.
RECEIVED = "liasse"
_NARRATIVE_LIMIT = 5_000_000

FRONT_MATTER = Record((
    Field("statut", Choice(("sans-objet",)),
          "Dans un réseau : le critère entier ne concerne pas cet établissement, qui n’y répond pas."),
    Field("motif", Words(), "Pourquoi, avec « statut: sans-objet »."),
    Field("attendus", Keyed(Record((
        Field("statut", Choice(("traite", "partiel", "non-traite", "sans-objet", "equivalence")),
              "Le statut déclaré.", True),
        Field("motif", Words(), "La raison, obligatoire pour « sans objet »."),
    ), short="statut")), "Ce qu’aucun texte ne peut montrer, par lettre d’attendu."),
))  # fmt: skip


def require_candidature(folder: Path) -> None:
    """Raise `Missing` unless `folder` is one that holds a candidature, saying what it is instead."""
    if folder.is_file():
        holder = str(folder.parent) if folder.name == "candidature.yaml" else ""
        raise Missing("folder-is-file", folder=str(folder), holder=holder)
    if not folder.is_dir():
        raise Missing("folder-missing", folder=str(folder))
    if not (folder / "candidature.yaml").exists():
        raise Missing("candidature-missing", folder=str(folder))


def read_candidature_file(folder: Path, today: date) -> tuple[Candidature, tuple[Finding, ...]]:
    """The candidature that `folder` holds, and what is wrong with its file."""
    found: list[Finding] = []
    mapping = _yaml(folder, "candidature.yaml", found)
    return read_candidature(mapping, "candidature.yaml", today, found), tuple(found)


def read_content(
    folder: Path,
    candidature: Candidature,
    store: Store,
    rules: Rules,
    progress: Progress,
    *,
    sections: tuple[str, ...] = (),
) -> tuple[Content, tuple[Finding, ...]]:
    """Everything the schools wrote, and every misfit.

    `progress` is told each evidence file as it is opened. `sections` are the keys of the chapters that the pack asks for.
    """
    found: list[Finding] = []
    slots = (*USUAL_SECTIONS, *sections)
    keys = [COMMON] if (folder / COMMON).is_dir() else []
    parts = tuple(
        _part(folder, key, slots, found)
        for key in (*keys, *candidature.establishments)
        if _present(folder, key, candidature, found)
    )
    found.extend(each for part in parts for each in _unlisted(folder, part))
    entries = [entry for part in parts for entry in part.entries]
    facts = learn(entries, folder, store, rules, progress)
    requests = _requests(folder, candidature.establishments, found)
    texts = [*(each.blocks for part in parts for each in part.narratives), *(each.blocks for each in requests)]
    pictures = learn_pictures(_pictures(texts), folder, store, rules.limit, progress)
    ledger = _ledger(folder, LEDGER_FILE, found)
    content = Content(candidature, parts, ledger.lines, pictures, facts, requests, letters=ledger.letters)
    return content, tuple(found)


def _present(folder: Path, key: str, candidature: Candidature, found: list[Finding]) -> bool:
    if (folder / key).is_symlink():
        found.append(error("file-link", Source(key)))
        return False
    if (folder / key).is_dir():
        return True
    others = sorted(each.parent.name for each in folder.glob("[!.]*/etablissement.yaml"))
    place = candidature.establishments_source or candidature.source
    found.append(error("establishment-folder-missing", place, folder=key, others=", ".join(others)))
    return False


def _part(folder: Path, key: str, slots: tuple[str, ...], found: list[Finding]) -> Part:
    return Part(
        key=key,
        establishment=None if key == COMMON else _establishment(folder, key, found),
        narratives=tuple(_narratives(folder, key, slots, found)),
        entries=_entries(folder, key, found),
        manifest=Source(f"{key}/preuves.yaml"),
        own_ledger=_own_ledger(folder, key, found),
        followed=read_followed(folder, f"{key}/{RECEIVED}"),
    )


def _establishment(folder: Path, key: str, found: list[Finding]) -> Establishment:
    file = f"{key}/etablissement.yaml"
    return read_establishment(_yaml(folder, file, found), key, file, found)


def _entries(folder: Path, key: str, found: list[Finding]) -> tuple[Entry, ...]:
    file = f"{key}/preuves.yaml"
    if key == COMMON and not (folder / file).exists():
        return ()
    mapping = _yaml(folder, file, found)
    return read_manifest(mapping, key, found) if mapping else ()


def _ledger(folder: Path, file: str, found: list[Finding]) -> Ledger:
    text = _text(folder, file, found) if (folder / file).exists() else None
    return read_ledger(text, file, found) if text is not None else Ledger((), ())


def _own_ledger(folder: Path, key: str, found: list[Finding]) -> tuple[LedgerLine, ...]:
    """The labels that a member numbered alone before its bundle was merged here, without the letter they may have borne."""
    ledger = _ledger(folder, f"{key}/{RECEIVED}/{LEDGER_FILE}", found)
    prefix = f"{dict(ledger.letters).get(key, '')}-"
    return tuple(replace(line, label=line.label.removeprefix(prefix)) for line in ledger.lines)


def _requests(folder: Path, members: tuple[str, ...], found: list[Finding]) -> tuple[Request, ...]:
    there, named = (folder / REQUESTS_FILE).exists(), set[str]()

    def reply(file: str, establishment: str | None) -> tuple[Block, ...]:
        named.add(file)
        sent = f"{establishment}/{RECEIVED}/{file}"
        if establishment in members and not (folder / file).exists() and (folder / sent).exists():
            file = sent
        text = _text(folder, file, found) if (folder / file).exists() else None
        return _narrative(text, file, REPLIES, found).blocks if text is not None else ()

    mapping = _yaml(folder, REQUESTS_FILE, found) if there else None
    requests = read_requests(mapping, reply, found)
    found += stray_replies(folder, named) if mapping is not None or not there else ()
    return requests


def _narratives(folder: Path, key: str, slots: tuple[str, ...], found: list[Finding]) -> Iterator[Narrative]:
    """The Markdown files of a part, in the order of their slots; a stray one is a finding."""
    try:
        paths = sorted((folder / key).iterdir())
    except OSError as fault:
        found.append(error("file-unreadable", Source(key), reason=reason(fault)))
        return
    for path in paths:
        file = f"{key}/{path.name}"
        meant = _misnamed(path.name, slots)
        if meant:
            found.append(error("narrative-misnamed", Source(file), meant=meant))
        if path.suffix.lower() not in (".md", ".markdown") or path.name.startswith((".", "~$")):
            continue
        slot = _slot(path.name, slots)
        if slot is None:
            found.append(warning("narrative-stray", Source(file)))
            continue
        text = _text(folder, file, found)
        if text is not None:
            yield _narrative(text, file, slot, found)


def _misnamed(name: str, slots: tuple[str, ...]) -> str | None:
    """The narrative's name that `name` was meant to be: « critere-4.md.txt », « critere-4.docx »."""
    match = re.fullmatch(
        rf"(critere-\d{{1,2}}(?:-[a-z])?|{'|'.join(slots)})(?:\.md)?\.(?:txt|docx?|odt|rtf|markdown)", name
    )
    return f"{match[1]}.md" if match else None


def _slot(name: str, slots: tuple[str, ...]) -> str | None:
    """One of `slots`, or a criterion's number; None for any other file."""
    if name.endswith(".md") and name.removesuffix(".md") in slots:
        return name.removesuffix(".md")
    match = re.fullmatch(r"critere-(\d{1,2}(?:-[a-z])?)\.md", name)
    return match[1] if match else None


def _narrative(text: str, file: str, slot: str, found: list[Finding]) -> Narrative:
    front, body, first_line, front_line = split_front_matter(text)
    mapping = read_yaml(front, file, found, first_line=front_line) if front else None
    fields = read_record(mapping, FRONT_MATTER, found) if mapping else None
    blocks, faults = read_blocks(body, file, first_line)
    found.extend(faults)
    opt_out = OptOut(fields.text("motif"), fields.place("statut")) if fields and fields.has("statut") else None
    return Narrative(slot, blocks, _declarations(fields) if fields else (), Source(file, 1), opt_out)


def _declarations(fields: Fields) -> tuple[Declaration, ...]:
    return tuple(
        Declaration((pair.text("cle") or "").rpartition(".")[2].lower(), record.text("statut") or "non-traite",
                    record.text("motif"), pair.place("cle"))
        for pair in fields.records("attendus")
        if (record := pair.record("valeur")) is not None
    )  # fmt: skip


def _pictures(texts: Iterable[tuple[Block, ...]]) -> list[str]:
    """The paths of every figure, sorted."""
    return sorted({block.path for text in texts for block in every_block(text) if isinstance(block, Figure)})


def _yaml(folder: Path, file: str, found: list[Finding]) -> Mapping | None:
    text = _text(folder, file, found)
    return None if text is None else read_yaml(text, file, found)


def _text(folder: Path, file: str, found: list[Finding]) -> str | None:
    """The text of a file of the candidature, whatever its encoding; None (and a finding) when it cannot be read."""
    path = folder / file
    if not path.exists() and not path.is_symlink():
        found.append(error("file-missing", Source(file), misnamed=_other_ending(path)))
        return None
    if path.is_symlink():
        found.append(error("file-link", Source(file)))
        return None
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            found.append(error("file-not-a-file", Source(file)))
            return None
        if status.st_size > _NARRATIVE_LIMIT:
            found.append(error("file-too-large", Source(file)))
            return None
        raw = path.read_bytes()
    except OSError as fault:
        found.append(error("file-unreadable", Source(file), reason=reason(fault)))
        return None
    text, faults = decode(raw, file)
    found.extend(faults)
    return text


def _other_ending(path: Path) -> str:
    """The name of a file beside `path` that differs by its ending only: « preuves.yml », « preuves.yaml.txt »."""
    try:
        names = sorted(each.name for each in path.parent.iterdir())
    except OSError:
        return ""
    return next((name for name in names if name.split(".")[0] == path.stem and name != path.name), "")


def _unlisted(folder: Path, part: Part) -> Iterator[Finding]:
    """Evidence that was put in its folder and never named in the manifest."""
    listed = {unicodedata.normalize("NFC", entry.file) for entry in part.entries if entry.file}
    for place in ("preuves", "pieces"):
        paths = (folder / part.key / place).rglob("*")
        names = sorted(
            unicodedata.normalize("NFC", path.relative_to(folder).as_posix()) for path in paths if path.is_file()
        )
        stray = [name for name in names if name not in listed and not _is_left_behind(name.rpartition("/")[2])]
        if stray:
            shown = ", ".join(stray[:4]) + (f"… ({len(stray)} en tout)" if len(stray) > 4 else "")
            yield note("evidence-unlisted", part.manifest, files=shown)


def _is_left_behind(name: str) -> bool:
    return name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini")
