"""Does the ledger of issued labels still agree with the files?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, note, warning


def check_ledger(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Files whose bytes changed under an issued label; labels that are still provisional."""
    issued = {line.exhibit: line for line in content.ledger}
    provisional = []
    for exhibit in dossier.exhibits:
        line = issued.get(exhibit.entry.id)
        if line is None:
            provisional.append(exhibit.label)
        elif line.sha256 and exhibit.facts.sha256 and line.sha256 != exhibit.facts.sha256:
            yield warning("exhibit-changed", exhibit.entry.source, label=exhibit.label, file=exhibit.entry.file or "")
    if provisional:
        yield note("labels-provisional", dossier.candidature.source, labels=_shortened(provisional))


def _shortened(labels: list[str]) -> str:
    """The labels, or how many there are when they are many."""
    return ", ".join(labels) if len(labels) <= 8 else f"{', '.join(labels[:3])}… ({len(labels)} en tout)"
