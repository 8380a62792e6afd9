"""Hidden layers: what a viewer does not show is not in the copy; what it shows stays where it was."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from assembler.readers.exhibits.pdf import prepare_pdf

from .papers import Change, layered, paper

RED, GREEN = "1 0 0 rg 0 0 300 400 re f", "0 0.5 0 rg 0 0 300 400 re f"
WHITE_SEEN, RED_SEEN, GREEN_SEEN = (255, 255, 255), (255, 0, 0), (0, 128, 0)


def seen(content: bytes) -> tuple[int, ...]:
    """The colour in the middle of the first page of what is embedded."""
    with pypdfium2.PdfDocument(content) as pdf:
        return pdf[0].render().to_pil().getpixel((150, 200))


def words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return str(pdf[0].get_textpage().get_text_bounded())


def kept(change: Change) -> tuple[bytes, bool]:
    made = prepare_pdf(paper(change), None, with_text=False)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:  # the copy goes among others, without its list of layers
        assert "/OCProperties" not in pdf.Root
    return made.content, "layers" in made.cleaned


CASES = {
    "a hidden layer": (layered(f"/OC /L1 BDC {RED} EMC"), WHITE_SEEN, True),
    "a layer that is shown": (layered(f"/OC /L2 BDC {RED} EMC"), RED_SEEN, False),
    "a hidden layer over one that is shown": (layered(f"/OC /L2 BDC {GREEN} EMC /OC /L1 BDC {RED} EMC"), GREEN_SEEN, True),
    "a layer shown within a hidden one": (layered(f"/OC /L1 BDC /OC /L2 BDC {RED} EMC EMC"), WHITE_SEEN, True),
    "other marks within a hidden layer": (layered(f"/OC /L1 BDC /P BMC q {RED} Q EMC {RED} EMC"), WHITE_SEEN, True),
    "a colour set while hidden": (layered("/OC /L1 BDC 0 0.5 0 rg EMC 0 0 300 400 re f"), GREEN_SEEN, False),
    "a clip set while hidden": (layered(f"/OC /L1 BDC 0 0 9 9 re W f EMC {GREEN}"), WHITE_SEEN, True),
    "a place that two layers share": (layered(f"/OC /M1 BDC {GREEN} EMC"), GREEN_SEEN, False),
    "a place whose two layers are hidden": (layered(f"/OC /M1 BDC {RED} EMC", off=("L1", "L2")), WHITE_SEEN, True),
    "not where a layer is shown": (layered(f"/OC /V1 BDC {RED} EMC"), WHITE_SEEN, True),
    "where a layer is not shown": (layered(f"/OC /V1 BDC {GREEN} EMC", off=("L2",)), GREEN_SEEN, False),
    "all hidden save those named": (layered(f"/OC /L1 BDC {RED} EMC", off=(), BaseState=Name.OFF), WHITE_SEEN, True),
    "a shading": (layered("/OC /L1 BDC /S1 sh EMC"), WHITE_SEEN, True),
    "an image within the content": (layered(
        "/OC /L1 BDC 300 0 0 400 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI EMC"), WHITE_SEEN, True),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_a_layer_is_shown_in_the_copy_as_it_was(what: str) -> None:
    change, colour, told = CASES[what]
    content, said = kept(change)
    assert (seen(content), said) == (colour, told)


def form_on(layer: int, *, of_the_form: bool) -> Change:
    """A form drawn on the page: itself in a layer, or drawing in a layer."""

    def apply(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        group = pdf.Root.OCProperties.OCGs[layer]
        drawing = RED if of_the_form else f"/OC /Own BDC {RED} EMC"
        form = pdf.make_stream(drawing.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 400]))
        if of_the_form:
            form.OC = group
        form.Resources = Dictionary(Properties=Dictionary(Own=group))
        outer = pdf.make_stream(b"/F0 Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 400]))
        outer.Resources = Dictionary(XObject=Dictionary(F0=form))
        page.Resources.XObject = Dictionary(F1=outer)

    return apply


@pytest.mark.parametrize("of_the_form", [True, False])
@pytest.mark.parametrize(("layer", "colour"), [(0, WHITE_SEEN), (1, RED_SEEN)])
def test_forms_within_forms_are_hidden_too(layer: int, colour: tuple[int, ...], of_the_form: bool) -> None:
    content, said = kept(layered("/F1 Do", more=form_on(layer, of_the_form=of_the_form)))
    assert (seen(content), said) == (colour, layer == 0)


def test_hidden_words_are_not_in_the_copy() -> None:
    content, _ = kept(
        layered("/OC /L1 BDC BT /F1 12 Tf 40 200 Td (Secret) Tj ET EMC BT /F1 12 Tf 40 100 Td (Public) Tj ET")
    )
    assert words(content) == "Public"


def test_words_hidden_within_a_line_leave_the_rest_in_its_place() -> None:
    drawing = "BT /F1 12 Tf 40 200 Td (Avant ) Tj {}(milieu){} Tj (apres) Tj ET"
    whole, _ = kept(layered(drawing.format("", "")))
    hidden, said = kept(layered(drawing.format("/OC /L1 BDC ", " Tj EMC ()")))
    assert said
    assert ends(whole) == ends(hidden)


def ends(content: bytes) -> int:
    """The last column with ink."""
    with pypdfium2.PdfDocument(content) as pdf:
        picture = pdf[0].render(scale=2).to_pil().convert("L").point(lambda grey: 255 * (grey < 128))
    box = picture.getbbox()
    assert box
    return int(box[2])


def test_a_hidden_note_is_not_drawn_into_the_page() -> None:
    def hidden_note(pdf: Pdf) -> None:
        look = pdf.make_stream(RED.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 300, 400]))
        made = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([0, 0, 300, 400]), F=4,
                          AP=Dictionary(N=look), OC=pdf.Root.OCProperties.OCGs[0])  # fmt: skip
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(made)])

    content, said = kept(layered("", more=hidden_note))
    assert (seen(content), said) == (WHITE_SEEN, True)
