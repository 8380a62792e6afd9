"""An edition printed: both PDF files, the Word file, the data; into a folder that is not yet in its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assembler import __version__
from assembler.assembly.compare.listing import list_changes
from assembler.charters import look_of
from assembler.crew import Crew
from assembler.model.artefact import Pagination, Progress
from assembler.model.change_list import ChangeList
from assembler.model.changes import Changes
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, note, warning
from assembler.model.version import Version
from assembler.tools.layers import find_file
from assembler.tools.store import Store
from assembler.writers.word import Workshop

if TYPE_CHECKING:
    from assembler.writers.pdf import Press

Pages = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be printed: `only` is `word`, `pdf` or None for both; `changes` are those since `version`, handed in."""

    dossier: Dossier
    pack_folders: tuple[Path, ...]
    store: Store
    draft: bool
    only: str | None
    version: Version | None = None
    changes: Changes | None = None

    @property
    def stem(self) -> str:
        """The name of every document, before what tells them apart."""
        return "brouillon" if self.draft else "dossier"

    @property
    def since(self) -> tuple[Version, Changes] | None:
        """The version handed in and what changed since; None where there is nothing to show."""
        if self.version is None or self.changes is None or self.changes.nothing:
            return None
        return self.version, self.changes


@dataclass(frozen=True, slots=True)
class Printed:
    """Where everything stands, how many pages each PDF has, what only printing could find, and the changes listed."""

    pagination: Pagination
    pages: Pages
    findings: tuple[Finding, ...]
    listed: ChangeList | None


def print_edition(job: Job, crew: Crew, staging: Path, progress: Progress) -> Printed:
    """Write the documents of `job` into the folder `staging`."""
    from assembler.writers.pdf import press

    progress("mise en page", 0, 0)
    look = look_of(job.dossier, job.pack_folders, crew.workshop, draft=job.draft)
    listed = list_changes(job.changes, job.version, job.dossier) if job.version and job.changes else None
    tools = press(
        draft=job.draft, store=job.store, pack_folders=job.pack_folders, charter=look.charter, engine=crew.engine,
        changes=listed,
    )  # fmt: skip
    found: list[Finding] = []

    def word(pagination: Pagination) -> None:
        if job.only != "pdf":
            found.extend(_write_word(job, listed, staging / f"{job.stem}.docx", pagination, crew.workshop))

    pagination, pages, more = _write_pdf(job, tools, staging, progress, word)
    pages |= _write_complements(job, tools, staging, pagination)
    return Printed(pagination, tuple(pages.items()), (*look.findings, *more, *found), listed)


def _write_pdf(
    job: Job, tools: Press, staging: Path, progress: Progress, word: Callable[[Pagination], None]
) -> tuple[Pagination, dict[str, int], tuple[Finding, ...]]:
    """Both PDF files, and `word` beside them; how many pages each has; what could not be shown.

    For the Word alone, only their pagination.
    """
    from assembler.writers.pdf import paginate, write_pdf

    dossier = job.dossier
    if job.only == "word":
        pagination = paginate(dossier, tools)
        word(pagination)
        return pagination, {}, ()
    complete, narrative = staging / f"{job.stem}.pdf", staging / f"{job.stem}-sans-annexes.pdf"
    edition = write_pdf(
        dossier, tools, complete=complete, narrative=narrative, code_version=__version__, meanwhile=word,
        progress=lambda done: progress("preuves jointes", done, len(dossier.exhibits)),
    )  # fmt: skip
    unshown = " ".join(edition.unshown)
    more: tuple[Finding, ...] = (note("characters-unshown", None, characters=unshown),) if unshown else ()
    limit, source = dossier.pack.limits.pages, dossier.candidature.source
    if limit is not None and edition.narrative_pages > limit:
        more += (warning("pages-too-many", source, pages=str(edition.narrative_pages), limit=str(limit)),)
    return edition.pagination, {complete.name: edition.complete_pages, narrative.name: edition.narrative_pages}, more


def _write_complements(job: Job, tools: Press, staging: Path, pagination: Pagination) -> dict[str, int]:
    """What auditors who keep the version handed in need besides, where anything changed since; how many pages it has."""
    from assembler.writers.pdf.complements import write_complements

    if job.only == "word" or job.since is None:
        return {}
    target = staging / ("brouillon-complements.pdf" if job.draft else "complements.pdf")
    own = write_complements(job.dossier, *job.since, pagination, tools, code_version=__version__, target=target)
    return {target.name: own.total}


def _write_word(
    job: Job, listed: ChangeList | None, target: Path, pagination: Pagination, workshop: Workshop
) -> tuple[Finding, ...]:
    """Write the Word file, its page numbers measured on itself where LibreOffice is there (a draft does without)."""
    from assembler.writers.word import write_word

    measured: list[Pages] = []

    def measure(content: bytes) -> Pages | None:
        pages = _pages(content, job.store)
        measured.extend([pages] if pages else [])
        return pages

    content = write_word(
        job.dossier,
        draft=job.draft,
        pagination=pagination,
        store=job.store,
        toc_pages=None if job.draft else measure,
        template=find_file(job.pack_folders, "dossier.docx") or Path(),
        workshop=workshop,
        changes=listed,
    )
    target.write_bytes(content)
    _write_revisions(job, content, target.parent, pagination, workshop)
    return () if measured else (note("pages-of-pdf", job.dossier.candidature.source),)


def _write_revisions(job: Job, content: bytes, staging: Path, pagination: Pagination, workshop: Workshop) -> None:
    """Write `content`, the Word file, once more with tracked changes, where anything changed since the version handed in."""
    from assembler.writers.word.revisions import write_revisions

    if job.since is None:
        return
    marked = write_revisions(
        content, job.dossier, job.since[0], draft=job.draft, pagination=pagination, store=job.store,
        template=find_file(job.pack_folders, "dossier.docx") or Path(), workshop=workshop,
    )  # fmt: skip
    (staging / ("brouillon-modifications.docx" if job.draft else "modifications.docx")).write_bytes(marked)


def _pages(content: bytes, store: Store) -> Pages | None:
    """LibreOffice's page of each bookmark of a Word file, remembered by its fingerprint; None where it cannot be known."""
    from assembler.tools import libreoffice

    if libreoffice.find() is None:
        return None
    name = f"{hashlib.sha256(content).hexdigest()}-pages-1.json"
    if store.has(name):
        return tuple((anchor, page) for anchor, page in json.loads(store.path(name).read_bytes()))
    pages = libreoffice.bookmark_pages(content)
    if pages is not None:
        store.keep(name, json.dumps(pages).encode())
    return pages


def write_data(job: Job, staging: Path, pagination: Pagination, findings: list[dict[str, object]]) -> None:
    """Write what other programs read, and the fingerprints of all that stands in `staging`."""
    from assembler.writers.data import dossier_json, findings_json
    from assembler.writers.sums import sums

    (staging / "dossier.json").write_bytes(dossier_json(job.dossier, pagination, draft=job.draft))
    (staging / "constats.json").write_bytes(findings_json(findings))
    (staging / "SHA256SUMS").write_bytes(sums(staging.iterdir()))
