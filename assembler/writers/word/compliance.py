"""The compliance table: each expectation with its status, the sections that answer it, the exhibits that prove it."""

from __future__ import annotations

from itertools import groupby

from assembler.model.dossier import Assessment, Coverage, Status
from assembler.model.french import STATUSES
from assembler.writers.word.chapters import chapter_label, write_title
from assembler.writers.word.fields import run
from assembler.writers.word.inlines import Look, anchor_link, exhibit_label_link, properties, reference_link
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, text, w

ANCHOR = "conformite"  # as in the PDF edition, whose pages are told by anchors


def write_compliance(manuscript: Manuscript, place: Place) -> list[Element]:
    """The chapter: its heading, then one table; a column for each établissement when there are several."""
    dossier = manuscript.dossier
    members = [member.establishment for member in dossier.members]
    several = len(members) > 1
    titles = [member.name for member in members] if several else ["Statut", "Sections", "Preuves"]
    shares = (36, *(64 // len(members) for _ in members)) if several else (50, 19, 12, 19)
    widths = [place.width * share // sum(shares) for share in shares]
    widths[0] += place.width - sum(widths)
    rows = [[Cell([_paragraph([run(title)], manuscript)]) for title in (dossier.pack.words.expectation, *titles)]]
    for criterion, group in groupby(dossier.coverage, key=lambda row: row.criterion):
        heading = f"{chapter_label(criterion.number, manuscript)} {criterion.title}"
        rows.append([Cell([_paragraph([run(heading)], manuscript, "Titre de groupe")], span=len(widths))])
        for row in group:
            rows.append(_joint(row, [one.key for one in members], manuscript) if several else _alone(row, manuscript))
    words = dossier.pack.words.compliance
    return [write_title(words, ANCHOR, manuscript), *write_table(rows, widths, manuscript, place, words, header=True)]


def _alone(row: Coverage, manuscript: Manuscript) -> list[Cell]:
    if not row.assessments:
        return [Cell([_expectation(row, manuscript)]), *(Cell([_paragraph([], manuscript)]) for _ in range(3))]
    assessment = row.assessments[0]
    return [
        Cell([_expectation(row, manuscript), *_reason(assessment, manuscript)]),
        Cell([_status(assessment, manuscript)]),
        Cell([_paragraph(_sections(assessment, manuscript), manuscript)]),
        Cell([_paragraph(_exhibits(assessment, manuscript), manuscript)]),
    ]


def _joint(row: Coverage, members: list[str], manuscript: Manuscript) -> list[Cell]:
    """After the expectation, a cell for each member; one across all of them for what the network answers together."""
    first = Cell([_expectation(row, manuscript)])
    found = {assessment.establishment: assessment for assessment in row.assessments}
    if None in found:
        return [first, Cell(_answer(found[None], manuscript), span=len(members))]
    return [
        first,
        *(Cell(_answer(found[key], manuscript) if key in found else [_paragraph([], manuscript)]) for key in members),
    ]


def _answer(assessment: Assessment, manuscript: Manuscript) -> list[Element]:
    parts = [_status(assessment, manuscript), *_reason(assessment, manuscript)]
    for name, count, runs in (
        ("Section", len(assessment.sections), _sections(assessment, manuscript)),
        ("Preuve", len(assessment.exhibits), _exhibits(assessment, manuscript)),
    ):
        if runs:
            parts.append(_paragraph([run(f"{name}s " if count > 1 else f"{name} "), *runs], manuscript))
    return parts


def _expectation(row: Coverage, manuscript: Manuscript) -> Element:
    reference = [run(row.reference, properties(Look(bold=True), manuscript))]
    runs = [*manuscript.bookmarks.around(row.anchor, reference), run(f" {row.expectation.text}")]
    if row.expectation.condition:
        runs.append(run(f" ({row.expectation.condition})", properties(Look(italic=True), manuscript)))
    return _paragraph(runs, manuscript)


def _status(assessment: Assessment, manuscript: Manuscript) -> Element:
    look = Look(style="Anomalie") if assessment.status is Status.UNTREATED else Look()
    symbol = w("r", w("rPr", w("rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", cs="Segoe UI Symbol")))
    symbol.append(text(STATUSES[assessment.status] + "\u00a0"))
    return _paragraph([symbol, run(assessment.status.value, properties(look, manuscript))], manuscript)


def _reason(assessment: Assessment, manuscript: Manuscript) -> list[Element]:
    if not assessment.reason:
        return []
    shown = run(f"Motif\u00a0: {assessment.reason}", properties(Look(italic=True), manuscript))
    return [_paragraph([shown], manuscript)]


def _sections(assessment: Assessment, manuscript: Manuscript) -> list[Element]:
    links = [
        reference_link("", section.number, "", section.anchor, manuscript, switches="\\n \\h")
        if section.number
        else anchor_link(section.title, section.anchor, manuscript)
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
