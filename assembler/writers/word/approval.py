"""The summary of the boards' approval, one table for each act."""

from __future__ import annotations

from assembler.model.exhibit import Approval, Exhibit
from assembler.model.french import BODIES, long_date
from assembler.writers.word.chapters import write_title
from assembler.writers.word.fields import run
from assembler.writers.word.inlines import Look, exhibit_label_link, properties
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.tables import Cell, write_table
from assembler.writers.word.xml import Element, w

ANCHOR = "accord"  # as in the PDF edition, whose pages are told by anchors
_CONVOCATIONS = {1: "première convocation", 2: "seconde convocation"}


def write_approval(manuscript: Manuscript, place: Place) -> list[Element]:
    """The chapter: for each établissement, what its board decided and where the act is; or that there is no act.

    Nothing at all where the pack asks for no approval.
    """
    dossier = manuscript.dossier
    if not dossier.pack.asks_approval:
        return []
    words = dossier.pack.words.approval
    made = [write_title(words, ANCHOR, manuscript)]
    acts = {exhibit.entry.establishment: exhibit for exhibit in dossier.exhibits if exhibit.entry.approval is not None}
    for member in dossier.members:
        school = member.establishment
        if len(dossier.members) > 1:
            made.append(w("p", w("pPr", w("pStyle", val=manuscript.styles["Titre de groupe"])), run(member.title)))
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
    rows.append(("Texte de l’acte", [run("pièce "), *exhibit_label_link(exhibit.entry.id, manuscript)]))
    cells = [
        [Cell([_paragraph([run(label)], manuscript, "Libellé de tableau")]), Cell([_paragraph(runs, manuscript)])]
        for label, runs in rows
    ]
    return write_table(cells, widths, manuscript, place, title, header=False)


def _facts(approval: Approval) -> list[tuple[str, str]]:
    year = f", année scolaire {approval.school_year}" if approval.school_year else ""
    return [
        ("Organe", shown_body(approval)),
        ("Séance du", long_date(approval.session)),
        ("Acte n°", f"{approval.act}{year}" if approval.act else ""),
        ("Convocation", _CONVOCATIONS.get(approval.convocation or 0, "")),
        ("Membres en exercice", "" if approval.members is None else str(approval.members)),
        ("Membres présents", "" if approval.present is None else str(approval.present)),
        ("Vote", shown_votes(approval)),
        ("Signataire", shown_signatory(approval)),
        ("Intitulé porté par l’acte", approval.label_title or ""),
    ]


def shown_body(approval: Approval) -> str:
    """Who deliberated."""
    return approval.body_name or BODIES.get(approval.body, "Autre organe délibérant")


def shown_signatory(approval: Approval) -> str:
    """« Mme Martin, proviseure », empty when the manifest does not say."""
    signatory = approval.signatory
    return "" if signatory is None else ", ".join(filter(None, (signatory.name, signatory.quality)))


def shown_votes(approval: Approval) -> str:
    """« pour : 20 · contre : 0 · abstentions : 2 », empty when the manifest does not say."""
    votes = approval.votes
    if votes is None:
        return ""
    counted = [("pour", votes.in_favour), ("contre", votes.against), ("abstentions", votes.abstentions)]
    if votes.refused:
        counted.append(("refus de vote", votes.refused))
    shown = [f"{name}\u00a0: {number}" for name, number in counted]
    return " · ".join([*shown, "voix prépondérante du président"] if approval.casting_vote else shown)


def _paragraph(runs: list[Element], manuscript: Manuscript, style: str = "Texte de tableau") -> Element:
    return w("p", w("pPr", w("pStyle", val=manuscript.styles[style])), *runs)
