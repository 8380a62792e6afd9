"""The index of evidence: every label ever issued, its exhibit's page in the PDF edition, and what there is to know of it."""

from __future__ import annotations

from itertools import groupby

from assembler.model.artefact import Pagination
from assembler.model.dossier import RetiredLabel
from assembler.model.exhibit import Exhibit
from assembler.model.french import ABSENCES, short_date
from assembler.model.joint import index_key
from assembler.model.labels import criterion_of, group_title
from assembler.writers.word.chapters import write_title
from assembler.writers.word.fields import label, run
from assembler.writers.word.inlines import Look, properties, reference_link, web_link
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, w

ANCHOR = "index"  # as in the PDF edition, whose pages are told by anchors
_TITLES = ("Cote", "Titre", "Critères", "Date", "Pages", "Page du PDF", "Remarques")
_SHARES = (9, 37, 10, 13, 7, 9, 15)


def write_index(manuscript: Manuscript, place: Place, pagination: Pagination) -> list[Element]:
    """The chapter: its heading, then one table, exhibits grouped as they stand in the dossier."""
    widths = [place.width * share // sum(_SHARES) for share in _SHARES]
    widths[1] += place.width - sum(widths)
    pages = dict(pagination.pages)
    rows = [[_cell([run(title)], manuscript) for title in _TITLES]]
    pack = manuscript.dossier.pack
    for criterion, run_of in groupby(manuscript.dossier.exhibits, key=lambda one: criterion_of(one.label, pack) or ""):
        group = list(run_of)
        rows.append([_group_row(group_title(criterion, group, pack), manuscript)])
        rows += [_row(exhibit, pages.get(exhibit.anchor), manuscript, place) for exhibit in group]
    if manuscript.dossier.retired:
        rows.append([Cell([_paragraph([run("Cotes retirées")], manuscript, "Titre de groupe")], span=len(_SHARES))])
        rows += [_retired(one, manuscript) for one in manuscript.dossier.retired]
    words, key = manuscript.dossier.pack.words.index, index_key(manuscript.dossier)
    legend = [_paragraph([run(key)], manuscript, "Libellé de tableau")] if key else []
    return [
        write_title(words, ANCHOR, manuscript),
        *legend,
        *write_table(rows, widths, manuscript, place, words, header=True),
    ]


def _group_row(title: str, manuscript: Manuscript) -> Cell:
    return Cell([_paragraph([run(title)], manuscript, "Titre de groupe")], span=len(_SHARES))


def _row(exhibit: Exhibit, page: int | None, manuscript: Manuscript, place: Place) -> list[Cell]:
    entry = exhibit.entry
    bold = properties(Look(bold=True), manuscript)
    cote = manuscript.bookmarks.around(exhibit.anchor, [label(exhibit.label, bold)])
    count = len(exhibit.facts.pages)
    return [
        _cell(cote, manuscript),
        _cell([run(entry.title)], manuscript),
        _cell([run(", ".join(entry.criteria))], manuscript),
        _cell([run(short_date(entry.date))], manuscript),
        _cell([run(str(count) if count else "–")], manuscript, "right"),
        _cell([run("–" if page is None else str(page))], manuscript, "right"),
        _cell(_remarks(exhibit, manuscript, place), manuscript),
    ]


def _remarks(exhibit: Exhibit, manuscript: Manuscript, place: Place) -> list[Element]:
    entry, facts = exhibit.entry, exhibit.facts
    remarks: list[list[Element]] = []
    if exhibit.superseded_by is not None:
        remarks.append([run("remplacée par "), *_label_link(exhibit.superseded_by, manuscript)])
    if entry.link is not None:
        shown = [run("page en ligne", properties(Look(style="Hyperlink"), manuscript))]
        safe = entry.link.startswith(("http://", "https://"))
        remarks.append([web_link(entry.link, shown, manuscript, place) if safe else run(entry.link)])
    elif facts.absence is not None:
        remarks.append([run(ABSENCES[facts.absence].replace("{label}", facts.detail))])
    if entry.confidential:
        remarks.append([run("confidentielle")])
    if entry.pages is not None:
        first, last = entry.pages
        remarks.append([run(f"extrait, p.\u00a0{first}" + (f"–{last}" if last != first else ""))])
    made: list[Element] = []
    for rank, remark in enumerate(remarks):
        made += [run(" ; "), *remark] if rank else remark
    return made


def _label_link(shown: str, manuscript: Manuscript) -> list[Element]:
    exhibit = next((one for one in manuscript.dossier.exhibits if one.label == shown), None)
    return [label(shown)] if exhibit is None else reference_link("", shown, "", exhibit.anchor, manuscript)


def _retired(retired: RetiredLabel, manuscript: Manuscript) -> list[Cell]:
    remark = [run("retirée")]
    if retired.replaced_by is not None:
        remark = [run("remplacée par "), *_label_link(retired.replaced_by, manuscript)]
    cote = label(retired.label, properties(Look(bold=True, strike=True), manuscript))
    blank = [_cell([run(shown)], manuscript, "right") for shown in ("–", "–")]
    return [_cell([cote], manuscript), *(_cell([], manuscript) for _ in range(3)), *blank, _cell(remark, manuscript)]


def _cell(runs: list[Element], manuscript: Manuscript, side: str | None = None) -> Cell:
    return Cell([_paragraph(runs, manuscript, side=side)])


def _paragraph(
    runs: list[Element], manuscript: Manuscript, style: str = "Texte de tableau", side: str | None = None
) -> Element:
    about = w("pPr", w("pStyle", val=manuscript.styles[style]), None if side is None else w("jc", val=side))
    return w("p", about, *runs)
