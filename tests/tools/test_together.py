"""Several files replaced together."""

from __future__ import annotations

from pathlib import Path

import pytest

from assembler.errors import DossierError
from assembler.tools.together import finish, replace_together


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "un.md").write_bytes(b"un")
    return tmp_path


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_files_are_replaced_and_new_ones_made(root: Path) -> None:
    replace_together(root, {"a/un.md": b"UN", "deux.md": b"DEUX"})
    assert files(root) == {"a/un.md": b"UN", "deux.md": b"DEUX"}


def test_a_replacement_that_was_ready_is_finished(root: Path) -> None:
    (root / ".remplacement" / "a").mkdir(parents=True)
    (root / ".remplacement" / "a" / "un.md").write_bytes(b"UN")
    finish(root)
    assert files(root) == {"a/un.md": b"UN"}
    finish(root)


def test_one_that_was_not_ready_is_forgotten(root: Path) -> None:
    (root / ".remplacement-abc").mkdir()
    (root / ".remplacement-abc" / "un.md").write_bytes(b"UN")
    finish(root)
    assert files(root)["a/un.md"] == b"un"
    replace_together(root, {"a/un.md": b"neuf"})
    assert files(root) == {"a/un.md": b"neuf"}


def test_a_file_that_cannot_be_replaced_leaves_all_as_they_were(root: Path) -> None:
    (root / "z").mkdir()
    (root / "z" / "dedans").write_bytes(b"z")
    with pytest.raises((DossierError, OSError)):
        replace_together(root, {"a/un.md": b"UN", "z": b"a file where a folder stands"})
    assert files(root) == {"a/un.md": b"un", "z/dedans": b"z"}
