"""Pictures: right side up, without metadata, no larger than print needs."""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageCms, ImageOps, ImageSequence, TiffImagePlugin

from assembler.model.exhibit import Absence
from assembler.readers.exhibits.pdf import Unusable

_FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF", "HEIF")
_LOSSLESS = ("PNG", "GIF", "BMP")
_MOVING = ("GIF", "PNG", "WEBP", "AVIF")
_MAX_PIXELS = 60_000_000
_MAX_SHEETS = 200
_DPI = 200
_A4 = (595.276, 841.89)
_MARGIN = 28.35
_NARRATIVE_PIXELS = 1600
_GPS = 0x8825
_HEAVY = 300_000


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
    with _open(content) as opened:
        cleaned, lossless = _left_out(opened), opened.format in _LOSSLESS
        picture = _grey_or_colour(next(_sheets(opened)))
        picture.thumbnail((_NARRATIVE_PIXELS, _NARRATIVE_PIXELS), Image.Resampling.LANCZOS)
        output = io.BytesIO()
        if lossless:
            picture.save(output, "PNG", optimize=True)
        else:
            picture.save(output, "JPEG", quality=85)
    return CleanPicture(output.getvalue(), "png" if lossless else "jpg", *picture.size, cleaned)


def image_to_pdf(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A PDF of A4 pages, one a sheet, upright or landscape as it is, and what was left out. Raises `Unusable`."""
    pdf = pikepdf.new()
    with _open(content) as opened:
        cleaned, lossless = _left_out(opened), opened.format in _LOSSLESS
        for sheet in _sheets(opened):
            pdf.pages.append(_page(pdf, sheet, lossless))
    output = io.BytesIO()
    pdf.save(output, static_id=True)
    return output.getvalue(), cleaned


def _page(pdf: pikepdf.Pdf, picture: Image.Image, lossless: bool) -> pikepdf.Page:
    """The picture in the middle of its page, as large as fits but never coarser than 90 points an inch."""
    paper = _A4 if picture.height >= picture.width else (_A4[1], _A4[0])
    room = (paper[0] - 2 * _MARGIN, paper[1] - 2 * _MARGIN)
    if picture.mode != "1":
        picture.thumbnail((round(room[0] / 72 * _DPI), round(room[1] / 72 * _DPI)), Image.Resampling.LANCZOS)
    scale = min(room[0] / picture.width, room[1] / picture.height, 72 / 90)
    width, height = picture.width * scale, picture.height * scale
    drawing = f"q {width:.2f} 0 0 {height:.2f} {(paper[0] - width) / 2:.2f} {(paper[1] - height) / 2:.2f} cm /Im0 Do Q"
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, *(round(edge, 2) for edge in paper)]),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_image(pdf, picture, lossless))),
        Contents=pikepdf.Stream(pdf, drawing.encode()),
    )
    return pikepdf.Page(pdf.make_indirect(page))


def _image(pdf: pikepdf.Pdf, picture: Image.Image, lossless: bool) -> pikepdf.Stream:
    """Every point kept for drawings and screens, unless that weighs three times a photograph's compression."""
    if picture.mode == "1":
        return _black_and_white(pdf, picture)
    exact = zlib.compress(picture.tobytes(), 9) if lossless else None
    if exact is not None and len(exact) <= _HEAVY:
        return _stream(pdf, picture, exact, Filter=pikepdf.Name.FlateDecode)
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=85)
    photograph = output.getvalue()
    if exact is not None and len(exact) <= 3 * len(photograph):
        return _stream(pdf, picture, exact, Filter=pikepdf.Name.FlateDecode)
    return _stream(pdf, picture, photograph, Filter=pikepdf.Name.DCTDecode)


def _black_and_white(pdf: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    """Every point kept, as faxes do, which is made for text; or plainly where that is heavy: a screen of dots."""
    fax, plain = _fax(picture), picture.tobytes()
    if len(fax) > len(plain) / 4:
        packed = zlib.compress(plain)
        if len(packed) < len(fax):
            return _stream(pdf, picture, packed, Filter=pikepdf.Name.FlateDecode)
    settings = pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=True)
    return _stream(pdf, picture, fax, Filter=pikepdf.Name.CCITTFaxDecode, DecodeParms=settings)


