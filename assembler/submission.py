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
from assembler.pipeline import Examined, assemble_since, examine
from assembler.printing import Job, print_edition, write_data
from assembler.readers.content import LEDGER_FILE
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
        if examined.version is not None and examined.changes is not None and examined.changes.nothing:
            return _unchanged(folder, examined)
        number = max(version_numbers(folder), default=0) + 1
        target = folder / VERSIONS / f"v{number}"
        if target.exists():
            raise Refused("version-exists", folder=str(target))
        lines = issue(examined.dossier.exhibits, examined.content.ledger, examined.content)
        dossier, changes = _dossier(examined, number, replace(examined.content, ledger=lines))
        ledger = ledger_text(lines, letters_of(examined.content).items()).encode()
        with new_folder(target, lock_folder()) as staging:
            job = Job(dossier, examined.pack_folders, examined.store, False, None, examined.version, changes)
            names, oversized, findings = _freeze(job, children, examined.findings, staging, ledger, tell, progress)
            replace_file(folder / LEDGER_FILE, ledger, durable=True)
        assert dossier.submission is not None
        return Submitted(number, dossier.submission.code, target / DEPOSIT, names, oversized, True, findings)


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
    if job.listed is not None:
        (staging / CHANGES).write_bytes(changes_json(job.listed))
    shutil.rmtree(edition)
    files = sorted(each for each in staging.rglob("*") if each.is_file())
    (staging / _SUMS).write_bytes(sums_of((each.relative_to(staging).as_posix(), each) for each in files))
    return deposit.names, deposit.oversized, findings
