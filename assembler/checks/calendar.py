"""Will the dossier be handed in on time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, note, warning
from assembler.model.french import long_date


def check_calendar(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """The date printed, against the last version's; the due date, when the audit's date and the pack's delay are both known."""
    candidature, delay = dossier.candidature, dossier.pack.limits.due_before_audit
    if content.dated is not None and candidature.edition < content.dated:
        yield warning("edition-earlier", candidature.source, edition=long_date(candidature.edition),
                      dated=long_date(content.dated))  # fmt: skip
    if candidature.audit is None or delay is None:
        return
    due = candidature.audit - timedelta(days=delay)
    values = {"due": long_date(due), "audit": long_date(candidature.audit), "delay": str(delay)}
    if candidature.edition > due:
        yield warning("calendar-late", candidature.source, **values)
    else:
        yield note("calendar-due", candidature.source, **values)
