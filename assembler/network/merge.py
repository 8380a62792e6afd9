"""`dossier merge`: the bundles of the members, each put whole in its own folder of the lead's candidature, or not at all."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from assembler.errors import DossierError, Refused
from assembler.model.french import long_date
from assembler.network.bundle import MANIFEST, Received, entries_of, receive
from assembler.network.changes import (
    Change,
    Kind,
    changes_between,
    edits_at_stake,
    entitled,
    exhibit_changes,
    titles_of,
)
from assembler.network.files import files_of, fingerprints
from assembler.network.lead import Lead, read_lead, refuse_misfit, unlike
from assembler.network.received import HISTORY, Merged, history_text, place_in_candidature, place_in_member, read_merged
from assembler.readers.content import RECEIVED
from assembler.scaffold import refuse_taken
from assembler.tools.cache import lock_folder
from assembler.tools.faults import reason
from assembler.tools.lock import alone
from assembler.tools.swap import new_folder, tidy

ASIDE = "mis-de-cote"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A bundle that belongs in the lead's candidature, compared with what stands there.

    `changes` are those it brings, `exhibits` the same told proof by proof. `edits` are what was changed here since the last merge
    and would be lost; `stand` is what stands here, file by file. `before` is the day of the bundle merged last, None when this
    is the first; `same` says that this one is that one. `unlike` is what the school's identity changes from, and to.
    """

    received: Received
    target: Path
    before: date | None
    changes: tuple[Change, ...]
    exhibits: tuple[Change, ...]
    edits: tuple[Change, ...]
    stand: Mapping[str, str]
    same: bool
    unlike: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A member merged; where what it overwrote was kept, None when nothing was."""

    arrival: Arrival
    aside: Path | None


@contextlib.contextmanager
def arrivals(files: Iterable[Path], folder: Path, today: date, *, force: bool) -> Iterator[tuple[Arrival, ...]]:
    """Every bundle looked at and found to belong in the candidature in `folder`; nothing is written.

    Raises `Refused` at the first thing that is doubtful in any of them.
    """
    lead = read_lead(folder, today)
    with contextlib.ExitStack() as stack:
        found: dict[str, Arrival] = {}
        for file in files:
            received = stack.enter_context(receive(file))
            if received.key in found:
                first = found[received.key].received.file
                raise Refused("merge-twice", file=received.file, other=first, school=received.school.name)
            refuse_misfit(received, lead, force=force)
            found[received.key] = _arrival(received, lead, force=force)
        yield tuple(found.values())


def merge(wanted: tuple[Arrival, ...], folder: Path, *, force: bool) -> Iterator[Done]:
    """Put each in its place, by one rename, and say so.

    What was changed here is kept aside when `force`, else nothing is merged. Raises `Refused` then, or when something changed
    since it was shown.
    """
    edited = next((each for each in wanted if each.edits and not force), None)
    if edited:
        raise Refused(
            "merge-edited" if edited.before else "merge-over-own",
            school=edited.received.school.name, key=edited.received.key,
        )  # fmt: skip
    with alone(folder, lock_folder()):
        for arrival in wanted:
            aside = _set_aside(arrival, folder)
            _put(arrival)
            yield Done(arrival, aside)


def found_candidature(files: tuple[Path, ...], folder: Path) -> Received:
    """Make of the one bundle in `files` a candidature in `folder`, new or empty; what it holds."""
    if len(files) != 1:
        raise Refused("merge-new-one")
    refuse_taken(folder)
    with receive(files[0]) as received:
        with new_folder(folder, lock_folder()) as staging:
            received.bundle.unpack(staging, place_in_candidature)
        return received


def _arrival(received: Received, lead: Lead, *, force: bool) -> Arrival:
    target = lead.folder.resolve() / received.key
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise Refused("merge-link", key=received.key)
    tidy(target, lock_folder())
    merged = read_merged(target)
    last = merged.history[-1] if merged.history else None
    same = last is not None and last[1] == received.identity
    if last is not None and not same and not force:
        _refuse_older(received, merged)
    ours, theirs = _stand(target), received.digests
    old, new = (
        entitled(entries_of(manifest, received.key), lead.pack.attachments)
        for manifest in (_manifest(target), received.text(MANIFEST))
    )
    titles = titles_of((*old, *new))
    return Arrival(
        received=received, target=target, before=last[0] if last else None,
        changes=(
            *changes_between(merged.digests if last else ours, theirs, titles),
            *changes_between(merged.beside, received.beside, {}),
        ),
        exhibits=exhibit_changes(old, new), edits=edits_at_stake(merged.digests, ours, theirs, titles),
        stand=ours, same=same, unlike=unlike(received, lead),
    )  # fmt: skip


def _refuse_older(received: Received, merged: Merged) -> None:
    """Raise `Refused` for a bundle that was merged and replaced since, or is dated before the last one."""
    named = {"file": received.file, "school": received.school.name}
    last = merged.history[-1][0]
    if received.identity in {identity for _, identity in merged.history}:
        raise Refused("merge-replaced", (), **named)
    if received.day < last:
        raise Refused("merge-older", (), day=long_date(received.day), last=long_date(last), **named)


def _stand(target: Path) -> dict[str, str]:
    """What stands in the folder: the fingerprint of each file, and whatever else somebody put there."""
    files = files_of(target)
    try:
        return fingerprints(files.plain) | dict.fromkeys(files.held, "")
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault


def _manifest(target: Path) -> bytes:
    try:
        return (target / MANIFEST).read_bytes()
    except OSError:
        return b""


def _set_aside(arrival: Arrival, folder: Path) -> Path | None:
    """Copies of the files changed here that the bundle is about to replace; of the whole folder when it may be another school's."""
    kept = [each.file for each in arrival.edits if each.kind is not Kind.GONE]
    if not kept and not arrival.unlike:
        return None
    names = (folder / ASIDE / f"{arrival.received.key}-{rank}" for rank in count(1))
    aside = next(each for each in names if not each.exists())
    files = files_of(arrival.target)
    with new_folder(aside, lock_folder()) as staging:
        if arrival.unlike:
            shutil.copytree(arrival.target, staging, symlinks=True, dirs_exist_ok=True)
            return aside
        for name in kept:
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2({**files.plain, **files.held}[name], staging / name, follow_symlinks=False)
    return aside


def _put(arrival: Arrival) -> None:
    received, target = arrival.received, arrival.target
    with new_folder(target, lock_folder()) as staging:
        if _stand(target) != arrival.stand:
            raise Refused("merge-changed", key=received.key)
        received.bundle.unpack(staging, lambda name: place_in_member(name, received.key))
        history = read_merged(target).history
        history += ((received.day, received.identity),) if not arrival.same else ()
        (staging / RECEIVED / HISTORY).write_text(history_text(history), "utf-8")
