"""What a bundle brings since the last one, file by file and proof by proof; what it would overwrite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assembler.model.exhibit import Entry
from assembler.model.pack import RequiredAttachment
from assembler.model.source import Source
from assembler.network.bundle import MANIFEST, REQUEST, SHEET
from assembler.readers.content import LEDGER_FILE
from assembler.readers.requests import REPLIES, REQUESTS_FILE

_NARRATIVES = {"presentation.md": "présentation", "bilan.md": "bilan du label précédent"}
_SHEETS = {
    SHEET: "fiche d’identité", MANIFEST: "liste des preuves", REQUEST: "la demande", LEDGER_FILE: "registre des cotes",
    REQUESTS_FILE: "demandes des auditeurs",
}  # fmt: skip


class Kind(StrEnum):
    """What became of a thing, in the words of the report."""

    NEW = "ajout"
    CHANGED = "changement"
    GONE = "retrait"


@dataclass(frozen=True, slots=True)
class Change:
    """A file of a school's folder, and what became of it; `what` names it in plain words."""

    kind: Kind
    file: str
    what: str


def changes_between(
    before: Mapping[str, str], after: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[Change, ...]:
    """What differs from one set of files (name, fingerprint) to the other, in the order of the names."""
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return tuple(Change(_kind(name in before, name in after), name, named(name, titles)) for name in names)


def edits_at_stake(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str], titles: Mapping[str, str]
) -> tuple[Change, ...]:
    """What was changed here since `base` was merged, and that taking `theirs` would undo."""
    names = sorted(name for name in {*base, *ours} if ours.get(name) not in (base.get(name), theirs.get(name)))
    return tuple(Change(_kind(name in base, name in ours), name, named(name, titles)) for name in names)


def exhibit_changes(before: Iterable[Entry], after: Iterable[Entry]) -> tuple[Change, ...]:
    """The entries of the manifest that are new, changed or gone, by key; where they are written does not count."""
    old, new = ({each.key: replace(each, source=Source("")) for each in entries} for entries in (before, after))
    keys = [key for key in dict.fromkeys((*new, *old)) if old.get(key) != new.get(key)]
    return tuple(Change(_kind(key in old, key in new), key, _entry(new.get(key) or old[key])) for key in keys)


def entitled(entries: Iterable[Entry], attachments: Iterable[RequiredAttachment]) -> tuple[Entry, ...]:
    """The entries, each required attachment that has no title of its own under the pack's."""
    titles = {each.key: each.title for each in attachments}
    return tuple(
        replace(each, title=titles.get(each.key, "")) if each.is_attachment and not each.title else each
        for each in entries
    )


def titles_of(entries: Iterable[Entry]) -> dict[str, str]:
    """The title of each exhibit by its file, relative to the school's folder."""
    return {each.file.partition("/")[2]: each.title or each.key for each in entries if each.file}


def named(file: str, titles: Mapping[str, str]) -> str:
    """What a file is, for a reader who does not know its name: « critère 4 », « fichier de « Convention » »."""
    numbered = re.fullmatch(rf"(critere-|{REPLIES}/D)(\d{{1,2}}(?:-[a-z])?)\.md", file)
    if numbered:
        return f"critère {numbered[2]}" if numbered[1] == "critere-" else f"réponse à la demande D{numbered[2]}"
    if file in titles:
        return f"fichier de « {titles[file]} »"
    return _NARRATIVES.get(file) or _SHEETS.get(file) or "fichier"


def _entry(entry: Entry) -> str:
    kind = "pièce" if entry.is_attachment else "preuve"
    under = f", critère {entry.criteria[0]}" if entry.criteria and entry.criteria[0] != "?" else ""
    return f"{kind} « {entry.title or entry.key} »{under}"


def _kind(before: bool, after: bool) -> Kind:
    return Kind.CHANGED if before and after else Kind.NEW if after else Kind.GONE
