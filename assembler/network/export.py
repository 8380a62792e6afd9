"""`dossier export`: what one school wrote, as one file to hand over to the lead of its network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assembler import __version__
from assembler.errors import Missing, Refused, Unreadable
from assembler.model.artefact import Progress
from assembler.model.content import COMMON, Establishment
from assembler.model.finding import Finding, Severity
from assembler.network.bundle import ENDING, FINDINGS, LIMITS, PAGE, REQUEST, UAI
from assembler.network.files import Files, files_of
from assembler.network.page import page_text
from assembler.pipeline import Examined, examine
from assembler.readers.content import LEDGER_FILE
from assembler.readers.requests import REPLIES, REQUESTS_FILE
from assembler.report import count_line, findings_plain
from assembler.tools.bag import PAYLOAD, write_bag
from assembler.tools.bundle_names import is_unsafe
from assembler.wording import shown


@dataclass(frozen=True, slots=True)
class Exported:
    """A school's part made into one file: how many files and bytes it holds, what stayed behind and what is out of its folder.

    `held` are links and hidden files; `outside` are pictures that a text shows from elsewhere in the candidature.
    """

    file: Path
    examined: Examined
    school: Establishment
    names: tuple[str, ...]
    size: int
    held: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def usual_name(self) -> str:
        """« 0750123A-2026-11-20.liasse.zip »."""
        return _usual_name(self.school, self.examined)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found wrong, and travels with it."""
        return self.examined.findings

    @property
    def sound(self) -> bool:
        """Whether no error travels, and nothing that is shown stays behind."""
        return not self.outside and not any(each.severity is Severity.ERROR for each in self.findings)


def export(folder: Path, output: Path | None, today: date, progress: Progress) -> Exported:
    """Make one file of the candidature of a single school; beside the user, named after its UAI, when `output` is None.

    It is written whatever errors stand in it: they travel along. Raises `Unreadable` when it cannot be told whose it is.
    """
    examined = examine(folder, today, progress)
    school = _only_school(examined, folder)
    payload, held = _payload(folder, school.key)
    size = sum(path.stat().st_size for path in payload.values())
    if size > LIMITS.packed * 0.99 or len(payload) > LIMITS.files - 10:
        raise Refused("export-too-large", most=f"{LIMITS.packed / 1e6:.0f}", files=str(LIMITS.files))
    target = output or Path(_usual_name(school, examined))
    if not target.parent.is_dir():
        raise Missing("folder-of-output", folder=str(target.parent))
    if target.resolve().is_relative_to(folder.resolve()):
        raise Refused("export-inside", file=str(target))
    start = f"{school.key}/"
    outside = tuple(each.path for each in examined.content.pictures if not each.path.startswith(start))
    exported = Exported(target, examined, school, tuple(sorted(payload)), size, held, outside)
    plain = json.dumps(findings_plain(examined.findings), ensure_ascii=False, indent=1).encode()
    pages = {PAGE: page_text(exported).encode()}
    write_bag(target, (*payload.items(), (FINDINGS, plain)), _labels(examined, school), pages)
    return exported


def _usual_name(school: Establishment, examined: Examined) -> str:
    return f"{school.uai}-{examined.content.candidature.edition.isoformat()}{ENDING}"


def _only_school(examined: Examined, folder: Path) -> Establishment:
    """The school whose candidature this is. Raises `Refused` for a network's, `Unreadable` without a name to know it by."""
    schools = [part.establishment for part in examined.content.parts if part.establishment]
    several = len(examined.content.candidature.establishments) > 1
    if several or (folder / COMMON).exists():
        raise Refused("export-network", folder=str(folder))
    if not schools or not UAI.fullmatch(schools[0].uai):
        raise Unreadable("export-unnamed", examined.findings)
    return schools[0]


def _payload(folder: Path, key: str) -> tuple[dict[str, Path], tuple[str, ...]]:
    """The files that travel, by their names under `data/`; those that do not. Raises `Refused` for a name that could not land."""
    own = files_of(folder / key)
    replies = files_of(folder / REPLIES) if _is_plain_folder(folder / REPLIES) else Files({}, {}, ())
    roots = (REQUEST, LEDGER_FILE, REQUESTS_FILE)
    payload = {name: folder / name for name in roots if (folder / name).is_file() and not (folder / name).is_symlink()}
    payload |= {f"{key}/{name}": path for name, path in own.plain.items()}
    payload |= {f"{REPLIES}/{name}": path for name, path in replies.plain.items()}
    for first, second in (*own.twins, *replies.twins):
        raise Refused("export-twins", name=first, other=second)
    for name in payload:
        if is_unsafe(PAYLOAD + name):
            raise Refused("export-name", name=name)
    held = (*(f"{key}/{name}" for name in own.held), *(f"{REPLIES}/{name}" for name in replies.held))
    return payload, tuple(sorted(held))


def _is_plain_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _labels(examined: Examined, school: Establishment) -> dict[str, str]:
    """What `bag-info.txt` says: BagIt's own labels, then ours."""
    candidature, pack = examined.content.candidature, examined.dossier.pack
    return dict(_shown({
        "Bag-Software-Agent": f"dossier {__version__}",
        "Bagging-Date": candidature.edition.isoformat(),
        "External-Identifier": school.uai,
        "Source-Organization": school.name,
        "Etablissement": school.key,
        "Gabarit": pack.id,
        "Gabarit-Version": pack.version,
        "Campagne": candidature.campaign,
        "Constats": count_line(examined.findings),
    }))  # fmt: skip


def _shown(labels: dict[str, str]) -> Iterator[tuple[str, str]]:
    for label, value in labels.items():
        yield label, shown(value)
