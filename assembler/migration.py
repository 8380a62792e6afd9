"""`dossier migrate`: a candidature carried over from one framework to another, whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assembler.errors import DossierError, Refused, Unreadable
from assembler.model.content import COMMON, Candidature
from assembler.model.finding import Finding, Severity, note, warning
from assembler.model.pack import Pack
from assembler.model.source import Source
from assembler.pipeline import open_pack
from assembler.readers.content import LEDGER_FILE, read_candidature_file, require_candidature
from assembler.readers.files import is_link
from assembler.readers.renumbering import Renumbering
from assembler.readers.rewriting import Edit, pack_edits, read_written, reference_edits, rule_edits, spelled_out
from assembler.readers.yaml_file import read_yaml
from assembler.scaffold_files import criterion_text
from assembler.tools.cache import lock_folder
from assembler.tools.faults import reason
from assembler.tools.swap import new_folder, put_back

_REQUEST, _MANIFEST, _DEMANDS = "candidature.yaml", "preuves.yaml", "demandes"
_NARRATIVE = re.compile(r"critere-(\d{1,2}(?:-[a-z])?)\.md")


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that changes: its path before (None: it is new) and after, its bytes before and after."""

    old: str | None
    new: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Migration:
    """What carrying over changes, file by file, and what a person must reread. Nothing is written yet."""

    folder: Path
    old: Pack
    new: Pack
    files: tuple[Carried, ...]
    to_reread: tuple[Finding, ...]


def plan_migration(folder: Path, pack: str, today: date) -> Migration:
    """What `migrate` would do to the candidature in `folder` for the pack `pack`; no file when it follows that pack already.

    Raises `Unreadable` when a YAML file is broken: what cannot be read cannot be carried over.
    """
    put_back(folder.resolve())
    require_candidature(folder)
    candidature, found = read_candidature_file(folder, today)
    old = open_pack(candidature, folder, found)[1]
    new = open_pack(replace(candidature, pack=pack), folder, ())[1]
    if old.id == new.id:
        return Migration(folder, old, new, (), ())
    plan = _Plan(folder, Renumbering(old.framework, new.framework))
    plan.refuse_unread(candidature)
    plan.carry_request(new)
    for part in _parts(folder, candidature):
        plan.carry_part(part, is_school=part != COMMON)
    plan.carry_demands()
    return Migration(folder, old, new, tuple(plan.files), tuple(plan.to_reread))


def apply_migration(migration: Migration) -> None:
    """Write it: the folder is replaced in one step by its new self, and is as it was when anything fails."""
    folder = migration.folder.resolve()
    if Path.cwd().is_relative_to(folder):
        raise Refused("migrate-inside", folder=str(migration.folder))
    with new_folder(folder, lock_folder()) as staging:
        if plan_migration(folder, migration.new.id, date.min).files != migration.files:
            raise Refused("migrate-changed", folder=str(migration.folder))
        moved = {each.old: each for each in migration.files if each.old}
        _copy_but(folder, staging, moved)
        for each in migration.files:
            (staging / each.new).write_bytes(each.after)
            if each.old:
                shutil.copymode(folder / each.old, staging / each.new)


