"""One entry of a manifest to the facts of its file: which kind it is, what it holds, or why it cannot be embedded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from assembler.model.content import Picture
from assembler.model.exhibit import Absence, Entry, Facts, PageFacts
from assembler.model.plain import plain
from assembler.readers.exhibits.image import clean_picture, image_to_pdf
from assembler.readers.exhibits.kind import kind_of
from assembler.readers.exhibits.office import office_to_pdf
from assembler.readers.exhibits.pdf import Unusable, prepare_pdf
from assembler.readers.files import locate
from assembler.tools.store import Store

# To be changed with any change of what is learnt or of how copies are prepared.
_RECIPE = "1"


def learn(entry: Entry, root: Path, store: Store, limit: int) -> Facts:
    """The facts of the entry's file; its prepared copy is in the store. Never raises for what a file holds."""
    if entry.link is not None:
        return _absent(Absence.LINK, "", "link")
    if entry.file is None:
        return _absent(Absence.MISSING, "")
    path, absence, detail = locate(root, entry.file, limit)
    if path is None:
        return _absent(absence or Absence.MISSING, detail)
    return _learn_file(path, entry, store)


def learn_picture(written: str, root: Path, store: Store, limit: int) -> Picture:
    """A picture of a narrative, with a cleaned copy in the store."""
    path, _, _ = locate(root, written, limit)
    if path is None:
        return Picture(written, None, 0, 0, None, ())
    fingerprint = _sha256(path)
    known = f"{fingerprint}-picture-{_RECIPE}.json"
    if not store.has(known):
        cleaned = clean_picture(path)
        if cleaned is None:
            return Picture(written, fingerprint, 0, 0, None, ())
        name = f"{fingerprint}-picture-{_RECIPE}.{cleaned.suffix}"
        store.keep(name, cleaned.content)
        facts = {"name": name, "width": cleaned.width, "height": cleaned.height, "cleaned": cleaned.cleaned}
        store.keep(known, json.dumps(facts).encode())
    told = json.loads(store.path(known).read_text())
    return Picture(written, fingerprint, told["width"], told["height"], told["name"], tuple(told["cleaned"]))


def _learn_file(path: Path, entry: Entry, store: Store) -> Facts:
    fingerprint, size = _sha256(path), path.stat().st_size
    kind = kind_of(path)
    extract = "{}-{}".format(*entry.pages) if entry.pages else "all"
    recipe = f"{fingerprint}-{extract}{'-text' if entry.is_attachment else ''}-{_RECIPE}"
    known = f"{recipe}.json"
    if store.has(known):
        facts = _facts(store.path(known).read_bytes())
        if facts.prepared is None or store.has(facts.prepared):
            return facts
    try:
        content, cleaned = _as_pdf(path, kind)
        prepared = prepare_pdf(content, entry.pages, with_text=entry.is_attachment)
    except Unusable as reason:
        return replace(_absent(reason.absence, reason.detail, kind), sha256=fingerprint, size=size)
    name = f"{recipe}.pdf"
    store.keep(name, prepared.content)
    facts = Facts(
        sha256=fingerprint, size=size, kind=kind, pages=prepared.pages, prepared=name, absence=None, detail="",
        has_text=prepared.has_text, text=prepared.text, signed=prepared.signed, repaired=prepared.repaired,
        cleaned=tuple(sorted({*cleaned, *prepared.cleaned})), source_pages=prepared.source_pages,
    )  # fmt: skip
    store.keep(known, json.dumps(plain(facts)).encode())
    return facts


def _as_pdf(path: Path, kind: str) -> tuple[bytes, tuple[str, ...]]:
    """The file as a PDF, and what was left out of it on the way."""
    match kind:
        case "pdf":
            return path.read_bytes(), ()
        case "image":
            return image_to_pdf(path)
        case "office":
            return office_to_pdf(path), ()
        case _:
            raise Unusable(Absence.UNKNOWN_KIND, path.suffix.lower())


def _absent(absence: Absence, detail: str, kind: str = "unknown") -> Facts:
    return Facts(None, 0, kind, (), None, absence, detail, False, "", False, False, ())


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _facts(content: bytes) -> Facts:
    told = json.loads(content)
    told.pop("type")
    told["pages"] = tuple(PageFacts(page["width"], page["height"]) for page in told["pages"])
    told["absence"] = Absence(told["absence"]) if told["absence"] else None
    told["cleaned"] = tuple(told["cleaned"])
    return Facts(**told)
