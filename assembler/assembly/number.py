"""Number: labels for exhibits from the ledger and after it, numbers for sections, figures and tables.

An issued label never changes, whatever is added, removed, renamed, moved to another criterion or re-ordered.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import count

from assembler.assembly.letters import carried_labels, letters_of
from assembler.model.content import Content, LedgerLine
from assembler.model.dossier import Chapter, RetiredLabel
from assembler.model.exhibit import Entry, Exhibit
from assembler.model.framework import Criterion
from assembler.model.pack import Pack
from assembler.model.text import Block, Figure, Heading, Inline, Table
from assembler.model.walk import Rewrite, rewrite_blocks


@dataclass(frozen=True, slots=True)
class Numbering:
    """The exhibits with their labels, in the order of the dossier, and the labels whose exhibit is gone."""

    exhibits: tuple[Exhibit, ...]
    retired: tuple[RetiredLabel, ...]


def number_exhibits(content: Content, pack: Pack) -> Numbering:
    """Every entry labelled: as the ledger says, else provisionally.

    A member merged from a bundle keeps the ranks it gave alone where they are free; the others follow the highest label ever
    issued in their series.
    """
    issued = {line.exhibit: line for line in content.ledger}
    letters = letters_of(content)
    carried = carried_labels(content, letters)
    taken = {line.label for line in content.ledger}
    criteria = pack.framework.by_number()
    entries = [_titled(entry, pack) for part in content.parts for entry in part.entries]
    highest = _highest_ranks((*content.ledger, *carried.values()))
    facts = dict(content.facts)
    exhibits = []
    for entry in entries:
        line = issued.get(entry.id)
        if line is None and entry.id in carried and carried[entry.id].label not in taken:
            label = carried[entry.id].label
            taken.add(label)
        elif line is None:
            series = _series(entry, pack, criteria, letters.get(entry.establishment))
            highest[series] += 1
            label = series.replace("{rank}", str(highest[series]))
        else:
            label = line.label
        exhibits.append(Exhibit(label, line is not None, _anchor(label), entry, facts[entry.id], (), None))
    in_order = tuple(letters.get(part.key) for part in content.parts)
    exhibits.sort(key=lambda exhibit: _order(exhibit.label, pack, criteria.values(), in_order))
    successors = _successors(exhibits)
    superseded = tuple(replace(each, superseded_by=successors.get(each.entry.id)) for each in exhibits)
    return Numbering(superseded, _retired(content.ledger, {entry.id for entry in entries}, successors))


def issue(exhibits: Iterable[Exhibit], ledger: tuple[LedgerLine, ...], content: Content) -> tuple[LedgerLine, ...]:
    """The ledger with every provisional label issued, and the state of the others brought up to date."""
    present = {exhibit.entry.id: exhibit for exhibit in exhibits}
    successors = _successors(present.values())
    kept = tuple(_updated(line, present.get(line.exhibit), successors.get(line.exhibit)) for line in ledger)
    new = tuple(
        LedgerLine(
            exhibit=exhibit.entry.id, label=exhibit.label, sha256=exhibit.facts.sha256,
            issued=content.candidature.edition, state="remplacee" if exhibit.superseded_by else "active",
            replaced_by=exhibit.superseded_by, source=exhibit.entry.source,
        )
        for exhibit in present.values() if not exhibit.issued
    )  # fmt: skip
    return kept + new


def number_chapters(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Sections numbered « 3.1.2 » under a criterion and anchored everywhere; captioned figures and tables numbered."""
    figures, tables = count(1), count(1)

    def captioned(block: Block) -> Block:
        if isinstance(block, Figure) and block.caption:
            return replace(block, number=next(figures))
        if isinstance(block, Table) and block.caption:
            return replace(block, number=next(tables))
        return block

    numbered = []
    for chapter in chapters:
        blocks = tuple(_sections(chapter))
        numbered.append(replace(chapter, blocks=rewrite_blocks(blocks, Rewrite(block=captioned, inline=_same))))
    return tuple(numbered)


