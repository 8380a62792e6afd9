"""What the layout is told: the dossier as JSON, with the little it cannot work out by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import accumulate, groupby
from typing import Any

from assembler.model import french
from assembler.model.change_list import CHANGES, COVER, ChangeList
from assembler.model.content import COMMON, Picture
from assembler.model.dossier import Chapter, Coverage, Dossier
from assembler.model.exhibit import Exhibit
from assembler.model.joint import NETWORK, columns_key, index_key, is_wide, joint_rows, joint_titles, reasons_of
from assembler.model.labels import criterion_of, group_title, index_place
from assembler.model.plain import plain
from assembler.model.typography import typographic
from assembler.writers.pdf.changes import bar_chapters, changes_node, code_shown, with_links
from assembler.writers.pdf.guard import Node, breakable, cleaned
from assembler.writers.pdf.marks import expected_titles, marks_there
from assembler.writers.pdf.prose import anchors_of, plain_titles, prepare_blocks, section_titles
from assembler.writers.pdf.shallow import shallow, single_places

_TALLEST = 255.0  # points: a third of a page, so that no large gap is left before a picture
_DOTS_PER_INCH = 150
_SMALL_GROUP = 6  # expectations of one criterion, whose table surely holds on a page
_OWN_ANCHORS = {
    "sommaire": "sommaire",
    CHANGES: CHANGES,
    "conformite": "conformite",
    "accord_ca": "accord",
    "index_preuves": "index",
}


def payload(
    dossier: Dossier,
    *,
    draft: bool,
    complete: Mapping[str, int] | None,
    prefix: str,
    unshown: Mapping[str, str],
    pictures: Mapping[str, str],
    charter: Node,
    changes: ChangeList | None = None,
) -> Node:
    """Everything `layout/dossier.typ` reads.

    `complete` gives the pages of the complete dossier to the edition without exhibits; None is the complete one.
    `prefix` stands before the number of every page.
    `unshown` replaces characters that no font has; `pictures` are the files laid out, by path in the candidature;
    `charter` is the template's look, from `charter_node`; `changes` are those since the version handed in.
    """
    whole: Any = plain(dossier)
    document: Node = {
        "charter": charter,
        "french": _vocabulary(),
        "draft": draft,
        "annexes": complete is None,
        "complete": dict(complete or {}),
        "prefix": prefix,
        "changes": changes_node(changes, dossier),
        "code": "" if prefix else code_shown(dossier),
    }
    document |= _titles(dossier)
    document["joint"] = _joint(dossier)
    document["chapters"] = _chapters(dossier, whole, changes)
    document["plain-titles"] = plain_titles([block for chapter in document["chapters"] for block in chapter["blocks"]])
    document["exhibits"] = _exhibits(dossier, whole)
    document |= _catalogue(dossier, annexes=complete is None)
    document["pictures"] = {
        picture.path: _picture(picture, pictures[picture.path], _line(charter))
        for picture in dossier.pictures
        if picture.path in pictures
    }
    document["expected"] = [*expected_titles(charter, document, dossier.pack.words), *_expected(document)]
    document["dossier"] = {key: whole[key] for key in ("candidature", "pack", "members", "coverage", "retired")}
    safe: Node = cleaned(document, unshown)
    safe["anchors"] = dict.fromkeys(_anchors(dossier, document), True)
    return safe


def embedded_pages(exhibit: Exhibit) -> int:
    """How many pages stand behind the exhibit's divider."""
    return len(exhibit.facts.pages) if exhibit.facts.prepared is not None else 0


def numbered_title(chapter: Chapter, word: str) -> str:
    """« Critère n° 3 — L’offre… », or the plain title of a chapter that answers no criterion."""
    if chapter.number is None:
        return chapter.title
    head = word.replace("{number}", str(chapter.number)).replace("n° ", "n°\u00a0")
    return (
        chapter.title
        if chapter.title.startswith(word.replace("{number}", str(chapter.number)))
        else f"{head} — {chapter.title}"
    )


