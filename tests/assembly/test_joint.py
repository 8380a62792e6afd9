"""What only a joint dossier has: columns for each member and for the network, one copy of a file that several hand in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dossiers.model import content_of, criterion, entry, narrative, pack_of

from assembler.assembly import assemble
from assembler.model.content import Content, OptOut
from assembler.model.dossier import Dossier, Status
from assembler.model.exhibit import Absence
from assembler.model.framework import Kind
from assembler.model.joint import columns_key, is_wide, joint_rows, joint_titles, reasons_of
from assembler.model.labels import index_place
from assembler.model.source import Source
from assembler.model.text import Heading, Paragraph, Text
from assembler.model.walk import plain_text

PACK = pack_of(criterion("4", Kind.FIRM, Kind.NETWORK))


def told(part: str, *letters: str) -> Heading:
    return Heading(1, (Text(f"De {part}"),), letters, Source(f"{part}/critere-4.md", 3))


def joint(*parts: str, schools: tuple[str, ...] = ("lycee", "autre")) -> Dossier:
    """Each of `parts` answers expectation a, the common one b too; each offers a proof of its own."""
    texts = {part: (narrative(part, "4", told(part, *("ab" if part == "commun" else "a"))),) for part in parts}
    proofs = (entry(part, "plan", "4", "a") for part in parts)
    return assemble(unlike(content_of(proofs, texts, schools=schools)), PACK)


def unlike(content: Content) -> Content:
    """The same, no two files alike."""
    facts = tuple((key, replace(each, sha256=key)) for key, each in content.facts)
    return replace(content, facts=facts)


def test_what_serves_all_the_members_is_named_in_the_column_of_the_network_alone() -> None:
    first, _ = joint_rows(joint("commun", "lycee", "autre"))
    assert [(cell.status, [each.number for each in cell.sections], cell.exhibits) for cell in first if cell] == [
        (Status.TREATED, ["4.2.1"], ("lycee/plan",)),
        (Status.TREATED, ["4.3.1"], ("autre/plan",)),
        (None, ["4.1.1"], ("commun/plan",)),
    ]


def test_what_is_asked_of_the_network_has_its_status_in_that_column() -> None:
    _, second = joint_rows(joint("commun", "lycee", "autre"))
    assert [cell and cell.status for cell in second] == [None, None, Status.PARTIAL]


def test_where_nothing_was_written_together_the_column_is_empty() -> None:
    first, _ = joint_rows(joint("lycee", "autre"))
    assert [cell and cell.status for cell in first] == [Status.TREATED, Status.TREATED, None]


@pytest.mark.parametrize(("count", "wide"), [(2, False), (4, False), (5, True), (10, True)])
def test_above_four_members_letters_stand_for_names(count: int, wide: bool) -> None:
    dossier = joint(schools=tuple(f"s{rank}" for rank in range(count)))
    assert is_wide(dossier) is wide
    assert (joint_titles(dossier)[0], joint_titles(dossier)[-1]) == (("A", "R") if wide else ("A — Lycée s0", "Réseau"))
    assert ("B\u00a0: Lycée s1" in columns_key(dossier)) is wide


def test_a_single_school_has_no_key_to_columns() -> None:
    assert columns_key(joint("lycee", schools=("lycee",))) == ""


def test_a_criterion_opted_out_of_shows_why_once_and_the_table_leads_there() -> None:
    content = content_of((), {"autre": (narrative("autre", "4", told("autre", "a")),)})
    silent = replace(narrative("lycee", "4"), opt_out=OptOut("aucun partenaire.", Source("lycee/critere-4.md", 2)))
    lycee, autre = content.parts
    dossier = assemble(replace(content, parts=(replace(lycee, narratives=(silent,)), autre)), PACK)
    heading, notice = dossier.answers[0].blocks[:2]
    assert isinstance(heading, Heading)
    assert isinstance(notice, Paragraph)
    assert plain_text(notice.content) == "Sans objet pour cet établissement\u00a0: aucun partenaire."
    own = dossier.coverage[0].assessments[0]
    assert (own.status, own.reason, [each.anchor for each in own.sections]) == (
        Status.NOT_APPLICABLE, None, [heading.anchor],
    )  # fmt: skip
    assert {heading.source.file, notice.source.file} == {"lycee/etablissement.yaml"}


def test_a_reason_that_several_give_is_told_once_with_their_columns() -> None:
    cells = joint_rows(joint("lycee", "autre"))[0]
    given = [cell and replace(cell, reason="aucun campus") for cell in cells]
    assert reasons_of(given, ("A", "B", "R")) == (("A, B", "aucun campus"),)


def test_a_file_that_two_members_hand_in_is_embedded_once() -> None:
    proofs = (entry("lycee", "plan", "4"), entry("autre", "copie", "4"), entry("autre", "encore", "4"),
              entry("lycee", "accord-ca", None), entry("autre", "accord-ca", None))  # fmt: skip
    exhibits = {each.entry.id: each for each in assemble(content_of(proofs), PACK).exhibits}
    assert {key: len(each.facts.pages) for key, each in exhibits.items()} == {
        "lycee/plan": 1, "autre/copie": 0, "autre/encore": 0, "lycee/accord-ca": 1, "autre/accord-ca": 1,
    }  # fmt: skip
    assert (exhibits["autre/copie"].facts.absence, exhibits["autre/copie"].facts.detail) == (Absence.TWIN, "A-P4.1")


def test_a_school_alone_embeds_a_file_as_often_as_it_lists_it() -> None:
    proofs = (entry("lycee", "plan", "4"), entry("lycee", "copie", "4"))
    exhibits = assemble(content_of(proofs, schools=("lycee",)), PACK).exhibits
    assert [len(each.facts.pages) for each in exhibits] == [1, 1]


def test_labels_stand_by_criterion_then_by_school_then_by_rank() -> None:
    pack = pack_of(criterion("4", Kind.FIRM), criterion("9-a", Kind.FIRM))
    ordered = ["A-A1", "B-A1", "P4.1", "A-P4.2", "A-P4.10", "B-P4.1", "AA-P4.1", "A-P9-a.1", "A-P3.1"]
    shuffled = ordered[::-1]
    shuffled.sort(key=lambda label: index_place(label, pack))
    assert shuffled == ordered
