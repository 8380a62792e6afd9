"""A PDF to embed: opened once, counted, cleaned of what acts, reduced to the pages wanted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from assembler.model.exhibit import Absence, PageFacts
from assembler.readers.exhibits.layers import drop_hidden
from assembler.readers.exhibits.mend import mend_streams
from assembler.readers.exhibits.pdf_text import count_pages, find_personal, read_text
from assembler.readers.exhibits.traces import drop_traces

_KEPT_ACTIONS = {"/URI", "/GoTo"}
_ACTIVE_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_NAMES = {"/JavaScript": "javascript", "/Launch": "launch", "/SubmitForm": "form", "/ImportData": "form"}
_MAX_DRAWING = 100_000_000  # bytes a page
_MOST_INFLATED = 1_032  # to one: what Flate can do


class Unusable(Exception):
    """Why a file cannot be embedded."""

    def __init__(self, absence: Absence, detail: str = "") -> None:
        super().__init__(absence, detail)
        self.absence = absence
        self.detail = detail


@dataclass(frozen=True, slots=True)
class PreparedPdf:
    """A sound copy and what was learnt of the original; sizes in points, after rotation."""

    content: bytes
    pages: tuple[PageFacts, ...]
    source_pages: int
    has_text: bool
    text: str
    signed: bool
    repaired: bool
    cleaned: tuple[str, ...]
    other_count: int | None
    personal: tuple[str, ...]


def prepare_pdf(content: bytes, extract: tuple[int, int] | None, *, with_text: bool) -> PreparedPdf:
    """The copy to embed. Raises `Unusable`."""
    try:
        return _prepare(content, extract, with_text)
    except Unusable:
        raise
    except pikepdf.PasswordError:
        raise Unusable(Absence.ENCRYPTED) from None
    except MemoryError:
        raise
    except Exception as fault:
        raise Unusable(Absence.BROKEN, type(fault).__name__) from fault


def _prepare(content: bytes, extract: tuple[int, int] | None, with_text: bool) -> PreparedPdf:
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        total = len(pdf.pages)
        if total == 0:
            raise Unusable(Absence.NO_PAGE)
        signed = _is_signed(pdf)
        cleaned = set(_clean(pdf))
        if pdf.is_encrypted:
            cleaned.add("protection")
        if extract:
            _keep_pages(pdf, extract, total)
        _refuse_bombs(pdf)
        if drop_hidden(pdf):
            cleaned.add("layers")
        _flatten_forms(pdf)
        cleaned.update(drop_traces(pdf))
        faulty = _has_faults(pdf)
        mended = mend_streams(pdf, thorough=faulty)
        pages = tuple(_page_facts(page) for page in pdf.pages)
        has_text = any(_has_fonts(page.obj, 0) for page in pdf.pages)
        repaired = faulty or mended
        output = io.BytesIO()
        pdf.save(output, static_id=True, encryption=False)
    made = output.getvalue()
    return PreparedPdf(
        content=made,
        pages=pages,
        source_pages=total,
        has_text=has_text,
        text=read_text(made) if with_text and has_text else "",
        signed=signed,
        repaired=repaired,
        cleaned=tuple(sorted(cleaned)),
        other_count=count_pages(content),
        personal=find_personal(made) if has_text else (),
    )


def _has_faults(pdf: pikepdf.Pdf) -> bool:
    """Whether reading the file so far took some mending."""
    return any(not warning.endswith("treating as no-op") for warning in map(str, pdf.get_warnings()))


def _keep_pages(pdf: pikepdf.Pdf, extract: tuple[int, int], total: int) -> None:
    first, last = extract
    if not 1 <= first <= last <= total:
        raise Unusable(Absence.NO_PAGE, f"{first} à {last} ; le fichier en a {total}")
    del pdf.pages[last:]
    del pdf.pages[: first - 1]


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    """What draws a page is read whole by all who show it: it may not inflate without measure."""
    for page in pdf.pages:
        content = page.obj.get("/Contents")
        parts = list(content) if isinstance(content, pikepdf.Array) else [content]
        room = _MAX_DRAWING
        for part in parts:
            if not isinstance(part, pikepdf.Stream):
                continue
            filters = part.get("/Filter")
            once = not isinstance(filters, pikepdf.Array) or len(filters) < 2
            packed = int(part.get("/Length", 0))
            if once and packed * _MOST_INFLATED * len(parts) < _MAX_DRAWING:
                continue
            try:
                room -= len(part.get_stream_buffer())
            except pikepdf.PdfError as fault:
                if "bad_alloc" in str(fault):  # qpdf's word for memory that is not there
                    raise Unusable(Absence.TOO_LARGE, "une fois décompressé") from None
                continue  # it cannot be read, and will be shown as it is
            if room < 0:
                raise Unusable(Absence.TOO_LARGE, "une fois décompressé")


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    return any(field.get("/FT") == "/Sig" and "/V" in field for field in _fields(form.get("/Fields"), 0))


def _fields(fields: object, depth: int) -> Iterator[pikepdf.Dictionary]:
    if not isinstance(fields, pikepdf.Array) or depth > 8:
        return
    for field in fields:
        if isinstance(field, pikepdf.Dictionary):
            yield field
            yield from _fields(field.get("/Kids"), depth + 1)


def _clean(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Take away what acts by itself; web links and links inside the file stay. Yields the name of each thing removed."""
    root = pdf.Root
    for key in ("/OpenAction", "/AA"):
        if key in root:
            if isinstance(root[key], pikepdf.Dictionary):
                yield _kind(root[key])
            del root[key]
    if "/Collection" in root:
        del root["/Collection"]
        yield "portfolio"
    form = root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield "xfa"
    for key in ("/StructTreeRoot", "/MarkInfo"):  # its place in the dossier is the dossier's own
        if key in root:
            del root[key]
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key, name in (("/JavaScript", "javascript"), ("/EmbeddedFiles", "attachments")):
            if key in names:
                del names[key]
                yield name
    for page in pdf.pages:
        if "/AA" in page.obj:
            yield _kind(page.obj["/AA"])
            del page.obj["/AA"]
        yield from _clean_annotations(page.obj)


