"""The letters of the stamps: a font cut down by the layout engine to what the stamps say, embedded once."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pikepdf
import typst
from pikepdf import Dictionary, Name, Object, Pdf

from assembler.writers.pdf.charter import CHARTER

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BOLD_PAGE, _PLAIN_PAGE = 0, 1
_SOURCE = """
#set page(width: 400pt, height: auto)
#set text(font: json(bytes(sys.inputs.fonts)), size: 10pt, ligatures: false, kerning: false, lang: "fr")
#let letters = sys.inputs.letters
#text(weight: "bold", letters)
#pagebreak()
#letters
"""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter in an embedded font: the font's name in `Typeface.fonts`, its code in hex, its width for size 1."""

    font: str
    code: str
    width: float


class GlyphSet:
    """Glyphs by character. Most stand in one font, and are looked up without a thought for the others."""

    def __init__(self, glyphs: dict[str, Glyph]) -> None:
        self._glyphs = glyphs
        self._widths = {letter: glyph.width for letter, glyph in glyphs.items()}
        self._main = glyphs["0"].font
        self._codes = {letter: glyph.code for letter, glyph in glyphs.items() if glyph.font == self._main}

    def width(self, text: str) -> float:
        """The width of `text` in size 1."""
        try:
            return sum(map(self._widths.__getitem__, text))
        except KeyError:
            return sum(self._glyph(letter).width for letter in text)

    def runs(self, text: str) -> list[tuple[str, str]]:
        """`text` as (font, codes in hex) runs."""
        try:
            return [(self._main, "".join(map(self._codes.__getitem__, text)))]
        except KeyError:
            glyphs = map(self._glyph, text)
            return [(font, "".join(glyph.code for glyph in run)) for font, run in groupby(glyphs, lambda it: it.font)]

    def _glyph(self, letter: str) -> Glyph:
        return self._glyphs.get(letter) or self._glyphs[" " if letter.isspace() else "?"]


@dataclass(frozen=True, slots=True)
class Typeface:
    """Two sets of glyphs by character, and the number of the `/Font` resource that holds their fonts."""

    bold: GlyphSet
    plain: GlyphSet
    number: int


def cut_typeface(target: Pdf, letters: str, supply: typst.Fonts) -> Typeface:
    """Fonts with the characters of `letters`, put into `target`. A character that no font has is left out."""
    source = pikepdf.open(io.BytesIO(_compiled("".join(sorted(set(letters) | set(" ?0123456789"))), supply)))
    fonts: dict[str, Object] = {}
    sets: list[dict[str, Glyph]] = []
    for nth in (_BOLD_PAGE, _PLAIN_PAGE):
        glyphs: dict[str, Glyph] = {}
        for font in source.pages[nth].obj.Resources.Font.values():
            name = f"/S{len(fonts)}"
            fonts[name] = target.copy_foreign(font)
            for letter, glyph in _glyphs(name, font):
                glyphs.setdefault(letter, glyph)
        sets.append(glyphs)
    return Typeface(
        GlyphSet(sets[_BOLD_PAGE]), GlyphSet(sets[_PLAIN_PAGE]), target.make_indirect(Dictionary(fonts)).objgen[0]
    )


def _compiled(letters: str, fonts: typst.Fonts) -> bytes:
    spaced = " ".join(letters.replace(" ", "")) + " "
    told = {"letters": spaced, "fonts": json.dumps(CHARTER["fonts"])}
    compiler = typst.Compiler(_SOURCE.encode(), font_paths=fonts, sys_inputs=told)
    pdf = compiler.compile(format="pdf", pdf_tags=False, timestamp=0)
    assert isinstance(pdf, bytes)  # a list only where pages are pictures
    return pdf


def _glyphs(name: str, font: Object) -> Iterator[tuple[str, Glyph]]:
    widths, default = _widths(font.DescendantFonts[0])
    for block in _BLOCK.findall(font.ToUnicode.read_bytes()):
        for code, shown in _PAIR.findall(block):
            letter = bytes.fromhex(shown.decode()).decode("utf-16-be", "replace")
            glyph = int(code, 16)
            if len(letter) == 1 and glyph:
                yield letter, Glyph(name, code.decode(), widths.get(glyph, default) / 1000)


def _widths(font: Object) -> tuple[dict[int, float], float]:
    """`/W` of a CID font (PDF 1.7 §9.7.4.3): « first [w w w] » or « first last w »."""
    found: dict[int, float] = {}
    array = list(font.get(Name.W, []))
    while array:
        first = int(array.pop(0))
        following = array.pop(0)
        if isinstance(following, pikepdf.Array):
            found |= {first + nth: float(width) for nth, width in enumerate(following)}
        else:
            found |= dict.fromkeys(range(first, int(following) + 1), float(array.pop(0)))
    return found, float(font.get(Name.DW, 1000))
