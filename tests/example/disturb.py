"""Clean pages made into what schools really send: scans, and pages turned a quarter."""

import io
import random
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops, ImageFilter

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
