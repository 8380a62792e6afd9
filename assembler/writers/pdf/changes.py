"""What the layout is told of the version handed in: the table of changes, the marks beside them, the code on the cover."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.model.change_list import ChangeLine, ChangeList, openings, submission_words
from assembler.model.dossier import REQUESTS, Dossier
from assembler.writers.pdf.bars import CHANGED, MOVED, NEW, add_bars
from assembler.writers.pdf.guard import Node, breakable

_MEANINGS = {
    NEW: "passage nouveau",
    CHANGED: "passage modifié",
    MOVED: "passage déplacé",
    "gone": "passage retiré à cet endroit",
}


def changes_node(changes: ChangeList | None, dossier: Dossier) -> Node | None:
    """The table, and what the marks mean; None when nothing is to be told."""
    if changes is None:
        return None
    exhibits = {each.anchor for each in dossier.exhibits}
    since = f" depuis la version n°\u00a0{changes.since}"
    return {
        "title": changes.title,
        "introduction": changes.introduction,
        "headings": list(changes.headings_for(len(dossier.members))),
        "legend": [list(pair) for pair in _MEANINGS.items()],
        "signs": {kind: f"{meaning}{since}".capitalize() for kind, meaning in _MEANINGS.items()},
        "groups": [
            {"title": group.title, "lines": [_line(line, exhibits) for line in group.lines]} for group in changes.groups
        ],
    }


def bar_chapters(chapters: Mapping[str, list[Node]], changes: ChangeList | None) -> None:
    """Mark, in the blocks of each chapter by its anchor, those that changed."""
    for change in changes.chapters if changes else ():
        if change.anchor in chapters:
            add_bars(chapters[change.anchor], change.sequence)


def _line(line: ChangeLine, exhibits: set[str]) -> Node:
    return {
        "what": breakable(line.what, 28),
        "state": breakable(line.state, 28),
        "author": line.author,
        "before": line.before,
        "anchor": line.anchor,
        "exhibit": line.anchor in exhibits,
        "successor": list(line.successor) if line.successor else None,
    }


def with_links(chapters: Mapping[str, list[Node]], dossier: Dossier, changes: ChangeList | None) -> None:
    """Put, under the answer to each request, links to what changed under the criteria it is about."""
    blocks = chapters.get(REQUESTS)
    if blocks is None or changes is None:
        return
    labels = {each.entry.id: each.label for each in dossier.exhibits}
    end = len(blocks)
    for answer in reversed(dossier.requests):
        start = next((at for at, node in enumerate(blocks) if node.get("anchor") == answer.anchor), end)
        sections = [_section(f"{each.number} {each.title}".strip(), each.anchor) for each in answer.changed]
        exhibits = [[_exhibit(each, labels[each])] for each in answer.exhibits if each in labels]
        made = [
            {"type": "Paragraph", "content": [_text(opening), *_listed(links)]}
            for opening, links in zip(openings(answer, changes.since), (sections, exhibits), strict=True) if links
        ]  # fmt: skip
        blocks[end:end] = made
        end = start


def code_shown(dossier: Dossier) -> str:
    """« Version n° 2 — code : mouette verger… » of a dossier handed in; empty before."""
    return submission_words(dossier.submission) if dossier.submission else ""


def _section(shown: str, anchor: str) -> list[Node]:
    """« 4.2 Le suivi (page 37) »."""
    link = {"type": "PlaceLink", "anchor": anchor, "content": [_text(shown)]}
    return [link]


def _exhibit(identifier: str, label: str) -> Node:
    return {"type": "ExhibitLink", "exhibit": identifier, "label": label, "anchor": None}


def _listed(links: list[list[Node]]) -> list[Node]:
    """Between commas, to a full stop."""
    made: list[Node] = []
    for rank, link in enumerate(links):
        made += [_text(", "), *link] if rank else link
    return [*made, _text(".")]


def _text(text: str) -> Node:
    return {"type": "Text", "text": text}
