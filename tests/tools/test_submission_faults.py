"""The disk refuses, or the current goes, at every step of handing in: nothing is handed in, or all of it."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from candidature import copy_simple
from test_faults import DISK, asked, chosen, own, steps_of

from assembler.readers.versions import read_last_version

LAST = 60  # steps in which the version is put in its place


def stands(root: Path) -> bool:
    """Whether a version stands; if so it is whole, to the byte."""
    found: list[object] = []
    version = read_last_version(root, found)  # type: ignore[arg-type]
    assert found == []
    return version is not None


def sums(root: Path) -> list[str]:
    """The name and the fingerprint of each file of the first version."""
    return (root / "versions/v1/SHA256SUMS").read_text("utf-8").splitlines()


@pytest.mark.parametrize("error", ["KILL", "ENOSPC", *asked("EACCES")])
@pytest.mark.parametrize("end", ["last", *asked("first")])
def test_at_whichever_step_the_disk_refuses_a_version_is_whole_or_absent(
    error: str, end: str, simple: Path, tmp_path: Path
) -> None:
    run = partial(own, "submit", tmp_path=tmp_path)
    model = copy_simple(tmp_path / "compte")
    steps = steps_of(partial(run, model), tmp_path)
    ledger = (model / "numeros.yaml").read_bytes()
    for step in chosen(steps - LAST, steps) if end == "last" else chosen(1, steps - LAST):
        root = Path(shutil.copytree(simple, tmp_path / f"essai-{step}"))
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)
        done = run(root, PYTHONPATH=str(DISK), FAULT_AT=str(step), FAULT_ERRNO=error)
        told = f"step {step} of {steps}: {done.code} {done.err}"
        assert "Traceback" not in done.err, told
        assert done.code in ((-9,) if error == "KILL" else (0, 4)), told
        numbered = (root / "numeros.yaml").exists()
        assert not numbered or (root / "numeros.yaml").read_bytes() == ledger, told
        assert not stands(root) or numbered, told
        assert stands(root) or done.code != 0, told
        again = run(root)
        assert again.code == 0, f"{told}\n{again.err}"
        assert [each.name for each in (root / "versions").iterdir()] == ["v1"], told
        differing = set(sums(root)) ^ set(sums(model))
        assert differing == set(), f"{told}\nafterwards: {again.out}"
        shutil.rmtree(root)
