"""Texts that stop a layout engine, or would be code to it: all are laid out, and nothing is lost without a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assembler.model.dossier import Dossier, Member
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    CodeBlock,
    Emphasis,
    ExhibitLink,
    Footnote,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Quotation,
    Strong,
    Table,
    Text,
    WebLink,
)
from assembler.tools.store import Store
from assembler.writers.pdf.guard import breakable, clean
from assembler.writers.pdf.layout import Laid, lay_out, press

from . import sample
from .conftest import PACK, Written, look
from .nasty import HERE, h, p, t, table


def laid(folder: Path, *blocks: Block) -> Laid:
    store = Store(folder)
    dossier = sample.dossier(store)
    return lay(
        store, replace(dossier, answers=(replace(dossier.answers[0], blocks=blocks),), exhibits=dossier.exhibits[:2])
    )


def lay(store: Store, dossier: Dossier) -> Laid:
    return lay_out(dossier, press(draft=False, store=store, pack_folders=(PACK,), charter=look(dossier)))


def nested(depth: int) -> Block:
    block: Block = p("au fond")
    for _ in range(depth):
        block = Quotation((BulletList((ListItem((block,)),), HERE),), HERE)
    return block


def test_text_that_is_code_to_somebody_is_shown_as_written(made: Written) -> None:
    text = " ".join(made.text(made.page_of("section-1-1")).split())
    for words in (
        "R&D <b>gras</b> `#let x = 1` *étoile* _souligné_ $math$ \\n",
        "<b> $x$ #let",
        "@ref <label> // note = titre",
    ):
        assert words in text


def test_a_reference_to_nothing_is_shown_as_a_fault(made: Written) -> None:
    text = made.text(made.page_of("section-1-1-1")).replace("\u00a0", " ")
    assert "[preuve:inconnue ?]" in text
    assert "[critere:12 ?]" in text


def test_characters_that_no_font_has_are_named_to_the_caller(made: Written) -> None:
    assert made.edition.unshown == ("中", "文", "😀")
    assert "Un emoji □, du chinois □□, de l’hébreu" in " ".join(made.text(made.page_of("section-1-1")).split())


@pytest.mark.parametrize(
    "block",
    [
        nested(60),
        Paragraph((Strong((Emphasis((Strong((t("a"),)),)),)), WebLink("https://exemple.fr/", ())), HERE),
        Paragraph((), HERE),
        Heading(3, (Text("  "),), (), HERE, "1.1", "vide"),
        BulletList((ListItem(()),), HERE),
        OrderedList((), 3, HERE),
        Table(((), ()), (), (Alignment.LEFT, Alignment.LEFT), (), HERE),
        CodeBlock("", HERE),
        Quotation((h(4, None, "Un titre dans une citation", "titre-cite"),), HERE),
        p("note", Footnote((p("dans", Footnote((p("une note"),))), table(2, 2), h(2, None, "Titre", "titre-note")))),
        p("\u2028\u202e\u200f\u2060\ufeff\x00\U000e0001\u00ad\ud800 \U0010ffff"),
        table(30, 3),
    ],
)
def test_what_would_stop_the_engine_is_laid_out(tmp_path: Path, block: Block) -> None:
    assert laid(tmp_path, block).pages > 5


def test_a_place_named_twice_is_the_first_one(tmp_path: Path) -> None:
    link = ExhibitLink("lycee-exemple/convention", "P1.1", "cite-1")
    assert laid(tmp_path, p("Une fois ", link, ", deux fois ", link)).places["cite-1"] == 6


def test_a_dossier_with_nothing_in_it_is_laid_out(tmp_path: Path) -> None:
    store = Store(tmp_path)
    bare = replace(
        sample.dossier(store), chapters=(), answers=(), coverage=(), exhibits=(), retired=(), pictures=(), members=()
    )
    assert lay(store, bare).pages == 5


def test_an_establishment_that_says_nothing_has_its_sheet(tmp_path: Path) -> None:
    store = Store(tmp_path)
    dossier = sample.dossier(store)
    school = replace(
        dossier.members[0].establishment,
        **dict.fromkeys(("name", "uai", "kind", "sector", "address", "postcode", "town", "academy"), ""),
        **dict.fromkeys(("headcounts", "trainings", "indicators", "labels"), ()),
        head=None,
        referent=None,
    )
    silent = replace(
        dossier,
        members=(Member(school, None, "fiche"),),
        candidature=replace(dossier.candidature, title="", previous=None),
    )
    assert lay(store, silent).places["fiche"] == 2


def test_long_words_break_after_their_punctuation_then_anywhere() -> None:
    assert breakable("voir https://exemple.fr/un/chemin", 12).split("\u200b")[:2] == ["voir https://", "exemple."]
    assert max(map(len, breakable("x" * 100, 28).split("\u200b"))) < 28
    assert breakable("anticonstitutionnellement", 28) == "anticonstitutionnellement"


def test_bullets_pasted_from_word_become_bullets_and_controls_go() -> None:
    assert clean("\uf0b7 un\x07 deux\tet\ntrois", {}) == "• un deux et trois"
    assert clean("\ue123", {}) == "□"
