"""How French writes dates and the values of the model: one vocabulary for findings and documents."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from assembler.model.content import RequestType
from assembler.model.dossier import Status
from assembler.model.exhibit import Absence
from assembler.model.pack import Words

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

TYPES = {
    "lp": "Lycée professionnel",
    "lpo": "Lycée polyvalent",
    "erea": "Établissement régional d’enseignement adapté",
    "lea": "Lycée d’enseignement adapté",
    "autre": "Autre établissement",
}
SECTORS = {"public": "Public", "prive-sous-contrat": "Privé sous contrat"}
BODIES = {
    "ca": "Conseil d’administration",
    "commission-permanente": "Commission permanente, par délégation",
    "autre": "Autre organe délibérant",
}
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
    Absence.TWIN: "même document que {label}",
}
# The same in a sentence, on the exhibit's divider.
ABSENCE_SENTENCES = {
    Absence.LINK: "Cette preuve est une page web : elle se consulte à l’adresse ci-dessus",
    Absence.MISSING: "Le fichier n’a pas été trouvé : aucune page n’est jointe",
    Absence.OUTSIDE: "Le fichier se trouve hors du dossier de la candidature : il n’a pas été joint",
    Absence.EMPTY: "Le fichier est vide : aucune page n’est jointe",
    Absence.TOO_LARGE: "Le fichier dépasse la taille admise : il est fourni séparément",
    Absence.UNKNOWN_KIND: "Le format du fichier ne permet pas de l’insérer ici : il est fourni séparément",
    Absence.ENCRYPTED: "Le fichier est protégé par un mot de passe : il est fourni séparément",
    Absence.BROKEN: "Le fichier est endommagé et n’a pas pu être lu : aucune page n’est jointe",
    Absence.NO_PAGE: "Le fichier ne contient aucune page à joindre",
    Absence.NO_CONVERTER: "Ce document bureautique n’a pas pu être converti en PDF lors de l’assemblage : il est fourni séparément",
    Absence.CONVERSION: "La conversion de ce document en PDF a échoué : il est fourni séparément",
    Absence.TIMEOUT: "La lecture du fichier a été abandonnée, trop longue : il est fourni séparément",
    Absence.CRASH: "Le fichier est endommagé et n’a pas pu être lu : aucune page n’est jointe",
    Absence.CONFIDENTIAL: "Cette pièce est confidentielle : elle n’est pas jointe à cette édition",
    Absence.TWIN: "Le même document est joint une seule fois, sous la cote {label}",
}


# What is said without elision: an « h aspiré », « onze », « oui », a « y » before a vowel.
_UNELIDED = re.compile(r"ha(?!bit|rmon)|hol|honfleur|hors|hou|huit|onz|oui\b|y(?!err|evr|onne)[aeiou]")


def request_name(request: RequestType, words: Words) -> str:
    """What is asked for, in the pack's words."""
    match request:
        case RequestType.INITIAL:
            return words.initial
        case RequestType.RENEWAL:
            return words.renewal
        case RequestType.MODIFIED_RENEWAL:
            return words.modified_renewal


def of(name: str) -> str:
    """« de » as it is written before `name`: « d’ » before a vowel or a mute h, else « de » and a space."""
    bare = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return "d’" if bare[:1] in {*"aeiouyh"} and not _UNELIDED.match(bare) else "de "


def long_date(day: date | None) -> str:
    """« 1er juin 2026 », empty for None."""
    if day is None:
        return ""
    return f"{'1er' if day.day == 1 else day.day}\u00a0{MONTHS[day.month - 1]}\u00a0{day.year}"


def short_date(day: date | None) -> str:
    """« 01/06/2026 », empty for None."""
    return "" if day is None else f"{day.day:02}/{day.month:02}/{day.year:04}"


def shortened(labels: list[str]) -> str:
    """The labels, or how many there are when they are many."""
    return ", ".join(labels) if len(labels) <= 8 else f"{', '.join(labels[:3])}… ({len(labels)} en tout)"


def size_words(size: int) -> str:
    """« 1,2 Mo », « 26 ko »."""
    return f"{size / 1e6:.1f} Mo".replace(".", ",") if size >= 100_000 else f"{max(size / 1e3, 1):.0f} ko"
