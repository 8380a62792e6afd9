"""What a PDF's objects carry that is not seen: metadata, editors' own data, files beside, and where a photo was taken."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

# Metadata and editors' data; references to other files; keys into a structure tree that does not come along; and lists of
# the letters of a font, which nobody needs and which are wrong more often than not.
_UNSEEN = (
    "/Metadata", "/PieceInfo", "/AF", "/Alternates", "/OPI", "/Ref", "/StructParent", "/StructParents", "/CIDSet", "/CharSet",
)  # fmt: skip
_TOLD = {"/AF": "attachments", "/Ref": "external", "/F": "external"}
_GPS = 0x8825
_EXIF = b"Exif\x00\x00"
# Comments and application segments, save JFIF (0), colour profiles (2) and Adobe's note on colours (14).
_DROPPED = {0xFE, *range(0xE0, 0xF0)} - {0xE0, 0xE2, 0xEE}


def drop_traces(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Take away what every object carries unseen; yields the name of each thing a reader may want to know of."""
    for held in pdf.objects:
        if not isinstance(held, (Dictionary, Stream)):
            continue
        for key in _UNSEEN:
            if key in held:
                del held[key]
                if key in _TOLD:
                    yield _TOLD[key]
        if isinstance(held, Stream):
            if "/F" in held:  # its content would be in another file
                del held["/F"]
                yield _TOLD["/F"]
            if _is_jpeg(held):
                yield from _bare(held)


def _is_jpeg(held: Stream) -> bool:
    filters = held.get("/Filter")
    return filters == Name.DCTDecode or (isinstance(filters, Array) and list(filters) == [Name.DCTDecode])


def _bare(picture: Stream) -> Iterator[str]:
    """The same JPEG without the segments that cameras and editors add; its points are not touched."""
    content = picture.read_raw_bytes()
    kept, dropped = _segments(content)
    if not dropped:
        return
    settings = picture.get("/DecodeParms")
    held = settings if isinstance(settings, (Dictionary, Array)) else None
    picture.write(kept, filter=Name.DCTDecode, decode_parms=held)
    if any(_has_place(segment) for segment in dropped):
        yield "gps"


def _segments(content: bytes) -> tuple[bytes, list[bytes]]:
    """The JPEG without its unseen segments, and these; none where it is not as a JPEG should be."""
    kept, dropped = [content[:2]], list[bytes]()
    at = 2
    while content[at : at + 1] == b"\xff" and at + 4 <= len(content):
        mark = content[at + 1]
        if mark == 0xDA:
            return b"".join([*kept, content[at:]]), dropped
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if mark in _DROPPED:
            dropped.append(content[at + 4 : end])
        else:
            kept.append(content[at:end])
        at = end
    return content, []


def _has_place(segment: bytes) -> bool:
    if not segment.startswith(_EXIF):
        return False
    exif = Image.Exif()
    try:
        exif.load(segment)
    except Exception:  # noqa: BLE001 - Pillow raises anything on odd metadata, which is dropped all the same
        return False
    return _GPS in exif
