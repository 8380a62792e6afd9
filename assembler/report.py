"""Findings and verdicts as text or JSON, in French."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from assembler.model.dossier import Dossier, Status
from assembler.model.finding import Finding, Severity
from assembler.wording import remedy, sentence, shown


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
