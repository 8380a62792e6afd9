"""The band added under each exhibit page: where it goes on an odd page, and what is stamped in it.

The page's own content is neither covered nor rescaled: its boxes grow at the edge that its reader sees at the bottom.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from assembler.model.sheet import Box, Shape
from assembler.writers.pdf.charter import CHARTER
from assembler.writers.pdf.stamp_font import GlyphSet, Typeface

_HEIGHT, _SIZE, _BASELINE, _MARGIN, _GAP = 24.0, 9.0, 8.5, 20.0, 14.0  # points on a page as wide as A4
_A4_WIDTH = 595.0
_SMALLEST, _LARGEST = 0.75, 4.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """The words of a stamp, from left to right."""

    label: str
    title: str
    alert: str
    page: str


@dataclass(frozen=True, slots=True)
class Band:
    """Where the stamp goes: its box, the page's box once grown, and the matrix from reader's axes to the page's."""

    box: Box
    grown: Box
    matrix: tuple[float, float, float, float, float, float]
    width: float
    scale: float


@lru_cache(256)
def band_of(shape: Shape) -> Band:
    """The band at the reader's bottom edge, as high as its page is wide, within reason."""
    scale = min(max(shape.width * shape.unit / _A4_WIDTH, _SMALLEST), _LARGEST) / shape.unit
    high, seen = _HEIGHT * scale, shape.seen
    match shape.turns:
        case 0:
            box, matrix = Box(seen.x0, seen.y0 - high, seen.x1, seen.y0), (1, 0, 0, 1, seen.x0, seen.y0 - high)
        case 1:
            box, matrix = Box(seen.x1, seen.y0, seen.x1 + high, seen.y1), (0, 1, -1, 0, seen.x1 + high, seen.y0)
        case 2:
            box, matrix = Box(seen.x0, seen.y1, seen.x1, seen.y1 + high), (-1, 0, 0, -1, seen.x1, seen.y1 + high)
        case _:
            box, matrix = Box(seen.x0 - high, seen.y0, seen.x0, seen.y1), (0, -1, 1, 0, seen.x0 - high, seen.y1)
    grown = Box(min(seen.x0, box.x0), min(seen.y0, box.y0), max(seen.x1, box.x1), max(seen.y1, box.y1))
    return Band(box, grown, matrix, shape.width, scale)


def stamp_content(band: Band, stamp: Stamp, face: Typeface, accent: str) -> bytes:
    """The drawing of the stamp: a hairline, the label in the colour `accent` and the title on the left, the page on the right."""
    size, margin = _SIZE * band.scale, _MARGIN * band.scale
    room = band.width - 2 * margin
    least = face.bold.width(stamp.label) + face.plain.width(stamp.page)
    if least * size > room:  # a receipt, a bookmark: smaller letters, no margin
        margin = min(margin, band.width * 0.03)
        room = band.width - 2 * margin
        size = min(size, room / (least + 1))
    right = " · ".join(part for part in (stamp.alert, stamp.page) if part)
    if face.bold.width(stamp.label) + face.plain.width(right) + 1 > room / size:
        right = stamp.page
    left_end = margin + face.bold.width(stamp.label) * size
    right_start = band.width - margin - face.plain.width(right) * size
    gap = _GAP * band.scale
    title = _shortened(stamp.title, face.plain, (right_start - left_end - 2 * gap) / size)
    base = _BASELINE * band.scale
    warned = CHARTER["grey"] if right == stamp.page else CHARTER["fault"]
    draw = [
        "q", " ".join(drawn(number) for number in band.matrix), "cm",
        _ink(CHARTER["line"], "RG"), f"{drawn(0.6 * band.scale)} w",
        f"0 {drawn((_HEIGHT - 0.3) * band.scale)} m {drawn(band.width)} {drawn((_HEIGHT - 0.3) * band.scale)} l S",
        "BT", _ink(accent, "rg"), *_shown(stamp.label, face.bold, margin, base, size),
        _ink(CHARTER["grey"], "rg"), *_shown(title, face.plain, left_end + gap, base, size),
        _ink(warned, "rg"), *_shown(right, face.plain, right_start, base, size),
        "ET", "Q",
    ]  # fmt: skip
    return " ".join(draw).encode("ascii")


@lru_cache(4096)
def drawn(number: float) -> str:
    """A number as PDF writes it."""
    return f"{number:.3f}".rstrip("0").rstrip(".")


@cache
def _ink(colour: str, operator: str) -> str:
    return " ".join(drawn(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5)) + f" {operator}"


def _shortened(text: str, glyphs: GlyphSet, room: float) -> str:
    """`text` cut to `room` at a letter, with an ellipsis; nothing where not even a word would stand."""
    if glyphs.width(text) <= room:
        return text
    left = room - glyphs.width("…")
    for at, letter in enumerate(text):
        left -= glyphs.width(letter)
        if left < 0:
            return text[:at].rstrip() + "…" if at > 6 else ""
    return text


def _shown(text: str, glyphs: GlyphSet, x: float, y: float, size: float) -> list[str]:
    if not text:
        return []
    parts = [f"1 0 0 1 {drawn(x)} {drawn(y)} Tm"]
    for font, codes in glyphs.runs(text):
        parts.append(f"{font} {drawn(size)} Tf <{codes}> Tj")
    return parts
