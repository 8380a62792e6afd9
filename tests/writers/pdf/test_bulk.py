"""Large streams of exhibits go from their files to the dossier, byte for byte, without standing in memory."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from assembler.writers.pdf.bulk import Bulk

_MODE = pikepdf.ObjectStreamMode.generate


def _source(path: Path) -> tuple[bytes, bytes, bytes]:
    """A file with a picture, its mask, both large, and a large drawing: their bytes as they stand."""
    picture, mask, drawing = os.urandom(9000), zlib.compress(os.urandom(8000)), zlib.compress(os.urandom(7000))
    with pikepdf.new() as pdf:
        soft = Stream(pdf, mask, Filter=Name.FlateDecode, DecodeParms=Dictionary(Predictor=15, Columns=10))
        image = Stream(pdf, picture, Filter=Name.DCTDecode, SMask=soft, Length1=picture[:4])
        pdf.Root.Kept = Array([image, Stream(pdf, drawing, Filter=Name.FlateDecode)])
        pdf.save(path)
    return picture, mask, drawing


def _poured(source: Path) -> bytes:
    bulk = Bulk([source.name])
    with pikepdf.new() as target, pikepdf.open(source) as pdf:
        bulk.set_aside(pdf, source, {pdf.Root.Kept[1].objgen})
        target.Root.Kept = target.copy_foreign(pdf.make_indirect(pdf.Root.Kept))
        target.Root.Many = Array([target.make_indirect(Dictionary(At=at)) for at in range(700)])
        skeleton, out = io.BytesIO(), io.BytesIO()
        target.save(skeleton, deterministic_id=True, object_stream_mode=_MODE)
    assert len(skeleton.getvalue()) < 16_000  # the drawing, and nothing of the picture
    bulk.pour(skeleton.getvalue(), out)
    return out.getvalue()


def test_large_streams_arrive_as_they_were(tmp_path: Path) -> None:
    picture, mask, drawing = _source(tmp_path / "a.pdf")
    with pikepdf.open(io.BytesIO(_poured(tmp_path / "a.pdf"))) as pdf:
        image, drawn = pdf.Root.Kept
        assert image.read_raw_bytes() == picture
        assert image.SMask.read_raw_bytes() == mask
        assert image.SMask.DecodeParms.Columns == 10
        assert drawn.read_raw_bytes() == drawing
        assert [int(item.At) for item in pdf.Root.Many] == list(range(700))


def test_the_references_are_sound_without_any_repair(tmp_path: Path) -> None:
    _source(tmp_path / "a.pdf")
    with Pdf.open(io.BytesIO(_poured(tmp_path / "a.pdf")), attempt_recovery=False) as pdf:
        assert pdf.get_warnings() == []
        assert len(pdf.objects) > 700


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    _source(tmp_path / "a.pdf")
    assert _poured(tmp_path / "a.pdf") == _poured(tmp_path / "a.pdf")


def test_a_token_that_nobody_set_is_text_like_any_other(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.Root.Kept = Stream(pdf, b"a" * 64, Filter=Name.DCTDecode)
        skeleton, out = io.BytesIO(), io.BytesIO()
        pdf.save(skeleton, object_stream_mode=_MODE)
        Bulk([]).pour(skeleton.getvalue(), out)
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        assert pdf.Root.Kept.read_raw_bytes() == b"a" * 64