def _vocabulary() -> Node:
    """The words of the documents that no pack changes, from where the Word file has them too."""
    return {
        "months": list(french.MONTHS),
        "statuses": {str(status.value): sign for status, sign in french.STATUSES.items()},
        "bodies": dict(french.BODIES),
        "absences": {str(absence.value): words.partition(" (")[0] for absence, words in french.ABSENCES.items()},
        "missing": {str(absence.value): typographic(words) for absence, words in french.ABSENCE_SENTENCES.items()},
        "table": "Tableau",
        "figure": "Figure",
        "criterion": "critère",
    }


def _titles(dossier: Dossier) -> Node:
    words, edition = dossier.pack.words, dossier.candidature.edition
    names = [member.establishment.name for member in dossier.members]
    school = dossier.candidature.network.name if dossier.candidature.network else ", ".join(names)
    return {
        "title": f"{words.dossier} — {dossier.candidature.title or school}",
        "date": {"year": edition.year, "month": edition.month, "day": edition.day},
        "evidence": words.evidence,
        "member-names": {member.establishment.key: member.establishment.name for member in dossier.members}
        | {"": NETWORK, COMMON: NETWORK},
    }


def _joint(dossier: Dossier) -> Node:
    """The compliance table of several établissements; without rows for a single one."""
    titles, rows = (joint_titles(dossier), joint_rows(dossier)) if len(dossier.members) > 1 else ((), ())
    return {
        "titles": list(titles),
        "wide": is_wide(dossier),
        "rows": [{"cells": plain(row), "reasons": plain(reasons_of(row, titles))} for row in rows],
        "columns-key": columns_key(dossier),
        "index-key": index_key(dossier),
    }


def _line(charter: Node) -> float:
    """The points of text on a line of the pages where chapters stand."""
    page = charter["sections"][charter["dividers"]]["page"]
    return float(page["width"] - page["left"] - page["right"])


def _expected(document: Node) -> list[tuple[int, str]]:
    """The lines of the contents for the exhibits."""
    groups = [(2, group["title"]) for group in document["groups"]]
    return [(1, document["evidence"]), *groups] if groups else []


def _chapters(dossier: Dossier, whole: Any, changes: ChangeList | None) -> list[Node]:
    words = dossier.pack.words
    chapters = dossier.body
    nodes = {node["anchor"]: node["blocks"] for node in (*whole["chapters"], *whole["answers"])}
    bar_chapters(nodes, changes)
    with_links(nodes, dossier, changes)
    taken = {chapter.anchor for chapter in chapters} | {row.anchor for row in dossier.coverage}
    made: list[Node] = []
    for chapter in chapters:
        blocks = single_places(shallow(nodes[chapter.anchor]), taken)
        title = numbered_title(chapter, words.criterion).strip() or "—"
        ready = prepare_blocks(blocks, words.exhibit)
        made.append({"anchor": chapter.anchor, "title": title, "blocks": ready, "sections": section_titles(ready)})
    return made


def _exhibits(dossier: Dossier, whole: Any) -> list[Node]:
    counts = [embedded_pages(exhibit) for exhibit in dossier.exhibits]
    word = dossier.pack.words.exhibit
    made: list[Node] = []
    for exhibit, node, count, before in zip(
        dossier.exhibits, whole["exhibits"], counts, accumulate(counts, initial=0), strict=False
    ):
        entry, facts = node["entry"], node["facts"]
        made.append(
            {
                **node,
                "entry": entry | {"title": breakable(entry["title"], 28)},
                "facts": {key: facts[key] for key in ("sha256", "absence", "detail", "signed", "cleaned", "original")},
                "count": count,
                "offset": before,
                "shown": _sentence(word.format(label=exhibit.label).replace(" ", "\u00a0")),
                "shown_date": _short_date(exhibit.entry.date),
                "shown_link": breakable(exhibit.entry.link or "", 28),
            }
        )
    return made


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short_date(day: date | None) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""


