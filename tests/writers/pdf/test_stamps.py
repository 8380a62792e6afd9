"""What the splice does to an odd page: nothing, but for a band under it."""

from __future__ import annotations

import math

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image, ImageChops

from .conftest import Written
from .reading import elements, parents

ODD = ("P1.1", "P1.2", "P1.3", "P1.4", "P1.5", "P1.6", "P1.7", "P1.8", "P1.9", "P1.10")


def drawn(pdf: pypdfium2.PdfDocument, at: int) -> Image.Image:
    picture: Image.Image = pdf[at].render(scale=1).to_pil().convert("L")
    return picture


@pytest.mark.parametrize("label", ODD)
def test_the_page_looks_as_it_did_above_its_band(made: Written, label: str) -> None:
    exhibit = next(each for each in made.dossier.exhibits if each.label == label)
    assert exhibit.facts.prepared is not None
    with (
        pypdfium2.PdfDocument(made.store.path(exhibit.facts.prepared)) as source,
        pypdfium2.PdfDocument(made.complete) as whole,
    ):
        source.init_forms()
        before, after = drawn(source, 0), drawn(whole, made.page_of(exhibit.anchor))
    assert after.width == before.width
    assert after.height > before.height
    same = ImageChops.difference(before, after.crop((0, 0, before.width, before.height))).crop(
        (2, 2, before.width - 2, before.height - 2)
    )
    assert sum(same.histogram()[64:]) <= 0.003 * before.width * before.height
    band = after.crop((0, before.height + 2, after.width, after.height))
    assert band.getextrema()[0] < 160


@pytest.mark.parametrize("label", ODD)
def test_the_stamp_reads_upright_from_left_to_right(made: Written, label: str) -> None:
    with pypdfium2.PdfDocument(made.complete) as whole:
        page = whole[made.page_of(f"preuve-{label}")]
        letters = page.get_textpage()
        at = letters.get_text_range().index(f"{label} — 1/")
        turn = math.degrees(pdfium.FPDFText_GetCharAngle(letters.raw, at))
        assert (turn + page.get_rotation()) % 360 == pytest.approx(0, abs=0.1) or (
            turn + page.get_rotation()
        ) % 360 > 359.9


def test_a_title_too_long_for_a_narrow_page_is_cut_and_the_label_kept(made: Written) -> None:
    text = made.text(made.page_of("preuve-P1.9") + 1)
    assert "P1.9 — 1/1" in text
    assert "…" in text


def test_the_stamp_is_a_link_back_that_covers_the_band_only(made: Written, whole: pikepdf.Pdf) -> None:
    for exhibit in made.dossier.exhibits:
        for nth in range(len(exhibit.facts.pages)):
            page = whole.pages[made.page_of(exhibit.anchor) + nth].obj
            back = page.Annots[0]
            assert back.Dest[0].objgen == whole.pages[made.page_of(exhibit.anchor) - 1].objgen
            x0, y0, x1, y1 = (float(side) for side in back.Rect)
            px0, py0, px1, py1 = (float(side) for side in page.MediaBox)
            assert px0 <= x0 < x1 <= px1
            assert py0 <= y0 < y1 <= py1
            assert (x1 - x0) * (y1 - y0) < 0.15 * (px1 - px0) * (py1 - py0)


def test_each_exhibit_page_is_a_figure_with_its_alternative_text(made: Written, whole: pikepdf.Pdf) -> None:
    tied = parents(whole)
    page = whole.pages[made.page_of("preuve-P1.1") + 1].obj
    figure, link = tied[int(page.StructParents)]
    assert str(figure.Alt) == "Preuve P1.1, page 2 sur 3 : Convention de partenariat avec R&D <b> Énergie"
    assert link.S == "/Link"
    sections = [element for element in elements(whole) if element.S == "/Sect" and "/T" in element]
    assert len(sections) == sum(1 for exhibit in made.dossier.exhibits if exhibit.facts.prepared)


def test_nothing_that_acts_is_copied(whole: pikepdf.Pdf) -> None:
    assert "/AcroForm" not in whole.Root
    assert "/OpenAction" not in whole.Root
    for thing in whole.objects:
        if isinstance(thing, pikepdf.Dictionary):
            assert "/AA" not in thing
            assert "/JS" not in thing
            assert thing.get("/S") not in ("/Launch", "/JavaScript", "/SubmitForm", "/GoToR")


def test_a_draft_says_so_on_every_page(drafted: Written) -> None:
    for path in (drafted.complete, drafted.narrative):
        with pypdfium2.PdfDocument(path) as pdf:
            assert all("BROUILLON" in page.get_textpage().get_text_range() for page in pdf)


def test_a_final_edition_says_draft_nowhere(made: Written) -> None:
    with pypdfium2.PdfDocument(made.complete) as pdf:
        assert not any("BROUILLON" in page.get_textpage().get_text_range() for page in pdf)
