"""PDF files with something in them that must not reach a reader, or that is easily lost, made when asked for."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

SCRIPT = "app.alert('un programme')"
HELD = b"contenu du fichier joint"

Change = Callable[[Pdf], None]


def paper(*changes: Change, pages: int = 1, password: str = "", owner: str = "") -> bytes:
    """A PDF of written pages of 300 × 400 points, changed."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(300, 400))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 12 Tf 40 200 Td (Page {number}) Tj ET".encode())
    for change in changes:
        change(pdf)
    output = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=owner or password) if password or owner else False
    pdf.save(output, static_id=encryption is False, encryption=encryption)
    return output.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def runs_when_opened(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script()
    pdf.Root.AA = Dictionary(WC=script())
    pdf.pages[0].obj.AA = Dictionary(O=script(), C=Dictionary(S=Name.Launch, F=String("calc.exe")))


def runs_by_name(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def holds_a_file(pdf: Pdf) -> None:
    pdf.attachments["bilan.docx"] = HELD


def is_a_portfolio(pdf: Pdf) -> None:
    holds_a_file(pdf)
    pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)


def note(pdf: Pdf, subtype: Name, **entries: object) -> None:
    """One more annotation on the first page."""
    made = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array([10, 10, 90, 40]), **entries)
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", Array()), pdf.make_indirect(made)])


def link(action: Dictionary) -> Change:
    return lambda pdf: note(pdf, Name.Link, A=action)


def plays(pdf: Pdf) -> None:
    """Rich media, a film, a screen and a file behind a pin."""
    held = pdf.make_indirect(
        Dictionary(Type=Name.Filespec, F=String("film.mp4"), EF=Dictionary(F=pdf.make_stream(HELD)))
    )
    note(pdf, Name.RichMedia, RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([String("film.mp4"), held]))))
    note(pdf, Name.Movie, Movie=Dictionary(F=held))
    note(pdf, Name.Screen, A=Dictionary(S=Name.Rendition, JS=String(SCRIPT)))
    note(pdf, Name.FileAttachment, FS=held)


def field(name: str, value: str, **entries: object) -> Change:
    """A filled field with its look."""

    def apply(pdf: Pdf) -> None:
        look = pdf.make_stream(b"BT /F1 9 Tf 2 4 Td (" + value.encode() + b") Tj ET", Type=Name.XObject,
                               Subtype=Name.Form, BBox=Array([0, 0, 80, 20]),
                               Resources=pdf.pages[0].obj.Resources)  # fmt: skip
        note(pdf, Name.Widget, FT=Name.Tx, T=String(name), V=String(value), AP=Dictionary(N=look), F=4, **entries)
        pdf.Root.AcroForm = Dictionary(Fields=Array([list(pdf.pages[0].obj.Annots)[-1]]))

    return apply


def is_dynamic(pdf: Pdf) -> None:
    """A form of XFA, of which other viewers show only a page that asks to wait."""
    field("a", "Veuillez patienter")(pdf)
    pdf.Root.AcroForm.XFA = pdf.make_stream(
        b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><script>1</script></xdp:xdp>"
    )


def is_signed(pdf: Pdf) -> None:
    note(pdf, Name.Widget, FT=Name.Sig, T=String("s"), V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[0]]), SigFlags=3)


def named(name: str, page: int) -> Change:
    """A named destination, and a link to it on the first page."""

    def apply(pdf: Pdf) -> None:
        place = Array([pdf.pages[page - 1].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(name), place])))
        note(pdf, Name.Link, Dest=String(name))

    return apply


def traced(pdf: Pdf) -> None:
    """Metadata and editors' data at every height."""
    page = pdf.pages[0].obj
    pdf.docinfo["/Author"] = String("TRACE-AUTEUR")
    pdf.Root.Metadata = pdf.make_stream(b"<x>TRACE-DOCUMENT</x>")
    page.Metadata = pdf.make_stream(b"<x>TRACE-PAGE</x>")
    page.PieceInfo = Dictionary(Atelier=Dictionary(Private=String("TRACE-ATELIER")))
    picture = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8,
                              ColorSpace=Name.DeviceGray, Metadata=pdf.make_stream(b"<x>TRACE-IMAGE</x>"))  # fmt: skip
    page.Resources.XObject = Dictionary(I0=picture)


def shows_a_photo(jpeg: bytes) -> Change:
    """The JPEG as it comes from the camera, drawn over the page."""

    def apply(pdf: Pdf) -> None:
        picture = pdf.make_stream(jpeg, Type=Name.XObject, Subtype=Name.Image, Width=60, Height=40, BitsPerComponent=8,
                                  ColorSpace=Name.DeviceRGB, Filter=Name.DCTDecode)  # fmt: skip
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(I0=picture)
        page.Contents = pdf.make_stream(b"q 300 0 0 400 0 0 cm /I0 Do Q")

    return apply


# ------------------------------------------------------------------------------------------------------- layers


def layered(drawing: str, *, off: tuple[str, ...] = ("L1",), more: Change | None = None, **default: Object) -> Change:
    """A page with this drawing, on which /L1 and /L2 are layers, those of `off` hidden; /M1 is there where L1 or L2 is."""

    def apply(pdf: Pdf) -> None:
        groups = {
            name: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name), Intent=Name.View))
            for name in ("L1", "L2")
        }
        both = Dictionary(Type=Name.OCMD, OCGs=Array(list(groups.values())), P=Name.AnyOn)
        neither = Dictionary(Type=Name.OCMD, VE=Array([Name.Not, groups["L2"]]))
        page = pdf.pages[0].obj
        page.Resources.Properties = Dictionary({f"/{name}": group for name, group in groups.items()})
        page.Resources.Properties.M1, page.Resources.Properties.V1 = both, neither
        page.Contents = pdf.make_stream(drawing.encode())
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array(list(groups.values())), D=Dictionary(OFF=Array([groups[name] for name in off]), **default)
        )
        if more:
            more(pdf)

    return apply
