"""The pages of one exhibit, written behind its divider."""

from __future__ import annotations

from dataclasses import dataclass

from assembler.model.exhibit import Exhibit
from assembler.model.sheet import Aim, Box, Sheet, Sheets
from assembler.tools.store import Store
from assembler.writers.pdf.band import Stamp, band_of, drawn, stamp_content
from assembler.writers.pdf.outline import nest
from assembler.writers.pdf.scribe import Scribe
from assembler.writers.pdf.source import Source
from assembler.writers.pdf.stamp_font import Typeface
from assembler.writers.pdf.strings import address_string, text_string
from assembler.writers.pdf.tags import PAGE_MARK, STAMP_MARK, Tags
from assembler.writers.pdf.tree import PageTree, references


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an exhibit goes: it is the `rank`th, its pages come after `after` pages of the layout, `before` of the whole.

    `divider`, `section`, `bookmark` and `items` (the first level of its own outline) are numbers of objects.
    """

    rank: int
    exhibit: Exhibit
    sheets: Sheets
    after: int
    before: int
    divider: int
    section: int
    bookmark: int
    items: tuple[int, ...]

    @property
    def keys(self) -> int:
        """How many entries its pages have in the tree of parents: each page, its stamp, its links."""
        return sum(2 + len(sheet.links) for sheet in self.sheets.pages)


@dataclass(frozen=True, slots=True)
class Binding:
    """What every page inserted needs. `known` and `given` are the objects written already, by fingerprint and by file."""

    scribe: Scribe
    face: Typeface
    accent: str
    tags: Tags
    tree: PageTree
    store: Store
    alert: str
    word: str
    prefix: str
    known: dict[str, int]
    given: dict[str, dict[int, int]]


def insert(slot: Slot, binding: Binding) -> list[int]:
    """Write the exhibit's pages; their objects, in order. Raises ValueError or OSError where its file is not sound."""
    scribe, exhibit = binding.scribe, slot.exhibit
    title = " ".join(exhibit.entry.title.split())
    name = binding.word.format(label=exhibit.label)
    name = name[:1].upper() + name[1:]
    back = text_string(f"Retour à l’intercalaire : {name}")
    pages = scribe.numbers(len(slot.sheets.pages))

    def aimed(aim: Aim) -> bytes:
        if aim.url is not None:
            return b"/A<</S/URI/URI%b>>" % address_string(aim.url)
        return b"/Dest[%d 0 R %b]" % (pages[aim.page], aim.view.encode("latin-1"))

    def annotation(box: Box, words: bytes, aim: bytes, number: int, key: int) -> None:
        head = b"<</Type/Annot/Subtype/Link/Border[0 0 0]/F 4/Rect[%b]/Contents%b%b/StructParent %d>>"
        scribe.put(number, head % (sides(box), words, aim, key))

    prepared = str(exhibit.facts.prepared)
    given = binding.given.setdefault(prepared, {})
    source = Source(binding.store.path(prepared), slot.sheets, scribe, binding.known, given)
    for nth, (sheet, page) in enumerate(zip(slot.sheets.pages, pages, strict=True)):
        number, of = nth + 1, len(pages)
        band = band_of(sheet.shape)
        note, drawing = scribe.numbers(2)
        alternative = text_string(f"{name}, page {number} sur {of} : {title}")
        key, note_key = binding.tags.page(slot.section, page, note, alternative, scribe)
        annotation(band.box, back, b"/Dest[%d 0 R/Fit]" % slot.divider, note, note_key)
        notes = [note]
        for link in sheet.links:
            notes.append(scribe.number())
            words = text_string(link.aim.url or "Renvoi dans la preuve")
            link_key = binding.tags.link(slot.section, page, notes[-1], scribe)
            annotation(link.box, words, aimed(link.aim), notes[-1], link_key)
        stamp = Stamp(f"{exhibit.label} — {number}/{of}", title, binding.alert,
                      f"page {binding.prefix}{slot.before + number} / {binding.tree.total}")  # fmt: skip
        scribe.stream(drawing, b"", b"/Figure<</MCID %d>>BDC/P0 Do EMC/Link<</MCID %d>>BDC %b EMC" % (
            PAGE_MARK, STAMP_MARK, stamp_content(band, stamp, binding.face, binding.accent),
        ))  # fmt: skip
        parent = binding.tree.parent(slot.before + nth)
        entries = b"/Parent %d 0 R/Contents %d 0 R/Annots[%b]/StructParents %d/Tabs/S" % (
            parent, drawing, references(notes), key,
        )  # fmt: skip
        scribe.put(page, b"<</Type/Page%b%b>>" % (entries, look(sheet, sides(band.grown), source, binding.face)))
    nest(slot.bookmark, slot.sheets.outline, slot.items, aimed, scribe)
    binding.tags.close_section(slot.section, text_string(f"{name} : {title}"), scribe)
    return pages


def look(sheet: Sheet, box: bytes, source: Source, face: Typeface) -> bytes:
    """Boxes and resources of a page, its drawing copied."""
    form = source.copied(sheet.form)
    parts = [
        b"/MediaBox[%b]/CropBox[%b]/Resources<</XObject<</P0 %d 0 R>>/Font %d 0 R>>" % (box, box, form, face.number)
    ]
    if sheet.shape.turns:
        parts.append(b"/Rotate %d" % (sheet.shape.turns * 90))
    if sheet.shape.unit != 1:
        parts.append(b"/UserUnit %b" % drawn(sheet.shape.unit).encode())
    group = source.copied(sheet.group) if sheet.group is not None else 0
    if group:  # a page that names a page as its own group has none
        parts.append(b"/Group %d 0 R" % group)
    return b"".join(parts)


def sides(box: Box) -> bytes:
    """A box as PDF writes it."""
    return " ".join(map(drawn, box.numbers())).encode()
