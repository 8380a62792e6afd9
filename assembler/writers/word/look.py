"""The filled template as the PDF takes its look from it: marks still standing, every style that we write with there."""

from __future__ import annotations

from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.writers.word.package import Package
from assembler.writers.word.styles import Styles
from assembler.writers.word.values import template_values
from assembler.writers.word.vetting import Workshop
from assembler.writers.word.xml import w

_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"


def filled_template(
    template: Path, dossier: Dossier, pagination: Pagination, workshop: Workshop, *, draft: bool
) -> bytes:
    """The template with its tags filled in. Raises Missing (`word-template`) for one that cannot be."""
    return with_styles(workshop.fill(template, dossier.pack, template_values(dossier, pagination, draft=draft)))


def with_styles(template: bytes) -> bytes:
    """The template with the styles that we write with and that it lacks."""
    package = Package(template)
    part = package.related(package.document, "styles")
    if part is None or part not in package:
        part = "word/styles.xml"
        package.add(part, w("styles"), _STYLES)
        package.relate(package.document, "styles", part)
    Styles(package.tree(part))
    return package.save()
