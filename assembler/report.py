"""Findings and verdicts as text or JSON, in French."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from assembler.model.dossier import Dossier, Status
from assembler.model.finding import Finding, Severity
from assembler.model.french import short_date
from assembler.wording import remedy, sentence, shown

if TYPE_CHECKING:
    from assembler.readers.deposit import Received
    from assembler.submission import Submitted


def finding_line(finding: Finding) -> str:
    """« erreur · lycee/preuves.yaml, ligne 3 : what. → what to do », on one line."""
    return f"{finding.severity.value} · {_place(finding)} : {sentence(finding)} → {remedy(finding)}"


def findings_text(findings: Iterable[Finding]) -> str:
    """One line a finding, grouped by file, the file of the gravest finding first."""
    groups: dict[str, list[str]] = {}
    for finding in findings:
        groups.setdefault(finding.source.file if finding.source else "", []).append(finding_line(finding))
    return "\n\n".join("\n".join(lines) for lines in groups.values())


def findings_plain(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """The findings in the words of `constats.json`."""
    return [
        {
            "code": each.code,
            "severite": each.severity.value,
            "fichier": shown(each.source.file) if each.source else None,
            "ligne": each.source.line if each.source else None,
            "message": sentence(each),
            "remede": remedy(each),
        }
        for each in findings
    ]


def findings_gitlab(findings: Iterable[Finding]) -> str:
    """The findings as a GitLab Code Quality report."""
    levels = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}
    rows = [
        {
            "description": f"{sentence(each)} {remedy(each)}",
            "check_name": each.code,
            "fingerprint": hashlib.sha256(repr(each).encode()).hexdigest(),
            "severity": levels[each.severity],
            "location": {
                "path": shown(each.source.file) if each.source else "",
                "lines": {"begin": (each.source.line if each.source else None) or 1},
            },
        }
        for each in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def verdicts(dossier: Dossier, findings: Iterable[Finding]) -> str:
    """One line a criterion: how its expectations stand, and whether errors remain."""
    errors = Counter(each.criterion for each in findings if each.severity is Severity.ERROR and each.criterion)
    width = max((len(each.number) for each in dossier.pack.framework.criteria), default=1)
    lines = []
    for criterion in dossier.pack.framework.criteria:
        statuses = Counter(
            assessment.status
            for row in dossier.coverage if row.criterion.id == criterion.id for assessment in row.assessments
        )  # fmt: skip
        told = ", ".join(
            f"{statuses[status]} {_plural(status, statuses[status])}" for status in Status if statuses[status]
        )
        if errors[criterion.number]:
            verdict = "à corriger"
        elif statuses[Status.UNTREATED] or statuses[Status.PARTIAL]:
            verdict = "à compléter"
        else:
            verdict = "complet"
        lines.append(f"Critère {criterion.number.rjust(width)} : {verdict} — {told}")
    return "\n".join(lines)


_NO_REQUEST = """\
Aucune demande : il n’y a pas de demandes.yaml, ou il est vide.

Quand les auditeurs demandent un complément, écrivez demandes.yaml à côté de candidature.yaml, ainsi :

demandes:
  - numero: 1             # la demande « D1 »
    recue: 2027-01-12
    pour: 2027-01-26      # le jour où la réponse est attendue
    critere: 4            # ou attendus: [4.b] ; ou les deux
    texte: Préciser le suivi des périodes de formation en entreprise.

