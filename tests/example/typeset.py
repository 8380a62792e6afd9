"""Typst sources in, PDF files and pictures out: the same bytes on every machine."""

from importlib.util import find_spec
from pathlib import Path

import typst

MIDNIGHT_2026 = 1767225600
FREE_FONTS = ("font_roboto", "font_source_sans_pro")


def write_pdf(source: Path, root: Path, target: Path) -> None:
    """Write `source`, typeset, as a PDF; imports in it start from `root`."""
    made = _compiler(source, root).compile(format="pdf", timestamp=MIDNIGHT_2026)
    assert isinstance(made, bytes), "one file, and nowhere named to write it to"
    target.write_bytes(made)


def write_png(source: Path, root: Path, target: Path) -> None:
    """Write the one page of `source` as a picture of 200 dots an inch."""
    target.write_bytes(page_pictures(source, root, 200)[0])


def page_pictures(source: Path, root: Path, dots_per_inch: int) -> list[bytes]:
    """Every page of `source` as PNG bytes."""
    made = _compiler(source, root).compile(format="png", ppi=float(dots_per_inch), timestamp=MIDNIGHT_2026)
    return made if isinstance(made, list) else [made or b""]


def font_file(name: str) -> Path:
    """Where a face such as « Roboto-Bold.ttf » stands; raises LookupError when no package brings it."""
    for folder in _font_folders():
        if (folder / name).is_file():
            return folder / name
    raise LookupError(name)


def _compiler(source: Path, root: Path) -> typst.Compiler:
    return typst.Compiler(source, root=root, font_paths=list(_font_folders()), ignore_system_fonts=True)


def _font_folders() -> list[Path]:
    specs = [find_spec(package) for package in FREE_FONTS]
    return [Path(place) / "files" for spec in specs if spec for place in spec.submodule_search_locations or ()]