def _copy_but(folder: Path, staging: Path, moved: dict[str, Carried]) -> None:
    """Everything in `folder` but the files that change: the same files under a second name, where the disk can."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        target = staging / name
        if path.is_dir() and not is_link(path.lstat()):
            target.mkdir(parents=True, exist_ok=True)
            shutil.copystat(path, target)
        elif name.as_posix() not in moved:
            try:
                os.link(path, target, follow_symlinks=False)
            except (OSError, NotImplementedError):
                shutil.copy2(path, target, follow_symlinks=False)


class _Plan:
    """The files carried over so far, and what must be reread."""

    def __init__(self, folder: Path, numbers: Renumbering) -> None:
        self.folder, self.numbers = folder, numbers
        self.files: list[Carried] = []
        self.to_reread: list[Finding] = []

    def refuse_unread(self, candidature: Candidature) -> None:
        """Raise `Unreadable` when a YAML file that must change cannot be read whole."""
        files = (_REQUEST, *(f"{part}/{_MANIFEST}" for part in _parts(self.folder, candidature)), f"{_DEMANDS}.yaml")
        found: list[Finding] = []
        for file in files:
            if (self.folder / file).is_file():
                read_yaml(read_written(self._bytes(file)).text.removeprefix("\ufeff"), file, found)
        if any(each.severity is Severity.ERROR for each in found):
            raise Unreadable("migrate-unread", tuple(found))

    def carry_request(self, new: Pack) -> None:
        """`candidature.yaml`: the pack, and the optional criterion chosen."""
        lost: list[tuple[int, str]] = []
        text = read_written(self._bytes(_REQUEST)).text
        self._carry(_REQUEST, _REQUEST, pack_edits(text, new.id, new.version, self.numbers, lost), lost)
        self.to_reread.insert(0, note("migrated-request", Source(_REQUEST, 1), pack=new.id))
        if (self.folder / LEDGER_FILE).exists():
            self.to_reread.append(note("migrated-labels", Source(LEDGER_FILE)))

    def carry_demands(self) -> None:
        """What auditors asked, and the answers."""
        if (self.folder / f"{_DEMANDS}.yaml").is_file():
            self._carry_rules(f"{_DEMANDS}.yaml")
        for path in sorted((self.folder / _DEMANDS).glob("*.md")):
            self._carry_text(f"{_DEMANDS}/{path.name}", f"{_DEMANDS}/{path.name}", None)

    def carry_part(self, part: str, *, is_school: bool) -> None:
        """The narratives of a school, or of the network, renamed; their references and those of the manifest rewritten."""
        if (self.folder / part / _MANIFEST).is_file():
            self._carry_rules(f"{part}/{_MANIFEST}")
        names = sorted(path.name for path in (self.folder / part).glob("*.md") if path.is_file())
        renamed = self._renamed(names)
        for name in names:
            own = match[1] if (match := _NARRATIVE.fullmatch(name)) else None
            self._carry_text(f"{part}/{name}", f"{part}/{renamed[name]}", own)
        taken = set(renamed.values())
        for criterion in self.numbers.created() if is_school else ():
            file = f"critere-{criterion.number}.md"
            if file not in taken:
                self.files.append(Carried(None, f"{part}/{file}", b"", criterion_text(criterion).encode()))
                self.to_reread.append(
                    warning("migrated-new", Source(f"{part}/{file}"), number=criterion.number, title=criterion.title)
                )

    def _renamed(self, names: list[str]) -> dict[str, str]:
        """The new name of each file: that of its criterion, else « ancien-… » where the name now means another one."""
        kept: dict[str, str] = {}
        for name in names:
            match = _NARRATIVE.fullmatch(name)
            moved = self.numbers.criterion(match[1]) if match and self.numbers.knows(match[1]) else None
            if moved and f"critere-{moved}.md" not in kept.values():
                kept[name] = f"critere-{moved}.md"
        free = set(names) - kept.keys()
        for name in sorted(free):
            match = _NARRATIVE.fullmatch(name)
            meant = match is not None and (self.numbers.knows(match[1]) or name in kept.values())
            kept[name] = _unused(f"ancien-{name}", {*names, *kept.values()}) if meant else name
        return kept

    def _carry_rules(self, file: str) -> None:
        lost: list[tuple[int, str]] = []
        self._carry(file, file, rule_edits(read_written(self._bytes(file)).text, self.numbers, lost), lost)

    def _carry_text(self, old: str, new: str, own: str | None) -> None:
        written = read_written(self._bytes(old))
        lost: list[tuple[int, str]] = []
        answers = own is not None and not new.rpartition("/")[2].startswith("ancien-")
        self._carry(old, new, reference_edits(written, own if answers else None, self.numbers, lost), lost)
        if own is not None and not answers:
            self.to_reread.append(warning("migrated-aside", Source(new), old=own))
        elif own is not None and self.numbers.asks_something_else(own):
            title = self.numbers.title(own)
            self.to_reread.append(warning("migrated-criterion", Source(new), old=own, title=title))
        for line, words in spelled_out(written, self.numbers):
            self.to_reread.append(warning("migrated-words", Source(new, line), words=words))

    def _carry(self, old: str, new: str, edits: Iterator[Edit], lost: list[tuple[int, str]]) -> None:
        before = self._bytes(old)
        written = read_written(before)
        after = written.edited(edits)
        if (old, before) != (new, after):
            self.files.append(Carried(old, new, before, after))
        for place, words in lost:
            line = written.text.count("\n", 0, place) + 1
            self.to_reread.append(warning("migrated-lost", Source(new, line), words=words))

    def _bytes(self, file: str) -> bytes:
        try:
            return (self.folder / file).read_bytes()
        except OSError as fault:
            raise DossierError("disk", reason=reason(fault)) from fault


def _parts(folder: Path, candidature: Candidature) -> tuple[str, ...]:
    return tuple(key for key in (COMMON, *candidature.establishments) if (folder / key).is_dir())


def _unused(name: str, taken: set[str]) -> str:
    names = (name, *(f"{name.removesuffix('.md')}-{rank}.md" for rank in range(2, 100)))
    return next(each for each in names if each not in taken)
