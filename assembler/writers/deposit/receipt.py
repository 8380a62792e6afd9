"""`recepisse.txt`: what was handed in, in words that anybody can read and check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from assembler.model.dossier import Dossier
from assembler.model.french import long_date, request_name, size_words
from assembler.writers.deposit.volumes import Volume

RECEIPT = "recepisse.txt"


def receipt(dossier: Dossier, documents: Iterable[Path], volumes: Sequence[Volume]) -> str:
    """The receipt of the submission that `dossier` holds; `documents` are the files handed in."""
    submission, candidature = dossier.submission, dossier.candidature
    assert submission is not None
    lines = [
        f"RÉCÉPISSÉ — {dossier.pack.words.dossier}",
        "",
        f"Version n° {submission.number}, datée du {long_date(candidature.edition)}.",
        f"{request_name(candidature.request, dossier.pack.words)} : {candidature.title}, campagne {candidature.campaign}.",
        *(
            f"{each.establishment.name}, {each.establishment.town} ({each.establishment.uai})"
            for each in dossier.members
        ),
        "",
        f"Code du dossier : {submission.code}",
        "",
        "Ce code est tiré du contenu du dossier : les textes, les fiches et l’empreinte de chaque preuve. Il est le même sur",
        "tous les documents de cette version ; un seul mot changé dans le dossier en donne un autre. Il ne dit pas qui a",
        "déposé le dossier, ni quand.",
        "",
        "Fichiers déposés",
    ]
    for path in documents:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines += [f"- {path.name}, {size_words(path.stat().st_size)}", f"  empreinte sha256 : {digest}"]
        if path.stem.endswith("-complements"):
            lines.append("  seulement ce qui a changé depuis la version précédente, pour qui garde celle-ci")
        elif path.stem.endswith("-modifications"):
            lines.append("  le dossier en Word, ce qui a changé y est en suivi des modifications")
    if len(volumes) > 1:
        lines += ["", "Le dossier complet dépasse la taille admise : il est en plusieurs volumes, à garder ensemble."]
        lines += [_volume(rank, each) for rank, each in enumerate(volumes, 1)]
        lines += ["Un lien vers une page d’un autre volume ouvre ce volume, s’il est dans le même dossier."]
    lines += [
        "",
        *_exhibits(dossier),
        "",
        "Pour vérifier ce dépôt : dossier verify, suivi du dossier, du zip ou du PDF reçu.",
    ]
    return "\n".join(lines).replace(" :", "\u00a0:").replace("n° ", "n°\u00a0") + "\n"


def _volume(rank: int, volume: Volume) -> str:
    held = (
        f", preuves {volume.labels[0]} à {volume.labels[-1]}"
        if len(volume.labels) > 1
        else "".join(f", preuve {label}" for label in volume.labels)
    )
    return f"- volume {rank} : {volume.name}, pages {volume.first} à {volume.last}{held}"


def _exhibits(dossier: Dossier) -> list[str]:
    lines = [f"Pièces et preuves : {len(dossier.exhibits)}"]
    lines += [f"- {each.label} : {each.entry.title}" for each in dossier.exhibits]
    for each in dossier.retired:
        became = f"remplacée par {each.replaced_by}" if each.replaced_by else "retirée"
        lines.append(f"- {each.label} : {became}")
    return lines
