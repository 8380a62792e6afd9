"""What runs that were killed left behind is removed, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from assembler.tools.atomic import replace_file
from assembler.tools.cache import bound_store
from assembler.tools.scratch import new_scratch
from assembler.tools.store import Store

LONG_AGO = time.time() - 200_000


def aged(path: Path, *, folder: bool = False) -> Path:
    """What has not been touched for two days."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if folder:
        path.mkdir()
        (path / "reste").write_bytes(b"")
    else:
        path.write_bytes(b"reste")
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_folders_of_dead_runs_are_removed_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = aged(tmp_path / "dossier-travail-abcd1234", folder=True)
    others = [
        aged(tmp_path / name, folder=True)
        for name in ("dossier-travail-de-paul", "dossier-abcd1234", "travail-abcd1234")
    ]
    alive = new_scratch()
    made = new_scratch()
    assert not dead.exists()
    assert all(each.exists() for each in (*others, alive, made))
    assert (alive == made, list(made.iterdir())) == (False, [])


def test_copies_never_finished_are_removed_after_a_day(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep("abcd", b"copie")
    dead, kept = aged(tmp_path / "ab" / ".abcd.pdf-x1y2z3a4"), aged(tmp_path / "ab" / "abcd.json")
    fresh = tmp_path / "ab" / ".abcd.pdf-b5c6d7e8"
    fresh.write_bytes(b"en cours")
    bound_store(store, time.time() - 86_400)
    assert sorted(each.name for each in (tmp_path / "ab").iterdir()) == sorted([fresh.name, "abcd", kept.name])
    assert not dead.exists()


def test_what_a_killed_run_left_beside_a_file_goes_when_the_file_is_replaced(tmp_path: Path) -> None:
    dead, other = tmp_path / ".numeros.yaml-x1y2z3a4", tmp_path / ".numeros.yaml.swp"
    dead.write_bytes(b"moiti")
    other.write_bytes(b"")
    replace_file(tmp_path / "numeros.yaml", b"tout", durable=True)
    assert sorted(each.name for each in tmp_path.iterdir()) == [other.name, "numeros.yaml"]
