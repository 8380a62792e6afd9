"""Damaged streams: what can be read of them is kept and said; what is whole is not touched."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest
from checks.files import photo
from pikepdf import Array, Name, Pdf
from PIL import Image

from assembler.readers.exhibits.pdf import PreparedPdf, prepare_pdf

from .papers import Change, paper, shows_a_photo

DRAWING = b"BT /F1 12 Tf 40 200 Td (Debut) Tj ET " + b"0 0 m 9 9 l S " * 3_000 + b"BT /F1 12 Tf 40 100 Td (Fin) Tj ET"


def drawn(packed: bytes, *filters: Name) -> Change:
    def apply(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents = pikepdf.Stream(pdf, packed, Filter=Array(list(filters)))

    return apply


def prepared(change: Change) -> PreparedPdf:
    return prepare_pdf(paper(change), None, with_text=True)


def drawing_of(made: PreparedPdf) -> bytes:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        return pdf.pages[0].obj.Contents.read_bytes()


def test_a_drawing_cut_short_keeps_its_beginning() -> None:
    packer = zlib.compressobj()
    begun = packer.compress(DRAWING[:20_000]) + packer.flush(zlib.Z_SYNC_FLUSH)
    made = prepared(drawn(begun + b"\x07\xff\xff\xff", Name.FlateDecode))  # no block is of that kind
    assert made.repaired
    assert drawing_of(made).startswith(DRAWING[:30])
    assert "Debut" in made.text


@pytest.mark.parametrize("kind", ["LZWDecode", "ASCII85Decode", "PlateDecode"])
def test_a_drawing_that_cannot_be_read_at_all_leaves_the_file_whole(kind: str) -> None:
    made = prepared(drawn(b"\xff\xfe\x80 zzz~zz" * 9, Name(f"/{kind}")))
    assert made.repaired
    assert drawing_of(made) == b""


def test_what_is_whole_is_not_touched() -> None:
    made = prepared(drawn(zlib.compress(DRAWING, 9), Name.FlateDecode))
    assert not made.repaired
    assert drawing_of(made) == DRAWING
    assert not prepared(shows_a_photo(photo(gps=False))).repaired


def test_a_photo_cut_short_is_shown_as_far_as_it_can_be() -> None:
    output = io.BytesIO()
    Image.effect_noise((60, 40), 80).save(output, "JPEG", quality=95)
    whole = output.getvalue()
    made = prepared(shows_a_photo(whole[: len(whole) * 2 // 3]))
    assert made.repaired
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert not list(pdf.check_pdf_syntax())
        with Image.open(io.BytesIO(pdf.pages[0].obj.Resources.XObject.I0.read_raw_bytes())) as picture:
            assert picture.size == (60, 40)
