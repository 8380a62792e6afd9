"""Merge: the narratives of every part, placed under the chapter they belong to."""

from __future__ import annotations

from dataclasses import replace

from assembler.assembly.equivalence import equivalence_notice, equivalent_label
from assembler.assembly.letters import letters_of
from assembler.model.content import COMMON, Content, Establishment, Narrative, OptOut, Part
from assembler.model.dossier import Chapter, Member, section_anchor
from assembler.model.framework import Criterion
from assembler.model.pack import Pack
from assembler.model.source import Source
from assembler.model.text import Block, Heading, Paragraph, Text


def merge_members(content: Content) -> tuple[Member, ...]:
    """The établissements in the order of the candidature; letters « A », « B »… only in a network."""
    schools = [part.establishment for part in content.parts if part.establishment]
    letters = letters_of(content) if content.is_network else {}
    return tuple(Member(school, letters.get(school.key), f"etablissement-{school.key}") for school in schools)


def merge_chapters(content: Content, pack: Pack, members: tuple[Member, ...]) -> tuple[Chapter, ...]:
    """Presentation, review and the pack's sections: only those somebody wrote."""
    titles = {
        "presentation": pack.words.network_presentation if content.is_network else pack.words.presentation,
        "bilan": pack.words.review,
    } | {each.key: each.title for each in pack.sections}
    names = _names(members, pack)
    chapters = (
        Chapter(section_anchor(slot), title, None, None, _blocks(content, names, (slot,)))
        for slot, title in titles.items()
    )
    return tuple(chapter for chapter in chapters if chapter.blocks)


def merge_answers(content: Content, pack: Pack, members: tuple[Member, ...]) -> tuple[Chapter, ...]:
    """One chapter a criterion, in the framework's order, empty when nobody wrote it and no label held stands for it."""
    names = _names(members, pack)
    return tuple(
        Chapter(f"critere-{each.number}", each.title, each.number, each,
                _blocks(content, names, (each.number, *each.aliases), each))
        for each in pack.framework.criteria
    )  # fmt: skip


def find_narrative(part: Part, slots: tuple[str, ...]) -> Narrative | None:
    """The part's narrative for the first of `slots` that has one."""
    written = {narrative.slot: narrative for narrative in part.narratives}
    return next((written[slot] for slot in slots if slot in written), None)


def _names(members: tuple[Member, ...], pack: Pack) -> dict[str, str]:
    """What stands above each part of a joint dossier, by its key; nothing above those of a single school."""
    names = {each.establishment.key: each.title for each in members if each.letter}
    return names | {COMMON: pack.words.together} if names else {}


def _blocks(
    content: Content, names: dict[str, str], slots: tuple[str, ...], criterion: Criterion | None = None
) -> tuple[Block, ...]:
    """The common part, then each établissement's; in a network each under a heading."""
    blocks: list[Block] = []
    for part in content.parts:
        narrative = find_narrative(part, slots)
        source = narrative.source if narrative else part.manifest
        written = narrative.blocks if narrative else ()
        if not written and criterion and part.establishment:
            # Nobody's text: it stands as read in the identity sheet, so that no import takes it for the author's.
            written, source = _instead(part.establishment, narrative, criterion, content), part.establishment.source
        if written and part.key in names:
            blocks.append(Heading(1, (Text(names[part.key]),), (), source))
            blocks.extend(_deeper(block) for block in written)
        else:
            blocks.extend(written)
    return tuple(blocks)


def _instead(
    school: Establishment, narrative: Narrative | None, criterion: Criterion, content: Content
) -> tuple[Block, ...]:
    """What is said of a criterion that an établissement wrote nothing about: a label stands for it, or it opts out."""
    label = equivalent_label(school, criterion, content.candidature.edition)
    if label:
        return (equivalence_notice(label),)
    return (_opt_out_notice(narrative.opt_out, school.source),) if narrative and narrative.opt_out else ()


def _opt_out_notice(opt_out: OptOut, source: Source) -> Paragraph:
    """« Sans objet pour cet établissement : il n’accueille que des élèves. »"""
    reason = f"\u00a0: {opt_out.reason.rstrip('.')}" if opt_out.reason else ""
    return Paragraph((Text(f"Sans objet pour cet établissement{reason}."),), source)


def _deeper(block: Block) -> Block:
    return replace(block, level=min(block.level + 1, 4)) if isinstance(block, Heading) else block
