"""Where the chapters stand in the template: each at the mark that asks for it, the others together, none twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assembler.model.change_list import CHANGES
from assembler.model.charter import Mark, Piece, Section, Table
from assembler.model.dossier import Chapter, Dossier, section_anchor
from assembler.model.pack import Words
from assembler.writers.pdf.guard import Node

# What a template that keeps no place for it gets at its end.
_EXPECTED = ("sommaire", "dossier", "conformite", "accord_ca", "index_preuves")


def with_marks(sections: tuple[Section, ...], dossier: Dossier) -> tuple[Section, ...]:
    """The sections with the marks that are missing: the contents before the first chapter, the others at the end."""
    there = [piece.name for section in sections for piece in flat(section.pieces) if isinstance(piece, Mark)]
    asked = {name: _asked(name, dossier) for name in there}
    anchors = {each.anchor for each in dossier.body}
    made = list(sections)
    for name in _EXPECTED:
        if name in there or (name == "dossier" and anchors <= set(asked.values())):
            continue
        if name == "accord_ca" and not dossier.pack.asks_approval:
            continue
        first = next(
            (
                (rank, at)
                for rank, section in enumerate(made)
                for at, piece in enumerate(section.pieces)
                if any(
                    isinstance(one, Mark) and (one.name == "dossier" or asked.get(one.name) in anchors)
                    for one in flat((piece,))
                )
            ),
            None,
        )  # fmt: skip
        rank, at = first if name == "sommaire" and first else (len(made) - 1, len(made[-1].pieces))
        pieces = made[rank].pieces
        made[rank] = replace(made[rank], pieces=(*pieces[:at], Mark(name), *pieces[at:]))
    return tuple(made) if CHANGES in there else _with_changes(made)


def _with_changes(sections: list[Section]) -> tuple[Section, ...]:
    """The changes stand before the compliance table, wherever it is."""
    for rank, section in enumerate(sections):
        for at, piece in enumerate(section.pieces):
            if any(isinstance(one, Mark) and one.name == "conformite" for one in flat((piece,))):
                pieces = (*section.pieces[:at], Mark(CHANGES), *section.pieces[at:])
                return (*sections[:rank], replace(section, pieces=pieces), *sections[rank + 1 :])
    return tuple(sections)


def owners(sections: tuple[Section, ...], dossier: Dossier) -> dict[str, str]:
    """The mark at which each chapter stands, by its anchor: the first that asks for it, else `dossier`."""
    there = [piece.name for section in sections for piece in flat(section.pieces) if isinstance(piece, Mark)]
    asked = {name: _asked(name, dossier) for name in there}
    return {
        each.anchor: next((name for name, anchor in asked.items() if anchor == each.anchor), "dossier")
        for each in dossier.body
    }


def flat(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """The pieces with those inside tables."""
    for piece in pieces:
        yield piece
        if isinstance(piece, Table):
            for row in piece.rows:
                for cell in row.cells:
                    yield from flat(cell.content)


def _asked(name: str, dossier: Dossier) -> str | None:
    """The anchor of the chapter that a mark asks for, None for a mark of something else."""
    kind, _, key = name.partition(" ")
    if kind in ("contenu", "chapitre"):
        found: Iterator[Chapter] = (
            each for each in dossier.answers if each.criterion and _variable(each.criterion.id) == key
        )
        return next((each.anchor for each in found), None)
    sections = {_variable(each.key): each.key for each in dossier.pack.sections}
    return section_anchor(sections.get(key, key) if kind == "rubrique" else kind)


def _variable(key: str) -> str:
    """How a template writes a key: a hyphen would be a minus."""
    return key.replace("-", "_")


def expected_titles(charter: Node, document: Node, words: Words) -> Iterator[tuple[int, str]]:
    """(level, title) of each line that the contents will show, in order."""
    chapters = document["chapters"]
    ours = {"conformite": words.compliance, "accord_ca": words.approval, "index_preuves": words.index}
    ours |= {CHANGES: document["changes"]["title"]} if document["changes"] else {}
    for piece in (piece for section in charter["sections"] for piece in _flat_nodes(section["pieces"])):
        if piece["type"] == "Mark":
            if piece["name"] in ours:
                yield 1, ours[piece["name"]]
            for nth in piece["chapters"]:
                if piece["name"] != "contenu":
                    yield 1, chapters[nth]["title"]
                yield from ((2, title) for title in chapters[nth]["sections"])
        elif piece["type"] == "Paragraph" and 0 < piece["level"] <= 2:
            text = "".join(span["text"] for span in piece["spans"] if span["type"] == "Words").strip()
            if text:
                yield piece["level"], text


def marks_there(charter: Node) -> set[str]:
    """The names of the marks in the layout."""
    sections = charter["sections"]
    return {one["name"] for section in sections for one in _flat_nodes(section["pieces"]) if one["type"] == "Mark"}


def _flat_nodes(pieces: list[Node]) -> Iterator[Node]:
    for piece in pieces:
        yield piece
        if piece["type"] == "Table":
            for row in piece["rows"]:
                for cell in row["cells"]:
                    yield from _flat_nodes(cell["content"])
