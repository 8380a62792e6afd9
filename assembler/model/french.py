"""How French writes dates and the values of the model: one vocabulary for findings and documents."""

from __future__ import annotations

from datetime import date

from assembler.model.content import RequestType
from assembler.model.dossier import Status
from assembler.model.exhibit import Absence

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

REQUESTS = {
    RequestType.INITIAL: "Première demande du label",
    RequestType.RENEWAL: "Renouvellement du label",
    RequestType.MODIFIED_RENEWAL: "Renouvellement du label, avec modification",
}
TYPES = {
    "lp": "Lycée professionnel",
    "lpo": "Lycée polyvalent",
    "erea": "Établissement régional d’enseignement adapté",
    "lea": "Lycée d’enseignement adapté",
    "autre": "Autre établissement",
}
SECTORS = {"public": "Public", "prive-sous-contrat": "Privé sous contrat"}
BODIES = {"ca": "Conseil d’administration", "commission-permanente": "Commission permanente, par délégation"}
# A word and a sign, so that no status is told by colour alone.
STATUSES = {
    Status.TREATED: "✓",
    Status.PARTIAL: "◐",
    Status.UNTREATED: "✗",
    Status.NOT_APPLICABLE: "–",
    Status.EQUIVALENT: "≡",
}
ABSENCES = {
    Absence.LINK: "page en ligne",
    Absence.MISSING: "fichier introuvable",
    Absence.OUTSIDE: "fichier hors de la candidature",
    Absence.EMPTY: "fichier vide",
    Absence.TOO_LARGE: "fournie séparément (fichier trop lourd)",
    Absence.UNKNOWN_KIND: "fournie séparément (format non reconnu)",
    Absence.ENCRYPTED: "fournie séparément (fichier protégé par un mot de passe)",
    Absence.BROKEN: "fichier illisible",
    Absence.NO_PAGE: "fichier sans page",
    Absence.NO_CONVERTER: "fournie séparément",
    Absence.CONVERSION: "fournie séparément (conversion impossible)",
    Absence.TIMEOUT: "fournie séparément (lecture trop longue)",
    Absence.CRASH: "fichier illisible",
    Absence.CONFIDENTIAL: "confidentielle, non jointe",
}


def long_date(day: date | None) -> str:
    """« 1er juin 2026 », empty for None."""
    if day is None:
        return ""
    return f"{'1er' if day.day == 1 else day.day}\u00a0{_MONTHS[day.month - 1]}\u00a0{day.year}"


def short_date(day: date | None) -> str:
    """« 01/06/2026 », empty for None."""
    return "" if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"
