"""LibreOffice, real where it is there, and false programs that misbehave in its place."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from assembler.tools import libreoffice

unix = pytest.mark.skipif(sys.platform == "win32", reason="the false programs are shell scripts")


@unix
def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "children"
    saboteur(tmp_path, monkeypatch, f"sleep 60 & echo $! > {mark}; echo $$ >> {mark}; sleep 60")
    assert libreoffice.convert(source(tmp_path), tmp_path, timeout=1) is None
    for identifier in map(int, mark.read_text().split()):
        assert ended(identifier)


@unix
@pytest.mark.parametrize("script", ["exit 77", "exit 0", "kill -SEGV $$", "echo rubbish >&2; exit 0"])
def test_a_program_that_makes_nothing_gives_nothing(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saboteur(tmp_path, monkeypatch, script)
    assert libreoffice.to_pdf(source(tmp_path)) is None


@unix
def test_rubbish_in_place_of_a_pdf_gives_no_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The target folder is the argument after --outdir.
    saboteur(tmp_path, monkeypatch, 'while [ "$1" != "--outdir" ]; do shift; done; echo rubbish > "$2/mesure.pdf"')
    assert libreoffice.bookmark_pages(b"no Word file") is None


@unix
def test_it_sees_a_profile_without_macros_and_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = tmp_path / "seen"
    find = 'for one in "$@"; do case "$one" in -env:UserInstallation=file://*) profile=${one#*file://};; esac; done; '
    saboteur(tmp_path, monkeypatch, find + f'cat "$profile/user/registrymodifications.xcu" > {seen}; env >> {seen}')
    monkeypatch.setenv("no_proxy", "*")
    libreoffice.convert(source(tmp_path), tmp_path, timeout=10)
    told = seen.read_text()
    assert 'oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in told
    assert 'oor:name="MacroSecurityLevel" oor:op="fuse"><value>3<' in told
    assert "https_proxy=http://127.0.0.1:9" in told
    assert "no_proxy=" not in told
    assert f"HOME={os.environ['HOME']}" in told


def test_without_it_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if any(place.is_file() for place in map(Path, libreoffice._PLACES)):
        pytest.skip("LibreOffice is where its installer puts it")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.find() is None
    assert libreoffice.to_pdf(source(tmp_path)) is None


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not on this computer")
def test_a_text_becomes_a_pdf(tmp_path: Path) -> None:
    made = libreoffice.to_pdf(source(tmp_path))
    assert made is not None
    assert made.startswith(b"%PDF-")


def saboteur(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def source(folder: Path) -> Path:
    made = folder / "note.txt"
    made.write_text("Une note.")
    return made


def ended(identifier: int) -> bool:
    for _ in range(50):
        try:
            os.kill(identifier, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{identifier}/stat")
        if status.is_file() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