def _fax(picture: Image.Image) -> bytes:
    """The points as one run of CCITT group 4, where a black point is 0."""
    output = io.BytesIO()
    picture.save(output, "TIFF", compression="group4", strip_size=len(picture.tobytes()))
    with Image.open(output) as made:
        assert isinstance(made, TiffImagePlugin.TiffImageFile)
        (start,), (size,) = made.tag_v2[TiffImagePlugin.STRIPOFFSETS], made.tag_v2[TiffImagePlugin.STRIPBYTECOUNTS]
    return output.getvalue()[start : start + size]


def _stream(pdf: pikepdf.Pdf, picture: Image.Image, content: bytes, **filtering: Any) -> pikepdf.Stream:
    return pikepdf.Stream(
        pdf,
        content,
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=picture.width,
            Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceRGB if picture.mode == "RGB" else pikepdf.Name.DeviceGray,
            BitsPerComponent=1 if picture.mode == "1" else 8,
            **filtering,
        ),
    )


@contextlib.contextmanager
def _open(content: bytes) -> Iterator[Image.Image]:
    """The image file, not yet decoded; whatever then fails on it is raised as `Unusable`."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            _refuse_large(opened)
            yield opened
    except (Unusable, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise Unusable(Absence.TOO_LARGE, "plus de 60 millions de points") from None
    except Exception as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault


def _refuse_large(picture: Image.Image) -> None:
    if picture.width * picture.height > _MAX_PIXELS:
        raise Unusable(Absence.TOO_LARGE, f"{picture.width} × {picture.height} points")


def _left_out(opened: Image.Image) -> tuple[str, ...]:
    """What the file carries that its copy will not."""
    exif = opened.getexif()
    told = {
        "gps": _GPS in exif,
        "metadata": len(exif) > 0 or "xmp" in opened.info,
        "animation": opened.format in _MOVING and getattr(opened, "n_frames", 1) > 1,
    }
    return tuple(name for name, there in told.items() if there)


def _sheets(opened: Image.Image) -> Iterator[Image.Image]:
    """Each sheet, upright, on white, decoded as it is asked for: a long scan is never in memory whole."""
    frames: Iterable[Image.Image] = ImageSequence.Iterator(opened) if opened.format == "TIFF" else (opened,)
    for rank, frame in enumerate(frames):
        if rank == _MAX_SHEETS:
            raise Unusable(Absence.TOO_LARGE, f"plus de {_MAX_SHEETS} images")
        _refuse_large(frame)
        yield _upright(frame)


def _upright(picture: Image.Image) -> Image.Image:
    """A fresh image, the right way up, on white, without palette, profile or metadata."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode == "1":
        return _bare(upright)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        sheet = Image.new("RGBA", layered.size, "white")
        sheet.alpha_composite(layered)
        upright = sheet
    elif "icc_profile" in upright.info:
        upright = _in_srgb(upright)
    return _bare(_grey_or_colour(upright))


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Colours as the camera or scanner meant them; as they are when its profile cannot be used."""
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
        profile = ImageCms.ImageCmsProfile(io.BytesIO(picture.info["icc_profile"]))
        converted = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return converted or picture
    return picture


def _grey_or_colour(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I") or picture.mode == "F":
        return _eight_bits(picture)
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Fine greys as 256 greys: of 65,536 where the mode says so, else of the smallest usual range that holds them."""
    fine = picture.convert("I").convert("F") if picture.mode.startswith("I") else picture
    highest = float(fine.getextrema()[1])  # type: ignore[arg-type]
    ranges = (65535,) if picture.mode.startswith("I;16") else (1, 255, 65535) if picture.mode == "F" else (255, 65535)
    whole = next((each for each in ranges if highest <= each), highest)
    return fine.point(lambda value: value * (255 / whole) + 0.0).convert("L")


def _bare(picture: Image.Image) -> Image.Image:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    return bare
