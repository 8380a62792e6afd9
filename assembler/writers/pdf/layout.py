"""Runs the layout engine: the dossier in, one PDF and the page of every anchor out."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

import typst

from assembler.errors import DossierError
from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.tools.store import Store
from assembler.writers.pdf.guard import stand_in
from assembler.writers.pdf.payload import embedded_pages, payload

_LAYOUT = Path(__file__).with_name("layout")
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_ROUNDS = 6  # of characters that no font has: the engine names all it meets in one go


@dataclass(frozen=True, slots=True)
class Laid:
    """A document laid out: its bytes, the page of each anchor in it, how many it has, the characters not shown."""

    pdf: bytes
    places: Mapping[str, int]
    pages: int
    unshown: tuple[str, ...]


class LayoutError(DossierError):
    """The layout engine refused the dossier: our own failure, its words kept."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a layout needs besides the dossier."""

    draft: bool
    store: Store
    fonts: typst.Fonts


def press(*, draft: bool, store: Store, pack_folder: Path) -> Press:
    """A press with the fonts of the pack, where it has some, and those of the engine: never the machine's."""
    own = pack_folder / "polices"
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(own)] if own.is_dir() else [])
    return Press(draft, store, fonts)


def lay_out(dossier: Dossier, tools: Press, complete: Mapping[str, int] | None = None) -> Laid:
    """Lay out the dossier with its dividers or, given the pages of the complete one, without. Raises LayoutError."""
    return _tried(dossier, tools, complete, printed=True)


def measure(dossier: Dossier, tools: Press) -> Laid:
    """The same as `lay_out` for the complete dossier, without making the PDF."""
    return _tried(dossier, tools, None, printed=False)


def pagination(dossier: Dossier, laid: Laid) -> Pagination:
    """The pages of the complete dossier, exhibits counted, from a layout with dividers."""
    dividers = [laid.places[exhibit.anchor] for exhibit in dossier.exhibits]
    inserted = list(accumulate((embedded_pages(exhibit) for exhibit in dossier.exhibits), initial=0))
    pages = {anchor: page + inserted[max(bisect_right(dividers, page) - 1, 0)] for anchor, page in laid.places.items()}
    return Pagination(tuple(sorted(pages.items())), laid.pages + inserted[-1])


def _tried(dossier: Dossier, tools: Press, complete: Mapping[str, int] | None, *, printed: bool) -> Laid:
    unshown: dict[str, str] = {}
    for _ in range(_ROUNDS):
        with _bench(dossier, tools) as (bench, pictures):
            document = payload(dossier, draft=tools.draft, complete=complete, unshown=unshown, pictures=pictures)
            (bench / "dossier.json").write_text(
                json.dumps(document, ensure_ascii=False), encoding="utf-8", errors="replace"
            )
            compiler = _compiler(bench, tools)
            try:
                pdf = _printed(compiler, dossier) if printed else b""
                found: dict[str, Any] = json.loads(compiler.query("<pagination>", field="value", one=True))
            except typst.TypstError as error:
                missing = _missing_glyphs(error)
                if not missing - unshown.keys():
                    raise LayoutError("layout-failed", detail=_first_words(error)) from error
                unshown |= {letter: stand_in(letter) for letter in missing}
                continue
        return Laid(
            pdf, {anchor: pages[0] for anchor, pages in found["places"]}, found["pages"], tuple(sorted(unshown))
        )
    raise LayoutError("layout-failed", detail="".join(sorted(unshown)))


def _printed(compiler: typst.Compiler, dossier: Dossier) -> bytes:
    """The PDF, its moment the edition's day: the engine would else read the clock."""
    day = dossier.candidature.edition
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=noon)
    assert isinstance(pdf, bytes)  # a list only where pages are pictures
    return pdf


@contextmanager
def _bench(dossier: Dossier, tools: Press) -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with the layout and the pictures under plain names, gone afterwards: all that the engine can read."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        bench = Path(name)
        for source in _LAYOUT.glob("*.typ"):
            shutil.copyfile(source, bench / source.name)
        pictures: dict[str, str] = {}
        for nth, picture in enumerate(dossier.pictures):
            if picture.prepared is not None and tools.store.has(picture.prepared):
                pictures[picture.path] = f"picture-{nth}"
                shutil.copyfile(tools.store.path(picture.prepared), bench / f"picture-{nth}")
        yield bench, pictures


def _compiler(bench: Path, tools: Press) -> typst.Compiler:
    return typst.Compiler(
        str(bench / "dossier.typ"),
        root=str(bench),
        font_paths=tools.fonts,
        package_path=str(bench),
        package_cache_path=str(bench),
    )


def _missing_glyphs(error: typst.TypstError) -> set[str]:
    told = "\n".join(_NO_GLYPH.findall(str(getattr(error, "diagnostic", "") or error)))
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], told)
    return set(plain) - {"\n"}


def _first_words(error: typst.TypstError) -> str:
    return str(getattr(error, "diagnostic", "") or error).strip()[:400]
