"""Do the labels that stand for a criterion still stand, and is it shown?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content, Establishment, HeldLabel
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, warning
from assembler.model.framework import Criterion
from assembler.model.french import long_date


def check_equivalences(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """A label that would satisfy a criterion, but has ended or not begun; one whose proof is not named."""
    del content
    for member in dossier.members:
        for criterion in dossier.pack.framework.criteria:
            yield from _held(member.establishment, criterion, dossier)


def _held(school: Establishment, criterion: Criterion, dossier: Dossier) -> Iterator[Finding]:
    names = {each.label.casefold() for each in criterion.equivalences}
    held = [each for each in school.labels if each.name.casefold() in names]
    valid = [each for each in held if _valid(each, dossier)]
    for label in held:
        values = {"label": label.name, "number": criterion.number}
        if label in valid and not label.proof:
            yield warning("equivalence-unproved", label.source, criterion.number, **values)
        elif not valid:
            yield warning("equivalence-over", label.source, criterion.number, start=long_date(label.start),
                          end=long_date(label.end), **values)  # fmt: skip


def _valid(label: HeldLabel, dossier: Dossier) -> bool:
    day = dossier.candidature.edition
    return (label.start or day) <= day <= (label.end or day)
