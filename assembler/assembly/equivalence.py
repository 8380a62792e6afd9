"""Which criteria an établissement satisfies by a label that it holds."""

from __future__ import annotations

from datetime import date

from assembler.model.content import Establishment, HeldLabel
from assembler.model.framework import Criterion
from assembler.model.french import long_date
from assembler.model.text import Block, Citation, Inline, Paragraph, Text


def equivalent_label(establishment: Establishment, criterion: Criterion, day: date) -> HeldLabel | None:
    """The label held, valid on `day`, that satisfies the criterion as a whole."""
    names = {each.label.casefold() for each in criterion.equivalences}
    return next(
        (each for each in establishment.labels
         if each.name.casefold() in names and (each.start or day) <= day <= (each.end or day)), None,
    )  # fmt: skip


def equivalence_name(label: HeldLabel) -> str:
    """« Euroscol, valable jusqu’au 31 août 2028 »."""
    return f"{label.name}, valable jusqu’au {long_date(label.end)}" if label.end else label.name


def equivalence_notice(label: HeldLabel) -> Block:
    """What stands in place of an answer that the label makes needless, with the proof that it names."""
    words: tuple[Inline, ...] = (Text(f"Critère validé par équivalence : {equivalence_name(label)}"),)
    proof: tuple[Inline, ...] = (Text(" ("), Citation(label.proof, label.source), Text(")")) if label.proof else ()
    return Paragraph((*words, *proof, Text(".")), label.source)
