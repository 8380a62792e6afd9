"""Objects of exhibits go from their prepared files to the dossier as they are, only their numbers changed."""

from __future__ import annotations

import io
import os
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from assembler.model.sheet import Sheets
from assembler.readers.exhibits.forms import Forms, make_forms
from assembler.writers.pdf.insert import look
from assembler.writers.pdf.scribe import Scribe
from assembler.writers.pdf.source import Source
from assembler.writers.pdf.stamp_font import Glyph, GlyphSet, Typeface

PICTURE, MASK = os.urandom(9000), zlib.compress(os.urandom(8000))


def _evidence(words: str = "12 0 R (3 0 R) \\) 4 0 R", pages: int = 1) -> Forms:
    """A file with a picture and its mask, and resources that hold a text which looks like references."""
    with pikepdf.new() as pdf:
        soft = Stream(pdf, MASK, Filter=Name.FlateDecode, DecodeParms=Dictionary(Predictor=15, Columns=10))
        image = Stream(pdf, PICTURE, Filter=Name.DCTDecode, SMask=soft, Said=String(words))
        for _ in range(pages):
            page = pdf.add_blank_page()
            page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image), Said=String(words), Home=page.obj)
            page.obj.Contents = pdf.make_stream(b"/Im0 Do")
        made = io.BytesIO()
        pdf.save(made)
    return make_forms(made.getvalue())


def _written(folder: Path, *evidence: Forms) -> bytes:
    """A file whose catalog holds the first page's form of each piece of evidence."""
    out = io.BytesIO()
    scribe, known = Scribe(out, 10), dict[str, int]()
    held: list[int] = []
    for nth, each in enumerate(evidence):
        path = folder / f"{nth}.pdf"
        path.write_bytes(each.content)
        source = Source(path, each.sheets, scribe, known, {})
        held += [source.copied(sheet.form) for sheet in each.sheets.pages]
    many = [scribe.number() for _ in range(700)]
    for at, number in enumerate(many):
        scribe.put(number, b"<</At %d>>" % at)
    kept, listed = (b" ".join(b"%d 0 R" % number for number in numbers) for numbers in (held, many))
    scribe.put(1, b"<</Type/Catalog/Pages 3 0 R/Kept[%b]/Many[%b]>>" % (kept, listed))
    scribe.put(2, b"<<>>")
    scribe.put(3, b"<</Type/Pages/Kids[]/Count 0>>")
    scribe.close(1, 2, (bytes(16), bytes(16)))
    return out.getvalue()


def test_pictures_arrive_as_they_were(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(_written(tmp_path, _evidence()))) as pdf:
        image = pdf.Root.Kept[0].Resources.XObject.Im0
        assert image.read_raw_bytes() == PICTURE
        assert image.SMask.read_raw_bytes() == MASK
        assert image.SMask.DecodeParms.Columns == 10
        assert [int(item.At) for item in pdf.Root.Many] == list(range(700))


@pytest.mark.parametrize("words", ["12 0 R (3 0 R) \\) 4 0 R", "\n5 0 R\n", "((", "é 6 0 R ≠ 7 0 R", "<< 8 0 R >>"])
def test_a_text_that_looks_like_references_is_left_alone(tmp_path: Path, words: str) -> None:
    with pikepdf.open(io.BytesIO(_written(tmp_path, _evidence(), _evidence(words)))) as pdf:
        form = pdf.Root.Kept[1]
        assert str(form.Resources.Said) == words
        assert str(form.Resources.XObject.Im0.Said) == words


def test_a_form_that_refers_to_a_page_brings_no_page_along(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(_written(tmp_path, _evidence()))) as pdf:
        assert pdf.Root.Kept[0].Resources.get(Name.Home) is None
        assert not [held for held in pdf.objects if isinstance(held, Dictionary) and held.get(Name.Type) == Name.Page]


def test_what_two_files_share_is_written_once(tmp_path: Path) -> None:
    alone, both = (_written(tmp_path, *files) for files in ([_evidence()], [_evidence(), _evidence("other", 3)]))
    assert len(both) < len(alone) + len(PICTURE) + 2000
    assert both.count(MASK) == 1


def test_the_references_are_sound_without_any_repair(tmp_path: Path) -> None:
    with Pdf.open(io.BytesIO(_written(tmp_path, _evidence())), attempt_recovery=False) as pdf:
        assert pdf.get_warnings() == []
        assert len(pdf.objects) > 700


def test_a_file_that_is_no_prepared_one_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(_evidence().content[:500])
    with pytest.raises(ValueError, match=r"\S"):
        Source(tmp_path / "cut.pdf", Sheets((), (), (), ()), Scribe(io.BytesIO(), 1), {}, {})


def test_marks_of_a_tree_that_is_not_there_are_taken_out() -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Contents = Array([
            pdf.make_stream(b"/Artifact BMC q 1 0 0 RG (BDC EMC) pop"),
            pdf.make_stream(b"EMC /P <</MCID 0>> BDC 0 0 m 9 9 l S EMC Q"),
        ])  # fmt: skip
        made = io.BytesIO()
        pdf.save(made)
    with pikepdf.open(io.BytesIO(make_forms(made.getvalue()).content)) as pdf:
        form = pdf.pages[0].obj.Resources.XObject[Name("/Page")]
        operators = [str(each.operator) for each in pikepdf.parse_content_stream(form)]
    assert operators == ["q", "RG", "pop", "m", "l", "S", "Q"]


def test_a_page_that_names_itself_as_its_group_has_none(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.obj.Group = page.obj
        made = io.BytesIO()
        pdf.save(made)
    forms = make_forms(made.getvalue())
    (tmp_path / "odd.pdf").write_bytes(forms.content)
    source = Source(tmp_path / "odd.pdf", forms.sheets, Scribe(io.BytesIO(), 10), {}, {})
    face = Typeface(GlyphSet({"0": Glyph("/F0", "00", 0.5)}), GlyphSet({"0": Glyph("/F0", "00", 0.5)}), 9)
    assert b"/Group" not in look(forms.sheets.pages[0], b"0 0 9 9", source, face)
