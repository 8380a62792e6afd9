"""Handing in: numbers issued, the final edition printed, frozen as a version with its deposit; all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from assembler.assembly.letters import letters_of
from assembler.assembly.number import issue
from assembler.crew import Crew, crew
from assembler.errors import Refused, Unreadable
from assembler.model.artefact import Progress
from assembler.model.changes import Changes
from assembler.model.dossier import Dossier, Submission
from assembler.model.finding import Finding
from assembler.model.plain import plain
from assembler.model.source import Source
from assembler.pipeline import Examined, assemble_since, examine
from assembler.printing import Job, print_edition, write_data
from assembler.readers.content import LEDGER_FILE, read_candidature_file
from assembler.readers.ledger import ledger_text
from assembler.readers.versions import CHANGES, DEPOSIT, VERSIONS, version_numbers
from assembler.tools.atomic import replace_file
from assembler.tools.cache import lock_folder
from assembler.tools.lock import alone
from assembler.tools.packing import sums_of
from assembler.tools.seal import code_of
from assembler.tools.swap import new_folder
from assembler.writers.data import changes_json, published

_SUMS = "SHA256SUMS"
Tell = Callable[[tuple[Finding, ...]], list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Submitted:
    """The version handed in, where its deposit stands and what is in it; `new` is False when nothing had changed since it."""

    number: int
    code: str
    deposit: Path
    names: tuple[str, ...]
    oversized: tuple[str, ...]
    new: bool
    findings: tuple[Finding, ...]


def submit(folder: Path, today: date, tell: Tell, progress: Progress) -> Submitted:
    """Hand in the candidature in `folder`; nothing is written when nothing changed since the last version.

    Everything is made beside, and put in its place by one rename. The ledger is written just before: labels issued and not
    handed in harm nobody. Raises `Unreadable` while an error forbids a final edition.
    """
    with alone(folder, lock_folder()), crew() as children:
        examined = examine(folder, today, progress)
        if examined.forbidden:
            raise Unreadable("submit-errors", examined.findings)
        number = max(version_numbers(folder), default=0) + 1
        lines = issue(examined.dossier.exhibits, examined.content.ledger, examined.content)
        dossier, changes = _dossier(examined, number, replace(examined.content, ledger=lines))
        if examined.version is not None and _same(examined.version.dossier, dossier, dated=_dated(folder)):
            return _unchanged(folder, examined)
        target = folder / VERSIONS / f"v{number}"
        if target.exists():
            raise Refused("version-exists", folder=str(target))
        ledger = ledger_text(lines, letters_of(examined.content).items()).encode()
        with new_folder(target, lock_folder()) as staging:
            job = Job(dossier, examined.pack_folders, examined.store, False, None, examined.version, changes)
            names, oversized, findings = _freeze(job, children, examined.findings, staging, ledger, tell, progress)
            replace_file(folder / LEDGER_FILE, ledger, durable=True)
        assert dossier.submission is not None
        return Submitted(number, dossier.submission.code, target / DEPOSIT, names, oversized, True, findings)


def _same(old: Dossier, new: Dossier, *, dated: bool) -> bool:
    """Whether both say the same, down to what no table of changes tells; `dated`: the author gives the date of `new`."""
    if not dated:
        new = replace(new, candidature=replace(new.candidature, edition=old.candidature.edition))
    return code_of(_said(old)) == code_of(_said(new))


def _said(dossier: Dossier) -> dict[str, Any]:
    """What is published, without what handing in adds, what changed since the version before, and the lines of the files."""
    answers = tuple(replace(each, changed=(), exhibits=(), handed_in=False) for each in dossier.requests)
    told = _placeless(plain(published(replace(dossier, requests=answers, submission=None))))
    return cast("dict[str, Any]", told)


def _placeless(told: object) -> object:
    if isinstance(told, dict):
        return {} if told.get("type") == Source.__name__ else {key: _placeless(each) for key, each in told.items()}
    return [_placeless(each) for each in told] if isinstance(told, list) else told


def _dated(folder: Path) -> bool:
    """Whether the author says which date to print; else it is the day's, and a day that passes changes nothing."""
    return read_candidature_file(folder, date.min)[0].edition != date.min


def _unchanged(folder: Path, examined: Examined) -> Submitted:
    version = examined.version
    assert version is not None
    deposit = folder / VERSIONS / f"v{version.number}" / DEPOSIT
    code = version.dossier.submission.code if version.dossier.submission else ""
    names = tuple(sorted(each.name for each in deposit.iterdir())) if deposit.is_dir() else ()
    return Submitted(version.number, code, deposit, names, (), False, examined.findings)


def _dossier(examined: Examined, number: int, content: Any) -> tuple[Dossier, Changes | None]:
    """The dossier with every label issued, and the code of its content; what changed since the last version."""
    dossier, changes = assemble_since(content, examined.dossier.pack, examined.version)
    told = cast("dict[str, Any]", plain(published(dossier)))
    return replace(dossier, submission=Submission(number, code_of(told))), changes


def _freeze(
    job: Job, children: Crew, known: tuple[Finding, ...], staging: Path, ledger: bytes, tell: Tell, progress: Progress
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Finding, ...]]:
    """Fill the folder of the version; the names in its deposit, those too large, and every finding."""
    from assembler.writers.deposit import write_deposit

    edition = staging / "edition"
    edition.mkdir()
    (staging / DEPOSIT).mkdir()
    printed = print_edition(job, children, edition, progress)
    findings = tuple(each for each in (*known, *printed.findings) if each.code != "labels-provisional")
    write_data(job, edition, printed.pagination, tell(findings))
    deposit = write_deposit(edition, staging / DEPOSIT, job.dossier, printed.pagination)
    (edition / "dossier.json").replace(staging / "dossier.json")
    shutil.copyfile(staging / DEPOSIT / "recepisse.txt", staging / "recepisse.txt")
    (staging / LEDGER_FILE).write_bytes(ledger)
    if printed.listed is not None:
        (staging / CHANGES).write_bytes(changes_json(printed.listed))
    shutil.rmtree(edition)
    files = sorted(each for each in staging.rglob("*") if each.is_file())
    (staging / _SUMS).write_bytes(sums_of((each.relative_to(staging).as_posix(), each) for each in files))
    return deposit.names, deposit.oversized, findings
