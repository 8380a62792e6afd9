"""An edition printed: both PDF files, the Word file, the data; into a folder that is not yet in its place."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from assembler import __version__
from assembler.charters import look_of
from assembler.model.artefact import Pagination, Progress
from assembler.model.changes import Changes
from assembler.model.charter import Charter
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, note, warning
from assembler.model.version import Version
from assembler.tools.layers import find_file
from assembler.tools.store import Store
from assembler.writers.word import Workshop

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


@dataclass(frozen=True, slots=True)
class Printed:
    """Where everything stands, how many pages each PDF has, and what only printing could find."""

    pagination: Pagination
    pages: Pages
    findings: tuple[Finding, ...]


def print_edition(job: Job, staging: Path, progress: Progress) -> Printed:
    """Write the documents of `job` into the folder `staging`."""
    with Workshop() as workshop:
        progress("mise en page", 0, 0)
        look = look_of(job.dossier, job.pack_folders, workshop, draft=job.draft)
        pagination, pages, more = _write_pdf(job, look.charter, staging, progress)
        if job.only != "pdf":
            more += _write_word(job, staging / f"{job.stem}.docx", pagination, workshop)
    return Printed(pagination, tuple(pages.items()), (*look.findings, *more))


def _write_pdf(
    job: Job, charter: Charter, staging: Path, progress: Progress
) -> tuple[Pagination, dict[str, int], tuple[Finding, ...]]:
    """Both PDF files, or for the Word alone only their pagination; how many pages each has; what could not be shown."""
    from assembler.writers.pdf import paginate, write_pdf

    dossier, draft, store, folders = job.dossier, job.draft, job.store, job.pack_folders
    if job.only == "word":
        return paginate(dossier, draft=draft, store=store, pack_folders=folders, charter=charter), {}, ()
    complete, narrative = staging / f"{job.stem}.pdf", staging / f"{job.stem}-sans-annexes.pdf"
    edition = write_pdf(
        dossier, draft=draft, store=store, pack_folders=folders, complete=complete, narrative=narrative, charter=charter,
        code_version=__version__, progress=lambda done: progress("preuves jointes", done, len(dossier.exhibits)),
    )  # fmt: skip
    unshown = " ".join(edition.unshown)
    more: tuple[Finding, ...] = (note("characters-unshown", None, characters=unshown),) if unshown else ()
    limit, source = dossier.pack.limits.pages, dossier.candidature.source
    if limit is not None and edition.narrative_pages > limit:
        more += (warning("pages-too-many", source, pages=str(edition.narrative_pages), limit=str(limit)),)
    return edition.pagination, {complete.name: edition.complete_pages, narrative.name: edition.narrative_pages}, more


def _write_word(job: Job, target: Path, pagination: Pagination, workshop: Workshop) -> tuple[Finding, ...]:
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
    )
    target.write_bytes(content)
    return () if measured else (note("pages-of-pdf", job.dossier.candidature.source),)


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
