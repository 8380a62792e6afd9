"""Makes every exhibit, figure and attachment of the example candidature, the same bytes each time.

    python tests/example/make_evidence.py [content/lycee-exemple]

Needs, beyond the project's own packages: font-roboto, font-source-sans-pro (PyPI), and LibreOffice for the one .odt.
What is typeset stands in `papers/`, in folders of the same names as those it is written to.
"""

import sys
from datetime import datetime
from pathlib import Path

import disturb
import drawings
import forms
import offices
import typeset

HERE = Path(__file__).parent
PAPERS = HERE / "papers"
EXAMPLE = HERE.parents[1] / "content" / "lycee-exemple"

SCANNED = (
    "offre/decision-label-2022",
    "partenariat/convention-groupement-2022",
    "pedagogie/conseil-pedagogique-2026-03-09",
)
TURNED = ("publics/suivi-changements-statut",)
PHOTOS = (
    ("IMG_20260127_1014.jpg", drawings.workshop_visit, 3, datetime(2026, 1, 27, 10, 14)),  # noqa: DTZ001 (a camera's clock)
    ("IMG_20260312_1522.jpg", drawings.heat_pump_bay, 6, datetime(2026, 3, 12, 15, 22)),  # noqa: DTZ001
    ("IMG_20260619_1107.jpg", drawings.mural, 8, datetime(2026, 6, 19, 11, 7)),  # noqa: DTZ001
)


def main(example: Path) -> None:
    """Write all files into `example`, in place of those that stand there."""
    for source in sorted(PAPERS.rglob("*.typ")):
        if source.parent != PAPERS:
            write_paper(source, example)
    for source in sorted(PAPERS.rglob("*.txt")):
        target = target_of(source.with_suffix(""), example)
        {".docx": offices.write_docx, ".odt": offices.write_odt}[target.suffix](source, target)
    for folder in sorted(PAPERS.rglob("*.xlsx")):
        offices.write_xlsx(folder, target_of(folder, example))
    for name, draw, orientation, taken in PHOTOS:
        drawings.save_photo(draw(), target_of(PAPERS / "photos" / name, example), orientation, taken)
    screen = target_of(PAPERS / "communication" / "capture-boite-outils.png", example)
    drawings.toolbox_screen().save(screen, optimize=True)


def write_paper(source: Path, example: Path) -> None:
    """Typeset one paper and do to it what its name asks for: scan it, turn its pages, add its fields."""
    name = source.relative_to(PAPERS).with_suffix("").as_posix()
    if name.startswith("images/"):
        typeset.write_png(source, PAPERS, target_of(source.with_suffix(".png"), example))
        return
    target = target_of(source.with_suffix(".pdf"), example)
    if name in SCANNED:
        pages = typeset.page_pictures(source, PAPERS, disturb.SCAN_DPI)
        disturb.write_scan(pages, target, seed=SCANNED.index(name))
        return
    typeset.write_pdf(source, PAPERS, target)
    if name in TURNED:
        disturb.turn_pages(target)
    if name == "pedagogie/fiche-positionnement":
        forms.add_form(target)


def target_of(source: Path, example: Path) -> Path:
    """Where what is made of `source` belongs: figures and attachments in their own folders, exhibits in « preuves »."""
    place = source.relative_to(PAPERS)
    target = example / (place if place.parts[0] in ("images", "pieces") else Path("preuves") / place)
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
