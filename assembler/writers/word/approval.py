"""The summary of the boards' approval, one table for each act."""

from __future__ import annotations

from assembler.model.exhibit import Approval, Exhibit
from assembler.writers.word.chapters import write_title
from assembler.writers.word.fields import run
from assembler.writers.word.french import BODIES, long_date, plural
from assembler.writers.word.inlines import Look, exhibit_label_link, properties
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, w

ANCHOR = "accord-du-ca"


def write_approval(manuscript: Manuscript, place: Place) -> list[Element]:
    """The chapter: for each établissement, what its board decided and where the act is; or that there is no act."""
    dossier = manuscript.dossier
    words = dossier.pack.words.approval
    made = [write_title(words, ANCHOR, manuscript)]
    acts = {exhibit.entry.establishment: exhibit for exhibit in dossier.exhibits if exhibit.entry.approval is not None}
    for member in dossier.members:
        school = member.establishment
        if len(dossier.members) > 1:
            made.append(w("p", w("pPr", w("pStyle", val=manuscript.styles["Titre de groupe"])), run(school.name)))
        exhibit = acts.get(school.key)
        if exhibit is None or exhibit.entry.approval is None:
            absent = run(
                "Aucun accord du conseil d’administration n’est joint.", properties(Look(style="Anomalie"), manuscript)
            )
            made.append(w("p", absent))
        else:
            made += _table(exhibit, exhibit.entry.approval, manuscript, place, f"{words} : {school.name}")
    return made


def _table(exhibit: Exhibit, approval: Approval, manuscript: Manuscript, place: Place, title: str) -> list[Element]:
    widths = [place.width * 32 // 100, place.width - place.width * 32 // 100]
    rows = [(label, [run(shown)]) for label, shown in _facts(approval) if shown]
    rows.append(("Pièce jointe", [*exhibit_label_link(exhibit.entry.id, manuscript), run(f" — {exhibit.entry.title}")]))
    cells = [
        [Cell([_paragraph([run(label)], manuscript, "Libellé de tableau")]), Cell([_paragraph(runs, manuscript)])]
        for label, runs in rows
    ]
    return write_table(cells, widths, manuscript, place, title, header=False)


def _facts(approval: Approval) -> list[tuple[str, str]]:
    votes, signatory = approval.votes, approval.signatory
    counted = ""
    if votes is not None:
        parts = [
            f"{votes.in_favour}\u00a0pour",
            f"{votes.against}\u00a0contre",
            plural(votes.abstentions, "abstention", "abstentions"),
        ]
        if votes.refused:
            parts.append(plural(votes.refused, "refus de vote", "refus de vote"))
        counted = ", ".join(parts) + (" ; voix du président prépondérante" if approval.casting_vote else "")
    return [
        ("Instance", BODIES.get(approval.body, approval.body_name or "Autre instance")),
        ("Séance du", long_date(approval.session)),
        ("Convocation", "" if approval.convocation == 1 else "Seconde convocation"),
        ("Acte n°", approval.act or ""),
        ("Année scolaire", approval.school_year or ""),
        ("Membres", "" if approval.members is None else str(approval.members)),
        ("Présents", "" if approval.present is None else str(approval.present)),
        ("Votes", counted),
        ("Signataire", "" if signatory is None else f"{signatory.name}, {signatory.quality}"),
        ("Intitulé du label", approval.label_title or ""),
    ]


def _paragraph(runs: list[Element], manuscript: Manuscript, style: str = "Texte de tableau") -> Element:
    return w("p", w("pPr", w("pStyle", val=manuscript.styles[style])), *runs)
