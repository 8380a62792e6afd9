"""What changed on the cover, on the identity sheets and in the compliance table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from assembler.model.changes import FieldChange, StatusChange
from assembler.model.content import Candidature, Establishment, HeldLabel, Person
from assembler.model.dossier import Assessment, Dossier
from assembler.model.french import SECTORS, TYPES, long_date, request_name

DATE = "date du dossier"
Lines = dict[str, str]


def compare_identity(old: Dossier, new: Dossier) -> Iterator[FieldChange]:
    """Line by line, the request first; a line that is not there reads as empty."""
    yield from _differing("", _request(old), _request(new), None)
    yield from _differing("", _order(old, new), _order(new, old), None)
    before = {each.establishment.key: each for each in old.members}
    labels = _labels(old), _labels(new)
    for member in new.members:
        known = before.pop(member.establishment.key, None)
        lines = _establishment(known.establishment, labels[0]) if known else {}
        told = _establishment(member.establishment, labels[1])
        if known and known.letter and member.letter:
            lines, told = lines | {"lettre": known.letter}, told | {"lettre": member.letter}
        yield from _differing(f"{member.establishment.name}, ", lines, told, member.anchor)
    for gone in before.values():
        yield from _differing(f"{gone.establishment.name}, ", _establishment(gone.establishment, labels[0]), {}, None)


def compare_statuses(old: Dossier, new: Dossier) -> Iterator[StatusChange]:
    """Expectation by expectation, for each établissement that is still there; what is asked no more comes last."""
    before = {
        (row.criterion.id, row.expectation.letter, each.establishment): (row, each)
        for row in old.coverage for each in row.assessments
    }  # fmt: skip
    for row in new.coverage:
        for each in row.assessments:
            known = before.pop((row.criterion.id, row.expectation.letter, each.establishment), None)
            judged = _judged(known[1]) if known else None
            if judged != _judged(each):
                yield StatusChange(row.reference, each.establishment, judged, _judged(each), row.anchor)
    there = {None, *(each.establishment.key for each in new.members)}
    for row, each in before.values():
        if each.establishment in there:
            yield StatusChange(row.reference, each.establishment, _judged(each), None, row.anchor)


def _judged(assessment: Assessment) -> str:
    """« sans objet : candidature individuelle »."""
    return f"{assessment.status.value} : {assessment.reason}" if assessment.reason else assessment.status.value


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
        DATE: long_date(candidature.edition),
        "date de l’audit": long_date(candidature.audit),
        "référentiel": dossier.pack.framework.title,
        "gabarit": f"{dossier.pack.title}, version {dossier.pack.version}",
        "critère au choix": candidature.optional_criterion or "",
        "réseau": candidature.network.name if candidature.network else "",
        "établissement pilote": _lead(dossier),
        **_previous(candidature),
    }


def _lead(dossier: Dossier) -> str:
    key = dossier.candidature.network.lead if dossier.candidature.network else ""
    return next((each.establishment.name for each in dossier.members if each.establishment.key == key), key)


def _order(told: Dossier, other: Dossier) -> Lines:
    """The établissements that both have, as one of the two orders them."""
    shared = {each.establishment.key for each in other.members}
    names = [each.establishment.name for each in told.members if each.establishment.key in shared]
    keys = [[each.establishment.key for each in one.members] for one in (told, other)]
    one, two = ([key for key in each if key in set(keys[0]) & set(keys[1])] for each in keys)
    return {"ordre des établissements": ", ".join(names)} if one != two else {}


def _labels(dossier: Dossier) -> dict[str, str]:
    """The label of each exhibit by its id."""
    return {each.entry.id: each.label for each in dossier.exhibits}


def _previous(candidature: Candidature) -> Lines:
    label = candidature.previous
    if label is None:
        return {}
    return {
        "label précédent, intitulé": label.title or "",
        "label précédent, décision": long_date(label.decision),
        "label précédent, fin": long_date(label.end),
    }


def _establishment(school: Establishment, labels: dict[str, str]) -> Lines:
    """The lines of a sheet; `labels` are those of the exhibits, by their ids."""
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
        **_listed((f"effectif, {each.status}", (str(each.number),)) for each in school.headcounts),
        **_listed(
            (f"formation, {each.title}", (each.level or "", "" if each.places is None else f"{each.places} places"))
            for each in school.trainings
        ),
        **_listed(
            (f"indicateur, {each.name}", (each.value, each.origin or "", each.vintage or ""))
            for each in school.indicators
        ),
        **_listed(
            (f"label, {each.name}", (
                " – ".join((long_date(each.start) or "…", long_date(each.end) or "…")),
                _proof(each, school.key, labels),
            ))
            for each in school.labels
        ),
    }  # fmt: skip


def _listed(lines: Iterable[tuple[str, Iterable[str]]]) -> Lines:
    """Lines of one kind; of two that have the same name, the second is « …, 2 »."""
    seen: Counter[str] = Counter()
    made = {}
    for name, told in lines:
        seen[name] += 1
        made[name if seen[name] == 1 else f"{name}, {seen[name]}"] = ", ".join(filter(None, told)) or "sans précision"
    return made


def _proof(label: HeldLabel, school: str, labels: dict[str, str]) -> str:
    """« preuve P4.2 »."""
    if not label.proof:
        return ""
    return f"preuve {labels.get(f'{school}/{label.proof}') or labels.get(label.proof) or label.proof}"


def _person(role: str, person: Person | None) -> Lines:
    told = (person.name, person.quality, person.email, person.phone) if person else ()
    return {role: ", ".join(filter(None, told))}
