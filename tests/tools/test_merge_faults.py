"""The disk refuses, or the current goes, at every step of a merge: each member is the old one or the new one, whole."""

from __future__ import annotations

import hashlib
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from candidature import append, write
from liasses import LEAD, MEMBER, exported, lead, member, tree
from test_faults import DISK, asked, chosen, own, steps_of

from assembler import cli

LAST = 24  # steps in which a member is put in its place


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lead's candidature where the member was merged once, and edited on the spot."""
    place = tmp_path_factory.mktemp("base")
    root = lead(place / "reseau", MEMBER)
    file = exported(member(place / MEMBER), place / "1.zip")
    assert cli.run(["merge", str(file), "--into", str(root)]) == 0
    append(f"{MEMBER}/critere-6.md", "\nSur place.\n")(root)
    return root


def state(root: Path) -> str:
    """The fingerprint of the member's folder, put back where a run was killed between two renames."""
    place = root / MEMBER if (root / MEMBER).exists() else root / f".{MEMBER}.edition-precedente"
    return hashlib.sha256(repr(sorted(tree(place).items())).encode()).hexdigest()


def others(root: Path) -> dict[str, bytes]:
    """What is no concern of the merge."""
    return {name: each for name, each in tree(root).items() if name.split("/")[0] in (LEAD, "candidature.yaml")}


@pytest.mark.parametrize(
    ("error", "swap"),
    [("KILL", "in one step"), ("ENOSPC", "in one step"), ("KILL", "in two"),
     *asked(("EACCES", "in one step"), ("ENOSPC", "in two"))],
)  # fmt: skip
def test_at_whichever_step_the_current_goes_a_member_is_old_or_new(
    error: str, swap: str, base: Path, tmp_path: Path
) -> None:
    school = member(tmp_path / MEMBER)
    append(f"{MEMBER}/critere-1.md", "\nUn mot de plus.\n")(school)
    write(f"{MEMBER}/preuves/neuve.md", "Neuve\n")(school)
    file = exported(school, tmp_path / "2.zip")
    apart = {"FAULT_APART": "1"} if swap == "in two" else {}
    run = partial(own, "merge", file, "--force", "--into", tmp_path=tmp_path)
    model = Path(shutil.copytree(base, tmp_path / "compte"))
    old = state(model)
    steps = steps_of(partial(run, model), tmp_path, **apart)
    new = state(model)
    assert old != new
    assert steps > LAST
    seen = set()
    for step in sorted({*chosen(1, steps), *range(steps - LAST, steps + 1, 1 if "FAULTS" in os.environ else 3)}):
        root = Path(shutil.copytree(base, tmp_path / f"essai-{step}"))
        done = run(root, PYTHONPATH=str(DISK), FAULT_AT=str(step), FAULT_ERRNO=error, **apart)
        told = f"step {step} of {steps}: {done.code} {done.err}"
        assert "Traceback" not in done.err, told
        assert done.code in ((-9, 0) if error == "KILL" else (0, 4)), (
            told
        )  # with a cache in place, the last steps are not there
        assert state(root) in (old, new), told
        assert done.code != 4 or state(root) == old, told
        seen.add(state(root))
        assert others(root) == others(base), told
        assert run(root).code == 0, told
        assert state(root) == new, told
        assert {each.name for each in root.iterdir()} == {"candidature.yaml", LEAD, MEMBER, "mis-de-cote"}, told
        shutil.rmtree(root)
    assert error != "KILL" or seen == {old, new}
