"""The compliance table: each expectation with its status, the sections that answer it, the exhibits that prove it."""

from __future__ import annotations

from itertools import groupby

from assembler.model.dossier import Assessment, Coverage, Status
from assembler.writers.word.chapters import chapter_label, write_title
from assembler.writers.word.fields import run
from assembler.writers.word.french import STATUSES
from assembler.writers.word.inlines import Look, exhibit_label_link, properties, reference_link
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, text, w

ANCHOR = "tableau-de-conformite"


def write_compliance(manuscript: Manuscript, place: Place) -> list[Element]:
    """The chapter: its heading, then one table; a column for each établissement when there are several."""
    dossier = manuscript.dossier
    keys = _columns(dossier.coverage)
    several = len(keys) > 1
    shares = (36, *(64 // len(keys) for _ in keys)) if several else (47, 20, 13, 20)
    widths = [place.width * share // sum(shares) for share in shares]
    widths[0] += place.width - sum(widths)
    names = {member.establishment.key: member.establishment.name for member in dossier.members}
    titles = [names.get(key or "", "Réseau") for key in keys] if several else ["Statut", "Sections", "Preuves"]
    rows = [[Cell([_paragraph([run(title)], manuscript)]) for title in ["Attendu", *titles]]]
    for criterion, group in groupby(dossier.coverage, key=lambda row: row.criterion):
        heading = f"{chapter_label(criterion.number, manuscript)} {criterion.title}"
        rows.append([Cell([_paragraph([run(heading)], manuscript, "Titre de groupe")], span=len(widths))])
        for row in group:
            found = {assessment.establishment: assessment for assessment in row.assessments}
            cells = [found.get(key) for key in keys]
            made = (
                [_member(one, manuscript) for one in cells]
                if several
                else _alone(cells[0] if cells else None, manuscript)
            )
            rows.append([Cell([_expectation(row, manuscript)]), *made])
    words = dossier.pack.words.compliance
    return [write_title(words, ANCHOR, manuscript), *write_table(rows, widths, manuscript, place, words, header=True)]


def _columns(coverage: tuple[Coverage, ...]) -> list[str | None]:
    keys: dict[str | None, None] = {}
    for row in coverage:
        keys |= dict.fromkeys(assessment.establishment for assessment in row.assessments)
    return sorted(keys, key=lambda key: key is not None)


def _expectation(row: Coverage, manuscript: Manuscript) -> Element:
    reference = [run(row.reference, properties(Look(bold=True), manuscript))]
    runs = [*manuscript.bookmarks.around(row.anchor, reference), run(f" {row.expectation.text}")]
    if row.expectation.condition:
        runs.append(run(f" ({row.expectation.condition})", properties(Look(italic=True), manuscript)))
    return _paragraph(runs, manuscript)


def _alone(assessment: Assessment | None, manuscript: Manuscript) -> list[Cell]:
    if assessment is None:
        return [Cell([_paragraph([], manuscript)]) for _ in range(3)]
    return [
        Cell(_status(assessment, manuscript)),
        Cell([_paragraph(_sections(assessment, manuscript), manuscript)]),
        Cell([_paragraph(_exhibits(assessment, manuscript), manuscript)]),
    ]


def _member(assessment: Assessment | None, manuscript: Manuscript) -> Cell:
    if assessment is None:
        return Cell([_paragraph([], manuscript)])
    parts = _status(assessment, manuscript)
    for runs in (_sections(assessment, manuscript), _exhibits(assessment, manuscript)):
        if runs:
            parts.append(_paragraph(runs, manuscript))
    return Cell(parts)


def _status(assessment: Assessment, manuscript: Manuscript) -> list[Element]:
    look = Look(style="Anomalie") if assessment.status is Status.UNTREATED else Look()
    symbol = w("r", w("rPr", w("rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", cs="Segoe UI Symbol")))
    symbol.append(text(STATUSES[assessment.status] + "\u00a0"))
    made = [_paragraph([symbol, run(assessment.status.value, properties(look, manuscript))], manuscript)]
    if assessment.reason:
        made.append(_paragraph([run(assessment.reason, properties(Look(italic=True), manuscript))], manuscript))
    return made


def _sections(assessment: Assessment, manuscript: Manuscript) -> list[Element]:
    links = [
        reference_link("", section.number, "", section.anchor, manuscript, switches="\\n \\h")
        for section in assessment.sections
    ]
    return _joined(links)


def _exhibits(assessment: Assessment, manuscript: Manuscript) -> list[Element]:
    return _joined([exhibit_label_link(identifier, manuscript) for identifier in assessment.exhibits])


def _joined(links: list[list[Element]]) -> list[Element]:
    made: list[Element] = []
    for rank, link in enumerate(links):
        made += [run(", "), *link] if rank else link
    return made


def _paragraph(runs: list[Element], manuscript: Manuscript, style: str = "Texte de tableau") -> Element:
    return w("p", w("pPr", w("pStyle", val=manuscript.styles[style])), *runs)
