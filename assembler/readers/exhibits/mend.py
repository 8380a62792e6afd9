"""Streams of a PDF that no reader can decode to the end: what can be read of them is kept, and the file is whole again."""

from __future__ import annotations

import io
import zlib

import pikepdf
from pikepdf import Array, Name, Stream, StreamDecodeLevel
from PIL import Image, ImageFile

_PLAIN = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
_PICTURES = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/Crypt"}
_SHORT = {"/Fl", "/LZW", "/A85", "/AHx", "/RL", "/DCT", "/CCF"}
_END = b"\xff\xd9"
_LARGEST = 100_000_000  # bytes of a damaged stream that are kept


def mend_streams(pdf: pikepdf.Pdf, *, thorough: bool) -> bool:
    """Mend every stream that cannot be decoded; whether there was any. `thorough` decodes photographs too."""
    mended = False
    for held in pdf.objects:
        if not isinstance(held, Stream):
            continue
        filters = _filters(held)
        if filters == ["/DCTDecode"]:
            if (thorough or not _looks_whole(held)) and not _decodes(held, StreamDecodeLevel.all):
                _mend_photograph(held)
                mended = True
        elif filters and set(filters) <= _PLAIN and not _decodes(held, StreamDecodeLevel.generalized):
            held.write(_beginning(held, filters))
            mended = True
        elif set(filters) - _PLAIN - _PICTURES - _SHORT:  # packed as nobody can unpack
            held.write(b"")
            mended = True
    return mended


def _filters(held: Stream) -> list[str]:
    filters = held.get("/Filter")
    return [str(each) for each in filters] if isinstance(filters, Array) else [str(filters)] if filters else []


def _looks_whole(held: Stream) -> bool:
    content = held.read_raw_bytes()
    return content.startswith(b"\xff\xd8") and _END in content[-64:]


def _decodes(held: Stream, level: StreamDecodeLevel) -> bool:
    try:
        held.get_stream_buffer(level)
    except (pikepdf.PdfError, RuntimeError, ValueError):  # qpdf's own errors come as any of these
        return False
    return True


def _beginning(held: Stream, filters: list[str]) -> bytes:
    """What Flate gives before the fault; nothing for the rest, or where rows lean on one another."""
    if filters != ["/FlateDecode"] or "/DecodeParms" in held:
        return b""
    reader, made, content = zlib.decompressobj(), io.BytesIO(), held.read_raw_bytes()
    try:
        for at in range(0, len(content), 64):
            made.write(reader.decompress(content[at : at + 64]))
            if made.tell() > _LARGEST:
                break
    except zlib.error:
        pass
    return made.getvalue()


def _mend_photograph(held: Stream) -> None:
    """The photograph as far as it can be seen; nothing where it cannot at all."""
    output = io.BytesIO()
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, True
    try:
        with Image.open(io.BytesIO(held.read_raw_bytes()), formats=("JPEG",)) as picture:
            if (
                f"{picture.width} {picture.height}" != f"{held.get('/Width')} {held.get('/Height')}"
                or picture.mode == "CMYK"
            ):
                raise ValueError
            picture.save(output, "JPEG", quality=90)
        held.write(output.getvalue(), filter=Name.DCTDecode)
    except Exception:  # noqa: BLE001 - Pillow raises anything on odd pictures, and there is then nothing to show
        held.write(b"")
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
