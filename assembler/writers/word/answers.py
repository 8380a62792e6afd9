"""The answers to the auditors' requests, each with links to what changed under the criteria it is about."""

from __future__ import annotations

from assembler.model.change_list import openings
from assembler.model.dossier import Answer
from assembler.model.text import Block
from assembler.writers.word.blocks import HeadingWriter, write_blocks
from assembler.writers.word.fields import run
from assembler.writers.word.inlines import anchor_link, exhibit_label_link
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import Element, w


def write_answers(
    blocks: tuple[Block, ...], manuscript: Manuscript, place: Place, headings: HeadingWriter
) -> list[Element]:
    """The blocks of the chapter of requests; under the answer to each, its links where a version was handed in."""
    answers = {each.anchor: each for each in manuscript.dossier.requests}
    starts = [rank for rank, block in enumerate(blocks) if getattr(block, "anchor", None) in answers]
    made = write_blocks(blocks[: starts[0]] if starts else blocks, manuscript, place, headings)
    for start, end in zip(starts, (*starts[1:], len(blocks)), strict=False):
        made += write_blocks(blocks[start:end], manuscript, place, headings)
        made += _links(answers[getattr(blocks[start], "anchor", "")], manuscript)
    return made


def _links(answer: Answer, manuscript: Manuscript) -> list[Element]:
    if manuscript.changes is None:
        return []
    sections = [anchor_link(f"{each.number} {each.title}".strip(), each.anchor, manuscript) for each in answer.changed]
    exhibits = [exhibit_label_link(each, manuscript) for each in answer.exhibits if each in manuscript.exhibits]
    both = zip(openings(answer, manuscript.changes.since), (sections, exhibits), strict=True)
    return [w("p", run(opening), *_listed(links)) for opening, links in both if links]


def _listed(links: list[list[Element]]) -> list[Element]:
    """Between commas, to a full stop."""
    made: list[Element] = []
    for rank, link in enumerate(links):
        made += [run(", "), *link] if rank else link
    return [*made, run(".")]
