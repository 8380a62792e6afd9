"""A PDF as evidence: what acts is gone and said, what is odd is right, what cannot be opened has its reason."""

from __future__ import annotations

import io

import pikepdf
import pytest
from checks.files import photo
from pikepdf import Array, Dictionary, Name, Pdf, String

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import PreparedPdf, Unusable, prepare_pdf

from . import papers
from .papers import Change, paper


def prepared(*changes: Change, **options: object) -> PreparedPdf:
    return prepare_pdf(paper(*changes, **options), None, with_text=False)  # type: ignore[arg-type]


def goes_to(kind: str, **entries: object) -> Change:
    return papers.link(Dictionary(S=Name(kind), **entries))


SAID = {
    "a script at opening": (papers.runs_when_opened, {"javascript", "launch"}),
    "a script by name": (papers.runs_by_name, {"javascript"}),
    "a file joined": (papers.holds_a_file, {"attachments"}),
    "a portfolio": (papers.is_a_portfolio, {"attachments", "portfolio"}),
    "films and pins": (papers.plays, {"attachments"}),
    "a form of XFA": (papers.is_dynamic, {"xfa"}),
    "a script behind a link": (papers.link(papers.script()), {"javascript"}),
    "a program behind a link": (goes_to("/Launch", F=String("cmd.exe")), {"launch"}),
    "a form sent": (goes_to("/SubmitForm", F=String("https://exemple.fr/")), {"form"}),
    "data brought in": (goes_to("/ImportData", F=String("a.fdf")), {"form"}),
    "another file": (goes_to("/GoToR", F=String("autre.pdf"), D=Array([0, Name.Fit])), {"action"}),
    "a file within": (goes_to("/GoToE", T=Dictionary(R=Name.C, N=String("a"))), {"action"}),
    "a file of this computer": (goes_to("/URI", URI=String("file:///etc/passwd")), {"action"}),
    "a script as an address": (goes_to("/URI", URI=String("javascript:alert(1)")), {"action"}),
    "a web page, then a script": (goes_to("/URI", URI=String("https://exemple.fr/"), Next=papers.script()), {"action"}),
    "a script in a field": (papers.field("a", "mot", AA=Dictionary(K=papers.script())), {"javascript"}),
    "a web page": (goes_to("/URI", URI=String("https://exemple.fr/")), set()),
    "an opening at a page": (lambda pdf: setattr(pdf.Root, "OpenAction", Array([pdf.pages[0].obj, Name.Fit])), set()),
}  # fmt: skip


@pytest.mark.parametrize("what", SAID)
def test_what_acts_is_said(what: str) -> None:
    change, names = SAID[what]
    assert set(prepared(change).cleaned) == names


def test_a_signature_is_seen() -> None:
    assert (prepared(papers.is_signed).signed, prepared().signed) == (True, False)


def test_a_file_protected_against_changes_is_opened_and_one_with_a_password_is_not() -> None:
    assert prepared(owner="maître").cleaned == ("protection",)
    with pytest.raises(Unusable) as caught:
        prepared(password="secret")
    assert caught.value.absence is Absence.ENCRYPTED


def no_pages(pdf: Pdf) -> None:
    del pdf.pages[:]


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(Unusable) as caught:
        prepared(no_pages)
    assert caught.value.absence is Absence.NO_PAGE


@pytest.mark.parametrize(("extract", "pages"), [((1, 1), 1), ((2, 3), 2), ((1, 3), 3)])
def test_an_extract_has_its_pages_and_no_more(extract: tuple[int, int], pages: int) -> None:
    made = prepare_pdf(paper(pages=3), extract, with_text=True)
    assert (len(made.pages), made.source_pages) == (pages, 3)
    assert all((f"Page {page}" in made.text) == (extract[0] <= page <= extract[1]) for page in (1, 2, 3))


@pytest.mark.parametrize("extract", [(0, 1), (2, 1), (3, 4), (4, 4)])
def test_an_extract_that_is_not_in_the_file_is_refused(extract: tuple[int, int]) -> None:
    with pytest.raises(Unusable) as caught:
        prepare_pdf(paper(pages=3), extract, with_text=False)
    assert caught.value.absence is Absence.NO_PAGE


def boxed(**entries: object) -> Change:
    def apply(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.pages[0].obj[f"/{key}"] = Array(value) if isinstance(value, list) else value

    return apply


def turned_from_above(pdf: Pdf) -> None:
    pdf.Root.Pages.Rotate = 90


SIZES = {
    "upright": (boxed(), (300, 400)),
    "a quarter turn": (boxed(Rotate=90), (400, 300)),
    "half a turn": (boxed(Rotate=180), (300, 400)),
    "a quarter turn back": (boxed(Rotate=-90), (400, 300)),
    "more than a turn": (boxed(Rotate=450), (400, 300)),
    "turned with all the others": (turned_from_above, (400, 300)),
    "cut": (boxed(CropBox=[50, 50, 250, 150]), (200, 100)),
    "a negative origin": (boxed(MediaBox=[-100, -50, 200, 350]), (300, 400)),
    "corners the other way round": (boxed(MediaBox=[300, 400, 0, 0]), (300, 400)),
    "a larger unit": (boxed(UserUnit=2), (600, 800)),
}


@pytest.mark.parametrize("what", SIZES)
def test_a_page_is_as_large_as_it_is_seen(what: str) -> None:
    change, size = SIZES[what]
    page = prepared(change).pages[0]
    assert (page.width, page.height) == size


def test_nothing_unseen_is_carried() -> None:
    made = prepared(papers.traced).content
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert not [each for each in pdf.objects if isinstance(each, (Dictionary, pikepdf.Stream))
                    and ("/PieceInfo" in each or "/Metadata" in each)]  # fmt: skip
        streams = b"".join(each.read_raw_bytes() for each in pdf.objects if isinstance(each, pikepdf.Stream))
    assert b"TRACE" not in streams.replace(b"TRACE-AUTEUR", b"")


def test_a_photo_within_keeps_its_points_and_loses_where_it_was_taken() -> None:
    jpeg = photo(gps=True)
    made = prepared(papers.shows_a_photo(jpeg))
    assert "gps" in made.cleaned
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.I0
        bare = picture.read_raw_bytes()
        assert pikepdf.PdfImage(picture).as_pil_image().size == (60, 40)
    assert b"Exif" in jpeg
    assert b"Exif" not in bare
    assert bare[bare.index(b"\xff\xda") :] == jpeg[jpeg.index(b"\xff\xda") :]


@pytest.mark.parametrize("cut", range(0, 400, 7))
def test_a_photo_cut_short_within_is_left_as_it_is(cut: int) -> None:
    assert prepared(papers.shows_a_photo(photo(gps=True)[:cut])).pages


def test_what_was_filled_in_is_drawn_and_no_field_is_left() -> None:
    made = prepared(papers.field("nom", "Ada"))
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not pdf.pages[0].obj.get("/Annots", Array())
    assert "Ada" in prepare_pdf(made.content, None, with_text=True).text
