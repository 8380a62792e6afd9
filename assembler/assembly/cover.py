"""Cover: the status of every expectation, for every établissement and for the network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assembler.assembly.equivalence import equivalence_name, equivalent_label
from assembler.assembly.merge import find_narrative
from assembler.assembly.tie import expectation_anchor
from assembler.model.content import Content, Declaration, Establishment, OptOut, Part
from assembler.model.dossier import Assessment, Chapter, Coverage, SectionRef, Status
from assembler.model.exhibit import Exhibit
from assembler.model.framework import Criterion, Expectation, Framework, Kind
from assembler.model.text import Block, Heading
from assembler.model.walk import plain_text

_DECLARED = {
    "traite": Status.TREATED,
    "partiel": Status.PARTIAL,
    "non-traite": Status.UNTREATED,
    "sans-objet": Status.NOT_APPLICABLE,
    "equivalence": Status.EQUIVALENT,
}
SINGLE_REASON = "candidature individuelle"


@dataclass(frozen=True, slots=True)
class _Written:
    """What one part wrote and offers under one criterion."""

    sections: tuple[Heading, ...]
    declarations: tuple[Declaration, ...]
    exhibits: tuple[tuple[Exhibit, frozenset[str]], ...]
    opt_out: OptOut | None = None


def cover(
    content: Content, framework: Framework, answers: Iterable[Chapter], exhibits: tuple[Exhibit, ...]
) -> tuple[Coverage, ...]:
    """A row for each expectation, in the framework's order."""
    chapters = {chapter.number: chapter for chapter in answers}
    rows = []
    for criterion in framework.criteria:
        chapter = chapters[criterion.number]
        written = [(part, _written(part, criterion, chapter, exhibits)) for part in content.parts]
        for expectation in criterion.expectations:
            rows.append(Coverage(
                criterion=criterion,
                expectation=expectation,
                reference=f"{criterion.number}.{expectation.letter}",
                anchor=expectation_anchor(criterion.number, expectation.letter),
                assessments=tuple(_assessments(written, criterion, expectation, content, framework)),
            ))  # fmt: skip
    return tuple(rows)


def _assessments(
    written: list[tuple[Part, _Written]], criterion: Criterion, expectation: Expectation, content: Content,
    framework: Framework,
) -> Iterable[Assessment]:  # fmt: skip
    """One for each établissement, or where none could be read a single one; for a network clause, one for the network."""
    common = next((each for part, each in written if part.establishment is None), None)
    if expectation.kind is Kind.NETWORK:
        if content.is_network:
            everything = _Written((), (), ())
            yield _assess(None, expectation, common or everything, None)
        else:
            yield Assessment(None, Status.NOT_APPLICABLE, SINGLE_REASON, (), ())
        return
    if not any(part.establishment for part, _ in written):
        yield Assessment(None, Status.UNTREATED, None, (), ())
    for part, own in written:
        if part.establishment is None:
            continue
        outside = _outside(part.establishment, expectation, framework)
        if outside:
            yield Assessment(part.key, Status.NOT_APPLICABLE, outside, (), ())
            continue
        together = own if common is None else _Written(
            (*common.sections, *own.sections), (*own.declarations, *common.declarations),
            (*common.exhibits, *own.exhibits),
        )  # fmt: skip
        label = equivalent_label(part.establishment, criterion, content.candidature.edition)
        if own.opt_out is not None and label is None:
            yield _opted_out(part.key, own.opt_out, own.sections[:1])
            continue
        yield _assess(part.key, expectation, together, equivalence_name(label) if label else None)


def _outside(establishment: Establishment, expectation: Expectation, framework: Framework) -> str | None:
    """Why the expectation is not asked of this établissement: whom it is asked of. None when it is asked."""
    if not (expectation.profiles and establishment.profiles) or {*expectation.profiles} & {*establishment.profiles}:
        return None
    return "concerne : " + ", ".join(each.title for each in framework.profiles if each.key in expectation.profiles)


def _assess(
    establishment: str | None, expectation: Expectation, written: _Written, equivalent: str | None
) -> Assessment:
    """Declared first; then equivalence; then text and proof: both treat, one alone treats in part."""
    letter = expectation.letter
    sections = tuple(_reference(heading) for heading in written.sections if letter in heading.expectations)
    proofs = tuple(exhibit.entry.id for exhibit, letters in written.exhibits if letter in letters)
    declared = next((each for each in written.declarations if each.letter == letter), None)
    if declared is not None:
        return Assessment(establishment, _DECLARED[declared.status], declared.reason, sections, proofs)
    if equivalent is not None:
        return Assessment(establishment, Status.EQUIVALENT, equivalent, sections, proofs)
    status = (Status.UNTREATED, Status.PARTIAL, Status.TREATED)[bool(sections) + bool(proofs)]
    return Assessment(establishment, status, None, sections, proofs)


def _opted_out(establishment: str, opt_out: OptOut, notice: tuple[Heading, ...]) -> Assessment:
    """Where the answer says why, the section; the reason itself would stand in every row."""
    reason = None if notice else opt_out.reason
    return Assessment(establishment, Status.NOT_APPLICABLE, reason, tuple(map(_reference, notice)), ())


def _reference(heading: Heading) -> SectionRef:
    return SectionRef(heading.number or "", plain_text(heading.content), heading.anchor or "")


def _written(part: Part, criterion: Criterion, chapter: Chapter, exhibits: tuple[Exhibit, ...]) -> _Written:
    numbers = (criterion.number, *criterion.aliases)
    narrative = find_narrative(part, numbers)
    return _Written(
        sections=tuple(heading for heading in _headings(chapter.blocks) if _belongs(heading, part)),
        declarations=narrative.declarations if narrative else (),
        exhibits=tuple(_offered(exhibits, part, numbers)),
        opt_out=narrative.opt_out if narrative and part.establishment else None,
    )


def _offered(
    exhibits: Iterable[Exhibit], part: Part, numbers: tuple[str, ...]
) -> Iterable[tuple[Exhibit, frozenset[str]]]:
    """The part's exhibits that prove an expectation of the criterion, each with the letters it proves; not the replaced ones."""
    for exhibit in exhibits:
        letters = frozenset(letter for number, letter in exhibit.entry.expectations if number in numbers)
        if letters and exhibit.entry.establishment == part.key and exhibit.superseded_by is None:
            yield exhibit, letters


def _headings(blocks: Iterable[Block]) -> Iterable[Heading]:
    return (block for block in blocks if isinstance(block, Heading))


def _belongs(heading: Heading, part: Part) -> bool:
    return heading.source.part == part.key
