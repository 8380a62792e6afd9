"""What a Word file of ours holds, read back from its XML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from assembler.errors import DossierError
from assembler.model.source import Source
from assembler.model.text import Citation, Footnote, Heading, Paragraph
from assembler.tools.store import Store
from assembler.writers.word import write_word
from assembler.writers.word.bookmarks import bookmark_name
from assembler.writers.word.lint import lint
from assembler.writers.word.values import template_values

from .reading import W, document, names, numbered, part, style, style_names, text
from .sample import ADDRESS, HERE, PROSE, SHOWN, TITLES, sample, template, words, workshop
from .validator import errors

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def written(store: Store) -> bytes:
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


@pytest.fixture(scope="module")
def drafted(store: Store) -> bytes:
    dossier, pagination = sample(store, members=2)
    return write_word(
        dossier,
        draft=True,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=template(),
        workshop=workshop(),
    )


def test_a_file_passes_our_own_look_at_it(written: bytes, drafted: bytes) -> None:
    assert lint(written) == []
    assert lint(drafted) == []


def test_a_file_has_no_error_for_the_open_xml_sdk(written: bytes, drafted: bytes, tmp_path: Path) -> None:
    for name, content in (("final.docx", written), ("draft.docx", drafted)):
        (tmp_path / name).write_bytes(content)
        assert errors(tmp_path / name) == []


def test_the_template_shipped_has_no_error_for_the_open_xml_sdk() -> None:
    assert errors(template()) == []
    assert lint(template().read_bytes()) == []


def test_the_same_dossier_gives_the_same_bytes(written: bytes, store: Store) -> None:
    dossier, pagination = sample(store)
    again = write_word(
        dossier,
        draft=False,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=template(),
        workshop=workshop(),
    )
    assert again == written


def test_the_numbers_word_shows_are_those_of_the_model(written: bytes, store: Store) -> None:
    dossier, _ = sample(store)
    expected = [f"Critère n° {chapter.number} —" for chapter in dossier.answers]
    expected += [b.number for c in dossier.answers for b in c.blocks if isinstance(b, Heading) and b.number]
    shown = [number for name, number, _ in numbered(written) if name.startswith("heading") and number]
    assert sorted(shown) == sorted(expected)


def test_a_number_word_would_count_otherwise_is_typed_in_the_heading(store: Store) -> None:
    dossier, pagination = sample(store)
    skipped = replace(dossier.answers[1], blocks=(
        Heading(1, (), (), HERE, "2.1", "a1"), Heading(3, (), (), HERE, "2.1.1.1", "a2"), Heading(1, (), (), HERE, "2.4", "a3"),
        Heading(1, (), (), HERE, "2.2", "a4"),
    ))  # fmt: skip
    blocks = replace(dossier, answers=(skipped,), chapters=(), coverage=())
    made = write_word(
        blocks, draft=True, pagination=pagination, toc_pages=None, store=store, template=template(), workshop=workshop()
    )
    headings = [
        (number, shown.strip()) for name, number, shown in numbered(made) if re.fullmatch("heading [2-5]", name)
    ]
    assert headings == [("2.1", ""), ("", "2.1.1.1"), ("", "2.4"), ("2.2", "")]


def test_each_list_counts_from_its_own_start(written: bytes) -> None:
    listed = [(number, shown) for name, number, shown in numbered(written) if name == "List Number"]
    first = listed.index(("5.", "cinq"))
    assert listed[first : first + 4] == [("5.", "cinq"), ("6.", "six"), ("1.", "de nouveau un"), ("2.", "deux")]
    assert ("a)", "niveau 3") in listed
    assert ("1.", "niveau 1") in listed
    assert listed.count(("1.", "un")) == 4


def test_what_authors_type_is_shown_as_typed(written: bytes) -> None:
    shown = "\n".join(text(paragraph) for paragraph in document(written).iter(f"{W}p"))
    assert f"Des métiers {SHOWN}" in shown
    assert f"Bac pro MELEC {SHOWN}" in shown
    assert ADDRESS in shown
    assert shown.count(PROSE) >= 12


def test_no_character_that_xml_forbids_is_in_the_file(written: bytes) -> None:
    for name in names(written):
        if name.endswith(".xml"):
            assert not FORBIDDEN.search("".join(part(written, name).itertext()))


def test_a_citation_is_a_cross_reference_to_the_index_row(written: bytes, store: Store) -> None:
    dossier, _ = sample(store)
    bookmark = bookmark_name(dossier.exhibits[1].anchor)
    tree = document(written)
    instructions = [piece.text for piece in tree.iter(f"{W}instrText")]
    assert f" REF {bookmark} \\h " in instructions
    start = next(start for start in tree.iter(f"{W}bookmarkStart") if start.get(f"{W}name") == bookmark)
    assert text(start.getparent()) == dossier.exhibits[1].label
    assert "preuve\u00a0P1.1" in "".join(text(link) for link in tree.iter(f"{W}hyperlink"))


def test_every_criterion_section_expectation_and_exhibit_has_its_bookmark(drafted: bytes, store: Store) -> None:
    _, pagination = sample(store, members=2)
    there = {start.get(f"{W}name") for start in document(drafted).iter(f"{W}bookmarkStart")}
    anchors = [anchor for anchor, _ in pagination.pages if not anchor.startswith("identite")]
    assert {bookmark_name(anchor) for anchor in anchors} <= there
    assert len({bookmark_name(anchor) for anchor in anchors}) == len(anchors)


def test_a_link_to_a_place_that_is_not_there_is_plain_text(store: Store) -> None:
    dossier, pagination = sample(store)
    bare = replace(dossier, answers=(), coverage=(dossier.coverage[0],))
    made = write_word(
        bare, draft=True, pagination=pagination, toc_pages=None, store=store, template=template(), workshop=workshop()
    )
    cells = [cell for row in document(made).iter(f"{W}tr") for cell in row.iter(f"{W}tc")]
    alone = next(cell for cell in cells if text(cell) == "1.1")
    assert list(alone.iter(f"{W}hyperlink", f"{W}fldChar")) == []


def test_bookmark_names_are_short_and_differ() -> None:
    anchors = ["a-b", "a_b", "a.b", "A-b", "x" * 80, "x" * 81, "é", "è", ""]
    made = [bookmark_name(anchor) for anchor in anchors]
    assert len({name.lower() for name in made}) == len(anchors)
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in made)


def test_the_contents_lists_every_heading_with_the_pages_of_the_pdf(written: bytes, store: Store) -> None:
    _, pagination = sample(store)
    known = style_names(written)
    lines = [text(p) for p in document(written).iter(f"{W}p") if (style(p, known) or "").startswith("toc ")]
    pages = dict(pagination.pages)
    assert len(lines) == len([1 for name, _, _ in numbered(written) if name in ("heading 1", "heading 2", "heading 3")])
    assert f"Présentation de l’établissement\t{pages['presentation']}" in lines
    assert f"9-a.1\tSection 1\t{pages['section-9-a-1']}" in lines
    assert "Fiche d’identité" in lines[0]


def test_the_contents_ends_in_its_last_line(written: bytes) -> None:
    known = style_names(written)
    paragraphs = next(document(written).iter(f"{W}sdtContent")).findall(f"{W}p")
    assert all((style(paragraph, known) or "").startswith("toc") for paragraph in paragraphs[1:])
    ends = [mark.get(f"{W}fldCharType") for mark in paragraphs[-1].iter(f"{W}fldChar")]
    assert ends.count("end") == ends.count("begin") + 1


def test_the_contents_shows_the_pages_measured_on_the_word_file(store: Store) -> None:
    dossier, pagination = sample(store)
    measured = ((bookmark_name("critere-2"), 77),)
    made = write_word(
        dossier,
        draft=False,
        pagination=pagination,
        toc_pages=lambda _: measured,
        store=store,
        template=template(),
        workshop=workshop(),
    )
    lines = [text(paragraph) for paragraph in document(made).iter(f"{W}p")]
    assert any(line.startswith("Critère n° 2 —") and line.endswith("\t77") for line in lines)


def test_word_is_never_asked_to_compute_on_opening(written: bytes) -> None:
    assert part(written, "word/settings.xml").find(f"{W}updateFields") is None
    assert not [element for element in document(written).iter() if element.get(f"{W}dirty")]


def test_notes_are_real_and_their_links_too(written: bytes) -> None:
    notes = part(written, "word/footnotes.xml")
    called = [call.get(f"{W}id") for call in document(written).iter(f"{W}footnoteReference")]
    assert len(called) == 1
    assert set(called) <= {note.get(f"{W}id") for note in notes}
    assert text(notes[-1]).strip() == "Une note grasse avec un lien."
    targets = [relation.get("Target") for relation in part(written, "word/_rels/footnotes.xml.rels")]
    assert targets == ["https://exemple.fr"]


def test_a_note_called_again_is_a_reference_to_its_first_call(written: bytes, store: Store) -> None:
    tree = document(written)
    (call,) = tree.iter(f"{W}footnoteReference")
    bookmark = call.getparent().getprevious().get(f"{W}name")
    (again,) = (piece for piece in tree.iter(f"{W}instrText") if "NOTEREF" in (piece.text or ""))
    assert again.text == f" NOTEREF {bookmark} \\f \\h "
    assert text(again.getparent().getparent()) == "ici1"
    assert _notes(store, Footnote((_said("Une.", 3),)), Footnote((_said("Une.", 4),))) == (2, 0)


def test_a_note_called_again_is_written_again_where_only_word_knows_its_number(store: Store, tmp_path: Path) -> None:
    document_ = Document()
    document_.add_paragraph("{{p dossier }}")
    notes = document_.sections[0]._sectPr.makeelement(f"{W}footnotePr")
    document_.sections[0]._sectPr.insert(0, notes)
    notes.append(notes.makeelement(f"{W}numRestart", {f"{W}val": "eachPage"}))
    document_.save(str(tmp_path / "modele.docx"))
    note = Footnote((_said("Une.", 3),))
    assert _notes(store, note, note, model=tmp_path / "modele.docx") == (2, 0)
    assert _notes(store, note, note) == (1, 1)


def test_a_call_in_a_heading_is_not_in_the_contents(store: Store) -> None:
    dossier, pagination = sample(store)
    note = Footnote((_said("Une.", 3),))
    title = Heading(1, (*words("Le territoire"), note), (), HERE, None, "ici")
    chapter = replace(dossier.chapters[0], blocks=(Paragraph((note,), HERE), title))
    bare = replace(dossier, chapters=(chapter,), answers=(), coverage=())
    made = write_word(
        bare, draft=False, pagination=pagination, toc_pages=None, store=store, template=template(), workshop=workshop()
    )
    shown = [text(link) for link in document(made).iter(f"{W}hyperlink")]
    assert [line.partition("\t")[0] for line in shown if line.startswith("Le territoire")] == ["Le territoire"]
    assert lint(made) == []


def test_tables_repeat_their_header_and_fit_the_page(written: bytes) -> None:
    tables = list(document(written).iter(f"{W}tbl"))
    repeated = [table for table in tables if table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    assert len(repeated) >= 8
    for table in tables:
        assert sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")) <= 9072


def test_pictures_have_their_alternative_text_and_fit(written: bytes) -> None:
    drawn = [element for element in document(written).iter() if str(element.tag).endswith("}docPr")]
    assert [element.get("descr") for element in drawn] == ["L’atelier vu de la mezzanine", "Sans légende"]
    assert len({element.get("id") for element in drawn}) == 2
    extents = [element for element in document(written).iter() if str(element.tag).endswith("drawing}extent")]
    assert all(int(extent.get("cx")) <= 9072 * 635 for extent in extents)


def test_the_file_says_french_its_title_authors_and_edition(drafted: bytes) -> None:
    language = part(drafted, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "fr-FR"
    assert part(drafted, "word/settings.xml").find(f"{W}themeFontLang").get(f"{W}val") == "fr-FR"
    core = {str(element.tag).rpartition("}")[2]: element.text for element in part(drafted, "docProps/core.xml")}
    assert core["title"] == "Dossier de candidature – Lycée des métiers de l’énergie & de la maintenance"
    assert core["creator"] == "Lycée Exemple; Lycée Second & Cie"
    assert core["created"] == core["modified"] == f"{date(2026, 11, 20)}T12:00:00Z"


def test_a_draft_says_so_in_every_header_and_a_final_edition_nowhere(written: bytes, drafted: bytes) -> None:
    references = list(document(drafted).iter(f"{W}headerReference"))
    assert {reference.get(f"{W}type") for reference in references} == {"default", "first", "even"}
    headers = [name for name in names(drafted) if re.fullmatch(r"word/header.*\.xml", name)]
    assert all("BROUILLON" in text(part(drafted, name)) for name in headers)
    shown = [text(part(written, name)) for name in names(written) if name.startswith("word/") and name.endswith(".xml")]
    assert "BROUILLON" not in " ".join(shown)


def test_what_is_not_tied_is_shown_as_a_fault(written: bytes) -> None:
    known = style_names(written)
    faults = [text(run) for run in document(written).iter(f"{W}r") if _character(run, known) == "Anomalie"]
    assert {"[preuve:inconnue\u00a0?]", "[critere:12\u00a0?]", "[attendu:4.z\u00a0?]"} <= set(faults)


def test_the_index_tells_pages_and_remarks(written: bytes, store: Store) -> None:
    dossier, pagination = sample(store)
    rows = [[text(cell) for cell in row.findall(f"{W}tc")] for row in document(written).iter(f"{W}tr")]
    page = dict(pagination.pages)[dossier.exhibits[2].anchor]
    found = {row[0]: row for row in rows if len(row) == 7}
    assert found["P1.2"] == ["P1.2", "Convention de partenariat convention-2", "1, 2", "12/09/2025", "2", str(page), ""]
    assert found["P1.3"][6] == "remplacée par P1.4"
    assert found["P1.5"][6] == "page en ligne ; confidentielle"
    assert found["P1.6"][6] == "fournie séparément"
    assert found["P1.9"][6] == "retirée"


def test_a_network_has_a_column_for_each_member_and_its_own(drafted: bytes) -> None:
    tables = [
        [[text(cell) for cell in row.findall(f"{W}tc")] for row in t.iter(f"{W}tr")]
        for t in document(drafted).iter(f"{W}tbl")
    ]
    table = next(table for table in tables if table[0][0] == "Attendu")
    assert table[0] == ["Attendu", "A — Lycée Exemple", "B — Lycée Second & Cie", "Réseau"]
    assert table[1] == [f"Critère n° 1 — {TITLES[0]}"]
    assert table[2][0].startswith("1.a Un attendu a")
    assert "traité" in table[2][1] and "A-P1.1" in table[2][1]
    assert "Section 1.1" in table[2][1] and "Preuves A-P1.1, A-P1.2" in table[2][1]


@pytest.mark.parametrize(
    ("convocation", "shown"), [(None, []), (1, ["première convocation"]), (2, ["seconde convocation"])]
)
def test_a_convocation_that_is_not_said_is_not_shown(convocation: int | None, shown: list[str], store: Store) -> None:
    dossier, pagination = sample(store)
    act, *others = dossier.exhibits
    assert act.entry.approval is not None
    approval = replace(act.entry.approval, convocation=convocation)
    exhibits = (replace(act, entry=replace(act.entry, approval=approval)), *others)
    made = write_word(
        replace(dossier, exhibits=exhibits, answers=(), coverage=()),
        draft=False,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=template(),
        workshop=workshop(),
    )
    rows = [[text(cell) for cell in row.findall(f"{W}tc")] for row in document(made).iter(f"{W}tr")]
    assert [row[1] for row in rows if row[0] == "Convocation"] == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Réseau « Bois »", "Réseau « Bois »"),
        ("réseau du Nord", "réseau du Nord"),
        ("Les métiers du bois", "Réseau\u00a0: Les métiers du bois"),
    ],
)
def test_a_network_is_announced_once(name: str, shown: str, store: Store) -> None:
    dossier, pagination = sample(store, members=2)
    assert dossier.candidature.network is not None
    named = replace(dossier.candidature, network=replace(dossier.candidature.network, name=name))
    values = template_values(replace(dossier, candidature=named), pagination, draft=False)
    assert (values["reseau"], values["reseau_annonce"]) == (name, shown)


def test_our_tables_are_as_wide_as_the_section_of_the_template_they_stand_in(store: Store, tmp_path: Path) -> None:
    document_ = Document()
    document_.add_paragraph("{{p dossier }}")
    turned = document_.add_section()
    turned.page_width, turned.page_height = turned.page_height, turned.page_width
    document_.add_paragraph("{{p index_preuves }}")
    document_.save(str(tmp_path / "modele.docx"))
    dossier, pagination = sample(store)
    made = write_word(
        dossier,
        draft=False,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=tmp_path / "modele.docx",
        workshop=workshop(),
    )
    widths = [sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")) for table in document(made).iter(f"{W}tbl")]
    upright, lying = min(widths), max(widths)
    assert widths[-1] == lying == round((turned.page_width - turned.left_margin - turned.right_margin) / 635)
    assert upright < lying
    assert lint(made) == []


def test_a_picture_that_is_not_there_is_named(written: bytes) -> None:
    assert "[image absente : lycee-exemple/images/absente.png]" in [text(p) for p in document(written).iter(f"{W}p")]


def test_a_dossier_without_anything_is_still_a_sound_file(store: Store) -> None:
    dossier, pagination = sample(store)
    bare = replace(dossier, chapters=(), answers=(), coverage=(), exhibits=(), retired=(), pictures=())
    made = write_word(
        bare, draft=True, pagination=pagination, toc_pages=None, store=store, template=template(), workshop=workshop()
    )
    assert lint(made) == []
    assert "Aucun accord du conseil d’administration n’est joint." in [text(p) for p in document(made).iter(f"{W}p")]


def test_a_template_that_cannot_be_filled_is_named(tmp_path: Path, store: Store) -> None:
    dossier, pagination = sample(store)
    broken = tmp_path / "dossier.docx"
    broken.write_bytes(b"PK not a zip")
    with pytest.raises(DossierError) as failure:
        write_word(
            dossier,
            draft=False,
            pagination=pagination,
            toc_pages=None,
            store=store,
            template=broken,
            workshop=workshop(),
        )
    assert failure.value.code == "word-template"
    assert failure.value.values["template"] == f"{tmp_path.name}/dossier.docx"
    assert [each.code for each in failure.value.findings] == ["template-not-word"]


def test_a_citation_inside_a_heading_shows_in_the_contents_too(store: Store) -> None:
    dossier, pagination = sample(store)
    block = Heading(1, (Citation("cle", HERE),), (), HERE, None, "ici")
    chapter = replace(dossier.chapters[0], blocks=(block, Paragraph((), HERE)))
    made = write_word(
        replace(dossier, chapters=(chapter,)),
        draft=True,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=template(),
        workshop=workshop(),
    )
    assert [text(p) for p in document(made).iter(f"{W}p")].count("[preuve:cle\u00a0?]") == 1


def _said(shown: str, line: int) -> Paragraph:
    return Paragraph(words(shown), Source("critere-1.md", line))


def _notes(store: Store, *notes: Footnote, model: Path | None = None) -> tuple[int, int]:
    """How many notes a paragraph that calls `notes` makes, and how many references to a note."""
    dossier, pagination = sample(store)
    chapter = replace(dossier.chapters[0], blocks=(Paragraph(notes, HERE),))
    made = write_word(
        replace(dossier, chapters=(chapter,), answers=(), coverage=()),
        draft=False,
        pagination=pagination,
        toc_pages=None,
        store=store,
        template=model or template(),
        workshop=workshop(),
    )
    assert lint(made) == []
    references = [piece for piece in document(made).iter(f"{W}instrText") if "NOTEREF" in (piece.text or "")]
    return len(list(document(made).iter(f"{W}footnoteReference"))), len(references)


def _character(run: object, known: dict[str, str]) -> str | None:
    found = run.find(f"{W}rPr/{W}rStyle")  # type: ignore[attr-defined]
    return None if found is None else known[found.get(f"{W}val")]
