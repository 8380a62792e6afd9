"""`LISEZMOI.txt`, the page that travels with a bundle, for whoever opens it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assembler.model.finding import Severity
from assembler.model.french import long_date
from assembler.report import count_line, finding_line, verdicts
from assembler.wording import shown

if TYPE_CHECKING:
    from assembler.network.export import Exported


def page_text(exported: Exported) -> str:
    """The page: whose part this is, how its criteria stand, what was found wrong, how to merge it."""
    school, examined = exported.school, exported.examined
    pack, candidature = examined.dossier.pack, examined.content.candidature
    place = " ".join(filter(None, (school.postcode, school.town)))
    errors = [finding_line(each) for each in exported.findings if each.severity is Severity.ERROR]
    lines = [
        f"{shown(school.name)} — part du dossier commun",
        "",
        f"UAI : {school.uai}" + (f" ({shown(place)})" if place else ""),
        f"Édition : {long_date(candidature.edition)}",
        f"Campagne : {shown(candidature.campaign)}",
        f"Gabarit : {pack.id}, version {shown(pack.version)} — {shown(pack.title)}",
        f"Contenu : {count_files(len(exported.names))}, {len(examined.dossier.exhibits)} preuves et pièces",
        "",
        verdicts(examined.dossier, exported.findings),
        "",
        f"Constats : {count_line(exported.findings)}." + (" Les erreurs :" if errors else ""),
        *errors,
        *left_behind(exported),
        "",
        "Ce fichier est une liasse, faite par « dossier export ». L’établissement pilote la range dans sa candidature avec :",
        f"  dossier merge {exported.usual_name}",
        "Tout est dans data/ ; ne changez rien ici : les empreintes de manifest-sha256.txt le montreraient, et la liasse serait",
        "refusée. Pour corriger, corrigez la candidature de l’établissement, puis exportez de nouveau.",
    ]
    return "\n".join(lines) + "\n"


def left_behind(exported: Exported) -> Iterator[str]:
    """One line for each file that does not travel."""
    for name in exported.held:
        yield f"Laissé de côté (lien ou fichier caché) : {shown(name)}"
    for name in exported.outside:
        yield (f"Laissé de côté, et pourtant montré par un texte : {shown(name)} → copiez-le dans le dossier de "
               "l’établissement et corrigez le texte.")  # fmt: skip


def count_files(count: int) -> str:
    """« 1 fichier », « 12 fichiers »."""
    return f"{count} fichier{'s' if count > 1 else ''}"
