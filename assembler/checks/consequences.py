"""Which findings only follow from a file that could be read in part: telling them would hide the one cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assembler.model.finding import Finding

_CUT = {"yaml-syntax", "yaml-colon", "yaml-tab", "yaml-too-deep", "yaml-too-large", "yaml-not-a-mapping"}
_ABSENT = {"file-missing", "file-link", "file-too-large", "file-unreadable", "file-not-a-file"}
_OF_THE_FILE = {
    "yaml-missing-key",
    "candidature-empty",
    "identity-incomplete",
    "previous-label-missing",
    "approval-missing",
    "request-gone",
}
_OF_A_MANIFEST = {
    "exhibit-without-file",
    "evidence-unlisted",
    "attachment-missing",
    "citation-unknown",
    "exhibit-replaces-unknown",
    "label-proof-unknown",
    "expectation-unproved",
    "expectation-untreated",
}


def without_consequences(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, less those that a broken YAML file explains."""
    everything = tuple(findings)
    cut = {each.source.file for each in everything if each.code in _CUT and each.source}
    unread = cut | {each.source.file for each in everything if each.code in _ABSENT and each.source}
    parts = {file.removesuffix("preuves.yaml") for file in unread if file.endswith("/preuves.yaml")}
    for each in everything:
        file = each.source.file if each.source else ""
        explained = (each.code in _OF_THE_FILE and file in cut) or (
            each.code in _OF_A_MANIFEST and any(file.startswith(part) for part in parts)
        )
        if not explained:
            yield each
