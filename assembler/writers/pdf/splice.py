"""Inserts each exhibit's pages behind its divider, stamped, linked, tagged and bookmarked, in the laid out dossier.

The layout's own objects go through pikepdf; those of exhibits are written as bytes, one file after the other: a thousand
exhibits are neither opened by a library nor held in memory.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from assembler.errors import DossierError
from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Exhibit
from assembler.model.restore import restore
from assembler.model.sheet import Sheets, sheets_name
from assembler.tools.store import Store
from assembler.writers.pdf.insert import Binding, Slot, insert
from assembler.writers.pdf.layout import Laid, Press
from assembler.writers.pdf.originals import attach_originals
from assembler.writers.pdf.outline import bookmarks_by_page, fold, room_under
from assembler.writers.pdf.payload import embedded_pages
from assembler.writers.pdf.scribe import Scribe
from assembler.writers.pdf.skeleton import reserve, write_skeleton
from assembler.writers.pdf.stamp_font import cut_typeface
from assembler.writers.pdf.tags import Tags
from assembler.writers.pdf.tree import PageTree, nodes_above, plan_pages, write_pages

_CLAIMS = re.compile(rb"<pdf(?:a|ua)id:(\w+)>[^<]*</pdf(?:a|ua)id:\1>")
_COUNT = re.compile(rb"(<xmpTPg:NPages>)\d+(</xmpTPg:NPages>)")
_UNFIT = (ValueError, KeyError, TypeError, IndexError, OSError)  # a file of the store is not what was put there

Progress = Callable[[int], None]


class PreparedError(DossierError):
    """A prepared file is not the one that was learnt."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything goes: the layout's pages, the pages of the whole, and the exhibits that have some."""

    own: tuple[int, ...]
    tree: PageTree
    slots: tuple[Slot, ...]

    def order(self, inserted: Sequence[Sequence[int]]) -> list[int]:
        """All the pages in order, given those of each slot."""
        ends = [0, *(slot.after for slot in self.slots), len(self.own)]
        runs = [self.own[first:last] for first, last in pairwise(ends)]
        return [*chain.from_iterable(chain(run, more) for run, more in zip(runs, [*inserted, ()], strict=True))]


def splice(
    dossier: Dossier, laid: Laid, pages: Pagination, tools: Press, producer: str, out: BinaryIO, progress: Progress
) -> None:
    """Write the complete dossier to `out`; `progress` is called with the number of exhibits done. Raises PreparedError."""
    with pikepdf.open(io.BytesIO(laid.pdf)) as pdf:
        alert = dossier.pack.words.draft if tools.draft else ""
        letters = (
            "".join(exhibit.label + exhibit.entry.title for exhibit in dossier.exhibits)
            + alert
            + tools.prefix
            + "page/—…·"
        )
        face = cut_typeface(pdf, letters, tools.fonts)
        tags = Tags(pdf)
        nodes = reserve(pdf, nodes_above(pages.total))
        plan = _plan(dossier, laid, pdf, plan_pages(pages.total, nodes), tools.store)
        tags.hang([(pdf.get_object(slot.divider, 0), pdf.get_object(slot.section, 0)) for slot in plan.slots],
                  sum(slot.keys for slot in plan.slots))  # fmt: skip
        attach_originals(pdf, dossier.exhibits, tools.store)
        _settle(pdf, plan, pages.total, producer, tools.prefix)
        end = reserve(pdf, 1)[0]
        scribe = Scribe(out, end)
        later = {*nodes, tags.tree, *chain.from_iterable((slot.section, *slot.items) for slot in plan.slots)}
        write_skeleton(pdf, end, later, scribe)
        binding = Binding(
            scribe, face, tools.charter.accent, tags, plan.tree, tools.store, alert, dossier.pack.words.exhibit,
            tools.prefix, {}, {},
        )  # fmt: skip
        inserted = _insert_all(plan, binding, progress)
        progress(len(dossier.exhibits))
        write_pages(plan.tree, plan.order(inserted), scribe)
        tags.close(scribe)
        scribe.close(pdf.Root.objgen[0], pdf.trailer.Info.objgen[0], _identity(laid, plan))


