"""An edition replaces the one before whole, or not at all: at any instant one of the two stands."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from candidature import copy_simple, program

from assembler.errors import DossierError, Refused
from assembler.tools.edition import new_edition

Run = Callable[..., Any]
OLD = {"dossier.pdf": b"ancienne", "SHA256SUMS": b"ancienne somme"}
NEW = {"dossier.pdf": b"nouvelle", "dossier.docx": b"nouvelle aussi"}


def fill(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def files_of(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder that holds an edition."""
    place = tmp_path / "ici"
    fill(place, {})
    fill(place / "build", OLD)
    return place / "build"


@pytest.fixture
def locks(tmp_path: Path) -> Path:
    (tmp_path / "verrous").mkdir()
    return tmp_path / "verrous"


def test_a_new_edition_takes_the_place_of_the_old_one_and_leaves_nothing_beside(target: Path, locks: Path) -> None:
    with new_edition(target, locks) as staging:
        fill(staging, NEW)
        assert files_of(target) == OLD
    assert files_of(target) == NEW
    assert [each.name for each in target.parent.iterdir()] == ["build"]


def test_the_first_edition_makes_its_folder_and_those_above(tmp_path: Path, locks: Path) -> None:
    with new_edition(tmp_path / "a" / "b" / "build", locks) as staging:
        fill(staging, NEW)
    assert files_of(tmp_path / "a" / "b" / "build") == NEW


@pytest.mark.parametrize("fault", [ValueError("faute"), KeyboardInterrupt(), DossierError("disk", reason="x")])
def test_the_old_edition_survives_a_failure_while_writing(fault: BaseException, target: Path, locks: Path) -> None:
    with pytest.raises(type(fault)), new_edition(target, locks) as staging:
        fill(staging, NEW)
        raise fault
    assert files_of(target) == OLD
    assert [each.name for each in target.parent.iterdir()] == ["build"]


def test_a_disk_that_refuses_is_told_in_french(target: Path, locks: Path) -> None:
    with pytest.raises(DossierError) as caught, new_edition(target, locks) as staging:
        (staging / "absent" / "x").write_bytes(b"")
    assert (caught.value.code, caught.value.values) == ("disk", {"reason": "un dossier a disparu"})
    assert files_of(target) == OLD


def test_after_a_kill_between_two_renames_the_old_edition_is_put_back(target: Path, locks: Path) -> None:
    target.rename(target.parent / ".build.edition-precedente")
    with pytest.raises(ValueError, match="faute"), new_edition(target, locks):
        raise ValueError("faute")
    assert files_of(target) == OLD
    assert [each.name for each in target.parent.iterdir()] == ["build"]


def test_what_killed_builds_left_is_swept(target: Path, locks: Path) -> None:
    fill(target.parent / ".build.edition-precedente", {"dossier.pdf": b"plus ancienne"})
    fill(target.parent / ".build.nouvelle-edition-abc", {"dossier.pdf": b"jamais finie"})
    fill(target.parent / ".autre.nouvelle-edition-abc", {"dossier.pdf": b"d'un autre dossier"})
    with new_edition(target, locks) as staging:
        fill(staging, NEW)
    assert files_of(target) == NEW
    assert sorted(each.name for each in target.parent.iterdir()) == [".autre.nouvelle-edition-abc", "build"]


@pytest.mark.parametrize("name", ["facture.pdf", "photos", "dossier.txt", "Dossier.pdf.bak"])
def test_a_folder_with_anything_else_is_left_alone(name: str, target: Path, locks: Path) -> None:
    (target / name).write_bytes(b"")
    with pytest.raises(Refused) as caught, new_edition(target, locks):
        pytest.fail("nothing may be written")
    assert name in caught.value.values["names"]
    assert files_of(target) == OLD | {name: b""}


