"""What every test may ask for: a copy of the base candidature, the program, and a cache that is nobody's."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from candidature import Outcome, copy_simple

from assembler import cli

_CACHES = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's cache and data folders are the session's, shared by its workers; colours and dates are not the machine's."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with pytest.MonkeyPatch.context() as environment:
        for name in _CACHES:
            environment.setenv(name, str(shared / "user" / name.lower()))
        environment.setenv("NO_COLOR", "1")
        environment.delenv("SOURCE_DATE_EPOCH", raising=False)
        yield


@pytest.fixture
def simple(tmp_path: Path) -> Path:
    """A copy of `tests/dossiers/simple`: one school, no error, no warning."""
    return copy_simple(tmp_path / "candidature")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """The program, in this process."""

    def once(*arguments: str | Path) -> Outcome:
        capsys.readouterr()
        code = cli.run([str(each) for each in arguments])
        told = capsys.readouterr()
        return Outcome(code, told.out, told.err)

    return once
