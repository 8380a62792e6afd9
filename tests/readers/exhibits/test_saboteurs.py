"""Programs that misbehave, and files that make ours misbehave: one exhibit is lost and named, the dossier is built."""

from __future__ import annotations

import functools
import json
import os
import sys
import uuid
import zlib
from pathlib import Path

import pikepdf
import pytest
from candidature import append, program

from . import offices, papers
from .papers import paper

SABOTEURS = Path(__file__).parents[2] / "saboteurs"
SAID = {
    "crashes": "exhibit-conversion", "silent": "exhibit-conversion", "rubbish": "exhibit-broken",
    "endless": "exhibit-conversion", "killer": "exhibit-crash", "hangs": "exhibit-conversion",
}  # fmt: skip


def built(root: Path, output: Path, name: str, content: bytes, **environment: str) -> tuple[set[str], dict[str, int]]:
    """The codes said of one more exhibit, and how many pages each exhibit has in the edition."""
    (root / "lycee" / "preuves" / name).write_bytes(content)
    append("lycee/preuves.yaml", f"  - {{cle: autre, titre: Une autre, fichier: preuves/{name}, criteres: [1]}}\n")(
        root
    )
    done = program("build", root, "-o", output, "--draft", "--only", "pdf", **environment)
    assert done.code == 0, done.err
    assert "Traceback" not in done.err
    told = json.loads((output / "dossier.json").read_text("utf-8"))["dossier"]["exhibits"]
    findings = json.loads((output / "constats.json").read_text("utf-8"))["constats"]
    pages = {each["entry"]["key"]: len(each["facts"]["pages"]) for each in told}
    return {each["code"] for each in findings if name in each["message"] and each["remede"]}, pages


@pytest.mark.skipif(sys.platform == "win32", reason="the false programs are shell scripts")
@pytest.mark.parametrize("which", SAID)
def test_a_converter_that_misbehaves_costs_its_exhibit_only(which: str, simple: Path, tmp_path: Path) -> None:
    if which == "hangs" and "FAULTS" not in os.environ:
        pytest.skip("half a minute of waiting: FAULTS=1 does it too")
    content = offices.docx(f"Convention {uuid.uuid4()}")  # never seen before, so that no copy is remembered
    path = f"{SABOTEURS / which}{os.pathsep}{os.environ['PATH']}"
    codes, pages = built(simple, tmp_path / "sortie", "convention.docx", content, PATH=path, TMPDIR=str(tmp_path))
    assert SAID[which] in codes
    assert (pages.pop("autre"), min(pages[key] for key in ("accord-ca", "carte", "bilan", "atelier"))) == (0, 1)
    assert not list(tmp_path.glob("dossier-*"))


def squeezed(block: bytes, times: int) -> bytes:
    """What zlib makes of `block` so many times, made of one block pressed once."""
    press = zlib.compressobj(9, wbits=-15)
    once = press.compress(block) + press.flush(zlib.Z_FULL_FLUSH)
    check = functools.reduce(lambda so_far, _: zlib.adler32(block, so_far), range(times), 1)
    return b"\x78\xda" + once * times + b"\x03\x00" + check.to_bytes(4, "big")


def inflating(times: int, *, twice: bool = False) -> papers.Change:
    """A page whose drawing inflates to so many million bytes."""

    def apply(pdf: pikepdf.Pdf) -> None:
        packed = squeezed(b" " * 1_000_000, times)
        filters = [pikepdf.Name.FlateDecode]
        if twice:
            packed, filters = zlib.compress(packed, 9), filters * 2
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, packed, Filter=pikepdf.Array(filters))

    return apply


@pytest.mark.parametrize(("times", "twice"), [(200, False), (200, True), (1_700, True)])
def test_a_page_that_swells_costs_its_exhibit_only(times: int, twice: bool, simple: Path, tmp_path: Path) -> None:
    if times > 1_000 and "FAULTS" not in os.environ:
        pytest.skip("half a minute of unpacking: FAULTS=1 does it too")
    codes, pages = built(simple, tmp_path / "sortie", "bombe.pdf", paper(inflating(times, twice=twice)))
    assert codes & {"exhibit-too-large", "exhibit-crash"}
    assert pages["autre"] == 0
    assert pages["carte"] == 1


def test_a_page_of_a_large_drawing_is_whole(simple: Path, tmp_path: Path) -> None:
    codes, pages = built(simple, tmp_path / "sortie", "plan.pdf", paper(inflating(20)))
    assert "exhibit-too-large" not in codes
    assert pages["autre"] == 1


def test_a_long_scan_of_many_points_is_whole(simple: Path, tmp_path: Path) -> None:
    """1.7 billion points, more than the memory there is."""
    from PIL import Image

    sheets = [Image.new("L", (7_000, 8_000))] * 30
    target = tmp_path / "scan.tif"
    sheets[0].save(target, save_all=True, append_images=sheets[1:], compression="tiff_adobe_deflate")
    _, pages = built(simple, tmp_path / "sortie", "scan.tif", target.read_bytes())
    assert pages["autre"] == 30
