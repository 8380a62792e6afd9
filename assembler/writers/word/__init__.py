"""The Word dossier, made in the pack’s template.

docxtpl fills in what the académie wrote; our chapters, built as XML, take the place of the marks it left. Nothing here
knows a page: pages come from the PDF edition, and from a measure of the Word file itself where one can be made.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.writers.word.vetting import Workshop, template_faults

if TYPE_CHECKING:
    from assembler.model.artefact import Pagination
    from assembler.model.change_list import ChangeList
    from assembler.model.dossier import Dossier
    from assembler.tools.store import Store

__all__ = ["Workshop", "template_faults", "write_word"]

Pages = tuple[tuple[str, int], ...]


def write_word(
    dossier: Dossier,
    *,
    draft: bool,
    pagination: Pagination,
    toc_pages: Callable[[bytes], Pages | None] | None,
    store: Store,
    template: Path,
    workshop: Workshop,
    changes: ChangeList | None = None,
) -> bytes:
    """The Word file, the same bytes for the same arguments.

    `pagination` gives the pages of the PDF edition, shown in the index of evidence. `toc_pages` measures the pages of
    bookmarks in a Word file; without it (or when it finds none) the contents shows those of the PDF edition.
    `template` is opened in `workshop` only. `changes` are those since the version handed in.
    Raises Missing (`word-template`) for a template that cannot be filled, DossierError (`word-unsound`) when the file
    would not be sound, which is our own fault.
    """
    # Imported here: the child that opens templates starts by importing this package, and writes nothing.
    from assembler.writers.word.body import fill
    from assembler.writers.word.contents import fill_pages
    from assembler.writers.word.lint import require_sound
    from assembler.writers.word.origin import write_origin
    from assembler.writers.word.package import Package
    from assembler.writers.word.properties import write_properties
    from assembler.writers.word.values import template_values

    package = Package(workshop.fill(template, dossier.pack, template_values(dossier, pagination, draft=draft)))
    write_properties(package, dossier)
    lines = fill(package, dossier, store, pagination, draft=draft, changes=changes)
    write_origin(package, dossier)
    content = package.save()
    # One measure is enough: a page number takes the same line whatever it is, so writing it moves nothing.
    measured = toc_pages(content) if toc_pages is not None and lines else None
    if measured:
        fill_pages(lines, dict(measured))
        content = package.save()
    require_sound(content, template)
    return content
