"""The disk refuses at every step of a build, one after the other: the old edition or the new one stands whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from candidature import Outcome, append, program
from test_edition import whole

DISK = Path(__file__).parents[1] / "saboteurs" / "disk"
STEPS = 8  # of those a build has, in a run that is not asked for all of them


@pytest.fixture
def place(simple: Path, tmp_path: Path) -> Path:
    """A folder that holds an edition, and nothing else."""
    (tmp_path / "ici").mkdir()
    assert build(simple, tmp_path).code == 0
    return tmp_path / "ici"


def build(simple: Path, tmp_path: Path, **environment: str) -> Outcome:
    """A build with a cache of its own."""
    own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), **environment}
    return program("build", simple, "-o", tmp_path / "ici" / "sortie", "--draft", **own)


@pytest.mark.parametrize("error", ["ENOSPC", "EACCES"])
def test_at_whichever_step_the_disk_refuses_an_edition_stands(
    error: str, simple: Path, place: Path, tmp_path: Path
) -> None:
    append("lycee/critere-1.md", "\nUn mot de plus.\n")(simple)
    counted = tmp_path / "steps"
    assert build(simple, tmp_path, PYTHONPATH=str(DISK), FAULT_COUNT=str(counted)).code == 0
    steps = int(counted.read_text())
    assert steps > STEPS
    chosen = (
        range(1, steps + 1) if "FAULTS" in os.environ else sorted({1 + steps * nth // STEPS for nth in range(STEPS)})
    )
    for step in chosen:
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        done = build(simple, tmp_path, PYTHONPATH=str(DISK), FAULT_AT=str(step), FAULT_ERRNO=error)
        told = f"step {step} of {steps}: {done.err}"
        assert done.code in (0, 4), told
        assert "Traceback" not in done.err, told
        assert whole(place / "sortie"), told
        if done.code == 4:
            assert "Le disque refuse l’écriture" in done.err.splitlines()[-1], told
        assert [each.name for each in place.iterdir()] == ["sortie"], told
    assert build(simple, tmp_path).code == 0


def test_the_first_edition_is_there_whole_or_not_at_all(simple: Path, place: Path, tmp_path: Path) -> None:
    counted = tmp_path / "steps"
    shutil.rmtree(place / "sortie")
    assert build(simple, tmp_path, PYTHONPATH=str(DISK), FAULT_COUNT=str(counted)).code == 0
    for step in range(int(counted.read_text()) - 4, int(counted.read_text()) + 1):
        shutil.rmtree(place / "sortie", ignore_errors=True)
        done = build(simple, tmp_path, PYTHONPATH=str(DISK), FAULT_AT=str(step))
        assert (done.code, (place / "sortie").exists()) in ((0, True), (4, False)), done.err
        assert [each for each in place.iterdir() if each.name != "sortie"] == []


def test_a_file_open_in_word_is_named_and_nothing_is_touched(simple: Path, place: Path, tmp_path: Path) -> None:
    (place / "sortie" / "~$ouillon.docx").write_bytes(b"")
    before = {each.name: each.read_bytes() for each in (place / "sortie").iterdir()}
    done = build(simple, tmp_path)
    assert done.code == 4
    assert "ouillon.docx" in done.err
    assert {each.name: each.read_bytes() for each in (place / "sortie").iterdir()} == before
