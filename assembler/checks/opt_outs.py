"""May an établissement declare that a criterion is none of its concern?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content, Part
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, warning
from assembler.model.framework import Criterion


def check_opt_outs(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Of a criterion that another member of the network answers; with a reason; with no text beside it."""
    numbers = dossier.pack.framework.by_number()
    for part in content.parts:
        for narrative in part.narratives:
            opt_out = narrative.opt_out
            if opt_out is None:
                continue
            number = narrative.slot
            if number not in numbers or part.establishment is None:
                yield error("opt-out-misplaced", opt_out.source)
            elif not content.is_network:
                yield warning("opt-out-alone", opt_out.source, number, number=number)
            elif not any(_answers(each, numbers[number]) for each in content.parts):
                yield error("opt-out-by-all", opt_out.source, number, number=number)
            elif not opt_out.reason:
                yield error("opt-out-without-reason", opt_out.source, number, number=number)
            elif narrative.blocks:
                yield warning("opt-out-contradicted", opt_out.source, number, number=number)


def opted_out(part: Part) -> set[str]:
    """The numbers of the criteria that the part declares without object: what is wrong with that is told here."""
    return {each.slot for each in part.narratives if each.opt_out is not None}


def _answers(part: Part, criterion: Criterion) -> bool:
    slots = (criterion.number, *criterion.aliases)
    return any(each.slot in slots and each.blocks and each.opt_out is None for each in part.narratives)
