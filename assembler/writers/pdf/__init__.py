"""The PDF dossier: one layout pass, then splice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from assembler.model.artefact import Pagination
from assembler.model.charter import Charter
from assembler.model.dossier import Dossier
from assembler.tools.store import Store
from assembler.writers.pdf.layout import Laid, lay_out, measure, pagination, press
from assembler.writers.pdf.splice import splice

__all__ = ["PdfEdition", "paginate", "write_pdf"]


@dataclass(frozen=True, slots=True)
class PdfEdition:
    """Two PDF files made: pages of the complete one, how many each has, and the characters that no font could show."""

    pagination: Pagination
    complete_pages: int
    narrative_pages: int
    unshown: tuple[str, ...]


def write_pdf(
    dossier: Dossier,
    *,
    draft: bool,
    store: Store,
    pack_folders: tuple[Path, ...],
    complete: Path,
    narrative: Path,
    code_version: str,
    progress: Callable[[int], None],
    charter: Charter | None = None,
) -> PdfEdition:
    """Write the complete dossier to `complete` and the one without exhibits to `narrative`.

    `charter` is the look of the pack's template; without it the dossier is bare. `progress` is called with the number of
    exhibits spliced, after each. Raises DossierError when the layout engine refuses the dossier or when a prepared file is
    not the one that was learnt.
    """
    tools = press(draft=draft, store=store, pack_folders=pack_folders, charter=charter)
    laid = lay_out(dossier, tools)
    pages = pagination(dossier, laid)
    with ThreadPoolExecutor(max_workers=1) as beside:  # the layout engine leaves Python free to splice meanwhile
        second = beside.submit(lay_out, dossier, tools, dict(pages.pages))
        with complete.open("wb") as out:
            splice(dossier, laid, pages, tools, f"dossier {code_version}", out, progress)
        alone = second.result()
    narrative.write_bytes(alone.pdf)
    return PdfEdition(pages, pages.total, alone.pages, _union(laid, alone))


def paginate(
    dossier: Dossier, *, draft: bool, store: Store, pack_folders: tuple[Path, ...], charter: Charter | None = None
) -> Pagination:
    """The pages of the complete dossier, without writing it."""
    return pagination(
        dossier, measure(dossier, press(draft=draft, store=store, pack_folders=pack_folders, charter=charter))
    )


def _union(*laid: Laid) -> tuple[str, ...]:
    return tuple(sorted({letter for each in laid for letter in each.unshown}))
