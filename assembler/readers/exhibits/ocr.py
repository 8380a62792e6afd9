"""A layer of text for pages that are only a picture, read by Tesseract."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2

from assembler.tools import tesseract

_DPI = 250
_MAX_SIDE = 5_000


def add_text(content: bytes) -> bytes | None:
    """The PDF with the words of each page laid invisibly under its picture; None when no page could be read."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        read = 0
        for page, picture in zip(pdf.pages, _pictures(content), strict=False):
            layer = tesseract.text_layer(picture, _DPI)
            if layer is None:
                continue
            with pikepdf.open(io.BytesIO(layer)) as words:
                page.add_underlay(words.pages[0], pikepdf.Rectangle(*map(float, page.cropbox)))
            read += 1
        output = io.BytesIO()
        pdf.save(output, static_id=True)
    return output.getvalue() if read else None


def _pictures(content: bytes) -> Iterator[bytes]:
    """Each page as a PNG, as a reader sees it."""
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            scale = min(_DPI / 72, _MAX_SIDE / max(page.get_size()))
            output = io.BytesIO()
            page.render(scale=scale, grayscale=True).to_pil().save(output, "PNG")
            yield output.getvalue()
