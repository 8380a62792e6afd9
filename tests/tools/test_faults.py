"""The disk refuses at every step of a build, one after the other: the old edition or the new one stands whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from candidature import Outcome, append, copy_simple, program
from test_edition import whole

DISK = Path(__file__).parents[1] / "saboteurs" / "disk"
WORKSHOP = "assembler.readers.exhibits.workshop"
STEPS = 3  # of those a build has, in a run that is not asked for all of them
LAST = 40  # steps in which the edition is put in place


def asked(*cases: object) -> tuple[object, ...]:
    """These cases where `FAULTS` asks for them, else none."""
    return cases if "FAULTS" in os.environ else ()


@pytest.fixture
def place(simple: Path, tmp_path: Path) -> Path:
    """A folder that holds an edition, and nothing else."""
    (tmp_path / "ici").mkdir()
    assert build(simple, tmp_path).code == 0
    return tmp_path / "ici"


def build(simple: Path, tmp_path: Path, **environment: str) -> Outcome:
    """A build with a cache and a folder for temporary files of its own."""
    return own("build", simple, "-o", tmp_path / "ici" / "sortie", "--draft", tmp_path=tmp_path, **environment)


def own(*arguments: str | Path, tmp_path: Path, **environment: str) -> Outcome:
    (tmp_path / "tmp").mkdir(exist_ok=True)
    folders = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "tmp")}
    return program(*arguments, **folders, **environment)


def steps_of(run: Callable[..., Outcome], tmp_path: Path, **environment: str) -> int:
    """How many steps that change the disk the run has, in the process that has most."""
    counts = tmp_path / "steps"
    counts.mkdir()
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    assert run(PYTHONPATH=str(DISK), FAULT_COUNT=str(counts), **environment).code == 0
    most = max(int(each.read_text()) for each in counts.iterdir())
    shutil.rmtree(counts)
    return most


def chosen(first: int, last: int) -> list[int]:
    """Every step from `first` to `last` where `FAULTS` asks for it, else a few."""
    if "FAULTS" in os.environ:
        return list(range(first, last + 1))
    return sorted({first + (last + 1 - first) * nth // STEPS for nth in range(STEPS)})


def stands(place: Path) -> bool:
    """Whether an edition stands whole, in its place or where the next build finds it."""
    aside = place / ".sortie.edition-precedente"
    return whole(place / "sortie") if (place / "sortie").exists() else whole(aside)


@pytest.mark.parametrize(
    ("error", "swap"),
    [
        ("ENOSPC", "in one step"),
        ("KILL", "in two"),
        *asked(("EACCES", "in one step"), ("KILL", "in one step"), ("ENOSPC", "in two")),
    ],
)
def test_at_whichever_step_the_disk_refuses_an_edition_stands(
    error: str, swap: str, simple: Path, place: Path, tmp_path: Path
) -> None:
    append("lycee/critere-1.md", "\nUn mot de plus.\n")(simple)
    apart = {"FAULT_APART": "1"} if swap == "in two" else {}
    run = partial(build, simple, tmp_path)
    steps = steps_of(run, tmp_path, **apart)
    assert steps > LAST
    for step in chosen(steps - LAST if apart else 1, steps):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        done = run(PYTHONPATH=str(DISK), FAULT_AT=str(step), FAULT_ERRNO=error, **apart)
        told = f"step {step} of {steps}: {done.code} {done.err}"
        assert "Traceback" not in done.err, told
        assert stands(place), told
        if error == "KILL":
            assert done.code == -9, told
            continue
        assert done.code in (0, 4), told
        if done.code == 4:
            assert "Le disque refuse l’écriture" in done.err.splitlines()[-1], told
            assert [each.name for each in place.iterdir()] == ["sortie"], told
    assert run().code == 0
    assert whole(place / "sortie")
    assert [each.name for each in place.iterdir()] == ["sortie"]


@pytest.mark.parametrize("error", ["ENOSPC", *asked("EACCES", "KILL")])
def test_at_whichever_step_the_disk_refuses_a_copy_an_edition_stands(
    error: str, simple: Path, place: Path, tmp_path: Path
) -> None:
    run = partial(build, simple, tmp_path, FAULT_IN=WORKSHOP)
    steps = steps_of(run, tmp_path)
    for step in chosen(1, steps):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        done = run(PYTHONPATH=str(DISK), FAULT_AT=str(step), FAULT_ERRNO=error)
        told = f"step {step} of {steps}: {done.code} {done.err}"
        assert "Traceback" not in done.err, told
        assert done.code in (0, 4), told
        assert whole(place / "sortie"), told
        if done.code == 4:
            assert "Le disque refuse l’écriture" in done.err.splitlines()[-1], told
        assert [each.name for each in place.iterdir()] == ["sortie"], told
    assert run().code == 0


@pytest.mark.parametrize("error", ["KILL", *asked("ENOSPC", "EACCES")])
def test_at_whichever_step_the_disk_refuses_the_register_is_the_old_one_or_the_new_one(
    error: str, simple: Path, tmp_path: Path
) -> None:
    run = partial(own, "number", tmp_path=tmp_path)
    steps = steps_of(partial(run, copy_simple(tmp_path / "compte")), tmp_path)
    new = (tmp_path / "compte" / "numeros.yaml").read_bytes()
    before = {each.name for each in simple.iterdir()}
    for step in chosen(1, steps):
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        done = run(simple, PYTHONPATH=str(DISK), FAULT_AT=str(step), FAULT_ERRNO=error)
        told = f"step {step} of {steps}: {done.code} {done.err}"
        assert "Traceback" not in done.err, told
        assert done.code in ((-9,) if error == "KILL" else (0, 4)), told
        ledger = simple / "numeros.yaml"
        assert not ledger.exists() or ledger.read_bytes() == new, told
        assert ledger.exists() or done.code != 0, told
        ledger.unlink(missing_ok=True)
    assert run(simple).code == 0
    assert {each.name for each in simple.iterdir()} == before | {"numeros.yaml"}


def test_the_first_edition_is_there_whole_or_not_at_all(simple: Path, place: Path, tmp_path: Path) -> None:
    shutil.rmtree(place / "sortie")
    steps = steps_of(partial(build, simple, tmp_path), tmp_path)
    for step in range(steps - 4, steps + 1):
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
