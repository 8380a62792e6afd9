"""The answers to requests that the version handed in did not have, or not so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assembler.model.change_list import openings
from assembler.model.changes import Aligned, Changes, State, new_side
from assembler.model.dossier import REQUESTS, Answer, Dossier
from assembler.model.text import Block, Heading, Paragraph, Text
from assembler.writers.pdf.complements.passages import Reading, passages_of
from assembler.writers.pdf.complements.places import NOWHERE, line, link, plainly


def new_answers(dossier: Dossier, changes: Changes, reading: Reading) -> Iterator[Block]:
    """Each as a whole when it is new, else what changed in it; then what else changed to answer it."""
    known = {each.anchor: each for each in dossier.requests}
    for request in _requests(changes):
        title = request[0].new if request[0].new is not None else request[0].old
        if not isinstance(title, Heading) or all(each.state is State.SAME for each in request):
            continue
        answer = known.get(title.anchor or "")
        if answer is None or answer.handed_in:
            yield plainly(title, 1)
            yield from _where(request[0], reading)
            yield from passages_of(request[1:], reading)
        else:
            yield title
            yield from _where(request[0], reading)
            yield from new_side(request[1:])
        if answer is not None:
            yield from _elsewhere(answer, dossier, reading)


def _requests(changes: Changes) -> Iterator[tuple[Aligned, ...]]:
    """The aligned blocks of each request, its title first."""
    sequence = next((each.sequence for each in changes.chapters if each.anchor == REQUESTS), ())
    starts = [rank for rank, each in enumerate(sequence) if _opens(each)]
    for first, after in pairwise((*starts, len(sequence))):
        yield sequence[first:after]


def _opens(each: Aligned) -> bool:
    title = each.new if each.new is not None else each.old
    return isinstance(title, Heading) and title.level == 1


def _where(each: Aligned, reading: Reading) -> Iterator[Block]:
    """Its pages; what became of a request that is no more there."""
    now, before = ((one.anchor if isinstance(one, Heading) else None) for one in (each.new, each.old))
    sentence = reading.places.sentence(now, before)
    gone = "demande retirée, " if each.new is None else ""
    if gone or sentence:
        yield line((gone + sentence).removesuffix(", "))


def _elsewhere(answer: Answer, dossier: Dossier, reading: Reading) -> Iterator[Block]:
    """What else changed to answer it: sections, then exhibits, each linked to where it stands here."""
    labels = {each.entry.id: (each.label, each.anchor) for each in dossier.exhibits}
    sections = [link(f"{each.number} {each.title}".strip(), each.anchor) for each in answer.changed]
    named = [labels[each] for each in answer.exhibits if each in labels]
    exhibits = [link(reading.word.format(label=label).replace(" ", "\u00a0"), anchor) for label, anchor in named]
    for opening, links in zip(openings(answer, reading.places.since), (sections, exhibits), strict=True):
        if links:
            listed = [inline for each in links for inline in (Text(", "), each)][1:]
            yield Paragraph((Text(opening), *listed, Text(".")), NOWHERE)
