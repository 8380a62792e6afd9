"""The whole assembly on one page."""

from __future__ import annotations

from assembler.assembly.cover import cover
from assembler.assembly.merge import merge_answers, merge_chapters, merge_members
from assembler.assembly.number import number_chapters, number_exhibits
from assembler.assembly.tie import tie
from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.pack import Pack


def assemble(content: Content, pack: Pack) -> Dossier:
    """The dossier: merged, numbered, tied and covered. Pure; whatever is wrong is left for the checks to see."""
    members = merge_members(content)
    numbering = number_exhibits(content, pack, members)
    chapters = merge_chapters(content, pack)
    numbered = number_chapters((*chapters, *merge_answers(content, pack.framework.criteria)))
    tied = tie(numbered, numbering.exhibits, pack.framework)
    answers = tied.chapters[len(chapters) :]
    return Dossier(
        candidature=content.candidature,
        pack=pack,
        members=members,
        chapters=tied.chapters[: len(chapters)],
        answers=answers,
        coverage=cover(content, pack.framework, answers, tied.exhibits),
        exhibits=tied.exhibits,
        retired=numbering.retired,
        pictures=content.pictures,
    )
