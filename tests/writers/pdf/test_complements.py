"""`complements.pdf` tells both texts of what changed, loses no word of the new one, and can be laid out whatever changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Name
from properties.texts import answers, dossier_of, edited

from assembler.assembly.compare import compare
from assembler.model.artefact import Pagination
from assembler.model.changes import State
from assembler.model.dossier import Dossier
from assembler.model.plain import plain
from assembler.model.source import Source
from assembler.model.text import Heading, Paragraph, Text
from assembler.model.version import Version
from assembler.tools.store import Store
from assembler.writers.pdf import press
from assembler.writers.pdf.charter import bare_charter
from assembler.writers.pdf.complements import complements_of, write_complements
from assembler.writers.pdf.complements.revision import revised

from .conftest import PACK, Written, look
from .reading import bookmarks, elements

WORD = "preuve {label}"
HERE = Source("critere-1.md", 1)


def words(node: Any, left_out: str) -> str:
    """The words of a node and of all it holds, without ours and those inside nodes of the kind `left_out`."""
    if isinstance(node, list):
        return "".join(words(each, left_out) for each in node)
    if not isinstance(node, dict) or node["type"] in (left_out, "Lead"):
        return ""
    if node["type"] in ("Text", "Code", "CodeBlock"):
        return str(node["text"])
    held = (node.get(key) for key in ("header", "rows", "items", "blocks", "content", "caption"))
    return str(node.get("label", "")) + "".join(words(each, left_out) for each in held)


def complements(old: Dossier, new: Dossier, target: Path, store: Store, *, draft: bool = False) -> Dossier:
    """The complements of `new` since `old`, written to `target`."""
    version, changes, pages = Version(1, old, (), (), HERE), compare(old, new, 1), Pagination((), 1)
    charter = look(new, draft=draft) if new.members and new.exhibits else bare_charter()
    tools = press(draft=draft, store=store, pack_folders=(PACK,), charter=charter)
    write_complements(new, version, changes, pages, tools, code_version="1.0", target=target)
    return complements_of(new, version, changes, pages)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_no_word_of_the_new_text_is_lost_and_none_is_added(seed: int) -> None:
    random = Random(seed)
    old = answers(random)
    for chapter in compare(dossier_of(old), dossier_of(edited(old, random)), 1).chapters:
        for each in chapter.sequence:
            if each.new is not None:
                told = plain(revised(each, WORD))
                assert words(told, "Removed") == words(plain((each.new,)), "")
            if each.state is State.WITHDRAWN:
                told = plain(revised(each, WORD))
                assert words(told, "Removed") == ""


@pytest.mark.parametrize("seed", range(3))
def test_whatever_changed_can_be_laid_out(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    old = answers(random)
    target = tmp_path / "complements.pdf"
    complements(dossier_of(old), dossier_of(edited(old, random)), target, Store(tmp_path))
    with pikepdf.open(target) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.fixture(scope="module")
def told(made: Written, tmp_path_factory: pytest.TempPathFactory) -> tuple[Dossier, Path]:
    """The sample dossier, two of whose exhibits and one of whose sections the version handed in did not have."""
    new = made.dossier
    old = replace(new, exhibits=new.exhibits[:1] + new.exhibits[3:])
    section = (
        Heading(1, (Text("Une section"),), (), HERE, "1.9", "section-1.9"),
        Paragraph((Text("Un texte neuf."),), HERE),
    )
    first = new.answers[0]
    new = replace(new, answers=(replace(first, blocks=first.blocks + section), *new.answers[1:]))
    target = tmp_path_factory.mktemp("complements") / "complements.pdf"
    return complements(old, new, target, made.store), target


def test_only_what_came_is_there(told: tuple[Dossier, Path], made: Written) -> None:
    part, path = told
    assert [each.label for each in part.exhibits] == [each.label for each in made.dossier.exhibits[1:3]]
    with pikepdf.open(path) as pdf:
        titles = [title for depth, title, _ in bookmarks(pdf) if depth == 1]
    assert titles == ["Sommaire", "Passages modifiés", "Autres changements",
                      "Pièces et preuves ajoutées ou modifiées"]  # fmt: skip


def test_its_pages_have_a_name_of_their_own_and_it_is_tagged(told: tuple[Dossier, Path]) -> None:
    with pikepdf.open(told[1]) as pdf:
        assert str(pdf.Root.PageLabels.Nums[1].P) == "C-"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert {str(each.S) for each in elements(pdf)} >= {"/H1", "/P", "/Link", "/Table", "/Sect", "/Figure"}
        assert str(pdf.docinfo[Name.Title]).startswith("Compléments au dossier — ")


def test_words_that_came_or_went_are_told_by_more_than_colour(tmp_path: Path) -> None:
    def with_text(text: str) -> Dossier:
        return dossier_of([(Paragraph((Text(text),), HERE),), (), ()])

    target = tmp_path / "complements.pdf"
    complements(
        with_text("Le lycée suit ses vingt élèves."),
        with_text("Le lycée suit ses trente élèves."),
        target,
        Store(tmp_path),
    )
    with pikepdf.open(target) as pdf:
        told = [str(each.A.unparse()) for each in elements(pdf) if "/A" in each]
    looks = {each for each in ("/Underline", "/LineThrough") if any(each in one for one in told)}
    assert looks == {"/Underline", "/LineThrough"}
