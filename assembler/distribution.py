"""Packs that travel: one file made from a pack, and a file received looked at, compared with what is in use, and added."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assembler.assembly.compare_packs import compare_packs
from assembler.errors import DossierError, Missing, Refused, Unreadable
from assembler.model.difference import Difference, difference
from assembler.model.finding import Finding, Severity
from assembler.model.pack import Pack
from assembler.pipeline import check_pack, pack_places
from assembler.readers.pack import find_pack, pack_ids, read_pack
from assembler.readers.pack_files import FONTS, pack_files
from assembler.tools.bundle import Bundle, Limits, open_bundle
from assembler.tools.cache import lock_folder
from assembler.tools.faults import reason
from assembler.tools.fingerprint import six_words
from assembler.tools.packing import sums_of, write_bundle
from assembler.tools.signature import Seal, known_key, read_seal, remember_key
from assembler.tools.swap import new_folder

ENDING = ".gabarit.zip"
_LIMITS = Limits(packed=50_000_000, inflated=200_000_000, files=200)


@dataclass(frozen=True, slots=True)
class Exported:
    """A pack made into one file: where, what it is, its fingerprint in six words, what was remarked on the way."""

    file: Path
    pack: Pack
    fingerprint: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A pack received and found sound, in a folder of its own until it is added.

    `current` is the pack of that id in use until now, `current_fingerprint` its six words; `changes` is how this one differs
    from it. `key_known` says whether the seal's key was met before. `dependents` are the packs that extend it, and whether they
    still can.
    """

    folder: Path
    pack: Pack
    fingerprint: str
    seal: Seal | None
    key_known: bool
    current: Pack | None
    current_fingerprint: str
    changes: tuple[Difference, ...]
    dependents: tuple[tuple[str, bool], ...]
    findings: tuple[Finding, ...]

    @property
    def same(self) -> bool:
        """Whether it is, file by file, the one in use."""
        return self.fingerprint == self.current_fingerprint


def export_pack(named: str, output: Path | None, seal: Callable[[bytes], bytes] | None) -> Exported:
    """Make one file of the pack named, or in the folder named; beside the user when `output` is None.

    Raises `Unreadable` when the pack has an error, `Missing` when there is none.
    """
    folder = Path(named) if (Path(named) / "pack.yaml").is_file() else find_pack(named, pack_places(None))
    if folder is None:
        raise Missing("pack-unknown", pack=named, known=", ".join(pack_ids(pack_places(None))), place="", nearest="")
    folder = folder.resolve()
    findings = check_pack(str(folder))
    pack = read_pack(folder, (folder.parent, *pack_places(None))).pack
    if pack is None or _has_error(findings):
        raise Unreadable("pack-not-exported", findings, pack=folder.name)
    target = output or Path(f"{pack.id}-{_in_a_name(pack.version)}{ENDING}")
    if not target.parent.is_dir():
        raise Missing("folder-of-output", folder=str(target.parent))
    sums = write_bundle(target, _named_files(folder), seal)
    return Exported(target, pack, six_words(sums), findings)


@contextlib.contextmanager
def receive_pack(file: Path, content: Path | None) -> Iterator[Received]:
    """The pack in `file`, for this computer or for the candidature in `content` alone; gone on leaving unless it was added.

    Raises `Refused` for whatever is unsafe, `Unreadable` (with its findings) when the pack has an error.
    """
    with open_bundle(file, _LIMITS) as bundle, tempfile.TemporaryDirectory(prefix="dossier-") as place:
        try:
            bundle.unpack(Path(place))
        except OSError as fault:
            raise DossierError("disk", reason=reason(fault)) from fault
        folder = _only_folder(bundle, Path(place), file.name)
        findings = check_pack(str(folder), content)
        places = pack_places(content)
        pack = read_pack(folder, (folder.parent, *places)).pack
        if pack is None or _has_error(findings):
            raise Unreadable("pack-not-added", findings, pack=folder.name)
        seal = read_seal(bundle.signature, bundle.sums, file.name) if bundle.signature is not None else None
        yield _received(folder, pack, bundle.sums, _trusted(seal, pack), findings, places)


