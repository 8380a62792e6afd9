"""The fonts of the layout: those shipped here, the pack's and the engine's, never the machine's; and what stands in for others."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

SHARED = Path(__file__).with_name("fonts")
# Fonts whose letters are as wide as those of the fonts of Word and LibreOffice.
_TWINS = {
    "calibri": "Carlito", "cambria": "Caladea", "arial": "Arimo", "helvetica": "Arimo", "liberation sans": "Arimo",
    "times new roman": "Tinos", "times": "Tinos", "liberation serif": "Tinos", "courier new": "Cousine", "courier": "Cousine",
    "liberation mono": "Cousine",
}  # fmt: skip
# The nearest of ours, for those that have no twin.
_NEAR = {
    "calibri light": "Carlito", "candara": "Carlito", "corbel": "Carlito", "segoe ui": "Carlito", "aptos": "Carlito",
    "aptos display": "Carlito", "consolas": "Cousine", "lucida console": "Cousine", "georgia": "Tinos", "garamond": "Tinos",
    "book antiqua": "Tinos", "palatino linotype": "Tinos", "constantia": "Caladea", "verdana": "Arimo", "tahoma": "Arimo",
    "marianne": "Arimo", "century gothic": "Arimo", "trebuchet ms": "Arimo", "arial narrow": "Arimo",
}  # fmt: skip
_KINDS = {"roman": "Tinos", "modern": "Cousine"}
_OTHERWISE = "Arimo"
_LAST = ("Libertinus Serif", "DejaVu Sans Mono")  # the engine's own: many more signs than any other
_ENGINE = {
    "libertinus serif": (0.894, 0.246),
    "dejavu sans mono": (0.928, 0.236),
    "new computer modern": (0.806, 0.194),
    "new computer modern math": (0.806, 0.194),
}


@dataclass(frozen=True, slots=True)
class Replacement:
    """A font that nobody supplies and the one shown instead; `exact` when its letters are as wide."""

    font: str
    by: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Face:
    """A family as it is laid out: in order of preference, the height of its letters above and below the line, for size 1."""

    names: tuple[str, ...]
    ascent: float
    descent: float


class Supply:
    """The fonts there are; `chosen` are the replacements that a pack has declared."""

    def __init__(self, places: Iterable[Path], chosen: Mapping[str, str]) -> None:
        self.places = (SHARED, *places)
        self.fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(each) for each in self.places])
        self._chosen = {font.lower(): by for font, by in chosen.items()}
        self._families: dict[str, str] = {}
        self._files: dict[str, str] = {}
        for info in self.fonts.fonts():
            key = info.family.lower()
            self._families.setdefault(key, info.family)
            if info.path and (info.weight, info.style) == (400, "normal"):
                self._files.setdefault(key, str(info.path))

    def replacement(self, font: str, kind: str) -> Replacement | None:
        """What stands in for a font, None where it is there. `kind` is Word's: `swiss`, `roman`, `modern` or empty."""
        key = font.strip().lower()
        if key in self._families:
            return None
        declared = self._families.get(self._chosen.get(key, "").lower())
        twin = _TWINS.get(key)
        by = declared or twin or _NEAR.get(key) or _KINDS.get(kind, _OTHERWISE)
        return Replacement(font, by, by == twin)

    def declared(self, font: str) -> bool:
        """Whether the pack itself says what stands in for this font, and that font is there."""
        return self._chosen.get(font.strip().lower(), "").lower() in self._families

    def face(self, font: str, kind: str) -> Face:
        """How a family is laid out."""
        replacement = self.replacement(font, kind)
        shown = replacement.by if replacement else self._families[font.strip().lower()]
        names = tuple(dict.fromkeys((shown, "Carlito", *_LAST)))
        key = shown.lower()
        ascent, descent = _ENGINE.get(key) or _heights(self._files.get(key, ""))
        return Face(names, ascent, descent)


@cache
def _heights(path: str) -> tuple[float, float]:
    """Above and below the line as word processors have them: `hhea` with its gap above, shared as `OS/2` does where both agree."""
    try:
        content = Path(path).read_bytes()
        count = struct.unpack_from(">H", content, 4)[0]
        tables = {}
        for nth in range(count):
            tag, _, at, _ = struct.unpack_from(">4sIII", content, 12 + 16 * nth)
            tables[tag] = at
        unit = struct.unpack_from(">H", content, tables[b"head"] + 18)[0]
        ascent, descent, gap = struct.unpack_from(">hhh", content, tables[b"hhea"] + 4)
        above, below = struct.unpack_from(">HH", content, tables[b"OS/2"] + 74)
    except (OSError, struct.error, KeyError):
        return 0.95, 0.25
    if above + below != ascent - descent + gap:
        above, below = ascent + max(gap, 0), -descent
    return (above / unit, below / unit) if 0.5 < above / unit < 2 and 0 <= below / unit < 1 else (0.95, 0.25)
