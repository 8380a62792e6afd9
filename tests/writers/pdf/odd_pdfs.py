"""PDF files as schools have them: born digital, turned, cropped, oddly measured, with fields and scripts."""

from __future__ import annotations

import io

import pikepdf
import typst

LINE = "L’équipe examine chaque année les besoins du bassin d’emploi et les débouchés de chaque formation. "


def born_digital(pages: int, words: str = "Convention") -> bytes:
    """A tagged PDF with text on each page, an outline, a named destination, links inside and to the web."""
    source = f'#set document(title: "{words}", date: none)\n#set text(lang: "fr")\n= {words} <debut>\n'
    source += "#link(<fin>)[vers la fin] "
    source += '#link("https://exemple.fr/")[site]\n'
    source += "".join(f"#pagebreak()\n== Article {page}\n{LINE * 6}\n" for page in range(2, pages + 1))
    source += "\nFin <fin> #link(<debut>)[début]"
    return typst.Compiler({"main.typ": source.encode()}, ignore_system_fonts=True).compile(format="pdf")


def odd_page(
    box: tuple[float, ...],
    *,
    rotate: int = 0,
    crop: tuple[float, ...] | None = None,
    unit: float = 1,
    loose: bytes = b"",
) -> bytes:
    """One page, its visible corners marked and an arrow up in its own axes; `loose` is put first in its content."""
    pdf = pikepdf.new()
    x0, y0, x1, y1 = crop or box
    content = (
        loose
        + (
            f"0.8 0.9 1 rg {box[0]} {box[1]} {box[2] - box[0]} {box[3] - box[1]} re f 1 0 0 RG 6 w "
            f"{x0 + 3} {y0 + 3} {x1 - x0 - 6} {y1 - y0 - 6} re S 0 0.4 0 rg {(x0 + x1) / 2} {y0 + 60} 30 120 re f"
        ).encode()
    )
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=list(box),
        Rotate=rotate,
        Contents=pdf.make_stream(content),
        Resources=pikepdf.Dictionary(),
    )
    if crop:
        page.CropBox = pikepdf.Array(list(crop))
    if unit != 1:
        page.UserUnit = unit
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return _saved(pdf)


def form() -> bytes:
    """A form with a filled field, whose pages inherit their box, with scripts that must not survive."""
    pdf = pikepdf.new()
    face = pdf.make_stream(
        b"0 0 1 rg 0 0 200 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 20]
    )
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="nom",
            V="Durand",
            F=4,
            Rect=[100, 600, 300, 620],
            AP=pikepdf.Dictionary(N=face),
            A=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"),
        )
    )
    launch = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 50, 50],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )
    page = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Page, Annots=[field, launch], Contents=pdf.make_stream(b"q q 1 0 0 rg"))
    )
    pdf.pages.append(pikepdf.Page(page))
    pdf.Root.Pages.MediaBox = pikepdf.Array([0, 0, 595, 842])
    pdf.Root.Pages.Rotate = 90
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(2)")
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()
