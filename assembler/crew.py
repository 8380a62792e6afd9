"""The child processes that printing an edition takes, started before there is anything to print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assembler.tools.engine import Engine
from assembler.writers.word import Workshop

_LAYOUTS = 2  # the complete dossier, and the one without exhibits


@dataclass(frozen=True, slots=True)
class Crew:
    """Who opens Word templates, and who lays out."""

    workshop: Workshop
    engine: Engine


@contextmanager
def crew() -> Iterator[Crew]:
    """Children that get ready beside the reading of the candidature, and are gone afterwards."""
    with Workshop() as workshop, Engine(_LAYOUTS) as engine:
        yield Crew(workshop, engine)
