"""Inserts each exhibit's pages behind its divider, stamped, linked, tagged and bookmarked, in the laid out dossier."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from assembler.errors import DossierError
from assembler.model.artefact import Pagination
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Exhibit
from assembler.writers.pdf.annexe import Annexe
from assembler.writers.pdf.band import Band, Stamp, band_of, stamp_content
from assembler.writers.pdf.bulk import Bulk
from assembler.writers.pdf.layout import Laid, Press
from assembler.writers.pdf.outline import bookmarks_by_page, fold, nest
from assembler.writers.pdf.payload import embedded_pages
from assembler.writers.pdf.stamp_font import Typeface, cut_typeface
from assembler.writers.pdf.tags import PAGE_MARK, STAMP_MARK, Tags
from assembler.writers.pdf.tree import plant_pages

_CLAIMS = re.compile(rb"<pdf(?:a|ua)id:(\w+)>[^<]*</pdf(?:a|ua)id:\1>")
_COUNT = re.compile(rb"(<xmpTPg:NPages>)\d+(</xmpTPg:NPages>)")

Progress = Callable[[int], None]


class PreparedError(DossierError):
    """A prepared file has not the pages that were learnt of it."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What every page inserted needs."""

    pdf: Pdf
    face: Typeface
    tags: Tags
    marks: Mapping[tuple[int, int], Object]
    bulk: Bulk
    alert: str
    word: str
    total: int


def splice(dossier: Dossier, laid: Laid, pages: Pagination, tools: Press, progress: Progress) -> tuple[Pdf, Bulk]:
    """The complete dossier, and what its exhibits keep in their files until it is written.

    Calls `progress` with the number of exhibits done, after each. Raises PreparedError.
    """
    pdf = pikepdf.open(io.BytesIO(laid.pdf))
    alert = dossier.pack.words.draft if tools.draft else ""
    letters = "".join(exhibit.label + exhibit.entry.title for exhibit in dossier.exhibits) + alert + "page/—…·"
    word = dossier.pack.words.exhibit
    bulk = Bulk({exhibit.facts.prepared for exhibit in dossier.exhibits if exhibit.facts.prepared is not None})
    binding = Binding(
        pdf, cut_typeface(pdf, letters, tools.fonts), Tags(pdf), bookmarks_by_page(pdf), bulk, alert, word, pages.total
    )
    _bind(dossier, laid, binding, tools, progress)
    binding.tags.close()
    fold(pdf)
    _label(pdf)
    _disclaim(pdf, pages.total)
    return pdf, bulk


def _bind(dossier: Dossier, laid: Laid, binding: Binding, tools: Press, progress: Progress) -> None:
    own: list[Object] = [page.obj for page in binding.pdf.pages]
    dividers = [laid.places[exhibit.anchor] for exhibit in dossier.exhibits]
    ends = [*(place - 1 for place in dividers[1:]), len(own)][: len(dividers)]
    runs = [own[: dividers[0] - 1] if dividers else own]
    annexes: dict[str, Annexe] = {}
    uses = Counter(exhibit.facts.prepared for exhibit in dossier.exhibits)
    done = 0
    for nth, (exhibit, first, last) in enumerate(zip(dossier.exhibits, dividers, ends, strict=True), 1):
        sheets = own[first - 1 : last]
        name = exhibit.facts.prepared
        inserted: list[Object] = []
        if name is not None:
            if name not in annexes:
                annexes[name] = _opened(binding, tools.store.path(name), exhibit)
            inserted = _insert(exhibit, annexes[name], sheets[0], last + done, binding)
            uses[name] -= 1
            if not uses[name]:
                annexes.pop(name).close()
        runs.append([*sheets, *inserted])
        done += len(inserted)
        progress(nth)
    plant_pages(binding.pdf, runs)


def _opened(binding: Binding, path: Path, exhibit: Exhibit) -> Annexe:
    try:
        annexe = Annexe(binding.pdf, path, binding.bulk)
    except (pikepdf.PdfError, OSError) as error:
        raise PreparedError("prepared-unreadable", exhibit=exhibit.entry.id) from error
    if len(annexe.pages) != embedded_pages(exhibit):
        raise PreparedError("prepared-changed", exhibit=exhibit.entry.id)
    return annexe


