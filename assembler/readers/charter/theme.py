"""The theme of a Word file: the fonts and colours that styles name by their use."""

from __future__ import annotations

import re

from assembler.readers.charter.parts import Element, w

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_USES = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2", "dark1": "dk1", "light1": "lt1",
         "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
         "tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}  # fmt: skip


class Theme:
    """Fonts and colours by use; empty for a file without a theme."""

    def __init__(self, tree: Element | None) -> None:
        self._fonts: dict[str, str] = {}
        self._colours: dict[str, str] = {}
        for kind in ("major", "minor") if tree is not None else ():
            latin = next(tree.iter(f"{_A}{kind}Font"), None) if tree is not None else None
            latin = None if latin is None else latin.find(f"{_A}latin")
            if latin is not None and latin.get("typeface"):
                self._fonts[kind] = latin.get("typeface", "")
        scheme = None if tree is None else next(tree.iter(f"{_A}clrScheme"), None)
        for use in scheme if scheme is not None else ():
            shown = next(iter(use), None)
            found = None if shown is None else shown.get("lastClr") or shown.get("val")
            if found and isinstance(use.tag, str):
                self._colours[use.tag.rpartition("}")[2]] = found

    def font(self, fonts: Element) -> str:
        """The family that a `w:rFonts` gives to Latin letters; empty when it says nothing of them."""
        themed = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme")) or ""
        found = self._fonts.get(themed[:5])
        return found or fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or ""

    def colour(self, element: Element | None, attribute: str) -> str | None:
        """« #RRGGBB » of a `w:` attribute; empty for automatic, None when nothing is said.

        The value beside a theme's use is the colour that Word computed from it, shades included.
        """
        if element is None:
            return None
        written = element.get(w(attribute))
        if written is not None and re.fullmatch("[0-9A-Fa-f]{6}", written):
            return f"#{written.upper()}"
        use = element.get(w("themeColor" if attribute in ("val", "color") else "themeFill"))
        if use:
            return self.named(use)
        return None if written is None else ""

    def named(self, use: str) -> str:
        """The colour of that use (`accent1`); empty when the theme has none."""
        found = self._colours.get(_USES.get(use, use), "")
        return f"#{found.upper()}" if re.fullmatch("[0-9A-Fa-f]{6}", found) else ""
