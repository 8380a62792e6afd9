"""The compliance table: each expectation with its status, the sections that answer it, the exhibits that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from assembler.model.dossier import Assessment, Coverage, Dossier, Status
from assembler.model.french import STATUSES
from assembler.model.joint import JointCell, columns_key, is_wide, joint_rows, joint_titles, reasons_of
from assembler.writers.word.chapters import chapter_label, write_title
from assembler.writers.word.fields import run
from assembler.writers.word.inlines import Look, anchor_link, exhibit_label_link, properties, reference_link
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, text, w

ANCHOR = "conformite"  # as in the PDF edition, whose pages are told by anchors
Answered = Assessment | JointCell


def write_compliance(manuscript: Manuscript, place: Place) -> list[Element]:
    """The chapter: its heading, then one table; a column for each établissement, and the network’s, when there are several."""
    dossier = manuscript.dossier
    several = len(dossier.members) > 1
    titles = joint_titles(dossier) if several else ("Statut", "Sections", "Preuves")
    shares = (260, *(580 // len(titles) for _ in titles)) if several else (420, 160, 100, 160)
    widths = [place.width * share // sum(shares) for share in shares]
    widths[0] += place.width - sum(widths)
    rows = [[Cell([_paragraph([run(title)], manuscript)]) for title in (dossier.pack.words.expectation, *titles)]]
    cells = joint_rows(dossier) if several else ((),) * len(dossier.coverage)
    for criterion, group in groupby(zip(dossier.coverage, cells, strict=True), key=lambda pair: pair[0].criterion):
        heading = f"{chapter_label(criterion.number, manuscript)} {criterion.title}"
        rows.append([Cell([_paragraph([run(heading)], manuscript, "Titre de groupe")], span=len(widths))])
        for row, answers in group:
            rows.append(_joint(row, answers, manuscript) if several else _alone(row, manuscript))
    words = dossier.pack.words.compliance
    key = [_paragraph([run(_key(dossier))], manuscript, "Libellé de tableau")] if several else []
    table = write_table(rows, widths, manuscript, place, words, header=True, tight=is_wide(dossier))
    return [write_title(words, ANCHOR, manuscript), *key, *table]


def _key(dossier: Dossier) -> str:
    """The signs, where they stand without their word; then the columns."""
    signs = ", ".join(f"{sign}\u00a0{status.value}" for status, sign in STATUSES.items())
    return f"{signs}. {columns_key(dossier)}" if is_wide(dossier) else columns_key(dossier)


def _alone(row: Coverage, manuscript: Manuscript) -> list[Cell]:
    if not row.assessments:
        return [Cell([_expectation(row, manuscript)]), *(Cell([_paragraph([], manuscript)]) for _ in range(3))]
    assessment = row.assessments[0]
    return [
        Cell([_expectation(row, manuscript), *_reason(assessment, manuscript)]),
        Cell([_status(assessment.status, manuscript)]),
        Cell([_paragraph(_sections(assessment, manuscript), manuscript)]),
        Cell([_paragraph(_exhibits(assessment, manuscript), manuscript)]),
    ]


def _joint(row: Coverage, answers: Sequence[JointCell | None], manuscript: Manuscript) -> list[Cell]:
    """After the expectation, a cell for each column; in narrow ones signs alone, and the reasons under the expectation."""
    first = [_expectation(row, manuscript)]
    if not is_wide(manuscript.dossier):
        return [Cell(first), *(Cell(_answer(each, manuscript)) for each in answers)]
    first += [_because(*each, manuscript) for each in reasons_of(answers, joint_titles(manuscript.dossier))]
    return [Cell(first), *(Cell(_sign(each, manuscript)) for each in answers)]


def _answer(cell: JointCell | None, manuscript: Manuscript) -> list[Element]:
    if cell is None:
        return [_paragraph([], manuscript)]
    parts = [*_told(cell, manuscript), *_reason(cell, manuscript)]
    for name, count, runs in (
        ("Section", len(cell.sections), _sections(cell, manuscript)),
        ("Preuve", len(cell.exhibits), _exhibits(cell, manuscript)),
    ):
        if runs:
            parts.append(_paragraph([run(f"{name}s " if count > 1 else f"{name} "), *runs], manuscript))
    return parts


def _sign(cell: JointCell | None, manuscript: Manuscript) -> list[Element]:
    """The sign of the status, then sections and exhibits, one under the other."""
    if cell is None:
        return [_paragraph([], manuscript)]
    parts = [_paragraph([_symbol(cell.status, manuscript)], manuscript)] if cell.status else []
    return parts + [
        _paragraph(runs, manuscript) for runs in (_sections(cell, manuscript), _exhibits(cell, manuscript)) if runs
    ]


def _told(cell: JointCell, manuscript: Manuscript) -> list[Element]:
    return [_status(cell.status, manuscript)] if cell.status else []


def _expectation(row: Coverage, manuscript: Manuscript) -> Element:
    reference = [run(row.reference, properties(Look(bold=True), manuscript))]
    runs = [*manuscript.bookmarks.around(row.anchor, reference), run(f" {row.expectation.text}")]
    if row.expectation.condition:
        runs.append(run(f" ({row.expectation.condition})", properties(Look(italic=True), manuscript)))
    return _paragraph(runs, manuscript)


def _status(status: Status, manuscript: Manuscript) -> Element:
    look = Look(style="Anomalie") if status is Status.UNTREATED else Look()
    return _paragraph(
        [_symbol(status, manuscript), run(f"\u00a0{status.value}", properties(look, manuscript))], manuscript
    )


def _symbol(status: Status, manuscript: Manuscript) -> Element:
    style = w("rStyle", val=manuscript.styles["Anomalie"]) if status is Status.UNTREATED else None
    symbol = w(
        "r", w("rPr", style, w("rFonts", ascii="Segoe UI Symbol", hAnsi="Segoe UI Symbol", cs="Segoe UI Symbol"))
    )
    symbol.append(text(STATUSES[status]))
    return symbol


def _reason(answer: Answered, manuscript: Manuscript) -> list[Element]:
    return [_because("Motif", answer.reason, manuscript)] if answer.reason else []


def _because(whose: str, reason: str, manuscript: Manuscript) -> Element:
    return _paragraph([run(f"{whose}\u00a0: {reason}", properties(Look(italic=True), manuscript))], manuscript)


def _sections(answer: Answered, manuscript: Manuscript) -> list[Element]:
    links = [
        reference_link("", section.number, "", section.anchor, manuscript, switches="\\n \\h")
        if section.number
        else anchor_link(section.title, section.anchor, manuscript)
        for section in answer.sections
    ]
    return _joined(links)


def _exhibits(answer: Answered, manuscript: Manuscript) -> list[Element]:
    return _joined([exhibit_label_link(identifier, manuscript) for identifier in answer.exhibits])


def _joined(links: list[list[Element]]) -> list[Element]:
    made: list[Element] = []
    for rank, link in enumerate(links):
        made += [run(", "), *link] if rank else link
    return made


def _paragraph(runs: list[Element], manuscript: Manuscript, style: str | None = None) -> Element:
    usual = "Texte de tableau serré" if is_wide(manuscript.dossier) else "Texte de tableau"
    return w("p", w("pPr", w("pStyle", val=manuscript.styles[style or usual])), *runs)
