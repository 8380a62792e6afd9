"""The whole build on one page: read, assemble, check, write."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assembler.assembly import assemble
from assembler.assembly.compare import compare
from assembler.assembly.letters import letters_of
from assembler.assembly.number import issue
from assembler.assembly.requests import with_changes
from assembler.checks import check
from assembler.crew import Crew, crew
from assembler.errors import Missing, Refused, Unreadable
from assembler.model.artefact import Artefact, Progress
from assembler.model.changes import Changes
from assembler.model.content import Candidature, Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, Severity
from assembler.model.nearest import nearest
from assembler.model.pack import Pack
from assembler.model.version import Version
from assembler.readers.content import LEDGER_FILE, read_candidature_file, read_content, require_candidature
from assembler.readers.exhibits import Rules
from assembler.readers.ledger import ledger_text
from assembler.readers.pack import PackRead, find_pack, pack_ids, read_pack
from assembler.readers.pack_files import check_pack_files
from assembler.readers.versions import read_last_version
from assembler.tools import tesseract
from assembler.tools.atomic import replace_file
from assembler.tools.cache import bound_store, lock_folder, open_store
from assembler.tools.edition import new_edition
from assembler.tools.layers import find_file
from assembler.tools.lock import alone
from assembler.tools.store import Store

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

    `pack_folders` are those of the pack and of the packs it extends, nearest first. `misread` says that an error stands in
    the YAML files: something written there may not have been taken in. `version` is the last one handed in, None before
    that or when it is damaged; `changes` are those since.
    """

    content: Content
    pack_folders: tuple[Path, ...]
    dossier: Dossier
    findings: tuple[Finding, ...]
    misread: bool
    store: Store
    version: Version | None
    changes: Changes | None

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
    require_candidature(folder)
    store = open_store()
    candidature, read = read_candidature_file(folder, today)
    pack_folders, pack = open_pack(candidature, folder, read)
    content, more = read_content(
        folder, candidature, store, Rules(pack.limits.evidence_file, ocr), progress,
        sections=tuple(each.key for each in pack.sections),
    )  # fmt: skip
    if store.grown:
        bound_store(store, started - _A_DAY)
    damage: list[Finding] = []
    version = read_last_version(folder, damage)
    if version:
        last = version.dossier
        asked = tuple(each.request for each in last.requests)
        content = replace(content, handed_in=version.ledger, asked=asked, dated=last.candidature.edition)
    dossier, changes = assemble_since(content, pack, version)
    told = (*read, *more, *damage)
    misread = any(
        each.severity is Severity.ERROR and each.source and each.source.file.endswith(".yaml") for each in told
    )
    findings = check(dossier, content, told)
    return Examined(content, pack_folders, dossier, findings, misread, store, version, changes)


def assemble_since(content: Content, pack: Pack, version: Version | None) -> tuple[Dossier, Changes | None]:
    """The dossier, and what changed since `version`, if anything was ever handed in."""
    dossier = assemble(content, pack)
    if version is None:
        return dossier, None
    changes = compare(version.dossier, dossier, version.number)
    return with_changes(dossier, version.dossier, changes), changes


def build(options: Options, progress: Progress) -> Built:
    """Examine, then write one edition, whole or not at all."""
    _refuse_overlap(options.content, options.output)
    with crew() as children:
        examined = examine(options.content, options.today, progress, ocr=options.ocr)
        return _print(options, examined, children, progress)


def _print(options: Options, examined: Examined, children: Crew, progress: Progress) -> Built:
    from assembler.printing import Job, print_edition, write_data

    draft = options.draft or examined.forbidden
    job = Job(
        examined.dossier, examined.pack_folders, examined.store, draft, options.only, examined.version, examined.changes
    )
    with new_edition(options.output, lock_folder()) as staging:
        printed = print_edition(job, children, staging, progress)
        findings = (*examined.findings, *printed.findings)
        write_data(job, staging, printed.pagination, options.tell(findings))
        names = sorted(each.name for each in staging.iterdir())
    made = tuple(Artefact(name, options.output / name, dict(printed.pages).get(name)) for name in names)
    return Built(examined, findings, made, draft)


def number(folder: Path, today: date, progress: Progress) -> tuple[str, ...]:
    """Issue every provisional label and write the ledger; the labels issued, in order.

    Raises `Refused` when a file could not be read whole: an exhibit missed would be taken for one withdrawn.
    """
    with alone(folder, lock_folder()):
        examined = examine(folder, today, progress)
        if any(each.code == "ledger-damaged" for each in examined.findings):
            raise Refused("ledger-damaged")
        if examined.misread:
            raise Refused("number-unread")
        content = examined.content
        lines, letters = issue(examined.dossier.exhibits, content.ledger, content), tuple(letters_of(content).items())
        if (lines, letters) != (content.ledger, content.letters):
            replace_file(folder / LEDGER_FILE, ledger_text(lines, letters).encode(), durable=True)
    return tuple(each.label for each in examined.dossier.exhibits if not each.issued)


def open_pack(candidature: Candidature, folder: Path, read: tuple[Finding, ...]) -> tuple[tuple[Path, ...], Pack]:
    """The pack that the candidature names, and its folders, nearest first.

    Raises `Missing` when it is not there, `Unreadable` when it is unsound, an annex, or unnamed. `read` are the findings so
    far, told with the failure.
    """
    if not candidature.pack:
        raise Unreadable("pack-unnamed", read)
    places = pack_places(folder)
    found = find_pack(candidature.pack, places)
    if found is None:
        known = pack_ids(places)
        place = f"{candidature.source.file}, ligne {candidature.source.line}"
        raise Missing("pack-unknown", read, pack=candidature.pack, known=", ".join(known), place=place,
                      nearest=nearest(candidature.pack, known, 0.4))  # fmt: skip
    done = read_pack(found, places)
    if done.pack is None:
        raise Unreadable("pack-unusable", (*done.findings, *read), pack=candidature.pack)
    if done.pack.annex:
        raise Unreadable("pack-annex", read, pack=candidature.pack)
    return done.folders, done.pack


def check_pack(named: str, content: Path | None = None) -> tuple[Finding, ...]:
    """What is wrong with the pack of that name, or in that folder. Raises `Missing` when there is none.

    The packs it extends are looked for beside it, and as for the candidature in `content`.
    """
    from assembler.charters import template_notes
    from assembler.writers.word import template_faults

    done = named_pack(named, content)
    template = find_file(done.folders, "dossier.docx")
    found = (*done.findings, *check_pack_files(done.folders[0]))
    found += template_faults(template, done.pack) if template else ()
    return found if any(each.severity is Severity.ERROR for each in found) else (*found, *template_notes(done.folders))


def named_pack(named: str, content: Path | None = None) -> PackRead:
    """The pack of that name, or in that folder. Raises `Missing` when there is none."""
    places = pack_places(content)
    folder = Path(named) if (Path(named) / "pack.yaml").is_file() else find_pack(named, places)
    if folder is None:
        raise Missing("pack-unknown", pack=named, known=", ".join(pack_ids(places)), place="", nearest="")
    return read_pack(folder.resolve(), (folder.resolve().parent, *places))


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
