"""Marks in what a PDF draws (ISO 32000-1, 14.6): they belong to a structure tree that does not come along.

In the dossier each page of evidence is one figure; an artifact or a paragraph marked inside it would contradict that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Name, Object, Page, Pdf, Stream

_MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
_MAYBE = re.compile(rb"\b(?:BMC|BDC|MP|DP)\b")
_ENOUGH = 30_000_000  # bytes of drawing in one file: beyond, it would take too long, and its marks stay
_FLAWS = (pikepdf.PdfError, RuntimeError, ValueError)  # qpdf's own errors come as any of these


def drop_marks(pdf: Pdf) -> None:
    """Take the marks out of what pages and forms draw; what is seen does not change."""
    left = _ENOUGH
    made: dict[tuple[int, int], Stream] = {}
    for holder, parts in _drawings(pdf):
        key = parts[0].objgen if len(parts) == 1 else (0, 0)
        if key in made and isinstance(holder, Page):
            holder.obj.Contents = made[key]
            continue
        try:
            drawing = b"\n".join(part.read_bytes() for part in parts)
            left -= len(drawing)
            if left < 0:
                return
            if not _MAYBE.search(drawing):
                continue
            bare = _unmarked(holder)
        except _FLAWS:
            continue  # it is shown as it is
        if isinstance(holder, Page):
            holder.obj.Contents = pdf.make_stream(bare)
            if key[0]:
                made[key] = holder.obj.Contents
        else:
            holder.write(bare)


def _drawings(pdf: Pdf) -> Iterator[tuple[Page | Stream, list[Stream]]]:
    """Each page and form, with the streams that hold its drawing."""
    for page in pdf.pages:
        content: Object | None = page.obj.get(Name.Contents)
        parts = [*content] if isinstance(content, Array) else [content]
        held = [part for part in parts if isinstance(part, Stream)]
        if held:
            yield page, held
    for form in pdf.objects:
        if isinstance(form, Stream) and form.get(Name.Subtype) == Name.Form:
            yield form, [form]


def _unmarked(holder: Page | Stream) -> bytes:
    instructions = pikepdf.parse_content_stream(holder)
    return pikepdf.unparse_content_stream([each for each in instructions if str(each.operator) not in _MARKS])
