"""Is every criterion answered, and every expectation treated?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.checks.opt_outs import opted_out
from assembler.model.content import COMMON, Content, Narrative, Part
from assembler.model.dossier import Assessment, Coverage, Dossier, Status
from assembler.model.finding import Finding, error, note, warning
from assembler.model.framework import Criterion, Framework, Kind
from assembler.model.source import Source
from assembler.model.text import Heading


def check_coverage(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Criteria without an answer, expectations untreated or treated in part, declarations without a reason."""
    for part in content.parts:
        if part.establishment:
            yield from _unanswered(part, content, dossier)
        for narrative in part.narratives:
            yield from _misplaced(narrative, dossier.pack.framework)
    empty = {chapter.number for chapter in dossier.answers if not chapter.blocks}
    for row in dossier.coverage:
        if row.criterion.number not in empty:
            for assessment in row.assessments:
                yield from _status(row, assessment, dossier, content)


def _unanswered(part: Part, content: Content, dossier: Dossier) -> Iterator[Finding]:
    common = next((each for each in content.parts if each.establishment is None), None)
    written = {each.slot for own in (part, common) if own for each in own.narratives if each.blocks}
    written |= opted_out(part)
    for criterion in dossier.pack.framework.criteria:
        if not written & {criterion.number, *criterion.aliases} and not _equivalent(part.key, criterion, dossier):
            file = f"{part.key}/critere-{criterion.number}.md"
            yield error("criterion-unanswered", Source(file), criterion.number, file=file, number=criterion.number,
                        title=criterion.title)  # fmt: skip


def _equivalent(part: str, criterion: Criterion, dossier: Dossier) -> bool:
    """Whether a label that the établissement holds satisfies all that the criterion asks of it."""
    statuses = [
        assessment.status
        for row in dossier.coverage if row.criterion.id == criterion.id
        for assessment in row.assessments if assessment.establishment == part
    ]  # fmt: skip
    return bool(statuses) and all(each is Status.EQUIVALENT for each in statuses)


def _misplaced(narrative: Narrative, framework: Framework) -> Iterator[Finding]:
    """What a narrative says of criteria or letters that the framework does not have."""
    numbers = framework.by_number()
    criterion = numbers.get(narrative.slot)
    if criterion is None:
        offered = next((one for one in framework.offered if narrative.slot in (one.number, *one.aliases)), None)
        if offered:
            yield error("criterion-not-chosen", narrative.source, offered.number, number=offered.number)
        elif narrative.slot[0].isdigit():
            yield error("narrative-unknown-criterion", narrative.source, number=narrative.slot,
                        known=", ".join(each.number for each in framework.criteria))  # fmt: skip
        return
    letters = [each.letter for each in criterion.expectations]
    named = [
        (each, block.source) for block in narrative.blocks if isinstance(block, Heading) for each in block.expectations
    ]
    named += [(each.letter, each.source) for each in narrative.declarations]
    for letter, source in named:
        if letter not in letters:
            yield error("expectation-unknown", source, criterion.number, letter=letter, number=criterion.number,
                        known=", ".join(letters))  # fmt: skip
    for declaration in narrative.declarations:
        if declaration.status in ("sans-objet", "equivalence") and not declaration.reason:
            yield error("declaration-without-reason", declaration.source, criterion.number, status=declaration.status,
                        reference=f"{criterion.number}.{declaration.letter}")  # fmt: skip
    yield from _contradictions(narrative, criterion)


def _contradictions(narrative: Narrative, criterion: Criterion) -> Iterator[Finding]:
    """Declarations that the text itself, or the framework, speaks against."""
    answered = {each for block in narrative.blocks if isinstance(block, Heading) for each in block.expectations}
    kinds = {each.letter: each.kind for each in criterion.expectations}
    for declaration in narrative.declarations:
        values = {"reference": f"{criterion.number}.{declaration.letter}", "status": declaration.status}
        if declaration.status in ("sans-objet", "non-traite") and declaration.letter in answered:
            yield warning("declaration-contradicted", declaration.source, criterion.number, **values)
        elif declaration.status == "sans-objet" and kinds.get(declaration.letter) in (Kind.FIRM, Kind.REFLECTION):
            yield warning("declaration-of-firm", declaration.source, criterion.number, **values)
        elif (
            declaration.status in ("traite", "partiel")
            and declaration.letter not in answered
            and not declaration.reason
        ):
            yield warning("declaration-unsupported", declaration.source, criterion.number, **values)


def _status(row: Coverage, assessment: Assessment, dossier: Dossier, content: Content) -> Iterator[Finding]:
    number, expectation = row.criterion.number, row.expectation
    source = _source(assessment, number, content)
    values = {"reference": row.reference, "text": expectation.text}
    if assessment.status is Status.UNTREATED:
        if expectation.kind is Kind.CONDITIONAL:
            yield warning("expectation-conditional", source, number, condition=expectation.condition or "", **values)
        elif expectation.kind is Kind.NETWORK:
            yield warning("expectation-network", source, number, **values)
        else:
            yield warning("expectation-untreated", source, number, letter=expectation.letter, **values)
    elif assessment.status is Status.PARTIAL and not assessment.reason:
        if assessment.sections:
            yield note("expectation-unproved", source, number, **values)
        elif assessment.exhibits:
            labels = {each.entry.id: each.label for each in dossier.exhibits}
            proofs = ", ".join(labels[each] for each in assessment.exhibits)
            yield note("expectation-unwritten", source, number, letter=expectation.letter, proofs=proofs, **values)


def _source(assessment: Assessment, number: str, content: Content) -> Source:
    """The narrative to look at, whether it exists or not."""
    part = assessment.establishment or COMMON
    for own in content.parts:
        if own.key == part:
            for narrative in own.narratives:
                if narrative.slot == number:
                    return narrative.source
    return Source(f"{part}/critere-{number}.md")
