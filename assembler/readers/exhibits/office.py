"""Office files: turned into PDF by LibreOffice where it is installed."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable
from assembler.tools import libreoffice
from assembler.tools.child import looser_memory

_MAX_INFLATED = 200_000_000
_MAX_PARTS = 2_000
_SECONDS = 50.0


def office_to_pdf(content: bytes, suffix: str) -> bytes:
    """The file as PDF. Raises `Unusable` when LibreOffice is not there, or refuses."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        _refuse_bomb(content)
    if libreoffice.find() is None:
        raise Unusable(Absence.NO_CONVERTER)
    with tempfile.TemporaryDirectory(prefix="dossier-preuve-") as folder, looser_memory():
        source = Path(folder, f"preuve{suffix}")
        source.write_bytes(content)
        made = libreoffice.to_pdf(source, timeout=_SECONDS)
    if made is None:
        raise Unusable(Absence.CONVERSION)
    return made


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_INFLATED:
        raise Unusable(Absence.TOO_LARGE, "décompressé")