def _catalogue(dossier: Dossier, *, annexes: bool) -> Node:
    """Exhibits by group, the order of the index, and what the layout must add to its own page numbers."""
    groups = _groups(dossier)
    exhibits = dossier.exhibits
    counts = [embedded_pages(exhibit) for exhibit in exhibits]
    before = list(accumulate(counts, initial=0))
    offsets = {exhibit.anchor: before[at] for at, exhibit in enumerate(exhibits)}
    offsets |= {group["anchor"]: before[group["exhibits"][0]] for group in groups}
    order = sorted(
        [("exhibit", at, exhibit.label) for at, exhibit in enumerate(exhibits)]
        + [("retired", at, retired.label) for at, retired in enumerate(dossier.retired)],
        key=lambda row: (index_place(row[2], dossier.pack), row[1], row[0]),
    )
    return {
        "groups": groups if annexes else [],
        "offsets": offsets if annexes else {},
        "inserted": before[-1] if annexes else 0,
        "dividers": {exhibit.entry.id: exhibit.anchor for exhibit in exhibits},
        "cited": {exhibit.entry.id: {"anchor": exhibit.anchor, "label": exhibit.label} for exhibit in exhibits},
        "index-order": [{"kind": kind, "at": at} for kind, at, _ in order] if dossier.retired else _in_order(exhibits),
        "coverage-groups": _coverage_groups(dossier),
    }


def _in_order(exhibits: tuple[Exhibit, ...]) -> list[Node]:
    return [{"kind": "exhibit", "at": at} for at in range(len(exhibits))]


def _groups(dossier: Dossier) -> list[Node]:
    """Runs of exhibits numbered under one criterion; required attachments first."""
    groups: list[Node] = []
    numbered = enumerate(dossier.exhibits)
    for nth, (number, run) in enumerate(
        groupby(numbered, key=lambda pair: criterion_of(pair[1].label, dossier.pack) or "")
    ):
        held = list(run)
        title = group_title(number, [exhibit for _, exhibit in held], dossier.pack)
        groups.append({"anchor": f"groupe-{nth + 1}", "title": title, "exhibits": [at for at, _ in held]})
    return groups


def _coverage_groups(dossier: Dossier) -> list[Node]:
    groups: list[Node] = []
    first = 0
    for criterion, run in groupby(dossier.coverage, key=lambda row: row.criterion):
        rows: list[Coverage] = list(run)
        word = dossier.pack.words.criterion.replace("{number}", str(criterion.number))
        groups.append(
            {
                "title": f"{word} — {criterion.title}",
                "first": first,
                "last": first + len(rows),
                "whole": len(rows) <= _SMALL_GROUP and len(dossier.members) == 1,
            }
        )
        first += len(rows)
    return groups


def _picture(picture: Picture, file: str, line: float) -> Node:
    """The size in points at which a picture is shown: 150 dots an inch, within the line and the page."""
    width, height = (max(side, 1) * 72 / _DOTS_PER_INCH for side in (picture.width, picture.height))
    scale = min(1.0, line / width, _TALLEST / height)
    return {"file": file, "width": width * scale, "height": height * scale}


def _anchors(dossier: Dossier, document: Node) -> list[str]:
    """Every anchor that the layout sets: links to any other are shown as plain text."""
    annexes = document["annexes"]
    there = marks_there(document["charter"])
    if document["changes"] is None:
        there.discard(CHANGES)
    found = [anchor for mark, anchor in _OWN_ANCHORS.items() if mark in there]
    found += [COVER] if document["changes"] else []
    found += [member.anchor for member in dossier.members]
    for chapter in document["chapters"]:
        found += [chapter["anchor"], *anchors_of(chapter["blocks"])]
    found += [row.anchor for row in dossier.coverage]
    found += [f"index-{exhibit.anchor}" for exhibit in dossier.exhibits]
    if annexes:
        found += ["preuves"] if dossier.exhibits else []
        found += [exhibit.anchor for exhibit in dossier.exhibits] + [group["anchor"] for group in document["groups"]]
    return found
