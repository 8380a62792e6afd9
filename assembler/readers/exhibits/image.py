"""Pictures: right side up, without metadata, no larger than print needs."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageOps

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF")
_MAX_PIXELS = 60_000_000
_DPI = 200
_A4 = (595.276, 841.89)
_MARGIN = 28.35
_NARRATIVE_PIXELS = 1600
_GPS = 0x8825


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture ready for the narrative: its bytes, file suffix and pixel size."""

    content: bytes
    suffix: str
    width: int
    height: int
    cleaned: tuple[str, ...]


def clean_picture(content: bytes) -> CleanPicture:
    """The picture for use in a narrative, at most 1,600 pixels a side. Raises `Unusable`."""
    picture, lossless, cleaned = _open(content)
    picture.thumbnail((_NARRATIVE_PIXELS, _NARRATIVE_PIXELS), Image.Resampling.LANCZOS)
    output = io.BytesIO()
    if lossless:
        picture.save(output, "PNG", optimize=True)
    else:
        picture.save(output, "JPEG", quality=85)
    return CleanPicture(output.getvalue(), "png" if lossless else "jpg", *picture.size, cleaned)


def image_to_pdf(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A one-page A4 PDF holding the picture, upright or landscape as it is, and what was left out. Raises `Unusable`."""
    picture, lossless, cleaned = _open(content)
    sheet = _A4 if picture.height >= picture.width else (_A4[1], _A4[0])
    room = (sheet[0] - 2 * _MARGIN, sheet[1] - 2 * _MARGIN)
    picture.thumbnail((round(room[0] / 72 * _DPI), round(room[1] / 72 * _DPI)), Image.Resampling.LANCZOS)
    scale = min(room[0] / picture.width, room[1] / picture.height, 72 / 90)
    width, height = picture.width * scale, picture.height * scale
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, _encoded(picture, lossless), _picture_keys(picture, lossless))
    drawing = (
        f"q {width:.2f} 0 0 {height:.2f} {(sheet[0] - width) / 2:.2f} {(sheet[1] - height) / 2:.2f} cm /Im0 Do Q"
    ).encode()
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, *(round(edge, 2) for edge in sheet)]),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream)),
        Contents=pikepdf.Stream(pdf, drawing),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    output = io.BytesIO()
    pdf.save(output, static_id=True)
    return output.getvalue(), cleaned


def _open(content: bytes) -> tuple[Image.Image, bool, tuple[str, ...]]:
    """The picture decoded, upright, on white, in grey or RGB; whether it should stay lossless; what was left out."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                raise Unusable(Absence.TOO_LARGE, f"{opened.width} × {opened.height} points")
            lossless = opened.format in ("PNG", "GIF")
            exif = opened.getexif()
            cleaned = tuple(
                name
                for name, there in (("gps", _GPS in exif), ("metadata", len(exif) > 0 or "xmp" in opened.info))
                if there
            )
            upright = ImageOps.exif_transpose(opened)
            return _flat(upright), lossless, cleaned
    except Unusable:
        raise
    except Exception as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault


def _flat(picture: Image.Image) -> Image.Image:
    """A fresh image without transparency, palette or metadata."""
    if picture.mode in ("1", "L", "I;16"):
        return _bare(picture.convert("L"))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        sheet = Image.new("RGBA", layered.size, "white")
        sheet.alpha_composite(layered)
        picture = sheet
    return _bare(picture.convert("RGB"))


def _bare(picture: Image.Image) -> Image.Image:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare


def _encoded(picture: Image.Image, lossless: bool) -> bytes:
    if lossless:
        return zlib.compress(picture.tobytes(), 9)
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=85)
    return output.getvalue()


def _picture_keys(picture: Image.Image, lossless: bool) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode if lossless else pikepdf.Name.DCTDecode,
    )
