"""Can everybody read the narratives: pictures told in words, tables with a header, pictures that are there?"""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.content import Content, Picture
from assembler.model.dossier import Dossier
from assembler.model.finding import Finding, error, note, warning
from assembler.model.text import Figure, Table
from assembler.model.walk import every_block


def check_accessibility(dossier: Dossier, content: Content) -> Iterator[Finding]:
    """Figures without alternative text or file, tables without header row."""
    del content
    pictures = {picture.path: picture for picture in dossier.pictures}
    for chapter in dossier.body:
        for block in every_block(chapter.blocks):
            match block:
                case Figure():
                    yield from _figure(block, pictures.get(block.path), chapter.number)
                case Table(header=()):
                    yield warning("table-without-header", block.source, chapter.number)
                case _:
                    pass


def _figure(figure: Figure, picture: Picture | None, number: str | None) -> Iterator[Finding]:
    if not figure.alternative.strip():
        yield warning("figure-without-alternative", figure.source, number, file=figure.path)
    if picture is None or picture.sha256 is None:
        yield error("picture-missing", figure.source, number, file=figure.path)
    elif picture.prepared is None:
        yield error("picture-unreadable", figure.source, number, file=figure.path)
    elif "gps" in picture.cleaned:
        yield note("picture-gps", figure.source, number, file=figure.path)
