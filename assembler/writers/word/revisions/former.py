"""The version handed in, written again as Word would show it beside this one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assembler.errors import Missing
from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.model.version import Version
from assembler.tools.store import Store
from assembler.writers.word.body import fill
from assembler.writers.word.package import Package
from assembler.writers.word.pictures import ABSENT
from assembler.writers.word.values import template_values
from assembler.writers.word.vetting import Workshop
from assembler.writers.word.xml import Element, name

_NOT_KEPT = "[image d’avant, non conservée : {path}]"


def write_former(
    dossier: Dossier,
    version: Version,
    pagination: Pagination,
    store: Store,
    template: Path,
    workshop: Workshop,
    *,
    draft: bool,
) -> Package:
    """The Word file of `version` in the template that `dossier` follows now, never saved.

    Where that template can no more be filled with what the old pack knew, it is with what this one knows.
    """
    former, lost = _with_pictures_of(dossier, version.dossier)
    pages = replace(pagination, pages=tuple((dict(version.pages) | dict(pagination.pages)).items()))
    package = _filled(former, dossier, pages, template, workshop, draft=draft)
    fill(package, former, store, pages, draft=draft, changes=version.listed)
    _name_pictures(package.tree(package.document), lost)
    return package


def _filled(
    former: Dossier, dossier: Dossier, pages: Pagination, template: Path, workshop: Workshop, *, draft: bool
) -> Package:
    try:
        return Package(workshop.fill(template, former.pack, template_values(former, pages, draft=draft)))
    except Missing:
        today = replace(former, pack=dossier.pack)
        return Package(workshop.fill(template, dossier.pack, template_values(today, pages, draft=draft)))


def _with_pictures_of(dossier: Dossier, former: Dossier) -> tuple[Dossier, list[str]]:
    """The version with the pictures that are in the dossier still, and the paths of the others: no version keeps any."""
    here = {each.sha256: each for each in dossier.pictures if each.sha256 is not None}
    kept = tuple(replace(here[each.sha256], path=each.path) for each in former.pictures if each.sha256 in here)
    lost = [each.path for each in former.pictures if each.sha256 is not None and each.sha256 not in here]
    return replace(former, pictures=kept), lost


def _name_pictures(tree: Element, lost: list[str]) -> None:
    shown = {ABSENT.format(path=path): _NOT_KEPT.format(path=path) for path in lost}
    for text in tree.iter(name("t")) if shown else ():
        text.text = shown.get(text.text or "", text.text)
