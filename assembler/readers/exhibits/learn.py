"""Every file of evidence to its facts: what it holds, or why it cannot be embedded.

What was learnt once is remembered by fingerprint; the rest is opened in child processes, side by side.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from assembler.errors import DossierError
from assembler.model.artefact import Progress
from assembler.model.content import Picture
from assembler.model.exhibit import Absence, Entry, Facts, PageFacts
from assembler.model.sheet import sheets_name
from assembler.readers.exhibits.kind import kind_of
from assembler.readers.files import locate, read_head
from assembler.tools.child import Job, Lost, work
from assembler.tools.store import Store

# To be changed with any change of what is learnt or of how copies are prepared.
_RECIPE = "12"
_WORKSHOP = "assembler.readers.exhibits.workshop"
_SECONDS = {"office": 60.0, "mail": 60.0}
_DEFAULT_SECONDS = 30.0
_OCR_SECONDS = 900.0
_LOST = {"timeout": Absence.TIMEOUT, "crash": Absence.CRASH}


@dataclass(frozen=True, slots=True)
class Rules:
    """How evidence is opened: the largest file in bytes, and whether pictures of text are read (OCR)."""

    limit: int
    ocr: bool


def learn(
    entries: Iterable[Entry], root: Path, store: Store, rules: Rules, progress: Progress
) -> tuple[tuple[str, Facts], ...]:
    """The facts of each entry's file, by the entry's id; the copies to embed are in the store.

    Never raises for what a file holds, only `DossierError` when the disk refuses the copies; `progress` is told each file opened.
    """
    known: dict[str, Facts] = {}
    jobs: dict[str, Job] = {}
    waiting: list[tuple[str, str, Facts]] = []
    wanted = tuple(entries)
    with ThreadPoolExecutor() as readers:  # fingerprints are taken side by side
        looked = list(readers.map(lambda entry: _look(entry, root, store, rules), wanted))
    for entry, (facts, job) in zip(wanted, looked, strict=True):
        known[entry.id] = facts
        if job is not None:
            jobs[job["name"]] = job
            waiting.append((entry.id, job["name"], facts))
    answers = _ask(jobs.values(), progress)
    for identifier, name, facts in waiting:
        known[identifier] = _facts(facts, name, answers[name])
    for name, answer in answers.items():
        if isinstance(answer, dict) and "absence" not in answer:
            store.keep(f"{name}.json", json.dumps(answer).encode())
    return tuple(known.items())


def learn_pictures(
    paths: Iterable[str], root: Path, store: Store, limit: int, progress: Progress
) -> tuple[Picture, ...]:
    """The pictures of narratives, each with a cleaned copy in the store where it can be read."""
    pictures: dict[str, Picture] = {}
    jobs: dict[str, Job] = {}
    waiting: list[tuple[str, str]] = []
    for written in paths:
        path, _, _ = locate(root, written, limit)
        fingerprint = _sha256(path) if path else None
        pictures[written] = Picture(written, fingerprint, 0, 0, None, ())
        if path is None or fingerprint is None:
            continue
        name = f"{fingerprint}-picture-{_RECIPE}"
        told = _remembered(store, name)
        if told is not None and store.has(told["name"]):
            pictures[written] = _picture(pictures[written], told)
        else:
            jobs[name] = {
                "task": "picture",
                "path": str(path),
                "sha256": fingerprint,
                "name": name,
                "store": str(store.folder),
            }
            waiting.append((written, name))
    answers = _ask(jobs.values(), progress)
    for written, name in waiting:
        answer = answers[name]
        if isinstance(answer, dict) and "absence" not in answer:
            store.keep(f"{name}.json", json.dumps(answer).encode())
            pictures[written] = _picture(pictures[written], answer)
    return tuple(pictures.values())


def _look(entry: Entry, root: Path, store: Store, rules: Rules) -> tuple[Facts, Job | None]:
    """What can be said without opening the file, and the job to do when that is not all."""
    if entry.link is not None:
        return _absent(Absence.LINK, "", "link"), None
    if entry.file is None:
        return _absent(Absence.MISSING, "", "unknown"), None
    path, absence, detail = locate(root, entry.file, rules.limit)
    if path is None:
        return _absent(absence or Absence.MISSING, detail, "unknown"), None
    kind = kind_of(read_head(path, 1024), path.suffix.lower())
    facts = replace(_absent(Absence.BROKEN, "", kind), sha256=_sha256(path), size=path.stat().st_size)
    extract = "{}-{}".format(*entry.pages) if entry.pages else "all"
    name = (
        f"{facts.sha256}-{extract}{'-text' if entry.is_attachment else ''}{'-ocr' if rules.ocr else ''}-{_RECIPE}.pdf"
    )
    told = _remembered(store, name)
    if told is not None and all(map(store.has, filter(None, (name, sheets_name(name), told.get("original"))))):
        return _facts(facts, name, told), None
    return facts, {
        "task": "exhibit", "path": str(path), "sha256": facts.sha256, "kind": kind, "suffix": path.suffix.lower(),
        "extract": entry.pages, "text": entry.is_attachment, "ocr": rules.ocr, "name": name, "store": str(store.folder),
    }  # fmt: skip


def _ask(jobs: Iterable[Job], progress: Progress) -> dict[str, dict[str, Any] | Lost]:
    timed = [(job, _seconds(job)) for job in jobs]
    children = min(4, os.cpu_count() or 1)
    taken = count()
    done = work(_WORKSHOP, timed, children, lambda job: progress(Path(job["path"]).name, next(taken), len(timed)))
    answers: dict[str, dict[str, Any] | Lost] = {}
    for job, answer in done:
        if isinstance(answer, dict) and "disk" in answer:
            raise DossierError("disk", reason=answer["disk"])
        answers[job["name"]] = answer
    return answers


def _seconds(job: Job) -> float:
    return _OCR_SECONDS if job.get("ocr") else _SECONDS.get(job.get("kind", ""), _DEFAULT_SECONDS)


def _facts(facts: Facts, name: str, answer: dict[str, Any] | Lost) -> Facts:
    if isinstance(answer, Lost):
        return replace(facts, absence=_LOST[answer.reason])
    if "absence" in answer:
        return replace(facts, absence=Absence(answer["absence"]), detail=answer["detail"])
    return replace(
        facts, absence=None, prepared=name, has_text=answer["has_text"], text=answer["text"], signed=answer["signed"],
        repaired=answer["repaired"], cleaned=tuple(answer["cleaned"]), source_pages=answer["source_pages"],
        other_count=answer["other_count"], personal=tuple(answer["personal"]), original=answer.get("original"),
        pages=tuple(PageFacts(page["width"], page["height"]) for page in answer["pages"]),
    )  # fmt: skip


def _picture(picture: Picture, told: dict[str, Any]) -> Picture:
    return replace(
        picture, width=told["width"], height=told["height"], prepared=told["name"], cleaned=tuple(told["cleaned"])
    )


def _remembered(store: Store, name: str) -> dict[str, Any] | None:
    try:
        told = json.loads(store.path(f"{name}.json").read_bytes())
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _absent(absence: Absence, detail: str, kind: str) -> Facts:
    return Facts(None, 0, kind, (), None, absence, detail, False, "", False, False, ())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
