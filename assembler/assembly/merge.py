"""Merge: the narratives of every part, placed under the chapter they belong to."""

from __future__ import annotations

from dataclasses import replace

from assembler.assembly.equivalence import equivalence_notice, equivalent_label
from assembler.model.content import Content, Narrative, Part
from assembler.model.dossier import Chapter, Member, section_anchor
from assembler.model.framework import Criterion
from assembler.model.pack import Pack
from assembler.model.text import Block, Heading, Text


def merge_members(content: Content) -> tuple[Member, ...]:
    """The établissements in the order of the candidature; letters « A », « B »… only in a network."""
    schools = [part.establishment for part in content.parts if part.establishment]
    network = len(schools) > 1
    return tuple(
        Member(school, _letter(rank) if network else None, f"etablissement-{school.key}")
        for rank, school in enumerate(schools)
    )


def merge_chapters(content: Content, pack: Pack) -> tuple[Chapter, ...]:
    """Presentation, review and the pack's sections: only those somebody wrote."""
    network = content.is_network
    titles = {
        "presentation": pack.words.network_presentation if network else pack.words.presentation,
        "bilan": pack.words.review,
    } | {each.key: each.title for each in pack.sections}
    chapters = (
        Chapter(section_anchor(slot), title, None, None, _blocks(content, (slot,))) for slot, title in titles.items()
    )
    return tuple(chapter for chapter in chapters if chapter.blocks)


def merge_answers(content: Content, criteria: tuple[Criterion, ...]) -> tuple[Chapter, ...]:
    """One chapter a criterion, in the framework's order, empty when nobody wrote it and no label held stands for it."""
    return tuple(
        Chapter(f"critere-{each.number}", each.title, each.number, each,
                _blocks(content, (each.number, *each.aliases), each))
        for each in criteria
    )  # fmt: skip


def find_narrative(part: Part, slots: tuple[str, ...]) -> Narrative | None:
    """The part's narrative for the first of `slots` that has one."""
    written = {narrative.slot: narrative for narrative in part.narratives}
    return next((written[slot] for slot in slots if slot in written), None)


def _blocks(content: Content, slots: tuple[str, ...], criterion: Criterion | None = None) -> tuple[Block, ...]:
    """The common part, then each établissement's; in a network each of those under a heading with its name."""
    blocks: list[Block] = []
    for part in content.parts:
        narrative = find_narrative(part, slots)
        written = narrative.blocks if narrative else ()
        if not written and criterion and part.establishment:
            label = equivalent_label(part.establishment, criterion, content.candidature.edition)
            written = (equivalence_notice(label),) if label else ()
        if written and content.is_network and part.establishment:
            source = narrative.source if narrative else part.establishment.source
            blocks.append(Heading(1, (Text(part.establishment.name),), (), source))
            blocks.extend(_deeper(block) for block in written)
        else:
            blocks.extend(written)
    return tuple(blocks)


def _deeper(block: Block) -> Block:
    return replace(block, level=min(block.level + 1, 4)) if isinstance(block, Heading) else block


def _letter(rank: int) -> str:
    """« A » to « Z », then « AA »…"""
    head, tail = divmod(rank, 26)
    return (_letter(head - 1) if head else "") + chr(ord("A") + tail)
