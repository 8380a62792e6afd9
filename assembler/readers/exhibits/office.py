"""Office files: turned into PDF by LibreOffice where it is installed, after their archive was looked through."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.archive import open_archive
from assembler.readers.exhibits.pdf import Unusable
from assembler.readers.exhibits.sheets import fit_to_width
from assembler.tools import libreoffice
from assembler.tools.child import looser_memory

_SECONDS = 27.0
_RTF_FIELD = re.compile(rb"(?:\\\*\s*)?\\fldinst(?![a-z])")
_FETCHES = re.compile(rb"INCLUDE(?:PICTURE|TEXT)", re.IGNORECASE)


def office_to_pdf(content: bytes, suffix: str) -> tuple[bytes, tuple[str, ...]]:
    """The file as PDF, and what was left out of it. Raises `Unusable` when LibreOffice is not there, or refuses."""
    noted: list[str] = []
    if content.startswith(b"PK"):
        archive = open_archive(content)
        noted += archive.removed
        if suffix in (".xlsx", ".xlsm"):
            archive, small = fit_to_width(archive)
            noted += ["small-print"] if small else []
        content = archive.packed()
    elif content.lstrip().startswith(b"{\\rt"):
        noted += ["external"] if _FETCHES.search(content) else []
        content = _RTF_FIELD.sub(rb"\\*\\fldnone", content)  # fields fetch files of this computer; their results stay
    if libreoffice.find() is None:
        raise Unusable(Absence.NO_CONVERTER)
    with tempfile.TemporaryDirectory(prefix="dossier-preuve-") as folder, looser_memory():
        if suffix in (".xls", ".ods"):
            content, small = _as_workbook(content, suffix, Path(folder))
            noted += ["small-print"] if small else []
            suffix = ".xlsx"
        source = Path(folder, f"preuve{suffix}")
        source.write_bytes(content)
        made = libreoffice.to_pdf(source, timeout=_SECONDS)
    if made is None:
        raise Unusable(Absence.CONVERSION)
    return made, tuple(noted)


def _as_workbook(content: bytes, suffix: str, folder: Path) -> tuple[bytes, bool]:
    """An older or open workbook as .xlsx with its sheets fitted to the page's width."""
    source = folder / f"classeur{suffix}"
    source.write_bytes(content)
    made = libreoffice.convert(source, folder, timeout=_SECONDS, to="xlsx")
    if made is None:
        raise Unusable(Absence.CONVERSION)
    archive, small = fit_to_width(open_archive(made.read_bytes()))
    return archive.packed(), small
