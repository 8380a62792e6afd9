"""What a template may name: the words and figures of the dossier, in French, as plain values."""

from __future__ import annotations

from dataclasses import asdict

from assembler.model.artefact import Pagination
from assembler.model.content import Person
from assembler.model.dossier import Dossier, Member
from assembler.model.french import REQUESTS, SECTORS, TYPES, long_date
from assembler.writers.word.template import Plain
from assembler.writers.word.xml import clean

_WORDS = {
    "dossier": "dossier", "critere": "criterion", "preuve": "exhibit", "sommaire": "contents", "identite": "identity",
    "presentation": "presentation", "presentation_reseau": "network_presentation", "bilan": "review",
    "conformite": "compliance", "accord_ca": "approval", "index": "index", "brouillon": "draft", "non_officiel": "unofficial",
}  # fmt: skip


def template_values(dossier: Dossier, pagination: Pagination, *, draft: bool) -> dict[str, Plain]:
    """The values of a template. What is not known is an empty text or list, so that `{% if … %}` can ask."""
    candidature, pack = dossier.candidature, dossier.pack
    words = asdict(pack.words)
    labels = {exhibit.entry.id: exhibit.label for exhibit in dossier.exhibits}
    members = [_member(member, labels) for member in dossier.members]
    network, previous = candidature.network, candidature.previous
    lead = next((i for i, one in enumerate(dossier.members) if network and one.establishment.key == network.lead), 0)
    pages = dict(pagination.pages)
    values: dict[str, Plain] = {
        "mots": {french: words[english] for french, english in _WORDS.items()},
        "mention": "" if pack.official else words["unofficial"],
        "brouillon": draft,
        "intitule": candidature.title,
        "demande": REQUESTS[candidature.request],
        "campagne": candidature.campaign,
        "edition": long_date(candidature.edition),
        "audit": long_date(candidature.audit),
        "gabarit": {"titre": pack.title, "version": pack.version, "emetteur": pack.issuer},
        "referentiel": {"titre": pack.framework.title, "texte": pack.framework.legal_text},
        "candidat": network.name if network else (members[0]["nom"] if members else ""),
        "reseau": network.name if network else "",
        "reseau_annonce": _announced(network.name) if network else "",
        "label_precedent": [] if previous is None else [
            {"intitule": previous.title or "", "decision": long_date(previous.decision), "fin": long_date(previous.end)}
        ],
        "academies": " ; ".join(dict.fromkeys(m.establishment.academy for m in dossier.members if m.establishment.academy)),
        "pilote": members[lead] if members else {},
        "etablissements": members,
        "criteres": [{"numero": one.number or "", "titre": one.title} for one in dossier.answers],
        "preuves": [
            {"cote": one.label, "titre": one.entry.title, "page": pages.get(one.anchor, 0), "pages": len(one.facts.pages)}
            for one in dossier.exhibits
        ],
    }  # fmt: skip
    return {key: _cleaned(value) for key, value in values.items()}


def _announced(network: str) -> str:
    """« Réseau : Les métiers du bois », and a name that says the word by itself as it is written."""
    return network if network.lower().startswith(("réseau", "reseau")) else f"Réseau\u00a0: {network}"


def _member(member: Member, labels: dict[str, str]) -> dict[str, Plain]:
    school = member.establishment
    return {
        "nom": school.name,
        "lettre": member.letter or "",
        "uai": school.uai,
        "type": TYPES.get(school.kind, school.kind),
        "secteur": SECTORS.get(school.sector, school.sector),
        "adresse": school.address,
        "code_postal": school.postcode,
        "commune": school.town,
        "academie": school.academy,
        "chef": _person(school.head),
        "referent": _person(school.referent),
        "effectifs": [{"statut": one.status, "nombre": one.number} for one in school.headcounts],
        "effectif_total": sum(one.number for one in school.headcounts),
        "formations": [
            {"intitule": one.title, "niveau": one.level or "", "places": "" if one.places is None else str(one.places)}
            for one in school.trainings
        ],
        "indicateurs": [
            {"libelle": one.name, "valeur": one.value, "source": one.origin or "", "millesime": one.vintage or ""}
            for one in school.indicators
        ],
        "labels": [
            {
                "nom": one.name,
                "du": long_date(one.start),
                "au": long_date(one.end),
                "preuve": labels.get(f"{school.key}/{one.proof}", labels.get(one.proof or "", "")),
            }
            for one in school.labels
        ],
    }


def _person(person: Person | None) -> list[Plain]:
    """One person in a list, or nothing: `{% for p in etablissement.chef %}` shows who there is."""
    if person is None:
        return []
    return [
        {
            "nom": person.name,
            "qualite": person.quality or "",
            "courriel": person.email or "",
            "telephone": person.phone or "",
        }
    ]


def _cleaned(value: Plain) -> Plain:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value