def _clean_annotations(page: pikepdf.Object) -> Iterator[str]:
    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    kept = []
    for annotation in annotations:
        if not isinstance(annotation, pikepdf.Dictionary):
            continue
        if str(annotation.get("/Subtype", "")) in _ACTIVE_ANNOTATIONS:
            yield "attachments"
            continue
        if "/AA" in annotation:
            yield _kind(annotation["/AA"])
            del annotation["/AA"]
        action = annotation.get("/A")
        if isinstance(action, pikepdf.Dictionary):
            subtype = str(action.get("/S", ""))
            if "/Next" in action:
                del action["/Next"]
                yield "action"
            if subtype not in _KEPT_ACTIONS or (subtype == "/URI" and not _is_web(action.get("/URI"))):
                yield _kind(action)
                del annotation["/A"]
        kept.append(annotation)
    page["/Annots"] = pikepdf.Array(kept)


def _kind(actions: pikepdf.Object) -> str:
    """What kind of thing an action does, or those of a set of actions: the first that has a name."""
    held = [actions, *actions.values()] if isinstance(actions, pikepdf.Dictionary) else []
    kinds = [str(each.get("/S", "")) for each in held if isinstance(each, pikepdf.Dictionary)]
    return next((_NAMES[kind] for kind in kinds if kind in _NAMES), "action")


def _is_web(address: object) -> bool:
    return re.match(r"(https?://|mailto:)", str(address or ""), re.IGNORECASE) is not None


def _flatten_forms(pdf: pikepdf.Pdf) -> None:
    """Draw form fields into the page, so that what was filled in stays seen and no field name can clash."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return
    if bool(form.get("/NeedAppearances", False)):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def _page_facts(page: pikepdf.Page) -> PageFacts:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    turned = _rotation(page.obj, 0) % 180 == 90
    return PageFacts(height, width) if turned else PageFacts(width, height)


def _rotation(node: pikepdf.Object, depth: int) -> int:
    """The page's `/Rotate`, its own or inherited."""
    if "/Rotate" in node:
        return int(node["/Rotate"])
    parent = node.get("/Parent")
    return _rotation(parent, depth + 1) if isinstance(parent, pikepdf.Dictionary) and depth < 50 else 0


def _has_fonts(holder: pikepdf.Object, depth: int) -> bool:
    """Whether the page, or a form drawn on it, uses a font: the sign of a text layer."""
    resources = holder.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary) or depth > 3:
        return False
    fonts = resources.get("/Font")
    if isinstance(fonts, pikepdf.Dictionary) and len(fonts):
        return True
    forms = resources.get("/XObject")
    if not isinstance(forms, pikepdf.Dictionary):
        return False
    return any(
        isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form" and _has_fonts(form, depth + 1)
        for _, form in forms.items()
    )
