"""A template looked at whole before any use: what it holds, then what its tags say, then whether it can be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assembler.model.finding import Finding, Severity
from assembler.model.source import Source
from assembler.writers.word.contraband import check_contents
from assembler.writers.word.forms import check_forms, check_unread
from assembler.writers.word.grammar import Reader
from assembler.writers.word.intake import open_package, texts
from assembler.writers.word.places import Places, heading_styles, part_names
from assembler.writers.word.tags import Page, read_tags
from assembler.writers.word.xml import name

_FILLED = {name("document"), name("hdr"), name("ftr"), name("footnotes")}
_MOST = 100


def inspect(content: bytes, place: str, keys: Mapping[str, Sequence[str]] | None) -> list[Finding]:
    """What is wrong with a template short of filling it in: the gravest first, and no more than can be read.

    `place` is the file that findings name; `keys` the criteria and chapters there are, None when they are not known.
    """
    source = Source(place)
    found: list[Finding] = []
    package = open_package(content, source, found)
    if package is None:
        return found
    parts = part_names(package)
    found += check_contents(package, parts, source)
    reader, headings = Reader(keys), heading_styles(package)
    for part in sorted(texts(package), key=lambda each: (each != package.document, each)):
        places = Places(parts.get(part, ""), package.tree(part), headings)
        _read(part, Page(package.tree(part), places, source), reader, found, body=part == package.document)
    ranks = {severity: rank for rank, severity in enumerate(Severity)}
    return sorted(dict.fromkeys(found), key=lambda each: ranks[each.severity])[:_MOST]


def forbids(found: list[Finding]) -> bool:
    """Whether a template with these findings may not be used."""
    return any(each.severity is Severity.ERROR for each in found)


def _read(part: str, page: Page, reader: Reader, found: list[Finding], *, body: bool) -> None:
    found += check_unread(page, part)
    if page.tree.tag in _FILLED:
        tags = read_tags(page, found)
        found += check_forms(tags, page, body=body)
        found += reader.faults(tags, page)
