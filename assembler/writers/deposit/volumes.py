"""The complete PDF cut into volumes below a size, between two exhibits; page numbers run on from one to the next."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier

_SPARE = 0.97  # of the limit: the seal and what a volume adds of its own


@dataclass(frozen=True, slots=True)
class Volume:
    """A file with pages `first` to `last` of the dossier, and the labels of the exhibits it holds."""

    name: str
    first: int
    last: int
    labels: tuple[str, ...]


def split(
    complete: Path, target: Path, name: str, limit: int | None, dossier: Dossier, pagination: Pagination
) -> tuple[Volume, ...]:
    """Write the volumes into the folder `target`: one, the file as it is, when it is small enough."""
    places = dict(pagination.pages)
    labels = {
        places[each.anchor]: each.label for each in dossier.exhibits if each.facts.pages and each.anchor in places
    }
    if limit is None or complete.stat().st_size <= limit * _SPARE or not labels:
        volume = Volume(f"{name}.pdf", 1, pagination.total, tuple(labels.values()))
        shutil.copyfile(complete, target / volume.name)
        return (volume,)
    import pikepdf

    with pikepdf.open(complete) as pdf:
        cuts = [1, *sorted(labels), pagination.total + 1]
        starts = _starts(pdf, cuts, limit * _SPARE, target)
        volumes = tuple(
            Volume(f"{name}-volume-{rank}.pdf", first, after - 1,
                   tuple(label for page, label in sorted(labels.items()) if first <= page < after))
            for rank, (first, after) in enumerate(pairwise((*starts, pagination.total + 1)), 1)
        )  # fmt: skip
        destinations = _destinations(pdf)
        for volume in volumes:
            _write(pdf, volume, volumes, destinations, target / volume.name)
    return volumes


def _starts(pdf: Any, cuts: Sequence[int], limit: float, target: Path) -> list[int]:
    """The first page of each volume: as many stretches between two cuts as the limit takes."""
    starts, size = [1], 0.0
    for first, after in pairwise(cuts):
        weight = _weight(pdf, first, after, target)
        if size and size + weight > limit:
            starts.append(first)
            size = 0.0
        size += weight
    return starts


def _weight(pdf: Any, first: int, after: int, target: Path) -> float:
    """What these pages weigh in a file of their own."""
    import pikepdf

    trial = target / ".volume.pdf"
    with pikepdf.new() as alone:
        _copy(pdf, alone, first, after)
        alone.remove_unreferenced_resources()
        alone.save(trial)
    size = trial.stat().st_size
    trial.unlink()
    return float(size)


def _copy(pdf: Any, target: Any, first: int, after: int) -> None:
    """These pages at the end of `target`; their links are seen to apart."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        target.pages.extend(pdf.pages[first - 1 : after - 1])


def _write(pdf: Any, volume: Volume, volumes: Sequence[Volume], destinations: dict[str, Any], path: Path) -> None:
    import pikepdf

    ranks = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    with pikepdf.new() as made:
        _copy(pdf, made, volume.first, volume.last + 1)
        for source, page in zip(pdf.pages[volume.first - 1 : volume.last], made.pages, strict=True):
            for key in ("/StructParents", "/Tabs"):
                if key in page:
                    del page[key]
            annotations = zip(source.get("/Annots", ()), page.get("/Annots", ()), strict=False)
            for before, after in annotations:
                number, view = _aim(before, destinations, ranks)
                if number is not None:
                    _redirect(made, after, number, view, volume, volumes)
        made.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.D, St=volume.first)])
        )
        for key in ("/Lang", "/ViewerPreferences"):
            if key in pdf.Root:
                made.Root[key] = pdf.Root[key] if key == "/Lang" else pikepdf.Dictionary(DisplayDocTitle=True)
        rank = volumes.index(volume) + 1
        title = str(pdf.docinfo.get("/Title", "Dossier"))
        made.docinfo["/Title"] = f"{title} — volume {rank} sur {len(volumes)}, pages {volume.first} à {volume.last}"
        _bookmark(pdf, made, volume, destinations, ranks)
        made.remove_unreferenced_resources()
        made.save(path, deterministic_id=True)


def _destinations(pdf: Any) -> dict[str, Any]:
    """The named places of the file."""
    import pikepdf

    names = pdf.Root.get("/Names", {}).get("/Dests")
    tree = pikepdf.NameTree(names) if names is not None else {}
    return {str(key): value for key, value in tree.items()}


def _aim(item: Any, destinations: dict[str, Any], ranks: dict[Any, int]) -> tuple[int | None, list[Any]]:
    """The page that a link or a bookmark leads to, and how it is shown there; None outside the file."""
    import pikepdf

    action = item.get("/A")
    aim = item.get("/Dest") if action is None else action.get("/D") if action.get("/S") == "/GoTo" else None
    if isinstance(aim, pikepdf.String | pikepdf.Name):
        aim = destinations.get(str(aim))
    if isinstance(aim, pikepdf.Dictionary):
        aim = aim.get("/D")
    if not isinstance(aim, pikepdf.Array) or not len(aim) or not isinstance(aim[0], pikepdf.Dictionary):
        return None, []
    return ranks.get(aim[0].objgen), list(aim)[1:]


def _redirect(made: Any, link: Any, number: int, view: list[Any], volume: Volume, volumes: Sequence[Volume]) -> None:
    """A link to this volume leads to its page; one to another volume opens that file, and says so."""
    import pikepdf

    for key in ("/Dest", "/A", "/StructParent"):
        if key in link:
            del link[key]
    if volume.first <= number <= volume.last:
        link.Dest = pikepdf.Array([made.pages[number - volume.first].obj, *view])
        return
    rank, other = next((rank, each) for rank, each in enumerate(volumes, 1) if each.first <= number <= each.last)
    link.A = pikepdf.Dictionary(
        S=pikepdf.Name.GoToR, F=pikepdf.String(other.name), D=pikepdf.Array([number - other.first, *view])
    )
    link.Contents = pikepdf.String(f"Volume {rank} ({other.name}), page {number}")


def _bookmark(pdf: Any, made: Any, volume: Volume, destinations: dict[str, Any], ranks: dict[Any, int]) -> None:
    """The bookmarks that lead into this volume, under their own titles, in their order."""
    import pikepdf

    with pdf.open_outline() as before, made.open_outline() as after:

        def kept(items: Sequence[Any]) -> Iterator[Any]:
            for item in items:
                number, _ = _aim(item.obj, destinations, ranks) if item.obj is not None else (None, [])
                inside = list(kept(item.children))
                here = number is not None and volume.first <= number <= volume.last
                if here or inside:
                    page = number - volume.first if here and number is not None else None
                    copy = pikepdf.OutlineItem(str(item.title), page)
                    copy.children.extend(inside)
                    yield copy

        after.root.extend(kept(before.root))
