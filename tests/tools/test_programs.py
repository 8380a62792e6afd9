"""Programs are those of the computer, never those that stand where the user does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assembler.tools import libreoffice, tesseract
from assembler.tools.programs import find_program

unix = pytest.mark.skipif(sys.platform == "win32", reason="the false programs are shell scripts")
WINDOWS = (".com", ".exe")


def false_program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\necho fra\n")
    path.chmod(0o755)
    return path


def test_a_program_is_found_in_the_folders_of_path_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = false_program(tmp_path / "a" / "essai"), false_program(tmp_path / "b" / "essai")
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (tmp_path / "none", first.parent, second.parent))))
    assert find_program("essai", ("",)) == first
    assert find_program("autre", ("",)) is None


def test_on_windows_a_program_is_no_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("essai", "essai.bat", "essai.cmd"):
        false_program(tmp_path / name)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program("essai", WINDOWS) is None
    program = false_program(tmp_path / "essai.exe")
    assert find_program("essai", WINDOWS) == program


@unix
def test_what_may_not_be_run_is_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    false_program(tmp_path / "essai").chmod(0o644)
    (tmp_path / "dossier").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_program("essai") is None
    assert find_program("dossier") is None


@unix
@pytest.mark.parametrize("path", ["", ".", os.pathsep, f".{os.pathsep}bin", "bin", "./bin"])
def test_a_candidature_cannot_bring_its_own_programs(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("soffice", "libreoffice", "tesseract"):
        false_program(tmp_path / name)
        false_program(tmp_path / "bin" / name)
    false_program(tmp_path / "C:" / "Program Files" / "LibreOffice" / "program" / "soffice.com")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", path)
    found = libreoffice.find()
    assert found is None or (found.is_absolute() and not found.is_relative_to(tmp_path))
    assert tesseract.find() is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tesseract.find() == tmp_path / "tesseract"
