"""One run at a time on a folder, and a second one says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from candidature import program
from test_edition import whole

from assembler.errors import DossierError
from assembler.tools.cache import lock_folder
from assembler.tools.lock import alone


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program keeps its locks."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return lock_folder()


def test_what_is_held_is_held_once_and_let_go(tmp_path: Path) -> None:
    with alone(tmp_path / "a", tmp_path), alone(tmp_path / "b", tmp_path):
        for _ in range(2):
            with pytest.raises(DossierError) as caught, alone(tmp_path / "a", tmp_path):
                pytest.fail("one at a time")
            assert caught.value.code == "busy"
    with pytest.raises(ValueError, match="faute"), alone(tmp_path / "a", tmp_path):
        raise ValueError("faute")
    with alone(tmp_path / "a", tmp_path):
        pass


def test_locks_that_cannot_be_kept_are_told_in_french(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(DossierError) as caught, alone(tmp_path, tmp_path / "fichier"):
        pytest.fail("no lock")
    assert caught.value.code == "disk"


def test_a_build_during_another_one_ends_in_one_sentence_and_touches_nothing(
    simple: Path, tmp_path: Path, locks: Path
) -> None:
    output = tmp_path / "ici" / "sortie"
    build = ("build", simple, "-o", output, "--draft")
    assert program(*build).code == 0
    before = {each.name: each.read_bytes() for each in output.iterdir()}
    with alone(output, locks):
        second = program(*build)
        elsewhere = program("build", simple, "-o", tmp_path / "ailleurs", "--draft")
    assert (second.code, elsewhere.code) == (4, 0)
    assert [line for line in second.err.splitlines() if line] == [
        f"Une construction est déjà en cours dans « {output} » : attendez qu’elle se termine, puis recommencez."
    ]
    assert {each.name: each.read_bytes() for each in output.iterdir()} == before
    assert [each.name for each in output.parent.iterdir()] == ["sortie"]
    assert whole(output)
    assert program(*build).code == 0


def test_labels_are_issued_by_one_run_at_a_time(simple: Path, locks: Path) -> None:
    with alone(simple, locks):
        second = program("number", simple)
    assert second.code == 4
    assert "attendez qu’elle se termine" in second.err
    assert not (simple / "numeros.yaml").exists()
    assert program("number", simple).code == 0
