"""Merge, tie and cover: from what the schools wrote to one dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dossiers.model import PACK, content_of, criterion, entry, narrative, pack_of

from assembler.assembly import assemble
from assembler.assembly.merge import merge_members
from assembler.model.content import Content, Declaration, HeldLabel
from assembler.model.dossier import Assessment, Dossier, Status
from assembler.model.framework import Kind
from assembler.model.source import Source
from assembler.model.text import (
    Block,
    BulletList,
    Citation,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
    Figure,
    Footnote,
    Heading,
    Inline,
    ListItem,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from assembler.model.walk import inlines, plain_text

HERE = Source("lycee/critere-1.md", 1)


def place(part: str) -> Source:
    return Source(f"{part}/critere-1.md", 3)


def title(part: str, words: str, *letters: str, level: int = 1) -> Heading:
    return Heading(level, (Text(words),), letters, place(part))


def text(part: str, *content: Inline) -> Paragraph:
    return Paragraph(content, place(part))


def headings(dossier: Dossier, answer: int = 0) -> list[tuple[int, str | None, str]]:
    blocks = dossier.answers[answer].blocks
    return [(each.level, each.number, plain_text(each.content)) for each in blocks if isinstance(each, Heading)]


def every_inline(dossier: Dossier) -> list[Inline]:
    return [each for chapter in dossier.answers for each in inlines(chapter.blocks)]


# ------------------------------------------------------------------------------------------------------------- merge


def test_a_school_alone_stands_without_letter_nor_heading_of_its_own() -> None:
    content = content_of((), {"lycee": (narrative("lycee", "1", title("lycee", "Un"), title("lycee", "Deux", level=2)),)},
                         schools=("lycee",))  # fmt: skip
    dossier = assemble(content, PACK)
    assert [each.letter for each in dossier.members] == [None]
    assert headings(dossier) == [(1, "1.1", "Un"), (2, "1.1.1", "Deux")]


def test_in_a_network_the_common_part_comes_first_then_each_school_under_its_name() -> None:
    told = {
        part: (narrative(part, "1", title(part, f"De {part}"), text(part, Text(part))),)
        for part in ("commun", "lycee", "autre")
    }
    dossier = assemble(content_of((), told, schools=("autre", "lycee")), PACK)
    assert [(each.establishment.key, each.letter) for each in dossier.members] == [("autre", "A"), ("lycee", "B")]
    assert headings(dossier) == [
        (1, "1.1", "Partie commune"), (2, "1.1.1", "De commun"), (1, "1.2", "A — Lycée autre"), (2, "1.2.1", "De autre"),
        (1, "1.3", "B — Lycée lycee"), (2, "1.3.1", "De lycee"),
    ]  # fmt: skip


def test_the_twenty_seventh_school_is_aa() -> None:
    members = merge_members(content_of((), schools=tuple(f"lycee-{number}" for number in range(28))))
    assert [members[rank].letter for rank in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_a_criterion_nobody_answered_keeps_its_empty_chapter() -> None:
    dossier = assemble(content_of((), {"lycee": (narrative("lycee", "2", text("lycee", Text("Mot"))),)}), PACK)
    assert [(each.number, bool(each.blocks)) for each in dossier.answers] == [("1", False), ("2", True), ("9-a", False)]


def test_a_narrative_named_by_an_alias_answers_the_criterion() -> None:
    dossier = assemble(
        content_of((), {"lycee": (narrative("lycee", "8-a", title("lycee", "Ici")),)}, schools=("lycee",)), PACK
    )
    assert headings(dossier, 2) == [(1, "9-a.1", "Ici")]


def test_presentation_and_review_stand_only_when_written() -> None:
    told = {"lycee": (narrative("lycee", "bilan", title("lycee", "Trois ans")), narrative("lycee", "presentation"))}
    dossier = assemble(content_of((), told, schools=("lycee",)), PACK)
    assert [(each.anchor, each.number) for each in dossier.chapters] == [("bilan", None)]
    first = dossier.chapters[0].blocks[0]
    assert isinstance(first, Heading)
    assert (first.number, first.anchor) == (None, "section-bilan-0")


def test_captioned_figures_and_tables_are_numbered_through_the_whole_dossier() -> None:
    figure = Figure("lycee/a.png", "Un hall", (Text("Le hall"),), HERE)
    table = Table((), (), (), (Text("Les effectifs"),), HERE)
    bare = replace(figure, caption=())
    told = {"lycee": (
        narrative("lycee", "1", figure, bare, Quotation((table,), HERE)),
        narrative("lycee", "2", BulletList((ListItem((figure,)),), HERE), figure, table),
    )}  # fmt: skip
    dossier = assemble(content_of((), told, schools=("lycee",)), PACK)
    first, second, _ = (chapter.blocks for chapter in dossier.answers)
    assert first == (replace(figure, number=1), bare, Quotation((replace(table, number=1),), HERE))
    assert second == (
        BulletList((ListItem((replace(figure, number=2),)),), HERE), replace(figure, number=3), replace(table, number=2),
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------------- tie


def test_a_citation_becomes_a_link_and_the_exhibit_learns_where_it_is_cited() -> None:
    told = {
        "lycee": (
            narrative(
                "lycee", "1", title("lycee", "Un"), text("lycee", Text("voir "), Citation("carte", place("lycee")))
            ),
        )
    }
    dossier = assemble(content_of((entry("lycee", "carte", "1"),), told, schools=("lycee",)), PACK)
    assert ExhibitLink("lycee/carte", "P1.1", "renvoi-1") in every_inline(dossier)
    passage = dossier.exhibits[0].passages[0]
    assert (passage.anchor, passage.place, passage.source) == ("renvoi-1", "1.1 Un", place("lycee"))


def test_citations_are_tied_wherever_they_stand() -> None:
    cited = Citation("carte", place("lycee"))
    blocks: tuple[Block, ...] = (
        Heading(1, (cited,), (), HERE), text("lycee", Emphasis((cited,)), Footnote((text("lycee", cited),))),
        Quotation((text("lycee", cited),), HERE), Table(((cited,),), (((cited,),),), (), (cited,), HERE),
        Figure("lycee/a.png", "", (cited,), HERE),
    )  # fmt: skip
    dossier = assemble(
        content_of((entry("lycee", "carte", "1"),), {"lycee": (narrative("lycee", "1", *blocks),)}, schools=("lycee",)),
        PACK,
    )
    links = [each for each in every_inline(dossier) if isinstance(each, ExhibitLink)]
    assert [each.anchor for each in links] == [f"renvoi-{number}" for number in range(1, 9)]
    assert not [each for each in every_inline(dossier) if isinstance(each, Citation)]
    assert [each.anchor for each in dossier.exhibits[0].passages] == [each.anchor for each in links]


@pytest.mark.parametrize(
    ("part", "key", "expected"),
    [
        ("lycee", "carte", "A-P1.1"),
        ("autre", "carte", "B-P1.1"),
        ("autre", "lycee/carte", "A-P1.1"),
        ("lycee", "charte", "P1.1"),
        ("commun", "charte", "P1.1"),
        ("commun", "carte", None),
        ("lycee", "projet", None),
        ("lycee", "autre/charte", None),
        ("lycee", "cart", None),
    ],
)
def test_a_key_is_ones_own_then_the_networks_and_anothers_only_when_named(
    part: str, key: str, expected: str | None
) -> None:
    proofs = (
        entry("lycee", "carte", "1"),
        entry("autre", "carte", "1"),
        entry("commun", "charte", "1"),
        entry("autre", "projet", "2"),
    )
    told = {part: (narrative(part, "1", text(part, Citation(key, place(part)))),)}
    dossier = assemble(content_of(proofs, told), PACK)
    tied = [each.label for each in every_inline(dossier) if isinstance(each, ExhibitLink)]
    left = [each.key for each in every_inline(dossier) if isinstance(each, Citation)]
    assert (tied, left) == (([expected], []) if expected else ([], [key]))


def test_references_to_criteria_and_expectations_are_tied_aliases_too() -> None:
    asked = (CriterionReference("8-a", HERE), CriterionReference("7", HERE), ExpectationReference("8-a.a", HERE),
             ExpectationReference("1.z", HERE))  # fmt: skip
    dossier = assemble(
        content_of((), {"lycee": (narrative("lycee", "1", text("lycee", *asked)),)}, schools=("lycee",)), PACK
    )
    assert every_inline(dossier) == [
        CriterionLink("9-a", "critere-9-a"), CriterionReference("7", HERE), ExpectationLink("9-a.a", "attendu-9-a.a"),
        ExpectationReference("1.z", HERE),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- cover


def status_of(content: Content, *kinds: Kind, equivalent: tuple[str, ...] = ()) -> list[Assessment]:
    """The assessments of expectation 1.a."""
    pack = pack_of(criterion("1", *(kinds or (Kind.FIRM,)), equivalent=equivalent))
    return list(assemble(content, pack).coverage[0].assessments)


def alone(
    *letters: str,
    proved: bool = False,
    declared: str | None = None,
    reason: str | None = None,
    labels: tuple[HeldLabel, ...] = (),
) -> Content:
    declarations = (Declaration("a", declared, reason, HERE),) if declared else ()
    told = {"lycee": (narrative("lycee", "1", title("lycee", "Un", *letters), declarations=declarations),)}
    return content_of(
        (entry("lycee", "carte", "1", *(("a",) if proved else ())),), told, schools=("lycee",), labels=labels
    )


def held(start: date | None, end: date | None) -> tuple[HeldLabel, ...]:
    return (HeldLabel("euroscol", start, end, None, HERE),)


@pytest.mark.parametrize(
    ("content", "status", "reason"),
    [
        (alone("a", proved=True), Status.TREATED, None),
        (alone("a"), Status.PARTIAL, None),
        (alone(proved=True), Status.PARTIAL, None),
        (alone(), Status.UNTREATED, None),
        (alone("b"), Status.UNTREATED, None),
        (alone(declared="sans-objet", reason="aucun campus"), Status.NOT_APPLICABLE, "aucun campus"),
        (alone("a", proved=True, declared="partiel", reason="en cours"), Status.PARTIAL, "en cours"),
        (alone(declared="traite"), Status.TREATED, None),
        (alone("a", proved=True, declared="non-traite"), Status.UNTREATED, None),
        (alone(declared="equivalence", reason="Euroscol"), Status.EQUIVALENT, "Euroscol"),
        (
            alone(labels=held(date(2026, 1, 1), date(2026, 11, 20))),
            Status.EQUIVALENT,
            "euroscol, valable jusqu’au 20\u00a0novembre\u00a02026",
        ),
        (alone(labels=held(date(2026, 1, 1), date(2026, 11, 19))), Status.UNTREATED, None),
        (alone(labels=held(date(2026, 11, 21), None)), Status.UNTREATED, None),
        (alone(labels=held(None, None)), Status.EQUIVALENT, "euroscol"),
        (alone(declared="non-traite", labels=held(None, None)), Status.UNTREATED, None),
    ],
)  # fmt: skip
def test_every_status_has_its_reason(content: Content, status: Status, reason: str | None) -> None:
    found = status_of(content, equivalent=("Euroscol",))
    assert [(each.establishment, each.status, each.reason) for each in found] == [("lycee", status, reason)]


def test_an_exhibit_replaced_by_another_proves_nothing_any_more() -> None:
    old, new = entry("lycee", "vieille", "1", "a"), replace(entry("lycee", "neuve", "1"), replaces="vieille")
    told = {"lycee": (narrative("lycee", "1", title("lycee", "Un", "a")),)}
    assert status_of(content_of((old, new), told, schools=("lycee",)))[0].status is Status.PARTIAL


def test_a_network_clause_is_the_networks_and_without_object_for_one_school() -> None:
    assert status_of(alone("a", proved=True), Kind.NETWORK) == [
        Assessment(None, Status.NOT_APPLICABLE, "candidature individuelle", (), ())
    ]
    each_its_own = {part: (narrative(part, "1", title(part, "Un", "a")),) for part in ("lycee", "autre")}
    assert [each.status for each in status_of(content_of((), each_its_own), Kind.NETWORK)] == [Status.UNTREATED]
    together = {"commun": (narrative("commun", "1", title("commun", "Un", "a")),)}
    found = status_of(content_of((entry("commun", "charte", "1", "a"),), together), Kind.NETWORK)
    assert [(each.establishment, each.status, each.exhibits) for each in found] == [
        (None, Status.TREATED, ("commun/charte",))
    ]


def test_in_a_network_each_school_has_its_status_and_the_common_part_counts_for_all() -> None:
    told = {
        "lycee": (narrative("lycee", "1", title("lycee", "Un", "a")),),
        "commun": (narrative("commun", "1", title("commun", "Deux")),),
    }
    proofs = (entry("commun", "charte", "1", "a"), entry("autre", "carte", "1", "a"))
    found = status_of(content_of(proofs, told), Kind.FIRM)
    assert [(each.establishment, each.status) for each in found] == [
        ("lycee", Status.TREATED),
        ("autre", Status.PARTIAL),
    ]
    assert [each.exhibits for each in found] == [("commun/charte",), ("commun/charte", "autre/carte")]
    assert [[one.number for one in each.sections] for each in found] == [["1.2.1"], []]


def test_a_request_without_any_school_is_untreated_and_no_failure() -> None:
    assert [each.status for each in status_of(content_of((), schools=()))] == [Status.UNTREATED]
