"""Merge: the narratives of every part, placed under the chapter they belong to."""

from __future__ import annotations

from dataclasses import replace

from assembler.model.content import Content, Narrative, Part
from assembler.model.dossier import Chapter, Member
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
    """Presentation and review: only those somebody wrote."""
    network = content.is_network
    titles = {
        "presentation": pack.words.network_presentation if network else pack.words.presentation,
        "bilan": pack.words.review,
    }
    chapters = (Chapter(slot, title, None, None, _blocks(content, (slot,))) for slot, title in titles.items())
    return tuple(chapter for chapter in chapters if chapter.blocks)


def merge_answers(content: Content, criteria: tuple[Criterion, ...]) -> tuple[Chapter, ...]:
    """One chapter a criterion, in the framework's order, empty when nobody wrote it."""
    return tuple(
        Chapter(f"critere-{each.number}", each.title, each.number, each, _blocks(content, (each.number, *each.aliases)))
        for each in criteria
    )


def find_narrative(part: Part, slots: tuple[str, ...]) -> Narrative | None:
    """The part's narrative for the first of `slots` that has one."""
    written = {narrative.slot: narrative for narrative in part.narratives}
    return next((written[slot] for slot in slots if slot in written), None)


def _blocks(content: Content, slots: tuple[str, ...]) -> tuple[Block, ...]:
    """The common part, then each établissement's; in a network each of those under a heading with its name."""
    network = content.is_network
    blocks: list[Block] = []
    for part in content.parts:
        narrative = find_narrative(part, slots)
        if narrative is None or not narrative.blocks:
            continue
        if network and part.establishment:
            blocks.append(Heading(1, (Text(part.establishment.name),), (), narrative.source))
            blocks.extend(_deeper(block) for block in narrative.blocks)
        else:
            blocks.extend(narrative.blocks)
    return tuple(blocks)


def _deeper(block: Block) -> Block:
    return replace(block, level=min(block.level + 1, 4)) if isinstance(block, Heading) else block


def _letter(rank: int) -> str:
    """« A » to « Z », then « AA »…"""
    head, tail = divmod(rank, 26)
    return (_letter(head - 1) if head else "") + chr(ord("A") + tail)