def _insert(exhibit: Exhibit, annexe: Annexe, divider: Object, before: int, binding: Binding) -> list[Object]:
    """The exhibit's pages, the first of which will be the dossier's page `before` + 1."""
    pdf, count = binding.pdf, len(annexe.pages)
    sheets: list[Object] = [pdf.make_indirect(Dictionary(Type=Name.Page)) for _ in range(count)]
    title = " ".join(exhibit.entry.title.split())
    name = binding.word.format(label=exhibit.label)
    name = name[:1].upper() + name[1:]
    section = binding.tags.section(divider, f"{name} : {title}")

    def page_of(number: int) -> Object | None:
        return sheets[number] if 0 <= number < count else None

    for nth, sheet in enumerate(sheets):
        stamp = Stamp(
            f"{exhibit.label} — {nth + 1}/{count}", title, binding.alert, f"page {before + nth + 1} / {binding.total}"
        )
        shape = annexe.shape(nth)
        band = band_of(shape)
        _dress(sheet, annexe, nth, band, stamp_content(band, stamp, binding.face), binding)
        back = pdf.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array(band.box.numbers()), Border=[0, 0, 0], F=4,
            Dest=Array([divider, Name.Fit]), Contents=String(f"Retour à l’intercalaire : {name}"),
        ))  # fmt: skip
        binding.tags.page(section, sheet, f"{name}, page {nth + 1} sur {count} : {title}", back)
        notes = [pdf.make_indirect(link) for link in annexe.links(nth, shape.seen, page_of)]
        for note in notes:
            note.Contents = String(str(note.A.URI) if Name.A in note else "Renvoi dans la preuve")
            binding.tags.link(section, sheet, note)
        sheet.Annots = Array([back, *notes])
    bookmark = binding.marks.get(divider.objgen)
    if bookmark is not None:
        nest(pdf, bookmark, annexe.outline(page_of))
    return sheets


def _dress(sheet: Object, annexe: Annexe, nth: int, band: Band, drawing: bytes, binding: Binding) -> None:
    """Give `sheet` the content, boxes and stamp of the source page at `nth`."""
    seen = annexe.shape(nth).seen
    form = annexe.form(nth, seen)
    stamp = b"/Link <</MCID %d>> BDC %s EMC" % (STAMP_MARK, drawing)
    if form is not None:
        sheet.Resources = Dictionary(XObject=Dictionary(P0=form), Font=binding.face.fonts)
        sheet.Contents = Stream(binding.pdf, b"/Figure <</MCID %d>> BDC /P0 Do EMC\n%s" % (PAGE_MARK, stamp))
    else:
        _wrap(sheet, annexe, nth, stamp, binding)
    sheet.MediaBox = Array(band.grown.numbers())
    sheet.CropBox = Array(band.grown.numbers())
    shape = annexe.shape(nth)
    if shape.turns:
        sheet.Rotate = shape.turns * 90
    if shape.unit != 1:
        sheet.UserUnit = shape.unit
    group = annexe.group(nth)
    if group is not None:
        sheet.Group = group


def _wrap(sheet: Object, annexe: Annexe, nth: int, stamp: bytes, binding: Binding) -> None:
    """For content that cannot be decoded, and so cannot become a form: its streams as they are, clipped."""
    pdf = binding.pdf
    seen = annexe.shape(nth).seen
    resources = annexe.resources(nth)
    own = Dictionary({key: value for key, value in resources.items() if key != "/Font"})
    fonts = resources.get(Name.Font)
    own.Font = Dictionary(
        {**dict(fonts.items() if isinstance(fonts, Dictionary) else ()), **dict(binding.face.fonts.items())}
    )
    clip = f"{seen.x0} {seen.y0} {seen.x1 - seen.x0} {seen.y1 - seen.y0} re W n".encode()
    head = Stream(pdf, b"q %s /Figure <</MCID %d>> BDC q\n" % (clip, PAGE_MARK))
    tail = Stream(pdf, b"\nQ EMC Q\n" + stamp)
    sheet.Resources = own
    sheet.Contents = Array([head, *(annexe.brought(part) for part in annexe.content_parts(nth)), tail])


def _label(pdf: Pdf) -> None:
    """Page labels: the page printed is the viewer's page, from 1."""
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _disclaim(pdf: Pdf, total: int) -> None:
    """The exhibits are what they are: the document as a whole claims no standard."""
    metadata = _CLAIMS.sub(b"", pdf.Root.Metadata.read_bytes())
    metadata = _COUNT.sub(b"\\g<1>%d\\g<2>" % total, metadata)
    pdf.Root.Metadata.write(metadata)