@pytest.mark.parametrize(
    ("name", "shown"), [("~$dossier.docx", "dossier.docx"), (".~lock.dossier.docx#", "dossier.docx")]
)
def test_a_file_open_in_word_or_libreoffice_is_named(name: str, shown: str, target: Path, locks: Path) -> None:
    (target / name).write_bytes(b"")
    with pytest.raises(DossierError) as caught, new_edition(target, locks):
        pytest.fail("nothing may be written")
    assert (caught.value.code, caught.value.values["name"]) == ("output-open", shown)
    assert files_of(target) == OLD | {name: b""}


def test_a_link_to_the_output_stays_a_link(target: Path, locks: Path) -> None:
    link = target.parent / "lien"
    link.symlink_to(target, target_is_directory=True)
    with new_edition(link, locks) as staging:
        fill(staging, NEW)
    assert link.is_symlink()
    assert files_of(target) == NEW


def test_two_builds_at_once_end_in_one_sentence(target: Path, locks: Path) -> None:
    with new_edition(target, locks) as staging:
        fill(staging, NEW)
        with pytest.raises(DossierError) as caught, new_edition(target, locks):
            pytest.fail("one at a time")
        assert caught.value.code == "busy"
    assert files_of(target) == NEW


def test_two_real_builds_at_once_leave_one_whole_edition(simple: Path, tmp_path: Path) -> None:
    output = tmp_path / "sortie"
    command = [sys.executable, "-m", "assembler", "build", str(simple), "-o", str(output), "--draft"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    told = [each.communicate(timeout=100)[1].decode() for each in both]
    codes = sorted(each.returncode for each in both)
    assert codes in ([0, 0], [0, 4])
    if codes == [0, 4]:
        assert "Une construction est déjà en cours" in "".join(told)
    assert whole(output)


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups to kill")
def test_a_build_killed_at_any_moment_leaves_the_old_edition_or_the_new_one(simple: Path, tmp_path: Path) -> None:
    output = tmp_path / "ici" / "sortie"
    assert program("build", simple, "-o", output, "--draft").code == 0
    started = time.monotonic()
    assert program("build", simple, "-o", output, "--draft").code == 0
    lasts = time.monotonic() - started
    chance = random.Random(20261120)
    for _ in range(int(os.environ.get("FAULTS", "20"))):
        command = [sys.executable, "-m", "assembler", "build", str(simple), "-o", str(output), "--draft"]
        build = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(chance.uniform(0.3, 1.0) * lasts)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(build.pid, 9)
        build.wait()
        assert whole(output), "neither the old edition nor the new one"
    assert program("build", simple, "-o", output, "--draft").code == 0
    assert [each.name for each in output.parent.iterdir()] == ["sortie"]


def whole(folder: Path) -> bool:
    """Whether the folder's own sums are those of its files, all six there."""
    import hashlib

    rows = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    return len(rows) == 5 and all(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() == sum_ for sum_, name in rows
    )


def test_a_candidature_may_be_on_a_disk_that_cannot_be_written(simple: Path, tmp_path: Path, run: Run) -> None:
    if sys.platform == "win32" or os.geteuid() == 0:
        pytest.skip("rights do not bind this user")
    for each in (simple, *simple.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o444)
    assert run("build", simple, "-o", tmp_path / "sortie", "--draft").code == 0
    for each in (simple, *simple.rglob("*")):
        each.chmod(0o755)


def test_a_full_disk_is_told_and_the_old_edition_stands(simple: Path, tmp_path: Path) -> None:
    """A file size limit stands for a full disk: writing fails where the document grows beyond it."""
    if sys.platform == "win32" or shutil.which("sh") is None:
        pytest.skip("no ulimit here")
    output = tmp_path / "sortie"
    assert program("build", simple, "-o", output, "--draft").code == 0
    again = copy_simple(tmp_path / "encore")
    command = f'ulimit -f 8; exec "{sys.executable}" -m assembler build "{again}" -o "{output}" --draft'
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=100)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr.decode()
    assert "Le disque refuse l’écriture" in done.stderr.decode()
    assert whole(output)
