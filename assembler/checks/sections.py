"""Are the pack's own sections written, and their tables filled in?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.checks.approval import fold
from assembler.model.content import Content, Narrative, Part, RequestType
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, warning
from assembler.model.pack import Section, When
from assembler.model.source import Source
from assembler.model.text import Table, Text
from assembler.model.walk import plain_text


def check_sections(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """A section required of an établissement and not there; a table without its columns, or with an empty cell."""
    common = next((each for each in content.parts if each.establishment is None), None)
    for section in dossier.pack.sections:
        for part in content.parts:
            narrative = _narrative(part, section)
            if narrative:
                yield from _table(narrative, section)
            elif part.establishment and _required(section, dossier) and not (common and _narrative(common, section)):
                file = f"{part.key}/{section.key}.md"
                yield error(
                    "section-missing",
                    Source(file),
                    file=file,
                    title=section.title,
                    guidance=section.guidance.rstrip("."),
                )


def _narrative(part: Part, section: Section) -> Narrative | None:
    return next((each for each in part.narratives if each.slot == section.key and each.blocks), None)


def _required(section: Section, dossier: Dossier) -> bool:
    match section.required:
        case When.ALWAYS:
            return True
        case When.RENEWAL:
            return dossier.candidature.request is not RequestType.INITIAL
        case When.NETWORK:
            return len(dossier.members) > 1
        case When.NEVER:
            return False


def _table(narrative: Narrative, section: Section) -> Iterator[Finding]:
    """The tables of the section's columns, in any order of columns; each of their rows whole."""
    if not section.columns:
        return
    wanted = {fold(each): each for each in section.columns}
    tables = [each for each in narrative.blocks if isinstance(each, Table)]
    fit = [each for each in tables if wanted.keys() <= {fold(plain_text(cell)) for cell in each.header}]
    if not fit:
        yield error("section-without-table", narrative.source, title=section.title, columns=" | ".join(section.columns))
    for table in fit:
        heads = [wanted.get(fold(plain_text(cell))) for cell in table.header]
        for rank, row in enumerate(table.rows, 1):
            for column, cell in zip(heads, row, strict=False):
                if column and all(isinstance(each, Text) and not each.text.strip() for each in cell):
                    yield warning("section-table-gap", table.source, title=section.title, column=column, row=str(rank))
