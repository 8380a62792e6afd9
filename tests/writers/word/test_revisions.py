"""Tracked changes: accepting all gives this version, rejecting all the one handed in, and nothing else is marked."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from word_template import boxed, header_saying, note, spoilt

from assembler.model.dossier import Dossier, RetiredLabel, Status
from assembler.model.shown import bare
from assembler.model.text import (
    Block,
    BulletList,
    CodeBlock,
    ExhibitLink,
    Figure,
    Footnote,
    Heading,
    Inline,
    OrderedList,
    Quotation,
    Strong,
    Table,
)
from assembler.model.written import shown_pictures, written_texts
from assembler.readers.word.document import read_document
from assembler.reimport.guide import guide_of
from assembler.tools.store import Store

from . import validator
from .academy import academy_template
from .reading import document, names, part
from .revised import revised
from .sample import exhibit, heading, item, paragraph, sample, table, words
from .tracked import W, accepted, marks, rejected, without_contents, without_links

Blocks = tuple[Block, ...]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


def answering(store: Store, *blocks: Block, members: int = 1) -> Dossier:
    """A dossier whose second criterion is answered by these blocks."""
    dossier, _ = sample(store, members=members)
    first, second, *others = dossier.answers
    return replace(dossier, answers=(first, replace(second, blocks=blocks), *others))


def texts(*written: str) -> Blocks:
    return tuple(paragraph(each) for each in written)


def bullets(*written: str | Block) -> BulletList:
    return BulletList(
        tuple(item(paragraph(each) if isinstance(each, str) else each) for each in written), paragraph().source
    )


def numbered(*written: str, start: int = 1) -> OrderedList:
    return OrderedList(tuple(item(paragraph(each)) for each in written), start, paragraph().source)


def grid(*rows: str, caption: str = "") -> Table:
    cells = [tuple(words(cell) for cell in row.split("/")) for row in rows]
    made = table(len(cells[0]), 0, number=1 if caption else None)
    return replace(made, header=cells[0], rows=tuple(cells[1:]), caption=words(caption) if caption else ())


def noted(said: str, *after: Inline) -> Block:
    return paragraph("Un texte", Footnote(texts(said)), " qui suit", *after)


@dataclass(frozen=True, slots=True)
class Case:
    """What was handed in, what it became, and the words that must be marked withdrawn and new."""

    name: str
    old: Blocks
    new: Blocks
    withdrawn: str
    come: str


AROUND = texts("Avant tout le reste.", "Après tout le reste.")
CASES = (
    Case("a word", texts("Le lycée accueille 700 élèves."), texts("Le lycée accueille 720 élèves."), "700", "720"),
    Case("words at the end", texts("Le lycée accueille."), texts("Le lycée accueille. Il forme."), "", " Il forme."),
    Case("a comma", texts("Le lycée accueille et forme."), texts("Le lycée accueille, et forme."), "accueille", "accueille,"),
    Case("bold", texts("Un mot fort."), (paragraph("Un ", Strong(words("mot")), " fort."),), "mot", "mot"),
    Case("a paragraph come", AROUND, (AROUND[0], *texts("Entre les deux."), AROUND[1]), "", "Entre les deux."),
    Case("a paragraph gone", (AROUND[0], *texts("Entre les deux."), AROUND[1]), AROUND, "Entre les deux.", ""),
    Case("a heading", (heading(1, "Accueillir", "2.1", "a"),), (heading(1, "Bien accueillir", "2.1", "b"),), "Accueillir",
         "Bien accueillir"),
    Case("a heading of another level", (heading(1, "Un", "2.1", "a"), heading(1, "Deux", "2.2", "b")),
         (heading(1, "Un", "2.1", "a"), heading(2, "Deux", "2.1.1", "b")), "", ""),
    Case("a section come first", (heading(1, "Un", "2.1", "a"), *AROUND),
         (heading(1, "Zéro", "2.1", "z"), *texts("Neuf."), heading(1, "Un", "2.2", "a"), *AROUND), "", "Zéro|Neuf."),
    Case("a bullet come", (bullets("un", "trois"),), (bullets("un", "deux", "trois"),), "", "deux"),
    Case("a bullet gone", (bullets("un", "deux", "trois"),), (bullets("un", "trois"),), "deux", ""),
    Case("the first bullet gone", (bullets("zéro", "un"),), (bullets("un"),), "zéro", ""),
    Case("a step come", (numbered("un", "trois"),), (numbered("un", "deux", "trois"),), "", "deux"),
    Case("a list that begins elsewhere", (numbered("un", "deux"),), (numbered("un", "deux", start=4),), "", ""),
    Case("a list cut in two", (numbered("un", "deux", "trois"),), (numbered("un"), *texts("Pause."), numbered("deux", "trois")),
         "", "Pause."),
    Case("two lists joined", (numbered("un", "deux"), *texts("Pause."), numbered("trois")), (numbered("un", "deux", "trois"),),
         "Pause.", ""),
    Case("a list of another kind", (bullets("un", "deux"),), (numbered("un", "deux"),), "", ""),
    Case("a list within a list", (bullets("un", bullets("dedans", "aussi")),), (bullets("un", bullets("dedans")),), "aussi", ""),
    Case("a box ticked", (BulletList((item(paragraph("fait"), checked=False),), AROUND[0].source),),
         (BulletList((item(paragraph("fait"), checked=True),), AROUND[0].source),), "☐", "☒"),
    Case("a cell", (grid("A/B", "un/1", "deux/2"),), (grid("A/B", "un/1", "deux/3"),), "2", "3"),
    Case("a row come", (grid("A/B", "un/1"),), (grid("A/B", "un/1", "deux/2"),), "", "deux|2"),
    Case("a row gone", (grid("A/B", "zéro/0", "un/1"),), (grid("A/B", "un/1"),), "zéro|0", ""),
    Case("a column come", (grid("A", "un"),), (grid("A/B", "un/1"),), "A|un", "A|B|un|1"),
    Case("a caption", (grid("A/B", "un/1", caption="Effectifs en 2025"),), (grid("A/B", "un/1", caption="Effectifs en 2026"),),
         "2025", "2026"),
    Case("a table gone", (grid("A/B", "un/1"), *AROUND), AROUND, "A|B|un|1", ""),
    Case("a table for another", (grid("A/B", "un/1"),), (grid("X/Y/Z", "x/y/z"),), "A|B|un|1", "X|Y|Z|x|y|z"),
    Case("a note", (noted("Ancienne source."),), (noted("Nouvelle source."),), " Ancienne source.", " Nouvelle source."),
    Case("a note come", (paragraph("Un texte qui suit"),), (noted("Une source."),), "", " Une source."),
    Case("a note gone", (noted("Une source."),), (paragraph("Un texte qui suit"),), " Une source.", ""),
    Case("a quotation", (Quotation(texts("Un très bon lycée."), AROUND[0].source),),
         (Quotation(texts("Un excellent lycée."), AROUND[0].source),), "très bon", "excellent"),
    Case("a quotation that was none", texts("Un très bon lycée."), (Quotation(texts("Un très bon lycée."), AROUND[0].source),),
         "", ""),
    Case("code", (CodeBlock("a = 1\nb = 2", AROUND[0].source),), (CodeBlock("a = 1\nb = 3", AROUND[0].source),), "2", "3"),
    Case("everything gone", AROUND, (), "Avant tout le reste.|Après tout le reste.", ""),
    Case("everything come", (), AROUND, "", "Avant tout le reste.|Après tout le reste."),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_is_marked_and_nothing_else(case: Case, store: Store) -> None:
    made = revised(answering(store, *case.old), answering(store, *case.new), store)
    assert made.is_true
    assert (made.words("del"), made.words("ins")) == (case.withdrawn, case.come)


def test_nothing_is_marked_when_nothing_changed(store: Store) -> None:
    dossier, pages = sample(store, members=2)
    made = revised(dossier, dossier, store, pages=pages)
    assert marks(made.marked) == []
    assert made.is_true


def test_notes_follow_one_another_as_their_calls_do(store: Store) -> None:
    old, new = (
        answering(store, *map(noted, notes)) for notes in (("un", "deux", "trois"), ("un", "deux neuf", "trois"))
    )
    made = revised(old, new, store).marked
    calls = [call.get(f"{W}id") for call in document(made).iter(f"{W}footnoteReference")]
    notes = [each.get(f"{W}id") for each in part(made, "word/footnotes.xml") if each.get(f"{W}type") is None]
    assert calls == notes == [str(rank) for rank in range(1, len(calls) + 1)]


def test_a_table_withdrawn_never_touches_the_one_that_replaces_it(store: Store) -> None:
    made = revised(answering(store, grid("A/B", "un/1")), answering(store, grid("X/Y/Z", "x/y/z")), store).marked
    tables = list(document(made).iter(f"{W}tbl"))
    assert all(each.getnext() is None or each.getnext().tag != f"{W}tbl" for each in tables)


def test_the_same_versions_make_the_same_bytes(store: Store) -> None:
    old, new = answering(store, *AROUND), answering(store, *reversed(AROUND))
    assert revised(old, new, store).marked == revised(old, new, store).marked


def everything_changed(store: Store, members: int = 1) -> tuple[Dossier, Dossier]:
    """Two versions that differ in all that a dossier holds."""
    old, _ = sample(store, members=members)
    first, _, third = old.answers
    blocks = tuple(block for rank, block in enumerate(first.blocks) if rank % 4)
    answers = (replace(first, blocks=(*blocks[5:], *blocks[:5])), replace(third, title="Autrement"))
    school = old.members[0].establishment
    head = replace(school.head, name="Dominique Neuf") if school.head else None
    member = replace(old.members[0], establishment=replace(school, head=head, headcounts=school.headcounts[1:]))
    act, kept, gone, *others = old.exhibits
    label = gone.label.replace("2", "99")
    come = exhibit(label, "neuve", school.key, 4, ("1",))
    renamed = replace(kept, entry=replace(kept.entry, title="Un autre titre"))
    coverage = tuple(
        replace(row, assessments=tuple(replace(each, status=Status.PARTIAL, sections=()) for each in row.assessments))
        for row in old.coverage[1:]
    )
    return old, replace(
        old, members=(member, *old.members[1:]), answers=answers, coverage=coverage, chapters=(),
        exhibits=(act, renamed, *others, come), retired=(*old.retired, RetiredLabel(gone.label, gone.entry.id, "retiree", None)),
    )  # fmt: skip


@pytest.mark.parametrize("members", [1, 2])
def test_all_of_a_dossier_can_change(store: Store, members: int) -> None:
    made = revised(*everything_changed(store, members), store)
    assert made.is_true
    assert "Un autre titre" in made.words("ins")
    assert "Camille Exemple" in made.words("del")


def test_the_marks_are_valid(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "modifications.docx"
    file.write_bytes(revised(*everything_changed(store, 2), store).marked)
    assert validator.errors(file) == []


@pytest.mark.parametrize("members", [1, 2])
def test_an_academys_own_template_is_followed_on_both_sides(store: Store, tmp_path: Path, members: int) -> None:
    file = tmp_path / "dossier.docx"
    spoils = (
        header_saying("{{ edition }}"),
        note("Note du gabarit"),
        boxed("Dirigé par {% for p in pilote.chef %}{{ p.nom }}{% endfor %}"),
    )
    file.write_bytes(spoilt(*spoils, template=academy_template()))
    made = revised(*everything_changed(store, members), store, file)
    assert made.is_true
    (tmp_path / "modifications.docx").write_bytes(made.marked)
    (tmp_path / "plain.docx").write_bytes(made.new)
    faults = [{said for _, said in validator.errors(tmp_path / name)} for name in ("modifications.docx", "plain.docx")]
    assert faults[0] <= faults[1]


def test_a_text_box_is_marked_inside(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "dossier.docx"
    file.write_bytes(spoilt(boxed("Campagne {{ campagne }}")))
    old, _ = sample(store)
    new = replace(old, candidature=replace(old.candidature, campaign="2031"))
    made = revised(old, new, store, file)
    boxes = list(document(made.marked).iter(f"{W}txbxContent"))
    assert ["".join(box.itertext(f"{W}t", f"{W}delText")) for box in boxes] == ["Campagne 20272031"] * 2
    assert all(box.find(f".//{W}del") is not None for box in boxes)


def test_headers_are_marked_too(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "dossier.docx"
    file.write_bytes(spoilt(header_saying("Campagne {{ campagne }}")))
    old, _ = sample(store)
    made = revised(old, replace(old, candidature=replace(old.candidature, campaign="2031")), store, file)
    assert "2031" in made.words("ins")
    assert all("2027" not in text for text in _headers(accepted(made.marked)))
    assert all("2031" not in text for text in _headers(rejected(made.marked)))


def _headers(docx: bytes) -> list[str]:
    return ["".join(part(docx, name).itertext()) for name in names(docx) if name.startswith("word/header")]


def test_a_draft_is_marked_like_the_rest(store: Store) -> None:
    made = revised(answering(store, *AROUND), answering(store, AROUND[0]), store, draft=True)
    assert made.is_true
    assert made.words("del") == "Après tout le reste."
    assert any("BROUILLON" in text for text in _headers(made.marked))


def test_links_in_withdrawn_text_are_plain(store: Store) -> None:
    cited = ExhibitLink("lycee-exemple/convention-1", "P1.1", "renvoi-2")
    made = revised(answering(store, paragraph("Voir ", cited, ".")), answering(store), store)
    deleted = list(document(made.marked).iter(f"{W}del"))
    assert made.words("del") == "Voir preuve\u00a0P1.1."
    assert not any(
        each.find(f".//{W}{tag}") is not None for each in deleted for tag in ("fldChar", "instrText", "hyperlink")
    )
    assert all(each.getparent().tag != f"{W}hyperlink" for each in deleted)


def test_a_picture_that_is_no_more_is_named_above_its_caption(store: Store) -> None:
    old, _ = sample(store)
    drawn = Figure("lycee-exemple/images/atelier.png", "L’atelier", words("L’atelier"), AROUND[0].source, 1)
    gone = replace(answering(store, *AROUND), pictures=())
    gone = replace(gone, answers=gone.answers[1:])
    made = revised(
        replace(old, answers=(replace(old.answers[1], blocks=(AROUND[0], drawn)),)),
        replace(gone, answers=gone.answers[:1]),
        store,
    )
    assert "[image d’avant, non conservée : lycee-exemple/images/atelier.png]" in made.words("del")
    assert "L’atelier" in made.words("del")


def test_a_page_that_moved_is_no_change(store: Store) -> None:
    dossier, pages = sample(store)
    later = replace(pages, pages=tuple((anchor, page + 5) for anchor, page in pages.pages))
    assert marks(revised(dossier, dossier, store, pages=later).marked) == []


def test_each_change_is_signed_by_whose_it_is(store: Store) -> None:
    def written(first: str, second: str, together: str) -> Dossier:
        def by(school: str, text: str, anchor: str) -> Iterator[Block]:
            place = replace(AROUND[0].source, file=f"{school}/critere-2.md")
            yield Heading(1, words(school), (), place, None, anchor)
            yield replace(paragraph(text), source=place)

        return answering(store, *by("commun", together, "c"), *by("lycee-exemple", first, "p"), *by("lycee-second", second, "s"),
                         members=2)  # fmt: skip

    made = revised(written("un", "deux", "ensemble"), written("un neuf", "deux aussi", "ensemble encore"), store)
    signed = [(mark.get(f"{W}author"), "".join(mark.itertext()), mark.get(f"{W}date")) for mark in marks(made.marked)]
    assert signed == [
        ("Réseau Énergie", " encore", "2026-11-20T12:00:00Z"),
        ("Lycée Exemple", " neuf", "2026-11-20T12:00:00Z"),
        ("Lycée Second & Cie", " aussi", "2026-11-20T12:00:00Z"),
    ]


def test_a_line_of_the_index_is_signed_by_whose_exhibit_it_is(store: Store) -> None:
    old, _ = sample(store, members=2)
    *kept, last = old.exhibits
    made = revised(old, replace(old, exhibits=(*kept, replace(last, entry=replace(last.entry, title="Neuf")))), store)
    assert {mark.get(f"{W}author") for mark in marks(made.marked)} == {"Lycée Second & Cie"}


def test_our_reader_finds_both_versions(store: Store) -> None:
    old, new = everything_changed(store)
    # A chapter of one version only has no place in the other: it is compared above.
    new = replace(new, chapters=old.chapters, answers=(new.answers[0], *old.answers[1:]))
    made = revised(old, new, store)

    def read(docx: bytes, dossier: Dossier) -> Any:
        came = read_document(docx, guide_of(dossier, written_texts(dossier), store)).texts
        return [(text.place, [bare(block, shown_pictures(dossier)) for block in text.blocks]) for text in came]

    assert read(made.marked, new) == read(made.new, new)
    # What was withdrawn says where it led, and leads there no more.
    assert read(without_links(rejected(made.marked)), old) == read(without_links(made.old), old)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="no pandoc here")
def test_pandoc_finds_both_versions(store: Store, tmp_path: Path) -> None:
    made = revised(*everything_changed(store), store)
    assert _as_pandoc_reads(made.marked, "accept", tmp_path) == _as_pandoc_reads(made.new, "accept", tmp_path)
    assert _as_pandoc_reads(made.marked, "reject", tmp_path) == _as_pandoc_reads(made.old, "accept", tmp_path)


def _as_pandoc_reads(docx: bytes, how: str, folder: Path) -> list[str]:
    """Every word, in order, notes where they are called; without the contents, which are this version's in either case."""
    file = folder / "read.docx"
    file.write_bytes(without_contents(docx))
    command = ["pandoc", "--from=docx", f"--track-changes={how}", "--to=json", str(file)]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return "".join(_texts(told["blocks"])).split()


def _texts(told: Any) -> Iterator[str]:
    """The texts of nodes; without the titles of tables, which only screen readers tell and pandoc keeps of empty ones."""
    if isinstance(told, list):
        for each in told:
            yield from _texts(each)
    elif isinstance(told, dict):
        match told["t"]:
            case "Str":
                yield told["c"]
            case "Code" | "CodeBlock":
                yield told["c"][1]
            case "Space" | "SoftBreak" | "LineBreak":
                yield " "
            case "Table":
                yield from _texts(told["c"][3:])
            case kind:
                yield from _texts(told.get("c", []))
                yield " " if kind in ("Para", "Plain", "Header") else ""
