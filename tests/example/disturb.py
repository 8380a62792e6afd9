"""Clean pages made into what schools really send: scans, pages turned a quarter, forms that were filled in."""

import io
import random
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops, ImageFilter
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

POINTS_PER_CM = 72 / 2.54
A4_HEIGHT = 841.89
SCAN_DPI = 130


def write_scan(pages: list[bytes], target: Path, seed: int) -> None:
    """Write `pages` (PNG) as a PDF without a text layer: grey, slightly skewed, noisy."""
    chance = random.Random(seed)
    with Pdf.new() as pdf:
        for page in pages:
            _add_picture_page(pdf, _as_scanned(Image.open(io.BytesIO(page)), chance))
        pdf.save(target, deterministic_id=True)


def _as_scanned(page: Image.Image, chance: random.Random) -> Image.Image:
    grey = page.convert("L").rotate(chance.uniform(-1.1, 1.1), Image.Resampling.BICUBIC, fillcolor=236)
    noise = Image.frombytes("L", grey.size, chance.randbytes(grey.width * grey.height))
    speckle = noise.filter(ImageFilter.BoxBlur(1)).point(lambda level: level // 7)
    return ImageChops.subtract(grey.filter(ImageFilter.GaussianBlur(0.5)), speckle)


def _add_picture_page(pdf: Pdf, picture: Image.Image) -> None:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=42)
    width, height = (side * 72 / SCAN_DPI for side in picture.size)
    image = Stream(pdf, jpeg.getvalue())
    image.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = Dictionary(XObject=Dictionary(Scan=image))
    page.Contents = Stream(pdf, b"q %.2f 0 0 %.2f 0 0 cm /Scan Do Q" % (width, height))


def turn_pages(path: Path) -> None:
    """Store each landscape page upright with `/Rotate 90`, as printers and scanners do; it still reads upright."""
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            _, _, width, height = (float(side) for side in page.mediabox)
            page.contents_add(b"q 0 1 -1 0 %.2f 0 cm" % height, prepend=True)
            page.contents_add(b"Q")
            page.mediabox = Array([0, 0, height, width])
            page.Rotate = 90
        pdf.save(path, deterministic_id=True)


def add_form(path: Path, texts: list[tuple[str, float, float, float, float, str]], boxes: list[tuple[str, float, float, bool]]) -> None:
    """Add filled-in fields to the first page: `texts` are (name, left, top, width, height, value), `boxes` (name, left, top, ticked).

    Places are in centimetres from the top left corner of an A4 page. Every field carries its appearance.
    """
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        helvetica = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        fields = [_text_field(pdf, helvetica, *text) for text in texts] + [_tick_box(pdf, *box) for box in boxes]
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(fields), DR=Dictionary(Font=Dictionary(Helv=helvetica)), DA=String("/Helv 10 Tf 0 g")
        )
        page = pdf.pages[0]
        page.Annots = pdf.make_indirect(Array(fields))
        pdf.save(path, deterministic_id=True)


def _text_field(pdf: Pdf, font: pikepdf.Object, name: str, left: float, top: float, width: float, height: float, value: str) -> pikepdf.Object:
    wide, high = width * POINTS_PER_CM, height * POINTS_PER_CM
    lines = b" ".join(b"(%s) Tj 0 -13 Td" % _escaped(line) for line in value.split("\n"))
    drawn = b"0.93 0.95 0.98 rg 0 0 %.1f %.1f re f /Tx BMC q BT /Helv 10 Tf 0 0.1 0.45 rg 4 %.1f Td %s ET Q EMC"
    look = Stream(pdf, drawn % (wide, high, high - 12.5, lines))
    look.stream_dict.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, wide, high]),
            Resources=Dictionary(Font=Dictionary(Helv=font)),
        )
    )  # fmt: skip
    field = _widget(left, top, wide, high, name)
    field.FT, field.V, field.DA = Name.Tx, String(value), String("/Helv 10 Tf 0 0.1 0.45 rg")
    if "\n" in value:
        field.Ff = 1 << 12
    field.AP = Dictionary(N=pdf.make_indirect(look))
    return pdf.make_indirect(field)


def _tick_box(pdf: Pdf, name: str, left: float, top: float, ticked: bool) -> pikepdf.Object:
    side = 10.0
    frame = b"0.6 w 0.5 0.5 9 9 re S"
    cross = frame + b" 1.2 w 0 0.1 0.45 RG 2 2 m 8 8 l S 2 8 m 8 2 l S"
    looks = {state: _box_look(pdf, drawn, side) for state, drawn in (("/Oui", cross), ("/Off", frame))}
    field = _widget(left, top, side, side, name)
    field.FT = Name.Btn
    field.V = field.AS = Name.Oui if ticked else Name.Off
    field.AP = Dictionary(N=Dictionary(looks))
    return pdf.make_indirect(field)


def _box_look(pdf: Pdf, drawn: bytes, side: float) -> pikepdf.Object:
    look = Stream(pdf, drawn)
    look.stream_dict.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, side, side])))
    return pdf.make_indirect(look)


def _widget(left: float, top: float, width: float, height: float, name: str) -> Dictionary:
    x, y = left * POINTS_PER_CM, A4_HEIGHT - top * POINTS_PER_CM
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, F=4, T=String(name), TU=String(name),
        Rect=Array([round(side, 2) for side in (x, y - height, x + width, y)]),
    )  # fmt: skip


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
