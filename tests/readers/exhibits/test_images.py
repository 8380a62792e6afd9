"""Pictures as evidence: upright, in their colours, without metadata, never larger than they may be."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageCms, features

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.image import clean_picture, image_to_pdf
from assembler.readers.exhibits.pdf import Unusable

SECRET = b"TRACE-SECRETE"
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def flag() -> Image.Image:
    """Red above left, green above right, blue below; twice as wide as high."""
    picture = Image.new("RGB", (200, 100), BLUE)
    picture.paste(RED, (0, 0, 100, 50))
    picture.paste(GREEN, (100, 0, 200, 50))
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    output = io.BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def traced(orientation: int = 1) -> Image.Exif:
    """Where, by whom and how a photo was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 21.0, 0.0)})
    return exif


def pages(content: bytes) -> list[Image.Image]:
    made, _ = image_to_pdf(content)
    with pypdfium2.PdfDocument(made) as pdf:
        return [page.render().to_pil().convert("RGB") for page in pdf]


def corners(content: bytes) -> list[tuple[int, ...]]:
    """The colours of the picture on its page: above left, above right, below left."""
    page = pages(content)[0]
    ink = page.convert("L").point(lambda grey: 255 * (grey < 250)).getbbox()
    assert ink
    x0, y0, x1, y1 = ink
    places = ((x0 + 5, y0 + 5), (x1 - 6, y0 + 5), (x0 + 5, y1 - 6))
    return [nearest(page.getpixel(place)) for place in places]


def nearest(colour: object) -> tuple[int, ...]:
    assert isinstance(colour, tuple)
    return min((RED, GREEN, BLUE, WHITE), key=lambda each: sum(abs(a - b) for a, b in zip(each, colour, strict=True)))


def as_held(orientation: int) -> Image.Image:
    """The flag as a camera held that way writes it."""
    turns = {2: [0], 3: [3], 4: [1], 5: [5], 6: [2], 7: [6], 8: [4]}
    picture = flag()
    for turn in turns.get(orientation, []):
        picture = picture.transpose(Image.Transpose(turn))
    return picture


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_photo_is_upright_however_it_was_held(orientation: int, kind: str) -> None:
    content = saved(as_held(orientation), kind, exif=traced(orientation))
    assert corners(content) == [RED, GREEN, BLUE]
    assert clean_picture(content).width == 200


def heic() -> bytes:
    output = io.BytesIO()
    made = pillow_heif.from_pillow(flag())
    made.save(output, exif=traced().tobytes(), quality=90)
    return output.getvalue()


