"""Evidence with something wrong in it, made when asked for."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

import pikepdf
from PIL import Image


def pdf(
    *, pages: int = 1, javascript: bool = False, signed: bool = False, password: str = "", text: bool = True
) -> bytes:
    """A PDF of blank or written pages."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(pages):
        page = made.add_blank_page(page_size=(300, 400))
        if text:
            page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.obj.Contents = pikepdf.Stream(made, f"BT /F1 12 Tf 40 200 Td (Page {number + 1}) Tj ET".encode())
    if javascript:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    if signed:
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="s", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig), Rect=[0, 0, 0, 0],
                                   Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget)  # fmt: skip
        field = made.make_indirect(field)
        made.pages[0].obj.Annots = pikepdf.Array([field])
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
    output = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=password) if password else False
    made.save(output, static_id=not password, encryption=encryption)
    return output.getvalue()


def damaged_pdf() -> bytes:
    """A PDF whose table of objects is lost: readable after repair."""
    whole = pdf(pages=2)
    return whole[: whole.rindex(b"startxref")]


def act(*lines: str) -> bytes:
    """An act of one page with a text layer, line by line."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(600, 400))
    page.obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
    )  # fmt: skip
    shown = b" ".join(b"(" + line.replace("(", "").replace(")", "").encode("cp1252") + b") Tj T*" for line in lines)
    page.obj.Contents = pikepdf.Stream(made, b"BT /F1 11 Tf 14 TL 40 350 Td " + shown + b" ET")
    output = io.BytesIO()
    made.save(output, static_id=True)
    return output.getvalue()


def noise(size: int) -> bytes:
    """A picture of at least `size` bytes that nothing can make smaller."""
    side = int((size / 3) ** 0.5) + 20
    picture = Image.frombytes("RGB", (side, side), _scrambled(side * side * 3))
    output = io.BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


def _scrambled(count: int) -> bytes:
    return random.Random(1).randbytes(count)


def photo(*, gps: bool) -> bytes:
    """A small JPEG, with or without the place it was taken at."""
    picture = Image.new("RGB", (60, 40), "white")
    exif = picture.getexif()
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 21.0, 0.0)})
    output = io.BytesIO()
    picture.save(output, "JPEG", exif=exif)
    return output.getvalue()


def two_counts() -> bytes:
    """A PDF of one sound page, whose list of pages also names what is none: engines do not agree on how many there are."""
    with pikepdf.open(io.BytesIO(pdf(pages=2))) as made:
        output = io.BytesIO()
        made.save(output, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    kids = re.search(rb"/Kids \[ (\d+ 0 R) (\d+ 0 R) \]", output.getvalue())
    root = re.search(rb"/Root (\d+ 0 R)", output.getvalue())
    assert kids
    assert root
    return output.getvalue().replace(kids[0], kids[0].replace(kids[2], root[1]))


def wide_workbook() -> bytes:
    """A workbook with a cell so far to the right that its page becomes small print."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"'
        '/><Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}/relationships"><sheets><sheet name="Suivi" '
        'sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData><row r="1"><c r="A1"><v>1</v></c>'
        '<c r="CZ1"><v>2</v></c></row></sheetData></worksheet>',
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _relation(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/{kind}" Target="{target}"/></Relationships>'
    )


def form_of_xfa() -> bytes:
    """A form of which most viewers show only a page that asks to wait."""
    return _changed(
        lambda made: setattr(made.Root, "AcroForm", pikepdf.Dictionary(Fields=[], XFA=made.make_stream(b"<a/>")))
    )


def portfolio() -> bytes:
    """A PDF that is a cover for other files."""
    return _changed(lambda made: setattr(made.Root, "Collection", pikepdf.Dictionary(View=pikepdf.Name.D)))


def layered() -> bytes:
    """A page with a drawing on a layer that is not shown."""

    def change(made: pikepdf.Pdf) -> None:
        layer = made.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Corrigé"))
        made.Root.OCProperties = pikepdf.Dictionary(OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer]))
        made.pages[0].obj.Resources.Properties = pikepdf.Dictionary(L=layer)
        made.pages[0].contents_add(b"/OC /L BDC 0 0 9 9 re f EMC")

    return _changed(change)


def _changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as made:
        change(made)
        output = io.BytesIO()
        made.save(output, static_id=True)
    return output.getvalue()


def animation() -> bytes:
    """Two pictures that follow each other."""
    output = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(
        output, "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "red")]
    )
    return output.getvalue()
