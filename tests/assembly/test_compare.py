"""What changed since the version handed in: only that, all of that, and at its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from dossiers.model import PACK, content_of, criterion, entry, narrative, pack_of

from assembler.assembly import assemble
from assembler.assembly.compare import compare
from assembler.assembly.number import issue
from assembler.model.changes import Changes, ExhibitState, ListChange, RowChange, State, TableChange, TextChange
from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Entry
from assembler.model.framework import Kind
from assembler.model.source import Source
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    Citation,
    Heading,
    Inline,
    ListItem,
    Paragraph,
    Table,
    Text,
)
from assembler.model.walk import plain_text

LONG = "Le bureau des entreprises suit chaque période de formation avec les tuteurs"


def text(words: str, *more: Inline, line: int = 1) -> Paragraph:
    return Paragraph((Text(words), *more), Source("lycee/critere-1.md", line))


def title(words: str, level: int = 1) -> Heading:
    return Heading(level, (Text(words),), (), Source("lycee/critere-1.md", 1))


def bullets(*items: str) -> BulletList:
    return BulletList(tuple(ListItem((text(each),)) for each in items), Source("lycee/critere-1.md", 1))


def table(*rows: str, header: str = "Année | Effectif") -> Table:
    cells = [tuple((Text(cell),) for cell in row.split(" | ")) for row in (header, *rows)]
    return Table(cells[0], tuple(cells[1:]), (Alignment.LEFT,) * len(cells[0]), (), Source("lycee/critere-1.md", 1))


def section(name: str, count: int = 3) -> tuple[Block, ...]:
    return (title(name), *(text(f"{LONG}, {name}, paragraphe {rank}.") for rank in range(count)))


def written(*blocks: Block, slot: str = "1", entries: tuple[Entry, ...] = ()) -> Content:
    return content_of(entries, {"lycee": (narrative("lycee", slot, *blocks),)}, schools=("lycee",))


def dossier(*blocks: Block) -> Dossier:
    return assemble(written(*blocks), PACK)


def changes(old: tuple[Block, ...], new: tuple[Block, ...]) -> Changes:
    return compare(dossier(*old), dossier(*new), 1)


def states(told: Changes) -> Counter[State]:
    return Counter(each.state for chapter in told.chapters for each in chapter.sequence)


def sections(told: Changes) -> list[tuple[State, str]]:
    return [(each.state, (each.new or each.old).title) for each in told.sections if each.new or each.old]


def marked(told: Changes) -> list[tuple[str, str]]:
    """Withdrawn and new words of the one text that changed."""
    (one,) = [each.detail for chapter in told.chapters for each in chapter.sequence if each.detail]
    assert isinstance(one, TextChange)
    return [(run.state.value, plain_text(run.content)) for run in one.runs if run.state is not State.SAME]


def test_two_sections_swapped_are_moves_and_mark_nothing_else() -> None:
    one, two, three = section("Accueil"), section("Suivi"), section("Bilan")
    told = changes((*one, *two, *three), (*three, *two, *one))
    assert set(states(told)) == {State.SAME, State.LEFT, State.ARRIVED}
    assert [state for state, _ in sections(told)] == [State.ARRIVED, State.ARRIVED]


def test_a_comma_marks_one_word() -> None:
    told = changes((text(f"{LONG} depuis 2024 et ensuite."),), (text(f"{LONG}, depuis 2024 et ensuite."),))
    assert marked(told) == [("withdrawn", "tuteurs"), ("new", "tuteurs,")]


def test_a_section_that_moved_and_was_corrected_shows_the_correction_alone() -> None:
    one, two = section("Accueil"), section("Suivi", 6)
    mended = (*one[:3], text(f"{LONG}, Accueil, paragraphe trois."))
    told = changes((*one, *two), (*two, *mended))
    assert marked(told) == [("withdrawn", "2."), ("new", "trois.")]
    assert sections(told) == [(State.CHANGED, "Accueil")]
    assert told.sections[0].moved


def test_a_title_put_in_the_middle_of_a_section_marks_nothing_else() -> None:
    one = section("Accueil", 4)
    told = changes(one, (*one[:3], title("Suivi"), *one[3:]))
    assert states(told) == {State.SAME: 5, State.NEW: 1}


def test_lines_and_numbers_of_sections_are_no_change() -> None:
    old, new = (title("Accueil"), text(LONG, line=3)), (title("Avant"), title("Accueil"), text(LONG, line=9))
    assert states(changes(old, new)) == {State.SAME: 2, State.NEW: 1}


def test_a_provisional_label_that_is_issued_is_no_change() -> None:
    content = written(text(LONG, Citation("a", Source("lycee/critere-1.md", 1))), entries=(entry("lycee", "a", "1"),))
    old = assemble(content, PACK)
    new = assemble(replace(content, ledger=issue(old.exhibits, (), content)), PACK)
    assert compare(old, new, 1).nothing


def test_a_section_in_another_chapter_has_moved() -> None:
    blocks = section("Accueil")
    told = compare(dossier(*blocks), assemble(written(*blocks, slot="2"), PACK), 1)
    assert states(told) == {State.LEFT: 4, State.ARRIVED: 4}


def test_items_of_a_list_are_told_one_by_one() -> None:
    told = changes(
        (bullets("un tuteur", "deux visites", "un bilan"),),
        (bullets("un tuteur", "trois visites", "un bilan", "un jury"),),
    )
    (one,) = [each.detail for chapter in told.chapters for each in chapter.sequence]
    assert isinstance(one, ListChange)
    assert [each.state for each in one.items] == [State.SAME, State.CHANGED, State.SAME, State.NEW]


def rows(old: Table, new: Table) -> tuple[TableChange, list[RowChange]]:
    (one,) = [each.detail for chapter in changes((old,), (new,)).chapters for each in chapter.sequence]
    assert isinstance(one, TableChange)
    return one, list(one.rows)


def test_cells_of_a_table_are_told_one_by_one() -> None:
    _, told = rows(table("2023 | 71", "2024 | 74"), table("2023 | 71", "2024 | 75", "2025 | 80"))
    assert [each.state for each in told] == [State.SAME, State.CHANGED, State.NEW]
    assert [[run.state for run in cell] for cell in told[1].cells] == [[State.SAME], [State.WITHDRAWN, State.NEW]]


def test_a_column_more_is_a_new_column() -> None:
    one, _ = rows(table("2023 | 71"), table("2023 | 12 | 71", header="Année | Filles | Effectif"))
    assert one.columns == ((0, 0), (None, 1), (1, 2))


def test_sections_are_new_changed_or_withdrawn() -> None:
    kept, gone, mended = section("Accueil"), section("Bilan"), section("Suivi")
    told = changes((*kept, *gone, *mended), (*kept, *mended, text("Une phrase de plus."), *section("Projet")))
    assert sections(told) == [(State.WITHDRAWN, "Bilan"), (State.CHANGED, "Suivi"), (State.NEW, "Projet")]


def test_a_new_chapter_is_told_once() -> None:
    told = compare(dossier(), dossier(*section("Accueil")), 1)
    assert [(each.state, each.new.title if each.new else "") for each in told.sections] == [(State.NEW, "Accueil")]


def handed_in(*entries: Entry) -> Content:
    content = written(entries=entries)
    return replace(content, ledger=issue(assemble(content, PACK).exhibits, (), content))


def exhibits(
    content: Content, *entries: Entry, sha256: str = ""
) -> list[tuple[ExhibitState, str, str | None, tuple[str, ...]]]:
    later = replace(written(entries=entries), ledger=content.ledger)
    if sha256:
        later = replace(later, facts=tuple((key, replace(each, sha256=sha256)) for key, each in later.facts))
    told = compare(assemble(content, PACK), assemble(later, PACK), 1)
    return [(each.state, each.label, each.replaced_by, each.what) for each in told.exhibits]


def test_exhibits_are_new_replaced_or_withdrawn_by_label() -> None:
    one, two, three = (entry("lycee", key, "1") for key in "abc")
    new = replace(entry("lycee", "d", "2"), replaces="b")
    assert exhibits(handed_in(one, two, three), one, two, new) == [
        (ExhibitState.REPLACED, "P1.2", "P2.1", ()),
        (ExhibitState.NEW, "P2.1", None, ()),
        (ExhibitState.WITHDRAWN, "P1.3", None, ()),
    ]


def test_an_exhibit_replaced_and_gone_names_its_successor() -> None:
    one = entry("lycee", "a", "1")
    told = exhibits(handed_in(one), replace(entry("lycee", "d", "1"), replaces="a"))
    assert told == [(ExhibitState.NEW, "P1.2", None, ()), (ExhibitState.REPLACED, "P1.1", "P1.2", ())]


def test_a_file_and_a_title_that_changed_under_a_label_are_named() -> None:
    one = entry("lycee", "a", "1")
    told = exhibits(handed_in(one), replace(one, title="Autre titre"), sha256="1" * 64)
    assert told == [(ExhibitState.CHANGED, "P1.1", None, ("fichier", "titre"))]


def test_the_identity_is_told_line_by_line() -> None:
    content = written()
    school = content.parts[0].establishment
    assert school
    moved = replace(content.parts[0], establishment=replace(school, address="2, rue Neuve"))
    later = replace(content, parts=(moved,), candidature=replace(content.candidature, title="Lycée du bois"))
    told = compare(assemble(content, PACK), assemble(later, PACK), 1).fields
    assert [(each.path, each.old, each.new) for each in told] == [
        ("intitulé demandé", "Lycée des métiers", "Lycée du bois"),
        ("Lycée lycee, adresse", "", "2, rue Neuve"),
    ]


def test_an_expectation_judged_otherwise_is_told() -> None:
    content = written(entries=(entry("lycee", "a", "1", "a"),))
    told = compare(assemble(written(), PACK), assemble(content, PACK), 1).statuses
    assert [(each.reference, each.old, each.new) for each in told] == [("1.a", "non traité", "partiel")]


def own(key: str) -> tuple[Block, ...]:
    """What two schools write alike, but for one sentence."""
    place = Source(f"{key}/critere-1.md", 1)
    alike = replace(table("2025 | 12", "2026 | 14"), source=place)
    return (replace(title("Suivi"), source=place), Paragraph((Text(f"{LONG}, à {key}."),), place), alike)


def network(*keys: str) -> Content:
    content = content_of((), {each: (narrative(each, "1", *own(each)),) for each in keys}, keys)
    return replace(content, letters=(("nord", "A"), ("sud", "B"), ("est", "C")))


def test_schools_in_another_order_change_no_text() -> None:
    told = compare(assemble(network("nord", "sud", "est"), PACK), assemble(network("est", "sud", "nord"), PACK), 1)
    assert {each.state for each in told.sections} == {State.ARRIVED}
    assert all(each.detail is None for chapter in told.chapters for each in chapter.sequence)
    assert [(each.path, each.new) for each in told.fields] == [
        ("ordre des établissements", "Lycée est, Lycée sud, Lycée nord")
    ]


def test_a_text_that_goes_to_another_school_has_moved() -> None:
    before = network("nord", "sud")
    given = tuple(replace(each, narratives=()) if each.key == "sud" else each for each in before.parts)
    nord = replace(
        given[0],
        narratives=(
            narrative("nord", "1", *own("nord"), *(replace(each, source=own("nord")[0].source) for each in own("sud"))),
        ),
    )
    after = replace(before, parts=(nord, *given[1:]))
    told = states(compare(assemble(before, PACK), assemble(after, PACK), 1))
    assert told[State.ARRIVED] == 3


def test_what_is_asked_no_more_is_told_with_its_reason() -> None:
    old = assemble(content_of((), {}, ("nord",), ()), pack_of(criterion("1", Kind.FIRM, Kind.NETWORK)))
    new = assemble(content_of((), {}, ("nord",), ()), pack_of(criterion("1", Kind.FIRM)))
    assert [(each.reference, each.old, each.new) for each in compare(old, new, 1).statuses] == [
        ("1.b", "sans objet : candidature individuelle", None)
    ]


def test_a_day_that_passes_is_no_change_but_is_told_beside_one() -> None:
    old = assemble(written(text(LONG)), pack_of(criterion("1")))
    later = replace(old, candidature=replace(old.candidature, edition=date(2030, 1, 2)))
    assert compare(old, later, 1).nothing
    retitled = replace(later, candidature=replace(later.candidature, title="Autre"))
    assert [each.path for each in compare(old, retitled, 1).fields] == ["intitulé demandé", "date du dossier"]
