"""The whole assembly on one page."""

from __future__ import annotations

from dataclasses import replace

from assembler.assembly.cover import cover
from assembler.assembly.merge import merge_answers, merge_chapters, merge_members
from assembler.assembly.number import number_chapters, number_exhibits
from assembler.assembly.requests import list_answers, merge_requests
from assembler.assembly.tie import tie
from assembler.assembly.twins import share_twins
from assembler.model.content import Content
from assembler.model.dossier import Dossier, in_order
from assembler.model.pack import Pack


def assemble(content: Content, pack: Pack) -> Dossier:
    """The dossier: merged, numbered, tied and covered. Pure; whatever is wrong is left for the checks to see."""
    pack = replace(pack, framework=pack.framework.choosing(content.candidature.optional_criterion))
    members = merge_members(content)
    numbering = number_exhibits(content, pack)
    others = (*merge_chapters(content, pack, members), *merge_requests(content, pack, members))
    chapters = in_order(others, merge_answers(content, pack, members), pack)
    exhibits = share_twins(numbering.exhibits) if content.is_network else numbering.exhibits
    tied = tie(number_chapters(chapters), exhibits, pack.framework)
    answers = tuple(each for each in tied.chapters if each.criterion)
    return Dossier(
        candidature=content.candidature,
        pack=pack,
        members=members,
        chapters=tuple(each for each in tied.chapters if each.criterion is None),
        answers=answers,
        coverage=cover(content, pack.framework, answers, tied.exhibits),
        exhibits=tied.exhibits,
        retired=numbering.retired,
        pictures=content.pictures,
        requests=list_answers(content),
    )
