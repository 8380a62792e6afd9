"""Does every reference lead somewhere, and is every exhibit cited?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Entry
from assembler.model.finding import Finding, error, warning
from assembler.model.nearest import nearest
from assembler.model.text import Citation, CriterionReference, ExpectationReference
from assembler.model.walk import inlines


def check_citations(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """References left untied, entries that name what is not there, exhibits nobody cites."""
    yield from _untied(dossier)
    numbers = dossier.pack.framework.by_number()
    letters = {number: {each.letter for each in criterion.expectations} for number, criterion in numbers.items()}
    known = {entry.id for part in content.parts for entry in part.entries} | {line.exhibit for line in content.ledger}
    for exhibit in dossier.exhibits:
        entry = exhibit.entry
        yield from _entry(entry, letters, known)
        if not exhibit.passages and not entry.is_attachment and exhibit.superseded_by is None:
            yield warning("exhibit-uncited", entry.source, entry.criteria[0], label=exhibit.label, title=entry.title,
                          key=entry.key)  # fmt: skip


def _untied(dossier: Dossier) -> Iterator[Finding]:
    keys = {exhibit.entry.key: exhibit.entry.id for exhibit in dossier.exhibits}
    numbers = ", ".join(each.number for each in dossier.pack.framework.criteria)
    for chapter in dossier.body:
        for inline in inlines(chapter.blocks):
            match inline:
                case Citation(key, source):
                    near = nearest(key.rpartition("/")[2], keys, 0.6)
                    yield error("citation-unknown", source, chapter.number, key=key, nearest=near)
                case CriterionReference(number, source):
                    yield error("criterion-unknown", source, chapter.number, number=number, known=numbers)
                case ExpectationReference(reference, source):
                    yield error("expectation-reference-unknown", source, chapter.number, reference=reference)
                case _:
                    pass


def _entry(entry: Entry, letters: dict[str, set[str]], known: set[str]) -> Iterator[Finding]:
    for number in entry.criteria:
        if number not in letters and number != "?":
            yield error(
                "exhibit-criterion-unknown", entry.source, key=entry.key, number=number, known=", ".join(letters)
            )
    for number, letter in entry.expectations:
        if number in letters and letter not in letters[number]:
            yield error("exhibit-expectation-unknown", entry.source, number, key=entry.key,
                        reference=f"{number}.{letter}", known=", ".join(sorted(letters[number])))  # fmt: skip
        elif number not in entry.criteria and number in letters:
            yield warning("exhibit-expectation-elsewhere", entry.source, number, key=entry.key, number=number,
                          reference=f"{number}.{letter}")  # fmt: skip
    if entry.replaces and f"{entry.establishment}/{entry.replaces}" not in known:
        near = nearest(entry.replaces, (each.rpartition("/")[2] for each in known), 0.6)
        yield error("exhibit-replaces-unknown", entry.source, key=entry.key, replaced=entry.replaces, nearest=near)
