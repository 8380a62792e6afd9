"""A signed file stands in the complete dossier as its author gave it, beside the copy that is shown."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from candidature import copy_simple, program
from checks import files


def test_a_signed_original_is_attached_byte_for_byte(tmp_path: Path) -> None:
    folder, signed = copy_simple(tmp_path / "c"), files.pdf(signed=True)
    (folder / "lycee" / "preuves" / "carte.pdf").write_bytes(signed)
    program("build", folder, "-o", tmp_path / "build", "--draft", "--only", "pdf")
    with pikepdf.open(tmp_path / "build" / "brouillon.pdf") as pdf:
        (name,) = pdf.attachments
        assert name == "P1.1 - carte.pdf"
        assert pdf.attachments[name].get_file().read_bytes() == signed


def test_a_signed_file_that_acts_is_not_attached(tmp_path: Path) -> None:
    folder = copy_simple(tmp_path / "c")
    (folder / "lycee" / "preuves" / "carte.pdf").write_bytes(files.pdf(signed=True, javascript=True))
    program("build", folder, "-o", tmp_path / "build", "--draft", "--only", "pdf")
    with pikepdf.open(tmp_path / "build" / "brouillon.pdf") as pdf:
        assert not pdf.attachments
