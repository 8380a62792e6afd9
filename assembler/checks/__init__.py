"""What is wrong, one question a module. To add a check: one module, one name in `CHECKS`, one sentence in `wording.py`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assembler.checks.accessibility import check_accessibility
from assembler.checks.approval import check_approval
from assembler.checks.approval_text import check_approval_text
from assembler.checks.attachments import check_attachments
from assembler.checks.calendar import check_calendar
from assembler.checks.choices import check_choices
from assembler.checks.citations import check_citations
from assembler.checks.consequences import without_consequences
from assembler.checks.coverage import check_coverage
from assembler.checks.equivalences import check_equivalences
from assembler.checks.exhibits import check_exhibits
from assembler.checks.identity import check_identity
from assembler.checks.ledger import check_ledger
from assembler.checks.network import check_network
from assembler.checks.opt_outs import check_opt_outs
from assembler.checks.privacy import check_privacy
from assembler.checks.requests import check_requests
from assembler.checks.sections import check_sections
from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, Severity

CHECKS = (
    check_approval,
    check_approval_text,
    check_attachments,
    check_identity,
    check_network,
    check_choices,
    check_sections,
    check_opt_outs,
    check_coverage,
    check_equivalences,
    check_citations,
    check_exhibits,
    check_ledger,
    check_requests,
    check_privacy,
    check_accessibility,
    check_calendar,
)


def check(dossier: Dossier, content: Content, read: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Every finding, `read` being those of the readers: errors first, the approval's first among them."""
    found = without_consequences([*_approvals(dossier, content), *read, *_others(dossier, content)])
    severities = {code: severity for code, severity in dossier.pack.severities if not code.startswith("approval-")}
    judged = [replace(each, severity=severities.get(each.code, each.severity)) for each in found]
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return tuple(sorted(dict.fromkeys(judged), key=lambda each: ranks[each.severity]))


def _approvals(dossier: Dossier, content: Content) -> Iterator[Finding]:
    for question in CHECKS[:2]:
        yield from question(dossier, content)


def _others(dossier: Dossier, content: Content) -> Iterator[Finding]:
    for question in CHECKS[2:]:
        yield from question(dossier, content)
