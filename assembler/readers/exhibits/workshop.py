"""The child process in which every untrusted file is opened: `python -m assembler.readers.exhibits.workshop`.

A job names a file, its fingerprint and what to make of it; the copy goes to the store, the answer says what was learnt.
"""

from __future__ import annotations

import errno
import hashlib
import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from assembler.errors import DossierError
from assembler.model.exhibit import Absence
from assembler.model.plain import plain
from assembler.model.sheet import original_name, sheets_name
from assembler.readers.exhibits.forms import make_forms
from assembler.readers.exhibits.image import clean_picture, image_to_pdf
from assembler.readers.exhibits.kind import kind_of
from assembler.readers.exhibits.mail import mail_to_pdf
from assembler.readers.exhibits.ocr import add_text
from assembler.readers.exhibits.office import office_to_pdf
from assembler.readers.exhibits.pdf import PreparedPdf, Unusable, prepare_pdf
from assembler.tools.child import answer_jobs, limit_memory, looser_memory
from assembler.tools.faults import reason
from assembler.tools.store import Store

_MEMORY = 1_500_000_000
_MEMORY_OF_PROGRAMS = 6_000_000_000


def main() -> None:
    """Answer jobs until there are no more."""
    limit_memory(_MEMORY, _MEMORY_OF_PROGRAMS)
    answer_jobs(_answer)


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    try:
        content = Path(job["path"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != job["sha256"]:
            raise Unusable(Absence.BROKEN, "modifié pendant la lecture")
        return _picture(job, content) if job["task"] == "picture" else _exhibit(job, content)
    except Unusable as refused:
        return {"absence": refused.absence.value, "detail": refused.detail}
    except DossierError as fault:
        return {"disk": fault.values["reason"]}
    except MemoryError:
        return {"absence": Absence.TOO_LARGE.value, "detail": "il prend plus de 1,5 Go de mémoire"}
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            return {"disk": reason(fault)}
        return {"absence": Absence.BROKEN.value, "detail": type(fault).__name__}
    except Exception as fault:  # noqa: BLE001 - a file may make any library raise anything; the divider names the reason
        return {"absence": Absence.BROKEN.value, "detail": type(fault).__name__}


def _exhibit(job: dict[str, Any], content: bytes) -> dict[str, Any]:
    content, cleaned = _as_pdf(content, job["kind"], job["suffix"])
    extract = (job["extract"][0], job["extract"][1]) if job["extract"] else None
    prepared = prepare_pdf(content, extract, with_text=job["text"])
    if job["ocr"] and not prepared.has_text:
        prepared = _read_aloud(prepared, with_text=job["text"])
    forms, store = make_forms(prepared.content), Store(Path(job["store"]))
    store.keep(sheets_name(job["name"]), json.dumps(plain(forms.sheets), separators=(",", ":")).encode())
    store.keep(job["name"], forms.content)
    original = prepared.signed and job["kind"] == "pdf" and extract is None and not prepared.cleaned
    if original:  # whole, and with nothing in it that the copy had to leave out
        store.keep(original_name(job["name"]), content)
    return {
        "pages": plain(prepared.pages),
        "has_text": prepared.has_text,
        "text": prepared.text,
        "signed": prepared.signed,
        "original": original_name(job["name"]) if original else None,
        "repaired": prepared.repaired,
        "cleaned": sorted({*cleaned, *prepared.cleaned}),
        "source_pages": prepared.source_pages,
        "other_count": prepared.other_count if job["kind"] == "pdf" else None,
        "personal": list(prepared.personal),
    }


def _read_aloud(prepared: PreparedPdf, *, with_text: bool) -> PreparedPdf:
    """The copy with a layer of text, when its pictures could be read."""
    with looser_memory():
        made = add_text(prepared.content)
    if made is None:
        return prepared
    again = prepare_pdf(made, None, with_text=with_text)
    kept = replace(prepared, content=again.content, has_text=again.has_text, text=again.text, personal=again.personal)
    return replace(kept, cleaned=tuple(sorted({*prepared.cleaned, "ocr"})))


def _as_pdf(content: bytes, kind: str, suffix: str) -> tuple[bytes, tuple[str, ...]]:
    """The file as PDF, and what was left out of it on the way."""
    match kind:
        case "pdf":
            return content, ()
        case "image":
            return image_to_pdf(content)
        case "office":
            return office_to_pdf(content, suffix)
        case "mail":
            noted: set[str] = set()
            made, missing = mail_to_pdf(content, partial(_attachment, noted))
            return made, tuple(sorted({*noted, *missing}))
        case _:
            raise Unusable(Absence.UNKNOWN_KIND, suffix)


def _attachment(noted: set[str], content: bytes, suffix: str) -> bytes:
    """An attachment as a clean PDF, what was left out of it added to `noted`; a message within a message is not opened."""
    kind = kind_of(content[:1024], suffix)
    made, cleaned = _as_pdf(content, "unknown" if kind == "mail" else kind, suffix)
    prepared = prepare_pdf(made, None, with_text=False)
    noted.update(cleaned, prepared.cleaned)
    return prepared.content


def _picture(job: dict[str, Any], content: bytes) -> dict[str, Any]:
    picture = clean_picture(content)
    name = f"{job['name']}.{picture.suffix}"
    Store(Path(job["store"])).keep(name, picture.content)
    return {"name": name, "width": picture.width, "height": picture.height, "cleaned": list(picture.cleaned)}


if __name__ == "__main__":
    main()
