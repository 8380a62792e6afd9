"""What goes out to Word comes back the same: through our own file, through LibreOffice, and written again as Markdown.

`DOCUMENTS=300` tries more than the usual few; `SEED=7` begins elsewhere.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

import pytest
from candidature import PACK, copy_simple, extending
from docx import Document
from writers.word.academy import academy_template

from assembler.model.shown import as_shown, bare
from assembler.model.text import Block, Footnote, Heading, Paragraph
from assembler.model.written import shown_pictures, written_texts
from assembler.pipeline import Examined
from assembler.readers.narrative import read_blocks
from assembler.readers.word.document import read_document
from assembler.reimport.guide import guide_of
from assembler.reimport.revision import Reviser
from assembler.tools import libreoffice
from assembler.writers.markdown import Notation, write_markdown

from .edition import examined, word_of
from .narratives import random_narrative

DOCUMENTS = int(os.environ.get("DOCUMENTS", "24"))
FIRST = int(os.environ.get("SEED", "0")) * 1_000_000
CONTENT = Path(__file__).parents[2] / "content"
SLOTS = tuple(
    f"critere-{number}" for number in range(1, 9)
)  # a candidature answers eight criteria: eight documents at once
SAME = 0.97


def filled(folder: Path, first: int) -> Path:
    """A candidature whose eight answers are random."""
    copy_simple(folder)
    for rank, slot in enumerate(SLOTS):
        (folder / "lycee" / f"{slot}.md").write_text(random_narrative(first + rank), "utf-8")
    return folder


def both_sides(read: Examined, docx: bytes) -> list[tuple[str, list[Block], list[Block]]]:
    """Each file with its blocks, and those that came back."""
    texts, pictures = written_texts(read.dossier), shown_pictures(read.dossier)
    returned = read_document(docx, guide_of(read.dossier, texts, read.store))
    there = {each.place: each.blocks for each in returned.texts}
    return [
        (
            text.file,
            [bare(each, pictures) for each in text.blocks],
            [bare(each, pictures) for each in there[text.place]],
        )
        for text in texts
    ]


def resaved(docx: bytes, folder: Path) -> bytes:
    """The file as LibreOffice saves it."""
    folder.mkdir(exist_ok=True)
    source = folder / "dossier.docx"
    source.write_bytes(docx)
    (folder / "sortie").mkdir(exist_ok=True)
    made = libreoffice.convert(source, folder / "sortie", timeout=300, to="docx")
    assert made is not None
    return made.read_bytes()


@pytest.mark.parametrize("first", range(FIRST, FIRST + DOCUMENTS, len(SLOTS)))
def test_a_random_narrative_comes_back_from_word_as_it_went(tmp_path: Path, first: int) -> None:
    read = examined(filled(tmp_path / "candidature", first))
    for file, went, came in both_sides(read, word_of(read)):
        assert came == went, (first, file)


def test_the_example_comes_back_from_word_as_it_went(tmp_path: Path) -> None:
    read = examined(CONTENT)
    sides = both_sides(read, word_of(read))
    assert sum(len(went) for _, went, _ in sides) > 200
    assert [file for file, went, came in sides if came != went] == []


@pytest.mark.parametrize("first", range(FIRST, FIRST + max(8, DOCUMENTS // 10), len(SLOTS)))
def test_answers_in_the_boxes_of_an_academy_come_back_too(tmp_path: Path, first: int) -> None:
    """Each answer in a cell of its own, and words of the template after the last one."""
    folder = filled(tmp_path / "candidature", first)
    extending(PACK)(folder)
    (folder / "gabarits" / "essai" / "dossier.docx").write_bytes(academy_template())
    read = examined(folder)
    for file, went, came in both_sides(read, word_of(read)):
        assert came == went, (first, file)


def test_what_the_template_says_after_an_answer_is_not_taken_for_it(tmp_path: Path) -> None:
    folder = filled(tmp_path / "candidature", FIRST)
    extending(PACK)(folder)
    document = Document()
    document.add_heading("Notre offre", 2)
    document.add_paragraph("{{p critere.offre.contenu }}")
    document.add_paragraph("")
    document.add_paragraph("Ces mots sont du modèle.")
    document.add_paragraph("{{p dossier }}")
    document.save(str(folder / "gabarits" / "essai" / "dossier.docx"))
    read = examined(folder)
    for file, went, came in both_sides(read, word_of(read)):
        assert came == went, file


@pytest.mark.skipif(libreoffice.find() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("case", ["content", *range(FIRST, FIRST + max(8, DOCUMENTS * 40 // 300), len(SLOTS))])
def test_libreoffice_gives_back_nearly_every_block_and_loses_none(tmp_path: Path, case: str | int) -> None:
    read = examined(CONTENT if isinstance(case, str) else filled(tmp_path / "candidature", case))
    blocks = same = 0
    for file, went, came in both_sides(read, resaved(word_of(read), tmp_path / "office")):
        matches = SequenceMatcher(None, went, came, autojunk=False).get_matching_blocks()
        blocks, same = blocks + len(went), same + sum(each.size for each in matches)
        assert len(came) >= len(went), file
        assert not words_of(went) - words_of(came), file
    assert same >= SAME * blocks, (same, blocks)


def words_of(blocks: list[Block]) -> Counter[str]:
    return Counter(repr(blocks).replace("'", " ").split())


@pytest.mark.parametrize("seed", range(FIRST, FIRST + DOCUMENTS * 4))
def test_what_is_written_as_markdown_reads_the_same(seed: int) -> None:
    blocks = as_shown(read_blocks(random_narrative(seed), "lycee/critere-1.md", 1)[0], "preuve {label}")
    for block in blocks:
        if isinstance(block, Heading):
            continue  # its level depends on the headings around it
        for strict in (False, True):
            definitions: list[str] = []
            lines = write_markdown((block,), Notation(partial(defined, definitions), str, "lycee", strict))
            again = read_blocks("\n\n".join(["\n".join(lines), *definitions]), "lycee/critere-1.md", 1)[0]
            assert [bare(each, {}) for each in as_shown(again, "preuve {label}")] == [bare(block, {})], "\n".join(lines)


def defined(definitions: list[str], note: Footnote) -> str:
    """The key of a note, its definition written once."""
    text = "\n    ".join(write_markdown(note.content, Notation(lambda _: "?", str, "lycee")))
    known = [each.partition(": ")[2] for each in definitions]
    if text not in known:
        definitions.append(f"[^{len(definitions) + 1}]: {text}")
        known.append(text)
    return str(known.index(text) + 1)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + DOCUMENTS * 4))
def test_a_changed_block_leaves_every_other_line_alone(seed: int, base: Reviser) -> None:
    """A word added to a paragraph: only lines of that paragraph differ, and the file then says what Word said."""
    raw, file = random_narrative(seed).encode(), "lycee/critere-1.md"
    place = written_texts(base.dossier)[0].place
    mine = base.shown(raw, place, file)
    shown = base.bare(mine)
    ranks = [rank for rank, block in enumerate(mine) if isinstance(block, Paragraph) and shown.count(shown[rank]) == 1]
    for rank in ranks[:3]:
        block = mine[rank]
        assert isinstance(block, Paragraph)
        typed, _ = read_blocks("x **ajout**", file, 1)
        new = Paragraph((*block.content, *as_shown(typed, "")[0].content), block.source)  # type: ignore[union-attr]
        theirs = (*mine[:rank], new, *mine[rank + 1 :])
        revision = base.revise(raw, place, file, as_shown(theirs, ""), None, force=False)
        assert revision is not None
        assert not revision.unwritable
        assert base.bare(base.shown(revision.content, place, file)) == base.bare(as_shown(theirs, ""))
        old, changed = raw.split(b"\n"), revision.content.split(b"\n")
        last = block.source.line or 0
        assert changed[: last - 1] == old[: last - 1]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Reviser:
    folder = tmp_path_factory.mktemp("base") / "candidature"
    shutil.rmtree(folder, ignore_errors=True)
    return Reviser(examined(copy_simple(folder)).dossier)