KINDS: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: saved(flag(), "JPEG", quality=95, exif=traced(), comment=SECRET),
    "JPEG in CMYK": lambda: saved(flag().convert("CMYK"), "JPEG", quality=95, exif=traced()),
    "JPEG with a profile": lambda: saved(
        flag(), "JPEG", quality=95, exif=traced(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ),
    "PNG": lambda: saved(flag(), "PNG", exif=traced()),
    "PNG of few colours": lambda: saved(flag().convert("P", palette=Image.Palette.ADAPTIVE), "PNG", exif=traced()),
    "WebP": lambda: saved(flag(), "WEBP", quality=95, exif=traced(), xmp=SECRET),
    "TIFF": lambda: saved(flag(), "TIFF", exif=traced(), description=SECRET.decode()),
    "GIF": lambda: saved(flag(), "GIF", comment=SECRET),
    "BMP": lambda: saved(flag(), "BMP"),
    "HEIC": heic,
    "AVIF": lambda: saved(flag(), "AVIF", quality=95, exif=traced()),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_in_its_colours_and_says_nothing_of_who_made_it(kind: str) -> None:
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow writes no AVIF")
    content = KINDS[kind]()
    assert corners(content) == [RED, GREEN, BLUE]
    made, cleaned = image_to_pdf(content)
    for output in (made, clean_picture(content).content):
        assert not [each for each in (SECRET, b"Exif", b"GPS", b"http://ns.adobe.com") if each in output]
    assert ("gps" in cleaned) == (kind not in ("GIF", "BMP", "TIFF"))
    with Image.open(io.BytesIO(clean_picture(content).content)) as picture:
        assert (len(picture.getexif()), picture.info.get("icc_profile"), picture.info.get("comment")) == (0, None, None)


def grey_of(content: bytes) -> int:
    page = pages(content)[0].convert("L")
    value = page.getpixel((page.width // 2, page.height // 2))
    assert isinstance(value, int)
    return value


GREYS = {
    "16 bits": (lambda: saved(Image.frombytes("I;16", (40, 40), b"\x00\x80" * 1600), "PNG"), 127),
    "16 bits, dark": (lambda: saved(Image.frombytes("I;16", (40, 40), b"\x00\x20" * 1600), "PNG"), 31),
    "TIFF of 16 bits": (lambda: saved(Image.frombytes("I;16", (40, 40), b"\x00\x80" * 1600), "TIFF"), 127),
    "TIFF of numbers": (lambda: saved(Image.new("F", (40, 40), 0.5), "TIFF"), 127),
    "one bit": (lambda: saved(Image.new("1", (40, 40), 0), "PNG"), 0),
    "half seen through": (lambda: saved(Image.new("RGBA", (40, 40), (0, 0, 0, 128)), "PNG"), 127),
    "not seen at all": (lambda: saved(Image.new("LA", (40, 40), (0, 0)), "PNG"), 255),
    "a colour of the palette seen through": (
        lambda: saved(Image.new("P", (40, 40), 0), "PNG", transparency=0), 255),
}  # fmt: skip


@pytest.mark.parametrize("what", GREYS)
def test_greys_and_what_is_seen_through_are_as_they_look(what: str) -> None:
    content, grey = GREYS[what]
    assert abs(grey_of(content()) - grey) <= 2


def test_every_sheet_of_a_scan_is_a_page() -> None:
    sheets = [Image.new("1", (100, 140), number % 2) for number in range(5)]
    assert len(pages(saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:]))) == 5


def test_the_first_picture_of_an_animation_is_shown_and_said() -> None:
    others = [Image.new("RGB", (200, 100), BLUE)]
    for kind in ("GIF", "PNG", "WEBP"):
        content = saved(flag(), kind, save_all=True, append_images=others, lossless=True)
        assert len(pages(content)) == 1
        assert corners(content) == [RED, GREEN, BLUE]
        assert "animation" in image_to_pdf(content)[1]


def bomb(width: int, height: int) -> bytes:
    """A PNG of that many points, all the same, in a few bytes a line."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return len(held).to_bytes(4, "big") + name + held + zlib.crc32(name + held).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    line = b"\0" * (1 + (width + 7) // 8)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(line * min(height, 100)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8_000, 8_000), (20_000, 20_000), (2_000_000, 40), (100_000, 100_000)])
def test_a_picture_of_too_many_points_is_refused_before_it_is_read(size: tuple[int, int]) -> None:
    with pytest.raises(Unusable) as caught:
        image_to_pdf(bomb(*size))
    assert caught.value.absence is Absence.TOO_LARGE
    assert "points" in caught.value.detail


def test_a_bomb_among_the_sheets_of_a_scan_is_refused() -> None:
    small = saved(Image.new("1", (10, 10)), "TIFF")
    assert len(pages(small)) == 1
    sheets = [Image.new("1", (10, 10)), Image.new("1", (9_000, 9_000))]
    with pytest.raises(Unusable) as caught:
        image_to_pdf(saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4"))
    assert caught.value.absence is Absence.TOO_LARGE


def test_a_scan_of_too_many_sheets_is_refused() -> None:
    sheets = [Image.new("1", (4, 4))] * 201
    with pytest.raises(Unusable) as caught:
        image_to_pdf(saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:]))
    assert caught.value.absence is Absence.TOO_LARGE


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_cut_short_is_refused_or_shown(kind: str) -> None:
    if kind == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow writes no AVIF")
    whole = KINDS[kind]()
    for part in (0.1, 0.5, 0.9):
        try:
            made, _ = image_to_pdf(whole[: int(len(whole) * part)])
        except Unusable as caught:
            assert caught.absence is Absence.BROKEN
        else:
            with pikepdf.open(io.BytesIO(made)) as pdf:
                assert len(pdf.pages) == 1


def test_a_long_scan_is_never_in_memory_whole(tmp_path: Path) -> None:
    """24 sheets of 25 million points would be 600 MB; each passes one after the other, in a process that is measured."""
    pytest.importorskip("resource")
    sheets = [Image.new("L", (5_000, 5_000), 200)] * 24
    sheets[0].save(tmp_path / "scan.tif", save_all=True, append_images=sheets[1:], compression="tiff_deflate")
    program = """
import pathlib, resource, sys
from assembler.readers.exhibits.image import image_to_pdf
image_to_pdf(pathlib.Path(sys.argv[1]).read_bytes())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
    command = [sys.executable, "-c", program, str(tmp_path / "scan.tif")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 450_000_000


def drawn(width: int, height: int, dots: float) -> Image.Image:
    """Black lines on white; at random, `dots` of the points are another colour."""
    chance = random.Random(width)
    picture = Image.new("1", (width, height), 1)
    picture.paste(0, (width // 3, 0, width // 2 + 1, height - 1))
    for _ in range(int(width * height * dots)):
        place = chance.randrange(width), chance.randrange(height)
        picture.putpixel(place, 255 - int(picture.getpixel(place)))  # type: ignore[arg-type]
    return picture


@pytest.mark.parametrize(
    ("size", "dots", "packed"),
    [
        ((1, 1), 0, "/CCITTFaxDecode"),
        ((13, 7), 0.1, None),
        ((801, 1_200), 0, "/CCITTFaxDecode"),
        ((801, 600), 0.3, "/FlateDecode"),
    ],
)
def test_black_and_white_keeps_every_point_whichever_way_is_lighter(
    size: tuple[int, int], dots: float, packed: str | None
) -> None:
    picture = drawn(*size, dots)
    made, _ = image_to_pdf(saved(picture, "PNG"))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        held = pdf.pages[0].obj.Resources.XObject.Im0
        assert packed in (None, held.Filter)
        assert pikepdf.PdfImage(held).as_pil_image().convert("1").tobytes() == picture.tobytes()
    with pypdfium2.PdfDocument(made) as opened:
        shown = next(opened[0].get_objects()).get_bitmap().to_pil().convert("1")
    assert shown.tobytes() == picture.tobytes()


def test_a_large_photo_weighs_what_print_needs() -> None:
    noise = Image.effect_noise((4_000, 3_000), 60).convert("RGB")
    content = saved(noise, "JPEG", quality=95)
    made, _ = image_to_pdf(content)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        picture = pdf.pages[0].obj.Resources.XObject.Im0
        assert (int(picture.Width), int(picture.Height)) == (1995, 1496)
    assert len(made) < len(content) / 3
