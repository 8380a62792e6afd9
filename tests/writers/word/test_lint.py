"""Each fault is put into a sound file, and must be found: what Word refuses, repairs in silence, or asks about."""

from __future__ import annotations

import io
import zipfile

import pytest

from assembler.tools.store import Store
from assembler.writers.word import write_word
from assembler.writers.word.lint import lint

from .sample import sample, template, workshop

DOCUMENT = "word/document.xml"
FAULTS = {
    "a bookmark name given twice": (DOCUMENT, 'w:name="_d_critere_2"', 'w:name="_d_critere_1"', "bookmark name"),
    "a bookmark name that differs by case alone": (
        DOCUMENT, 'w:name="_d_critere_2"', 'w:name="_D_CRITERE_1"', "bookmark name",
    ),
    "a bookmark without its end": (DOCUMENT, "<w:bookmarkEnd ", "<w:proofErr ", "has no end"),
    "a bookmark name too long": (DOCUMENT, 'w:name="_d_presentation"', f'w:name="{"x" * 41}"', "more than 40"),
    "a field without its end": (DOCUMENT, '<w:fldChar w:fldCharType="end"/>', "", "without an end"),
    "a field ended twice": (
        DOCUMENT, '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>', "without a begin",
    ),
    "a dirty field": (
        DOCUMENT, '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="begin" w:dirty="true"/>', "dirty",
    ),
    "a cross-reference to nothing": (DOCUMENT, " PAGEREF _d_critere_1 ", " PAGEREF _absent ", "missing bookmark _absent"),
    "a link to nothing": (
        DOCUMENT, '<w:hyperlink w:anchor="_d_critere_1"', '<w:hyperlink w:anchor="_absent"', "missing bookmark _absent",
    ),
    "a style that is not there": (
        DOCUMENT, 'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Absent"', "style Absent is missing",
    ),
    "a numbering that is not there": (DOCUMENT, '<w:numId w:val="1"/>', '<w:numId w:val="999"/>', "numId 999 is missing"),
    "a note that is not there": (
        DOCUMENT, '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="99"/>', "footnote 99 is missing",
    ),
    "a relationship that is not there": (DOCUMENT, 'r:embed="', 'r:embed="absent', "relationship absent"),
    "a drawing id given twice": (DOCUMENT, 'docPr id="2"', 'docPr id="1"', "drawing id"),
    "a cell without paragraph": (DOCUMENT, "<w:tc><w:tcPr>", "<w:tc/><w:tc><w:tcPr>", "does not end with a paragraph"),
    "a file of no known type": ("[Content_Types].xml", 'Extension="png"', 'Extension="gif"', "no content type"),
    "a part declared and absent": (
        "[Content_Types].xml", "/word/numbering.xml", "/word/absent.xml", "declared, and not there",
    ),
    "a relationship to nothing": (
        "word/_rels/document.xml.rels", 'Target="numbering.xml"', 'Target="absent.xml"', "points to nothing",
    ),
    "a question on opening": ("word/settings.xml", "<w:zoom ", '<w:updateFields w:val="true"/><w:zoom ', "updateFields"),
    "a document type": ("word/numbering.xml", "<w:numbering ", "<!DOCTYPE x []><w:numbering ", "DOCTYPE"),
}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    store = Store(tmp_path_factory.mktemp("store"))
    dossier, pagination = sample(store)
    return write_word(
        dossier,
        draft=False,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=template(),
        workshop=workshop(),
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_put_in_is_found(fault: str, written: bytes) -> None:
    part, old, new, said = FAULTS[fault]
    faults = lint(spoiled(written, part, old, new))
    assert any(said in found for found in faults), faults


def test_what_is_no_word_file_is_said_to_be_none() -> None:
    assert lint(b"nothing of the kind")[0].startswith("not a Word file")


def spoiled(docx: bytes, part: str, old: str, new: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content, old
                content = content.replace(old.encode(), new.encode(), 1)
            copy.writestr(name, content)
    return target.getvalue()
