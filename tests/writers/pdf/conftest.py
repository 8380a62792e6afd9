"""The sample dossier, written once for all the tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from assembler.charters import look_of
from assembler.model.charter import Charter
from assembler.model.dossier import Dossier
from assembler.tools.store import Store
from assembler.writers.pdf import PdfEdition, press, write_pdf
from assembler.writers.word import Workshop

from . import sample

PACK = Path(__file__).parents[3] / "templates" / "national-2023"


@dataclass(frozen=True)
class Written:
    dossier: Dossier
    edition: PdfEdition
    complete: Path
    narrative: Path
    store: Store
    counted: tuple[int, ...]

    def text(self, page: int, path: Path | None = None) -> str:
        """The text that a reader of page `page` (from 1) can select."""
        with pypdfium2.PdfDocument(path or self.complete) as pdf:
            text: str = pdf[page - 1].get_textpage().get_text_range()
            return text.replace("\u200b", "").replace("\ufffe", "")

    def page_of(self, anchor: str) -> int:
        return dict(self.edition.pagination.pages)[anchor]


def look(dossier: Dossier, *, draft: bool = False) -> Charter:
    """The look of the national template, filled in for this dossier."""
    with Workshop() as workshop:
        return look_of(dossier, (PACK,), workshop, draft=draft).charter


def written(folder: Path, *, draft: bool = False, network: bool = False) -> Written:
    store = Store(folder / "store")
    dossier = sample.dossier(store, network=network)
    complete, narrative = folder / "dossier.pdf", folder / "dossier-sans-annexes.pdf"
    counted: list[int] = []
    tools = press(draft=draft, store=store, pack_folders=(PACK,), charter=look(dossier, draft=draft))
    edition = write_pdf(
        dossier, tools, complete=complete, narrative=narrative, code_version="1.0", progress=counted.append
    )
    return Written(dossier, edition, complete, narrative, store, tuple(counted))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return written(tmp_path_factory.mktemp("pdf"))


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return written(tmp_path_factory.mktemp("draft"), draft=True, network=True)


@pytest.fixture(scope="session")
def whole(made: Written) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(made.complete) as pdf:
        yield pdf


@pytest.fixture(scope="session")
def alone(made: Written) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(made.narrative) as pdf:
        yield pdf
