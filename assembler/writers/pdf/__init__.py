"""The PDF dossier: one layout pass, then splice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.writers.pdf.layout import Laid, Press, lay_out, pagination, press
from assembler.writers.pdf.splice import splice

__all__ = ["PdfEdition", "Press", "paginate", "press", "write_pdf"]


@dataclass(frozen=True, slots=True)
class PdfEdition:
    """Two PDF files made: pages of the complete one, how many each has, and the characters that no font could show."""

    pagination: Pagination
    complete_pages: int
    narrative_pages: int
    unshown: tuple[str, ...]


def write_pdf(
    dossier: Dossier,
    tools: Press,
    *,
    complete: Path,
    narrative: Path,
    code_version: str,
    progress: Callable[[int], None],
    meanwhile: Callable[[Pagination], None] = lambda _: None,
) -> PdfEdition:
    """Write the complete dossier to `complete` and the one without exhibits to `narrative`.

    `progress` is called with the number of exhibits spliced, after each; `meanwhile`, in a thread of its own, as soon as
    pages are known. Raises DossierError when the layout engine refuses the dossier or when a prepared file is not the one
    that was learnt, and what `meanwhile` raises.
    """
    laid = lay_out(dossier, tools)
    pages = pagination(dossier, laid)
    with ThreadPoolExecutor(max_workers=2) as beside:
        second = beside.submit(lay_out, dossier, tools, dict(pages.pages))
        other = beside.submit(meanwhile, pages)
        with complete.open("wb") as out:
            splice(dossier, laid, pages, tools, f"dossier {code_version}", out, progress)
        alone = second.result()
        narrative.write_bytes(alone.pdf)
        other.result()
    return PdfEdition(pages, pages.total, alone.pages, _union(laid, alone))


def paginate(dossier: Dossier, tools: Press) -> Pagination:
    """The pages of the complete dossier, without writing it."""
    return pagination(dossier, lay_out(dossier, tools))


def _union(*laid: Laid) -> tuple[str, ...]:
    return tuple(sorted({letter for each in laid for letter in each.unshown}))