def _same(inline: Inline) -> Inline:
    return inline


def _sections(chapter: Chapter) -> Iterable[Block]:
    counters = [0, 0, 0, 0]
    for rank, block in enumerate(chapter.blocks):
        if not isinstance(block, Heading):
            yield block
            continue
        counters[block.level - 1] += 1
        counters[block.level :] = [0] * (4 - block.level)
        numbers = [str(max(each, 1)) for each in counters[: block.level]]
        number = ".".join([chapter.number, *numbers]) if chapter.number else None
        anchor = block.anchor or f"section-{number or f'{chapter.anchor}-{rank}'}"
        yield replace(block, number=number, anchor=anchor)


def _titled(entry: Entry, pack: Pack) -> Entry:
    titles = {each.key: each.title for each in pack.attachments}
    return entry if entry.title else replace(entry, title=titles.get(entry.key, entry.key))


def _series(entry: Entry, pack: Pack, criteria: dict[str, Criterion], letter: str | None) -> str:
    """The pattern of the labels counted together with this entry's, « B-P4.{rank} »."""
    prefix = f"{letter}-" if letter else ""
    if entry.is_attachment:
        return prefix + pack.attachment_pattern
    number = entry.criteria[0]
    shown = criteria[number].number if number in criteria else number
    return prefix + pack.label_pattern.replace("{criterion}", shown)


def _highest_ranks(ledger: Iterable[LedgerLine]) -> Counter[str]:
    """The highest rank ever issued in each series, retired labels included."""
    highest: Counter[str] = Counter()
    for line in ledger:
        match = re.fullmatch(r"(.*?)(\d+)", line.label)
        if match:
            series = match[1] + "{rank}"
            highest[series] = max(highest[series], int(match[2]))
    return highest


def _order(
    label: str, pack: Pack, criteria: Iterable[Criterion], letters: tuple[str | None, ...]
) -> tuple[int, int, int, str, int, str]:
    """Attachments, then criterion by criterion in the framework's order, then établissement, then rank."""
    match = re.fullmatch(r"(?:([A-Z]+)-)?(.*?)(\d+)", label)
    letter, stem, rank = (match[1], match[2], int(match[3])) if match else (None, label, 0)
    stems = {
        pack.label_pattern.replace("{criterion}", each.number).replace("{rank}", ""): place
        for place, each in enumerate(dict.fromkeys(criteria))
    }
    attachment = stem == pack.attachment_pattern.replace("{rank}", "")
    school = letters.index(letter) if letter in letters else -1
    return (0 if attachment else 1, stems.get(stem, len(stems)), school, stem, rank, label)


def _anchor(label: str) -> str:
    return f"preuve-{label}"


def _successors(exhibits: Iterable[Exhibit]) -> dict[str, str]:
    """The label of the exhibit that replaces another, by the replaced entry's id, whether that one is still there or not."""
    return {f"{each.entry.establishment}/{each.entry.replaces}": each.label for each in exhibits if each.entry.replaces}


def _retired(ledger: Iterable[LedgerLine], present: set[str], successors: dict[str, str]) -> tuple[RetiredLabel, ...]:
    gone = ((line, line.replaced_by or successors.get(line.exhibit)) for line in ledger if line.exhibit not in present)
    return tuple(
        RetiredLabel(line.label, line.exhibit, "remplacee" if successor else "retiree", successor)
        for line, successor in gone
    )


def _updated(line: LedgerLine, exhibit: Exhibit | None, successor: str | None) -> LedgerLine:
    """The line as things stand: who was replaced stays so, who is gone is retired, who came back is active."""
    if successor:
        return replace(line, state="remplacee", replaced_by=successor)
    if exhibit is None:
        return line if line.state == "remplacee" else replace(line, state="retiree")
    return replace(line, state="active", replaced_by=None)
