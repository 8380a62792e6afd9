"""The whole build on one page: read, assemble, check, write."""

from __future__ import annotations

import difflib
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler import __version__
from assembler.assembly import assemble
from assembler.assembly.number import issue
from assembler.checks import check
from assembler.errors import Missing, Refused, Unreadable
from assembler.model.artefact import Artefact, Pagination, Progress
from assembler.model.content import Candidature, Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, Severity, note
from assembler.model.pack import Pack
from assembler.readers.content import LEDGER_FILE, read_candidature_file, read_content
from assembler.readers.exhibits import Rules
from assembler.readers.ledger import ledger_text
from assembler.readers.pack import find_pack, pack_ids, read_pack
from assembler.tools import tesseract
from assembler.tools.atomic import replace_file
from assembler.tools.cache import bound_store, lock_folder, open_store
from assembler.tools.edition import new_edition
from assembler.tools.store import Store

Pages = tuple[tuple[str, int], ...]
_A_DAY = 86_400.0  # a copy used since then may be needed by another build under way


@dataclass(frozen=True, slots=True)
class Options:
    """A build as asked for. `today` dates the edition when the author does not; `only` is `word`, `pdf` or None for both.

    `tell` puts findings into the words of `constats.json`.
    """

    content: Path
    output: Path
    today: date
    draft: bool
    only: str | None
    ocr: bool
    tell: Callable[[tuple[Finding, ...]], list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class Examined:
    """A candidature read, assembled and checked; nothing written.

    `misread` says that an error stands in the YAML files: something written there may not have been taken in.
    """

    content: Content
    pack_folder: Path
    dossier: Dossier
    findings: tuple[Finding, ...]
    misread: bool
    store: Store

    @property
    def forbidden(self) -> bool:
        """Whether an error forbids a final edition."""
        return any(each.severity is Severity.ERROR for each in self.findings)


@dataclass(frozen=True, slots=True)
class Built:
    """An edition that stands in its folder."""

    examined: Examined
    findings: tuple[Finding, ...]
    artefacts: tuple[Artefact, ...]
    draft: bool


def examine(folder: Path, today: date, progress: Progress, *, ocr: bool = False) -> Examined:
    """Read, assemble and check the candidature in `folder`; `today` is the edition's date when the author gives none.

    `ocr` reads the words of evidence that is only a picture. Raises `Missing` when it cannot.
    """
    started = time.time()
    if ocr and tesseract.find() is None:
        raise Missing("tesseract-missing")
    if not folder.is_dir():
        raise Missing("folder-missing", folder=str(folder))
    if not (folder / "candidature.yaml").exists():
        raise Missing("candidature-missing", folder=str(folder))
    store = open_store()
    candidature, read = read_candidature_file(folder, today)
    pack_folder, pack = open_pack(candidature, folder, read)
    content, more = read_content(folder, candidature, store, Rules(pack.limits.evidence_file, ocr), progress)
    bound_store(store, started - _A_DAY)
    dossier = assemble(content, pack)
    told = (*read, *more)
    misread = any(
        each.severity is Severity.ERROR and each.source and each.source.file.endswith(".yaml") for each in told
    )
    return Examined(content, pack_folder, dossier, check(dossier, content, told), misread, store)


def build(options: Options, progress: Progress) -> Built:
    """Examine, then write one edition, whole or not at all."""
    _refuse_overlap(options.content, options.output)
    examined = examine(options.content, options.today, progress, ocr=options.ocr)
    draft = options.draft or examined.forbidden
    stem = "brouillon" if draft else "dossier"
    with new_edition(options.output, lock_folder()) as staging:
        progress("mise en page", 0, 0)
        pagination, pages, more = _write_pdf(examined, staging, stem, draft, options.only, progress)
        if options.only != "pdf":
            more += _write_word(examined, staging / f"{stem}.docx", draft, pagination)
        findings = (*examined.findings, *more)
        _write_data(examined, staging, draft, pagination, options.tell(findings))
        names = sorted(each.name for each in staging.iterdir())
    made = tuple(Artefact(name, options.output / name, pages.get(name)) for name in names)
    return Built(examined, findings, made, draft)


def number(folder: Path, today: date, progress: Progress) -> tuple[str, ...]:
    """Issue every provisional label and write the ledger; the labels issued, in order.

    Raises `Refused` when a file could not be read whole: an exhibit missed would be taken for one withdrawn.
    """
    examined = examine(folder, today, progress)
    if any(each.code == "ledger-damaged" for each in examined.findings):
        raise Refused("ledger-damaged")
    if examined.misread:
        raise Refused("number-unread")
    lines = issue(examined.dossier.exhibits, examined.content.ledger, examined.content)
    new = tuple(each.label for each in examined.dossier.exhibits if not each.issued)
    if lines != examined.content.ledger:
        replace_file(folder / LEDGER_FILE, ledger_text(lines).encode(), durable=True)
    return new


def open_pack(candidature: Candidature, folder: Path, read: tuple[Finding, ...]) -> tuple[Path, Pack]:
    """The pack that the candidature names. Raises `Missing` when it is not there, `Unreadable` when it is unsound or unnamed.

    `read` are the findings so far, told with the failure.
    """
    if not candidature.pack:
        raise Unreadable("pack-unnamed", read)
    places = pack_places(folder)
    found = find_pack(candidature.pack, places)
    if found is None:
        known = pack_ids(places)
        nearest = difflib.get_close_matches(candidature.pack, known, 1, 0.4)
        place = f"{candidature.source.file}, ligne {candidature.source.line}"
        raise Missing("pack-unknown", read, pack=candidature.pack, known=", ".join(known), place=place,
                      nearest=nearest[0] if nearest else "")  # fmt: skip
    pack, faults = read_pack(found)
    if pack is None:
        raise Unreadable("pack-unusable", (*faults, *read), pack=candidature.pack)
    return found, pack


def check_pack(named: str) -> tuple[Finding, ...]:
    """What is wrong with the pack of that name, or in that folder. Raises `Missing` when there is none."""
    places = pack_places(None)
    folder = Path(named) if (Path(named) / "pack.yaml").is_file() else find_pack(named, places)
    if folder is None:
        raise Missing("pack-unknown", pack=named, known=", ".join(pack_ids(places)), place="", nearest="")
    return read_pack(folder.resolve())[1]


def pack_places(folder: Path | None) -> tuple[Path, ...]:
    """Where packs are looked for: the candidature's own, those added on this computer, those shipped."""
    from platformdirs import user_data_path

    shipped = Path(__file__).parent / "templates"
    own = (folder / "gabarits",) if folder else ()
    checkout = Path(__file__).parent.parent / "templates"
    return (*own, user_data_path("dossier", appauthor=False) / "gabarits", shipped if shipped.is_dir() else checkout)


def _refuse_overlap(folder: Path, output: Path) -> None:
    inside, outside = folder.resolve(), output.resolve()
    if outside == inside or outside.is_relative_to(inside) or inside.is_relative_to(outside):
        raise Refused("output-is-content", folder=str(output))


def _write_pdf(
    examined: Examined, staging: Path, stem: str, draft: bool, only: str | None, progress: Progress
) -> tuple[Pagination, dict[str, int], tuple[Finding, ...]]:
    """Both PDF files, or for the Word alone only their pagination; how many pages each has; what could not be shown."""
    from assembler.writers.pdf import paginate, write_pdf

    if only == "word":
        return paginate(examined.dossier, draft=draft, store=examined.store, pack_folder=examined.pack_folder), {}, ()
    exhibits = len(examined.dossier.exhibits)
    complete, narrative = staging / f"{stem}.pdf", staging / f"{stem}-sans-annexes.pdf"
    edition = write_pdf(
        examined.dossier, draft=draft, store=examined.store, pack_folder=examined.pack_folder, complete=complete,
        narrative=narrative, code_version=__version__, progress=lambda done: progress("preuves jointes", done, exhibits),
    )  # fmt: skip
    unshown = " ".join(edition.unshown)
    more = (note("characters-unshown", None, characters=unshown),) if unshown else ()
    return edition.pagination, {complete.name: edition.complete_pages, narrative.name: edition.narrative_pages}, more


def _write_word(examined: Examined, target: Path, draft: bool, pagination: Pagination) -> tuple[Finding, ...]:
    """Write the Word file, its page numbers measured on itself where LibreOffice is there (a draft does without)."""
    from assembler.writers.word import write_word

    measured: list[Pages] = []

    def measure(content: bytes) -> Pages | None:
        pages = _pages(content, examined.store)
        measured.extend([pages] if pages else [])
        return pages

    content = write_word(
        examined.dossier,
        draft=draft,
        pagination=pagination,
        store=examined.store,
        toc_pages=None if draft else measure,
        template=examined.pack_folder / "dossier.docx",
    )
    target.write_bytes(content)
    return () if measured else (note("pages-of-pdf", examined.dossier.candidature.source),)


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


def _write_data(
    examined: Examined, staging: Path, draft: bool, pagination: Pagination, findings: list[dict[str, object]]
) -> None:
    from assembler.writers.data import dossier_json, findings_json
    from assembler.writers.sums import sums

    (staging / "dossier.json").write_bytes(dossier_json(examined.dossier, pagination, draft=draft))
    (staging / "constats.json").write_bytes(findings_json(findings))
    (staging / "SHA256SUMS").write_bytes(sums(staging.iterdir()))
