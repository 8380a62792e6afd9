"""Office files: turned into PDF by LibreOffice where it is installed."""

from __future__ import annotations

import zipfile
from pathlib import Path

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable
from assembler.tools import libreoffice

_MAX_INFLATED = 200_000_000
_MAX_PARTS = 2_000


def office_to_pdf(path: Path) -> bytes:
    """The file as PDF. Raises `Unusable` when LibreOffice is not there, or refuses."""
    if zipfile.is_zipfile(path):
        _refuse_bomb(path)
    if libreoffice.find() is None:
        raise Unusable(Absence.NO_CONVERTER)
    content = libreoffice.to_pdf(path)
    if content is None:
        raise Unusable(Absence.CONVERSION)
    return content


def _refuse_bomb(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_INFLATED:
        raise Unusable(Absence.TOO_LARGE, "décompressé")
