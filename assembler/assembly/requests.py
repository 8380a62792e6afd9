"""The chapter that answers the auditors' requests, and what changed in the dossier to answer each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assembler.model.changes import Changes, State, sections_of
from assembler.model.content import Content
from assembler.model.dossier import REQUESTS, Answer, Chapter, Dossier, Member, SectionRef
from assembler.model.french import long_date
from assembler.model.pack import Pack
from assembler.model.request import Request
from assembler.model.text import (
    Block,
    Citation,
    CriterionReference,
    Emphasis,
    ExpectationReference,
    Heading,
    Inline,
    Paragraph,
    Quotation,
    Text,
)
from assembler.model.walk import Rewrite, rewrite_blocks

UNANSWERED = "Sans réponse à ce jour."


def merge_requests(content: Content, pack: Pack, members: tuple[Member, ...]) -> tuple[Chapter, ...]:
    """One chapter for all of them; none when nothing was asked."""
    names = {each.establishment.key: each.title for each in members}
    entries = frozenset(entry.id for part in content.parts for entry in part.entries)
    known = frozenset(pack.framework.by_number())
    blocks = tuple(block for request in content.requests for block in _blocks(_keyed(request, entries), names, known))
    return (Chapter(REQUESTS, pack.words.requests, None, None, blocks),) if blocks else ()


def list_answers(content: Content) -> tuple[Answer, ...]:
    """Each request with where it is answered; what changed is not known yet."""
    return tuple(Answer(replace(each, blocks=()), request_anchor(each), bool(each.blocks)) for each in content.requests)


def with_changes(dossier: Dossier, old: Dossier, changes: Changes) -> Dossier:
    """The dossier, each answer knowing what changed under the criteria it is about since `old` was handed in."""
    known = {each.request.number for each in old.requests if each.answered}
    numbers = dossier.pack.framework.by_number()
    parts = {
        each.anchor: each.source.part
        for chapter in dossier.answers
        for each in chapter.blocks
        if isinstance(each, Heading)
    }
    answers = []
    for answer in dossier.requests:
        shown = dict.fromkeys(numbers[each].number for each in answer.request.concerned if each in numbers)
        changed = tuple(
            SectionRef(each.new.number or "", each.new.title, each.new.anchor)
            for number in shown for each in sections_of(changes, number)
            if each.new is not None and each.state is not State.ARRIVED and _asked(answer, parts.get(each.new.anchor))
        )  # fmt: skip
        exhibits = tuple(
            each.new.entry.id
            for each in changes.exhibits
            if each.new is not None and set(each.new.entry.criteria) & set(shown)
            and _asked(answer, each.new.entry.establishment)
        )  # fmt: skip
        answers.append(replace(answer, changed=changed, exhibits=exhibits, handed_in=answer.request.number in known))
    return replace(dossier, requests=tuple(answers))


def request_anchor(request: Request) -> str:
    """The anchor of what answers the request."""
    return f"demande-{request.name}"


def _asked(answer: Answer, part: str | None) -> bool:
    """Whether the request is addressed to this part of the dossier."""
    return answer.request.establishment in (None, part)


def _keyed(request: Request, entries: frozenset[str]) -> Request:
    """The request, each exhibit that its answer cites sought first among those of the établissement asked."""

    def own(inline: Inline) -> Inline:
        if isinstance(inline, Citation) and f"{request.establishment}/{inline.key}" in entries:
            return replace(inline, key=f"{request.establishment}/{inline.key}")
        return inline

    return replace(request, blocks=rewrite_blocks(request.blocks, Rewrite(block=lambda block: block, inline=own)))


def _blocks(request: Request, names: dict[str, str], known: frozenset[str]) -> Iterator[Block]:
    """What was asked, quoted; then the answer under the same title."""
    yield Heading(1, (Text(f"Demande {request.name}"),), (), request.source, None, request_anchor(request))
    yield Quotation(
        (
            Paragraph((Text(request.text),), request.source),
            Paragraph((Emphasis(tuple(_circumstances(request, names, known))),), request.source),
        ),
        request.source,
    )
    if not request.blocks:
        yield Paragraph((Emphasis((Text(UNANSWERED),)),), request.source)
    for block in request.blocks:
        yield replace(block, level=min(block.level + 1, 4)) if isinstance(block, Heading) else block


def _circumstances(request: Request, names: dict[str, str], known: frozenset[str]) -> Iterator[Inline]:
    """« Reçue le…, réponse attendue le… ; adressée à B — Lycée du Sud ; concerne le critère 4, l’attendu 4.b. »

    What a request is about and does not exist is left out: a finding tells it.
    """
    received = f"Reçue le {long_date(request.received)}" if request.received else "Reçue"
    due = f", réponse attendue le {long_date(request.due)}" if request.due else ""
    references: list[tuple[str, Inline]] = [
        *(("le ", CriterionReference(each, request.source)) for each in request.criteria if each in known),
        *(("l’", ExpectationReference(f"{number}.{letter}", request.source))
          for number, letter in request.expectations if number in known),
    ]  # fmt: skip
    key = request.establishment
    addressee = f" ; adressée à {names.get(key, key)}" if key else ""
    yield Text(f"{received}{due}{addressee}" + (" ; concerne " if references else "."))
    yield from _listed(references)


def _listed(references: list[tuple[str, Inline]]) -> Iterator[Inline]:
    for rank, (article, reference) in enumerate(references, 1):
        yield Text(article)
        yield reference
        yield Text("." if rank == len(references) else ", ")
