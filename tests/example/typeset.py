"""Typst sources in, PDF files and pictures out: the same bytes on every machine."""

from importlib.util import find_spec
from pathlib import Path

import typst

MIDNIGHT_2026 = 1767225600
FREE_FONTS = ("font_roboto", "font_source_sans_pro")


def write_pdf(source: Path, root: Path, target: Path) -> None:
    """Write `source`, typeset, as a PDF; imports in it start from `root`."""
    target.write_bytes(typst.compile(str(source), **_settings(root), format="pdf"))


def write_png(source: Path, root: Path, target: Path) -> None:
    """Write the one page of `source` as a picture of 200 dots an inch."""
    target.write_bytes(page_pictures(source, root, 200)[0])


def page_pictures(source: Path, root: Path, dots_per_inch: int) -> list[bytes]:
    """Every page of `source` as PNG bytes."""
    made = typst.compile(str(source), **_settings(root), format="png", ppi=float(dots_per_inch))
    return made if isinstance(made, list) else [made]


def font_file(name: str) -> Path:
    """Where a face such as « Roboto-Bold.ttf » stands; raises LookupError when no package brings it."""
    for folder in _font_folders():
        if (folder / name).is_file():
            return folder / name
    raise LookupError(name)


def _settings(root: Path) -> dict[str, object]:
    return {
        "root": str(root),
        "font_paths": [str(folder) for folder in _font_folders()],
        "ignore_system_fonts": True,
        "timestamp": MIDNIGHT_2026,
    }


def _font_folders() -> list[Path]:
    specs = [find_spec(package) for package in FREE_FONTS]
    return [Path(place) / "files" for spec in specs if spec for place in spec.submodule_search_locations or ()]
