"""Does the ledger of issued labels still agree with the files?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content, LedgerLine
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Exhibit
from assembler.model.finding import Finding, error, note, warning
from assembler.model.french import shortened


def check_ledger(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Labels handed in that the ledger lost; evidence that changed or was replaced since; labels still provisional."""
    yield from _lost(dossier, content)
    issued = {line.exhibit: line for line in content.ledger}
    present = {each.entry.id for each in dossier.exhibits}
    gone = [line for line in content.ledger if line.exhibit not in present]
    provisional = []
    for exhibit in dossier.exhibits:
        line = issued.get(exhibit.entry.id)
        if exhibit.superseded_by and exhibit.passages:
            yield _superseded(exhibit, content)
        if line is None:
            provisional.append(exhibit.label)
            yield from _renamed(exhibit, gone)
        elif line.sha256 and exhibit.facts.sha256 and line.sha256 != exhibit.facts.sha256:
            yield warning("exhibit-changed", exhibit.entry.source, label=exhibit.label, file=exhibit.entry.file or "",
                          places=", ".join(dict.fromkeys(each.place for each in exhibit.passages)))  # fmt: skip
    if provisional:
        yield note("labels-provisional", dossier.candidature.source, labels=shortened(provisional))


def _superseded(exhibit: Exhibit, content: Content) -> Finding:
    """A citation of an exhibit that another replaces: to be read again where it was handed in, or numbered, as the one in force.

    Elsewhere the author wrote both at once, and tells a story: good to know, no more.
    """
    known = {line.label: line.state for line in content.handed_in or content.ledger}
    values = {
        "label": exhibit.label, "successor": exhibit.superseded_by or "",
        "places": ", ".join(dict.fromkeys(each.place for each in exhibit.passages)),
    }  # fmt: skip
    if known.get(exhibit.label, "remplacee") != "remplacee":
        return warning("exhibit-superseded-cited", exhibit.passages[0].source, **values)
    return note("exhibit-superseded-told", exhibit.passages[0].source, **values)


def _renamed(exhibit: Exhibit, gone: list[LedgerLine]) -> Iterator[Finding]:
    """A new exhibit that is the file of one whose key is gone: its key was changed, and its label with it."""
    for line in gone:
        school, _, key = line.exhibit.partition("/")
        same = line.sha256 and line.sha256 == exhibit.facts.sha256
        if same and school == exhibit.entry.establishment and exhibit.entry.replaces != key:
            yield warning("exhibit-renamed", exhibit.entry.source, label=exhibit.label, old=line.label, key=key)
            return


def _lost(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """A label that a version handed in bears, and that the ledger no longer gives to the same exhibit."""
    now = {line.label: line.exhibit for line in content.ledger}
    lost = [line.label for line in content.handed_in if now.get(line.label) != line.exhibit]
    if lost:
        yield error("ledger-lost", dossier.candidature.source, labels=shortened(lost))
