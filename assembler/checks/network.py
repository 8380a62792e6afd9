"""Is a joint request declared as one, with its lead among its members?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, warning


def check_network(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """`reseau:` present exactly when there are several établissements, and its lead known."""
    del content
    candidature = dossier.candidature
    several = len(candidature.establishments) > 1
    if several and candidature.network is None:
        yield warning("network-undeclared", candidature.source)
    if candidature.network and not several:
        yield warning("network-alone", candidature.network.source)
    if candidature.network and candidature.network.lead not in candidature.establishments:
        yield error("network-lead-unknown", candidature.network.source, lead=candidature.network.lead,
                    known=", ".join(candidature.establishments))  # fmt: skip