def add_pack(received: Received, content: Path | None, *, force: bool) -> Path:
    """Put the pack received in the place of the one before, whole; where it now stands.

    Raises `Refused` when its version number is that of a different pack in use, unless `force`.
    """
    pack, current = received.pack, received.current
    if current and current.version == pack.version and not received.same and not force:
        raise Refused("pack-same-version", pack=pack.id, version=pack.version)
    target = pack_places(content)[0] / pack.id
    with new_folder(target, lock_folder()) as staging:
        shutil.copytree(received.folder, staging, dirs_exist_ok=True)
    if received.seal and received.seal.checked:
        remember_key(_keys_file(), pack.id, pack.issuer, received.seal.key)
    return target


def fingerprint_of(folder: Path) -> str:
    """The six words of the pack in `folder`: those of the file that `export_pack` makes of it."""
    return six_words(sums_of(_named_files(folder)))


def _received(
    folder: Path, pack: Pack, sums: bytes, trust: tuple[Seal | None, bool], findings: tuple[Finding, ...],
    places: tuple[Path, ...],
) -> Received:  # fmt: skip
    in_use = find_pack(pack.id, places)
    current = read_pack(in_use, places).pack if in_use else None
    changes = compare_packs(current, pack) if current else ()
    return Received(
        folder=folder, pack=pack, fingerprint=six_words(sums), seal=trust[0], key_known=trust[1], current=current,
        current_fingerprint=fingerprint_of(in_use) if in_use else "",
        changes=(*changes, *_file_changes(in_use, folder)) if in_use else (),
        dependents=_dependents(folder, pack.id, places), findings=findings,
    )  # fmt: skip


def _trusted(seal: Seal | None, pack: Pack) -> tuple[Seal | None, bool]:
    """The seal, and whether its key was met before. Raises `Refused` when another key, or none, was to be expected."""
    known = known_key(_keys_file(), pack.id, pack.issuer)
    if known and seal is None:
        raise Refused("signature-gone", pack=pack.id, issuer=pack.issuer, file=str(_keys_file()))
    if known and seal and seal.key != known:
        raise Refused("signature-changed", pack=pack.id, issuer=pack.issuer, file=str(_keys_file()))
    return seal, known is not None


def _only_folder(bundle: Bundle, place: Path, file: str) -> Path:
    """The one folder that a bundle of a pack holds, nothing of it hidden."""
    tops = {name.partition("/")[0] for name in bundle.names}
    folder = place / min(tops, default="")
    if len(tops) != 1 or not (folder / "pack.yaml").is_file():
        raise Refused("bundle-not-a-pack", file=file)
    hidden = set(bundle.names) - {name for name, _ in _named_files(folder)}
    if hidden:
        raise Refused("bundle-name", file=file, name=min(hidden))
    return folder


def _file_changes(old: Path, new: Path) -> Iterator[Difference]:
    """Files new, gone or changed, but for the two whose content is compared; fonts are told as one."""
    before, after = ({name: path.read_bytes() for name, path in pack_files(each)} for each in (old, new))
    told = {"pack.yaml", "criteres.yaml"}
    differing = sorted(name for name in (before | after) if before.get(name) != after.get(name) and name not in told)
    for name in differing:
        if not name.startswith(f"{FONTS}/"):
            yield difference(
                "file-new" if name not in before else "file-gone" if name not in after else "file-changed", name=name
            )
    if any(name.startswith(f"{FONTS}/") for name in differing):
        yield difference("fonts-changed")


def _dependents(folder: Path, identifier: str, places: tuple[Path, ...]) -> tuple[tuple[str, bool], ...]:
    """The packs that extend this one, by whatever detour, and whether they can still be read on top of it."""
    found = []
    for other in pack_ids(places):
        place = find_pack(other, places)
        if place is not None and other != identifier:
            done = read_pack(place, (folder.parent, *places))
            if identifier in {each.name for each in done.folders[1:]}:
                found.append((other, done.pack is not None))
    return tuple(found)


def _named_files(folder: Path) -> tuple[tuple[str, Path], ...]:
    return tuple((f"{folder.name}/{name}", path) for name, path in pack_files(folder))


def _keys_file() -> Path:
    return pack_places(None)[0].parent / "cles.json"


def _in_a_name(version: str) -> str:
    return "".join(each if each.isascii() and (each.isalnum() or each in ".-") else "-" for each in version)


def _has_error(findings: tuple[Finding, ...]) -> bool:
    return any(each.severity is Severity.ERROR for each in findings)