Écrivez la réponse dans demandes/D1.md : un texte ordinaire, qui peut citer de nouvelles preuves."""


def requests_text(dossier: Dossier, today: date) -> str:
    """One line a request: what it is about, its state, and how many days are left on the day `today`."""
    if not dossier.requests:
        return _NO_REQUEST
    lines = []
    for answer in dossier.requests:
        request = answer.request
        names = {each.establishment.key: each.establishment.name for each in dossier.members}
        whom = f"à {names.get(request.establishment, request.establishment)}" if request.establishment else ""
        about = ", ".join((*(f"critère {each}" for each in request.criteria),
                           *(f"attendu {number}.{letter}" for number, letter in request.expectations)))  # fmt: skip
        received = f"reçue le {short_date(request.received)}" if request.received else ""
        state = (
            ("répondue, déposée" if answer.handed_in else "répondue")
            if answer.answered
            else f"sans réponse{_days(request.due, today)}"
        )
        lines += [f"{' · '.join(filter(None, (request.name, whom, about, received, state)))}", f"    {request.text}"]
        if answer.changed:
            lines.append(
                f"    modifié : {', '.join(' '.join((each.number, each.title)).strip() for each in answer.changed)}"
            )
    return "\n".join(lines)


def _days(due: date | None, today: date) -> str:
    """« , à rendre le 26/01/2027 (dans 5 jours) »."""
    if due is None:
        return ""
    left = (due - today).days
    plural = "s" if abs(left) > 1 else ""
    when = (
        "aujourd’hui" if left == 0 else f"dans {left} jour{plural}" if left > 0 else f"{-left} jour{plural} de retard"
    )
    return f", à rendre le {short_date(due)} ({when})"


def submitted_text(done: Submitted) -> str:
    """What was handed in, and where it stands."""
    if not done.new:
        return (f"Rien n’a changé depuis la version {done.number} : pas de nouvelle version. Son dépôt est dans "
                f"{done.deposit}.\nCode du dossier : {done.code}")  # fmt: skip
    lines = [f"Version {done.number} déposée et figée. Fichiers à remettre, dans {done.deposit} :"]
    lines += [f"  {name}" for name in done.names]
    lines += [f"Attention : {name} dépasse la taille admise, et ne peut pas être coupé davantage : allégez ses preuves."
              for name in done.oversized]  # fmt: skip
    return "\n".join((*lines, f"Code du dossier : {done.code}"))


def received_text(received: Received) -> str:
    """Whether a deposit is complete and its files agree, and what that rests on."""
    seal, code = received.seal, received.code
    named = f"Version {seal.version}. " if seal else ""
    named += f"Code du dossier : {code}" if code else ""
    codes = {each.code for each in received.findings if each.severity is Severity.ERROR}
    if codes:
        state = (
            "Ce fichier, seul, ne peut pas être vérifié."
            if codes == {"deposit-bare"}
            else "Ce fichier n’est pas vérifié : il a changé, ou rien ne dit qu’il est celui du dépôt."
            if received.alone
            else "Ce dépôt n’est pas complet, ou a changé."
        )
        return "\n".join(filter(None, (state, named)))
    return "\n".join(filter(None, (_received_state(received), named, _received_proof(received))))


def _received_state(received: Received) -> str:
    seal, count = received.seal, received.files
    if received.alone and received.kept:
        state = "Inchangé depuis le dépôt, d’après les empreintes gardées dans {kept}."
    elif received.alone:
        beside = (
            "Ce fichier est celui que dit SHA256SUMS, à côté de lui."
            if received.listed
            else "Ce fichier se lit en entier."
        )
        state = "Ce PDF est tel que son sceau le dit." if seal else beside
    elif received.kept:
        state = "Complet et inchangé depuis le dépôt ({what}), d’après les empreintes gardées dans {kept}."
    else:
        state = "Complet, et rien ne se contredit ({what}) : chaque fichier est celui que disent les empreintes et le récépissé."
    if received.alone and seal and seal.volumes > 1:
        state += f" C’est le volume {seal.volume} sur {seal.volumes} : vérifiez aussi les autres."
    if received.added == 1:
        state += " S’y ajoute 1 fichier, qui n’en fait pas partie."
    elif received.added:
        state += f" S’y ajoutent {received.added} fichiers, qui n’en font pas partie."
    return state.format(what="1 fichier" if count < 2 else f"{count} fichiers", kept=received.kept)


def _received_proof(received: Received) -> str:
    """What the agreement does not prove, and how to be sure of it."""
    if received.kept:
        return "Qui a reçu ce dépôt doit y lire le même code." if received.code else ""
    told = "Ces empreintes voyagent avec les fichiers, quelqu’un d’habile peut les refaire : "
    if received.alone and received.code:
        told = "Un sceau n’est pas une signature, quelqu’un d’habile peut le refaire : " if received.seal else ""
    what = "ce code, et l’empreinte du Word, à ceux" if not received.alone else "ce code à celui"
    sentence = f"{told}comparez {what if received.code else 'son empreinte à celle'} du récépissé"
    return f"{sentence[0].upper()}{sentence[1:]} que l’établissement vous a donné par une autre voie."


def count_line(findings: Iterable[Finding]) -> str:
    """« 2 erreurs, 1 avertissement, 3 remarques »."""
    counts = Counter(each.severity for each in findings)
    told = [f"{counts[each]} {each.value}{'s' if counts[each] > 1 else ''}" for each in Severity if counts[each]]
    return ", ".join(told) or "aucun constat"


def _plural(status: Status, count: int) -> str:
    if count < 2 or status is Status.NOT_APPLICABLE:
        return status.value
    return " ".join(word if word in ("par", "équivalence", "non") else f"{word}s" for word in status.value.split())


def _place(finding: Finding) -> str:
    if finding.source is None:
        return "candidature"
    return shown(finding.source.file) + (f", ligne {finding.source.line}" if finding.source.line else "")
