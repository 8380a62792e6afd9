"""`complements.pdf`: only what came since the version handed in, for auditors who keep their first dossier.

A small dossier of its own, laid out and spliced as the whole one is: its chapters tell the changes, its exhibits are those
that came, under the labels they have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.changes import Changes
from assembler.model.dossier import Chapter, Dossier
from assembler.model.exhibit import Exhibit
from assembler.model.text import Block
from assembler.model.version import Version
from assembler.writers.pdf.complements.answers import new_answers
from assembler.writers.pdf.complements.cover import PREFIX, TITLE, charter_of
from assembler.writers.pdf.complements.passages import Reading, changed_passages
from assembler.writers.pdf.complements.places import Places, places_of
from assembler.writers.pdf.complements.tables import embedded, exhibits_table, sheets
from assembler.writers.pdf.layout import Press, lay_out, pagination
from assembler.writers.pdf.splice import splice

__all__ = ["complements_of", "write_complements"]


def write_complements(
    dossier: Dossier,
    version: Version,
    changes: Changes,
    pages: Pagination,
    tools: Press,
    *,
    code_version: str,
    target: Path,
) -> Pagination:
    """Write to `target` what changed since `version`; `pages` and `tools` are those of the whole dossier. Gives its own pages."""
    part = complements_of(dossier, version, changes, pages)
    look = charter_of(tools.charter, dossier, version)
    tools = replace(tools, charter=look, own=None, prefix=PREFIX, changes=None)
    laid = lay_out(part, tools)
    own = pagination(part, laid)
    with target.open("wb") as out:
        splice(part, laid, own, tools, f"dossier {code_version}", out, lambda _: None)
    return own


def complements_of(dossier: Dossier, version: Version, changes: Changes, pages: Pagination) -> Dossier:
    """The dossier that holds exactly what changed since `version`."""
    places = places_of(version, pages)
    reading = Reading(places, dossier.pack.words.exhibit)
    told = (
        (dossier.pack.words.requests, new_answers(dossier, changes, reading)),
        ("Passages modifiés", changed_passages(dossier, version, changes, reading)),
        ("Autres changements", chain(sheets(dossier, changes), exhibits_table(dossier, changes, places))),
    )
    words = replace(dossier.pack.words, dossier=TITLE, evidence="Pièces et preuves ajoutées ou modifiées")
    return replace(
        dossier,
        pack=replace(dossier.pack, words=words, attachments=()),
        chapters=tuple(_chapters(told)),
        answers=(),
        coverage=(),
        exhibits=tuple(_placed(each, places) for each in embedded(changes)),
        retired=(),
        requests=(),
    )


def _chapters(told: tuple[tuple[str, Iterator[Block]], ...]) -> Iterator[Chapter]:
    for rank, (title, written) in enumerate(told, 1):
        blocks = tuple(written)
        if blocks:
            yield Chapter(f"complements-{rank}", title, None, None, blocks)


def _placed(exhibit: Exhibit, places: Places) -> Exhibit:
    """The exhibit, the passages that cite it named with their pages of the whole dossier."""
    passages = tuple(
        replace(each, place=f"{each.place}, page {places.now[each.anchor]} du nouveau dossier")
        for each in exhibit.passages if each.anchor in places.now
    )  # fmt: skip
    return replace(exhibit, passages=passages)
