"""What changed on the cover, on the identity sheets and in the compliance table."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.changes import FieldChange, StatusChange
from assembler.model.content import Candidature, Establishment, Person
from assembler.model.dossier import Dossier
from assembler.model.french import SECTORS, TYPES, long_date, request_name

Lines = dict[str, str]


def compare_identity(old: Dossier, new: Dossier) -> Iterator[FieldChange]:
    """Line by line, the request first; a line that is not there reads as empty."""
    yield from _differing("", _request(old), _request(new), None)
    before = {each.establishment.key: each for each in old.members}
    for member in new.members:
        known = before.pop(member.establishment.key, None)
        lines = _establishment(known.establishment) if known else {}
        yield from _differing(
            f"{member.establishment.name}, ", lines, _establishment(member.establishment), member.anchor
        )
    for gone in before.values():
        yield from _differing(f"{gone.establishment.name}, ", _establishment(gone.establishment), {}, None)


def compare_statuses(old: Dossier, new: Dossier) -> Iterator[StatusChange]:
    """Expectation by expectation, for each établissement."""
    before = {
        (row.criterion.id, row.expectation.letter, each.establishment): each.status.value
        for row in old.coverage for each in row.assessments
    }  # fmt: skip
    for row in new.coverage:
        for each in row.assessments:
            known = before.get((row.criterion.id, row.expectation.letter, each.establishment))
            if known != each.status.value:
                yield StatusChange(row.reference, each.establishment, known, each.status.value, row.anchor)


def _differing(where: str, old: Lines, new: Lines, anchor: str | None) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*new, *old)):
        if old.get(name, "") != new.get(name, ""):
            yield FieldChange(f"{where}{name}", old.get(name, ""), new.get(name, ""), anchor)


def _request(dossier: Dossier) -> Lines:
    candidature, words = dossier.candidature, dossier.pack.words
    return {
        "intitulé demandé": candidature.title,
        "nature de la demande": request_name(candidature.request, words),
        "campagne": candidature.campaign,
        "date de l’audit": long_date(candidature.audit),
        "référentiel": dossier.pack.framework.title,
        "critère au choix": candidature.optional_criterion or "",
        "réseau": candidature.network.name if candidature.network else "",
        **_previous(candidature),
    }


def _previous(candidature: Candidature) -> Lines:
    label = candidature.previous
    if label is None:
        return {}
    return {
        "label précédent, intitulé": label.title or "",
        "label précédent, décision": long_date(label.decision),
        "label précédent, fin": long_date(label.end),
    }


def _establishment(school: Establishment) -> Lines:
    return {
        "nom": school.name,
        "code UAI": school.uai,
        "type": TYPES.get(school.kind, school.kind),
        "secteur": SECTORS.get(school.sector, school.sector),
        "catégories": ", ".join(school.profiles),
        "adresse": school.address,
        "code postal": school.postcode,
        "commune": school.town,
        "académie": school.academy,
        **_person("chef d’établissement", school.head),
        **_person("référent", school.referent),
        **{f"effectif, {each.status}": str(each.number) for each in school.headcounts},
        **{
            f"formation, {each.title}": ", ".join(filter(None, (each.level, f"{each.places} places" if each.places else "")))
            or "proposée"
            for each in school.trainings
        },
        **{
            f"indicateur, {each.name}": ", ".join(filter(None, (each.value, each.origin, each.vintage)))
            for each in school.indicators
        },
        **{
            f"label, {each.name}": " – ".join((long_date(each.start) or "…", long_date(each.end) or "…"))
            for each in school.labels
        },
    }  # fmt: skip


def _person(role: str, person: Person | None) -> Lines:
    told = (person.name, person.quality, person.email, person.phone) if person else ()
    return {role: ", ".join(filter(None, told))}
