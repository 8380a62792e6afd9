"""Bars stand beside what changed, and beside nothing else."""

from __future__ import annotations

from typing import Any

from dossiers.model import PACK, content_of, narrative

from assembler.assembly import assemble
from assembler.assembly.compare import compare
from assembler.model.plain import plain
from assembler.model.source import Source
from assembler.model.text import (
    Alignment,
    Block,
    BulletList,
    Heading,
    ListItem,
    Paragraph,
    Quotation,
    Table,
    Text,
)
from assembler.writers.pdf.bars import add_bars

HERE = Source("lycee/critere-1.md", 1)
LONG = "Le bureau des entreprises suit chaque période de formation avec les tuteurs"
SIGNS = ("bar", "bars", "gone", "gone-after", "gone-rows", "caption-bar")
Node = dict[str, Any]


def text(words: str) -> Paragraph:
    return Paragraph((Text(words),), HERE)


def section(name: str) -> tuple[Block, ...]:
    return (Heading(1, (Text(name),), (), HERE), *(text(f"{LONG}, {name}, point {rank}.") for rank in range(3)))


def bullets(*items: str) -> BulletList:
    return BulletList(tuple(ListItem((text(each),)) for each in items), HERE)


def table(*rows: str) -> Table:
    cells = [tuple((Text(cell),) for cell in row.split(" | ")) for row in ("Année | Effectif", *rows)]
    return Table(cells[0], tuple(cells[1:]), (Alignment.LEFT, Alignment.RIGHT), (), HERE)


def barred(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Node]:
    """The nodes of `new`, marked."""
    before, after = (
        assemble(content_of((), {"lycee": (narrative("lycee", "1", *each),)}, ("lycee",)), PACK) for each in (old, new)
    )
    (change,) = [each for each in compare(before, after, 1).chapters if each.anchor == "critere-1"]
    whole: Any = plain(after)
    nodes: list[Node] = whole["answers"][0]["blocks"]
    add_bars(nodes, change.sequence)
    return nodes


def signs(value: Any) -> list[tuple[str, Any]]:
    """Every sign in these nodes, in order."""
    found: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        found += [(key, value[key]) for key in SIGNS if value.get(key)]
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [sign for child in children for sign in signs(child)]


def test_nothing_is_marked_where_nothing_changed() -> None:
    assert signs(barred(section("Accueil"), section("Accueil"))) == []


def test_two_sections_swapped_bear_no_bar_but_the_sign_of_a_move() -> None:
    one, two = section("Accueil"), section("Suivi")
    nodes = barred((*one, *two), (*two, *one))
    assert signs(nodes) == [("bar", "moved")]
    assert [node["type"] for node in nodes if "bar" in node] == ["Heading"]


def test_a_comma_marks_its_paragraph_alone() -> None:
    one, two = section("Accueil"), section("Suivi")
    mended = (*one[:2], text(f"{LONG}, Accueil, le point 1."), *one[3:])
    nodes = barred((*one, *two), (*mended, *two))
    assert [node.get("bar") for node in nodes] == [None, None, "changed", *[None] * 5]


def test_what_came_is_marked_and_what_went_leaves_a_sign_where_it_stood() -> None:
    one, two = section("Accueil"), section("Suivi")
    nodes = barred((*one, *two), (*one[:2], *one[3:], *two, text("Un mot de plus, qui n’était pas là.")))
    assert [sign for node in nodes for sign in signs(node)] == [("gone", True), ("bar", "new")]
    assert nodes[2]["gone"] is True
    assert nodes[-1]["bar"] == "new"


def test_what_went_at_the_end_leaves_its_sign_after_what_is_left() -> None:
    one, two = section("Accueil"), section("Suivi")
    nodes = barred((*one, *two), one)
    assert signs(nodes) == [("gone-after", True)]
    assert nodes[-1]["gone-after"] is True


def test_in_a_list_only_its_items_are_marked() -> None:
    old = bullets("un appel chaque lundi", "une visite par mois", "un bilan en juin")
    new = bullets("un appel chaque mardi", "un bilan en juin", "une fête des métiers")
    (node,) = barred((old,), (new,))
    assert [signs(item) for item in node["items"]] == [[("bar", "changed")], [("gone", True)], [("bar", "new")]]
    assert "bar" not in node


def test_in_a_table_only_its_rows_are_marked_the_header_counted() -> None:
    (node,) = barred(
        (table("2024 | 12", "2025 | 14", "2026 | 15"),), (table("2024 | 12", "2026 | 16", "2027 | 17 environ"),)
    )
    assert node["bars"] == [None, None, "changed", "new"]
    assert node["gone-rows"] == [2]
    assert "bar" not in node


def test_in_a_quotation_only_its_paragraphs_are_marked() -> None:
    old, new = (Quotation((text(f"{LONG}, dit-il."), text(f"Signé, {name}")), HERE) for name in ("Ada", "Paul"))
    (node,) = barred((old,), (new,))
    assert [block.get("bar") for block in node["blocks"]] == [None, "changed"]


def test_a_new_list_and_a_new_table_are_marked_whole() -> None:
    nodes = barred((text(LONG),), (text(LONG), bullets("une visite", "un appel"), table("2024 | 12")))
    assert [item["bar"] for item in nodes[1]["items"]] == ["new", "new"]
    assert nodes[2]["bar"] == "new"
