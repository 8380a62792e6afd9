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
from assembler.model.change_list import ChangeList
from assembler.model.charter import Charter
from assembler.model.dossier import Dossier
from assembler.tools.child import Lost
from assembler.tools.engine import Engine
from assembler.tools.layers import find_file, find_folders
from assembler.tools.store import Store
from assembler.writers.pdf.charter import bare_charter, charter_node
from assembler.writers.pdf.fonts import Supply
from assembler.writers.pdf.guard import stand_in
from assembler.writers.pdf.payload import embedded_pages, payload

_LAYOUT = Path(__file__).with_name("layout")
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_SECONDS = 20.0  # for a layout that comes with a pack
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
    charter: Charter
    supply: Supply
    own: Path | None  # the pack's layout, where it has one
    engine: Engine
    prefix: str = ""  # before the number of each page, in a document that is only a part of a dossier
    changes: ChangeList | None = None  # since the version handed in

    @property
    def fonts(self) -> typst.Fonts:
        """The fonts there are."""
        return self.supply.fonts


def press(
    *,
    draft: bool,
    store: Store,
    pack_folders: tuple[Path, ...],
    charter: Charter | None = None,
    engine: Engine | None = None,
    changes: ChangeList | None = None,
) -> Press:
    """A press with the fonts shipped here, those of the pack and of the engine, and the look of the pack's template.

    Without a `charter` the look is bare; without an `engine` a child is started for each layout.
    """
    charter = charter or bare_charter()
    supply = Supply(find_folders(pack_folders, "polices"), dict(charter.substitutes))
    return Press(draft, store, charter, supply, find_file(pack_folders, "dossier.typ"), engine or Engine(), "", changes)


def lay_out(dossier: Dossier, tools: Press, complete: Mapping[str, int] | None = None) -> Laid:
    """Lay out the dossier with its dividers or, given the pages of the complete one, without. Raises LayoutError."""
    unshown: dict[str, str] = {}
    for _ in range(_ROUNDS):
        with _bench(dossier, tools) as (bench, pictures, images):
            charter = charter_node(tools.charter, dossier, tools.supply, images, whole=not tools.prefix)
            document = payload(
                dossier,
                draft=tools.draft,
                complete=complete,
                prefix=tools.prefix,
                unshown=unshown,
                pictures=pictures,
                charter=charter,
                changes=tools.changes,
            )
            (bench / "dossier.json").write_text(
                json.dumps(document, ensure_ascii=False), encoding="utf-8", errors="replace"
            )
            try:
                pdf, found = _run(bench, tools, _noon(dossier))
            except _Refused as refusal:
                missing = _missing_glyphs(str(refusal))
                if not missing - unshown.keys():
                    raise LayoutError(
                        "layout-failed" if tools.own is None else "layout-of-pack", detail=str(refusal)[:400]
                    ) from refusal
                unshown |= {letter: stand_in(letter) for letter in missing}
                continue
        places = {anchor: pages[0] for anchor, pages in found["places"]}
        if complete is None and any(exhibit.anchor not in places for exhibit in dossier.exhibits):
            raise LayoutError("layout-of-pack", detail="une preuve n’a pas son intercalaire")
        return Laid(pdf, places, found["pages"], tuple(sorted(unshown)))
    raise LayoutError("layout-failed", detail="".join(sorted(unshown)))


def pagination(dossier: Dossier, laid: Laid) -> Pagination:
    """The pages of the complete dossier, exhibits counted, from a layout with dividers."""
    dividers = [laid.places[exhibit.anchor] for exhibit in dossier.exhibits]
    inserted = list(accumulate((embedded_pages(exhibit) for exhibit in dossier.exhibits), initial=0))
    pages = {anchor: page + inserted[max(bisect_right(dividers, page) - 1, 0)] for anchor, page in laid.places.items()}
    return Pagination(tuple(sorted(pages.items())), laid.pages + inserted[-1])


class _Refused(Exception):
    """The engine's own words on what it will not lay out."""


def _run(bench: Path, tools: Press, moment: int) -> tuple[bytes, dict[str, Any]]:
    """The PDF and what the layout says of its places. A layout that comes with a pack has so many seconds."""
    answer = tools.engine.lay_out(bench, tools.supply.places, moment, None if tools.own is None else _SECONDS)
    if isinstance(answer, Lost):
        timeout = answer.reason == "timeout"
        raise _Refused(f"il faudrait plus de {_SECONDS:.0f} secondes" if timeout else "elle s’arrête seule")
    if "fault" in answer:
        raise _Refused(answer["fault"])
    return (bench / "dossier.pdf").read_bytes(), answer["found"]


def _noon(dossier: Dossier) -> int:
    day = dossier.candidature.edition
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


@contextmanager
def _bench(dossier: Dossier, tools: Press) -> Iterator[tuple[Path, dict[str, str], dict[str, str]]]:
    """A folder with the layout and the pictures under plain names, gone afterwards: all that the engine can read."""
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        bench = Path(name)
        for source in _LAYOUT.glob("*.typ"):
            shutil.copyfile(source, bench / source.name)
        if tools.own is not None:
            shutil.copyfile(tools.own, bench / "dossier.typ")
        pictures: dict[str, str] = {}
        for nth, picture in enumerate(dossier.pictures):
            if picture.prepared is not None and tools.store.has(picture.prepared):
                pictures[picture.path] = f"picture-{nth}"
                shutil.copyfile(tools.store.path(picture.prepared), bench / f"picture-{nth}")
        images: dict[str, str] = {}
        for nth, image in enumerate(tools.charter.images):
            images[image.key] = f"image-{nth}.{image.kind}"
            (bench / images[image.key]).write_bytes(image.content)
        yield bench, pictures, images


def _missing_glyphs(refusal: str) -> set[str]:
    told = "\n".join(_NO_GLYPH.findall(refusal))
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], told)
    return set(plain) - {"\n"}
