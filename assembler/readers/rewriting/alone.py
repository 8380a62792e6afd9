"""`candidature.yaml` of a network, changed so that one établissement asks alone: every other line stays."""

from __future__ import annotations

from datetime import date

from assembler.model.finding import Finding, Severity
from assembler.readers.candidature import read_candidature
from assembler.readers.rewriting.edits import Edit, Written, read_written
from assembler.readers.yaml_file import read_yaml


def alone_in(raw: bytes, key: str) -> bytes | None:
    """The file for `key` alone, without `reseau:`; None when it is written in a way that cannot be changed safely."""
    written = read_written(raw)
    text = "\n".join(line for _, line in written.lines())
    mapping = read_yaml(text.removeprefix("\ufeff"), "", [])
    if mapping is None:
        return None
    starts = [(name.text, (name.source.line or 1) - 1) for name, _ in mapping.items]
    edits = []
    for place, (name, first) in enumerate(starts):
        following = starts[place + 1][1] if place + 1 < len(starts) else len(written.lines())
        if name in ("etablissements", "reseau"):
            edits.append(
                _edit(written, first, following, f"etablissements: [{key}]" if name == "etablissements" else None)
            )
    changed = written.edited(edits)
    return changed if _says(changed, key) else None


def _edit(written: Written, first: int, following: int, line: str | None) -> Edit:
    """The lines from `first` up to `following`, less the comments and empty lines before what follows, replaced by `line`."""
    lines = written.lines()
    while following > first + 1 and lines[following - 1][1].strip()[:1] in ("", "#"):
        following -= 1
    start, (last, text) = lines[first][0], lines[following - 1]
    if line is not None:
        return Edit(start, last + len(text), line)
    return Edit(start, lines[following][0] if following < len(lines) else len(written.text), "")


def _says(raw: bytes, key: str) -> bool:
    """Whether the file, read again, asks for `key` alone."""
    found: list[Finding] = []
    text = "\n".join(line for _, line in read_written(raw).lines()).removeprefix("\ufeff")
    mapping = read_yaml(text, "", found)
    candidature = read_candidature(mapping, "", date.min, found)
    sound = not any(each.severity is Severity.ERROR for each in found)
    return sound and candidature.establishments == (key,) and candidature.network is None