def _plan(dossier: Dossier, laid: Laid, pdf: Pdf, tree: PageTree, store: Store) -> Plan:
    own = [page.obj for page in pdf.pages]
    marks = bookmarks_by_page(pdf)
    dividers = [laid.places[exhibit.anchor] for exhibit in dossier.exhibits]
    ends = [*(place - 1 for place in dividers[1:]), len(own)][: len(dividers)]
    slots: list[Slot] = []
    done = 0
    for nth, (exhibit, first, last) in enumerate(zip(dossier.exhibits, dividers, ends, strict=True), 1):
        if exhibit.facts.prepared is None:
            continue
        sheets = _sheets(exhibit, store)
        bookmark = marks.get(own[first - 1].objgen)
        items = room_under(pdf, bookmark, len(sheets.outline)) if bookmark is not None else ()
        slots.append(Slot(
            nth, exhibit, sheets, after=last, before=last + done, divider=own[first - 1].objgen[0],
            section=reserve(pdf, 1)[0], bookmark=bookmark.objgen[0] if bookmark is not None else 0, items=items,
        ))  # fmt: skip
        done += len(sheets.pages)
    return Plan(tuple(page.objgen[0] for page in own), tree, tuple(slots))


def _sheets(exhibit: Exhibit, store: Store) -> Sheets:
    assert exhibit.facts.prepared is not None
    try:
        sheets = restore(Sheets, json.loads(store.path(sheets_name(exhibit.facts.prepared)).read_bytes()))
    except _UNFIT as error:
        raise PreparedError("prepared-unreadable", exhibit=exhibit.entry.id) from error
    if len(sheets.pages) != embedded_pages(exhibit):
        raise PreparedError("prepared-changed", exhibit=exhibit.entry.id)
    return sheets


def _insert_all(plan: Plan, binding: Binding, progress: Progress) -> list[list[int]]:
    inserted: list[list[int]] = []
    for slot in plan.slots:
        progress(slot.rank - 1)
        try:
            inserted.append(insert(slot, binding))
        except _UNFIT as error:
            if isinstance(error, OSError) and error.filename is None:
                raise  # the disk refuses what is written
            raise PreparedError("prepared-unreadable", exhibit=slot.exhibit.entry.id) from error
    return inserted


def _settle(pdf: Pdf, plan: Plan, total: int, producer: str, prefix: str) -> None:
    """All that changes in the layout's own objects: the page tree, folded bookmarks, page labels from 1, metadata."""
    grown = list(accumulate((len(slot.sheets.pages) for slot in plan.slots), initial=0))
    afters = [slot.after for slot in plan.slots]
    for nth, number in enumerate(plan.own):
        place = nth + grown[bisect_right(afters, nth)]
        pdf.get_object(number, 0).Parent = pdf.get_object(plan.tree.parent(place), 0)
    pdf.Root.Pages = pdf.get_object(plan.tree.root, 0)
    fold(pdf)
    style = Dictionary(S=Name.D, P=pikepdf.String(prefix)) if prefix else Dictionary(S=Name.D)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, style]))
    pdf.docinfo["/Producer"] = producer
    # The exhibits are what they are: the document as a whole claims no standard.
    metadata = _CLAIMS.sub(b"", pdf.Root.Metadata.read_bytes())
    pdf.Root.Metadata.write(_COUNT.sub(b"\\g<1>%d\\g<2>" % total, metadata))


def _identity(laid: Laid, plan: Plan) -> tuple[bytes, bytes]:
    """The file's identity, the same for the same content."""
    digest = hashlib.sha256(laid.pdf)
    for slot in plan.slots:
        digest.update(str(slot.exhibit.facts.prepared).encode())
    return digest.digest()[:16], digest.digest()[:16]
