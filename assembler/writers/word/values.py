"""What a template may name: the words and figures of the dossier, in French, as plain values; `names.py` is their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from assembler.model.artefact import Pagination
from assembler.model.content import Person
from assembler.model.dossier import Coverage, Dossier, Member
from assembler.model.exhibit import Exhibit
from assembler.model.framework import Criterion
from assembler.model.french import SECTORS, TYPES, long_date, request_name, short_date
from assembler.writers.word.approval import shown_body, shown_signatory, shown_votes
from assembler.writers.word.names import NAMES, Mark, variable
from assembler.writers.word.xml import clean

Plain = str | int | bool | Sequence["Plain"] | Mapping[str, "Plain"]
_WORDS = {
    "dossier": "dossier", "critere": "criterion", "preuve": "exhibit", "sommaire": "contents", "identite": "identity",
    "presentation": "presentation", "presentation_reseau": "network_presentation", "commun": "together",
    "bilan": "review", "demandes": "requests",
    "conformite": "compliance", "accord_ca": "approval", "index": "index", "brouillon": "draft", "non_officiel": "unofficial",
    "dispositif": "scheme", "attendu": "expectation", "pieces": "attachments", "preuves": "evidence",
    "etablissement": "establishment", "academie": "academy",
    "chef_etablissement": "head", "referent": "referent", "intitule": "asked_title",
    "label_precedent": "previous", "labels": "held", "demande_initiale": "initial", "demande_renouvellement": "renewal",
    "demande_modification": "modified_renewal",
}  # fmt: skip


def template_values(dossier: Dossier, pagination: Pagination, *, draft: bool) -> dict[str, Plain]:
    """The values of a template. What is not known is an empty text or list, so that `{% if … %}` can ask."""
    values = {
        **{name: {"mark": name} for name, shape in NAMES.items() if isinstance(shape, Mark)},
        **_request(dossier, draft=draft),
        **_candidates(dossier),
        **_answers(dossier),
        **_exhibits(dossier, pagination),
    }
    return {key: _cleaned(value) for key, value in values.items()}


def _request(dossier: Dossier, *, draft: bool) -> dict[str, Plain]:
    candidature, pack, previous = dossier.candidature, dossier.pack, dossier.candidature.previous
    words = asdict(pack.words)
    return {
        "mots": {french: words[english] for french, english in _WORDS.items()},
        "mention": "" if pack.official else words["unofficial"],
        "brouillon": draft,
        "intitule": candidature.title,
        "demande": request_name(candidature.request, pack.words),
        "campagne": candidature.campaign,
        "edition": long_date(candidature.edition),
        "audit": long_date(candidature.audit),
        "gabarit": {"titre": pack.title, "version": pack.version, "emetteur": pack.issuer},
        "referentiel": {"titre": pack.framework.title, "texte": pack.framework.legal_text},
        "label_precedent": [] if previous is None else [
            {"intitule": previous.title or "", "decision": long_date(previous.decision), "fin": long_date(previous.end)}
        ],
    }  # fmt: skip


def _candidates(dossier: Dossier) -> dict[str, Plain]:
    network = dossier.candidature.network
    labels = {exhibit.entry.id: exhibit.label for exhibit in dossier.exhibits}
    schools = [member.establishment for member in dossier.members]
    members = [_member(member, labels) for member in dossier.members]
    lead = next((rank for rank, one in enumerate(schools) if network and one.key == network.lead), 0)
    return {
        "candidat": network.name if network else (schools[0].name if schools else ""),
        "reseau": network.name if network else "",
        "reseau_annonce": _announced(network.name) if network else "",
        "academies": " ; ".join(dict.fromkeys(one.academy for one in schools if one.academy)),
        "pilote": members[lead] if members else {},
        "etablissements": members,
    }


def _answers(dossier: Dossier) -> dict[str, Plain]:
    kept = [answer.criterion for answer in dossier.answers if answer.criterion is not None]
    framework = dossier.pack.framework
    criteria = {
        each.id: _criterion(each, dossier, kept=each in kept) for each in (*framework.criteria, *framework.offered)
    }
    return {
        "rubrique": {variable(each.key): {"mark": f"rubrique {variable(each.key)}"} for each in dossier.pack.sections},
        "criteres": [criteria[each.id] for each in kept],
        "critere": {variable(identifier): each for identifier, each in criteria.items()},
        "attendus": [_expectation(row, dossier) for row in dossier.coverage],
    }


def _criterion(criterion: Criterion, dossier: Dossier, *, kept: bool) -> dict[str, Plain]:
    return {
        "numero": criterion.number,
        "titre": criterion.title,
        "titre_officiel": criterion.official_title,
        "retenu": kept,
        "contenu": {"mark": f"contenu {variable(criterion.id)}"},
        "chapitre": {"mark": f"chapitre {variable(criterion.id)}"},
        "attendus": [_expectation(row, dossier) for row in dossier.coverage if row.criterion.id == criterion.id],
    }


def _expectation(row: Coverage, dossier: Dossier) -> dict[str, Plain]:
    names = {member.establishment.key: member.establishment.name for member in dossier.members}
    labels = {exhibit.entry.id: exhibit.label for exhibit in dossier.exhibits}
    answers = [
        {
            "etablissement": names.get(each.establishment or "", ""),
            "statut": each.status.value,
            "motif": each.reason or "",
            "sections": ", ".join(section.number or section.title for section in each.sections),
            "preuves": ", ".join(labels.get(exhibit, exhibit) for exhibit in each.exhibits),
        }
        for each in row.assessments
    ]
    return {
        "reference": row.reference,
        "texte": row.expectation.text,
        "nature": row.expectation.kind.value,
        "condition": row.expectation.condition or "",
        **{field: _together(answers, field) for field in ("statut", "motif", "sections", "preuves")},
        "reponses": answers,
    }


def _together(answers: list[dict[str, str]], field: str) -> str:
    """What there is to say: once when it is the same for all, else each établissement’s behind its name."""
    said = [each for each in answers if each[field]]
    if len({each[field] for each in said}) == 1 and len(said) == len(answers):
        return said[0][field]
    return " ; ".join(
        f"{each['etablissement']}\u00a0: {each[field]}" if each["etablissement"] else each[field] for each in said
    )


def _exhibits(dossier: Dossier, pagination: Pagination) -> dict[str, Plain]:
    names = {member.establishment.key: member.establishment.name for member in dossier.members}
    acts = {each.entry.establishment: each for each in dossier.exhibits if each.entry.approval is not None}
    pages = dict(pagination.pages)
    return {
        "preuves": [
            {
                "cote": one.label, "titre": one.entry.title, "criteres": ", ".join(one.entry.criteria),
                "date": short_date(one.entry.date), "etablissement": names.get(one.entry.establishment, ""),
                "page": pages.get(one.anchor, 0), "pages": len(one.facts.pages), "confidentielle": one.entry.confidential,
                "remplacee_par": one.superseded_by or "",
            }
            for one in dossier.exhibits
        ],
        "cotes_retirees": [{"cote": one.label, "remplacee_par": one.replaced_by or ""} for one in dossier.retired],
        "accords": [
            {"etablissement": name, "joint": key in acts, **_act(acts.get(key))}
            for key, name in names.items()
        ],
    }  # fmt: skip


def _act(exhibit: Exhibit | None) -> dict[str, Plain]:
    approval = exhibit.entry.approval if exhibit is not None else None
    if exhibit is None or approval is None:
        return dict.fromkeys(("organe", "seance", "acte", "vote", "signataire", "intitule", "cote"), "")
    return {
        "organe": shown_body(approval),
        "seance": long_date(approval.session),
        "acte": approval.act or "",
        "vote": shown_votes(approval),
        "signataire": shown_signatory(approval),
        "intitule": approval.label_title or "",
        "cote": exhibit.label,
    }


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
