"""What a style, or a paragraph, comes to look like once all it inherits is told: defaults, tables, chains, then itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assembler.model.charter import Border, Layout, Lettering, Sides, TabStop
from assembler.readers.charter.parts import Element, number, points, val, w
from assembler.readers.charter.theme import Theme

Known = dict[str, Any]
_ON = (None, "1", "true", "on")
_SIDES = ("top", "right", "bottom", "left")
_ALIGNED = {"center": "center", "right": "right", "end": "right", "both": "both", "distribute": "both"}
_DEEPEST = 20  # styles based on one another
_BODY = 10.0  # points, where a file says nothing (ECMA-376, 17.3.2.38)


class Styles:
    """The styles of one document, by id and by name."""

    def __init__(self, tree: Element | None, theme: Theme, *, hyphenates: bool = False) -> None:
        """`hyphenates`: the document cuts words at the ends of lines."""
        self._theme = theme
        self._hyphenates = hyphenates
        self._by_id: dict[str, Element] = {}
        self._ids: dict[str, str] = {}
        self._defaults: list[Element] = []
        self.default = ""
        if tree is None:
            return
        self._defaults = list(tree.findall(f"{w('docDefaults')}/*"))
        for style in tree.iter(w("style")):
            identifier = style.get(w("styleId"), "")
            self._by_id.setdefault(identifier, style)
            self._ids.setdefault((val(style.find(w("name"))) or "").lower(), identifier)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in _ON[1:]:
                self.default = identifier

    def id(self, name: str) -> str | None:
        """The id of the style of that name."""
        return self._ids.get(name)

    def name(self, identifier: str) -> str:
        """The name of a style, in small letters."""
        style = self._by_id.get(identifier)
        return (val(style.find(w("name"))) or "").lower() if style is not None else ""

    def properties(self, identifier: str | None, tag: str) -> list[Element]:
        """The `rPr`, `pPr`, `tblPr`… of a style and of those it is based on, the furthest first."""
        return [found for style in self.chain(identifier) for found in style.findall(w(tag))]

    def chain(self, identifier: str | None) -> list[Element]:
        """A style with those it is based on, the furthest first."""
        chain: list[Element] = []
        style = self._by_id.get(identifier or "")
        while style is not None and len(chain) < _DEEPEST and style not in chain:
            chain.insert(0, style)
            style = self._by_id.get(val(style.find(w("basedOn"))) or "")
        return chain

    def lettering(self, style: str | None, more: Iterable[Element] = (), table: Iterable[Element] = ()) -> Lettering:
        """How the characters of a paragraph of this style look; `more` are the run's own properties, the last the strongest."""
        known: Known = {}
        defaults = [found for default in self._defaults for found in default.findall(w("rPr"))]
        for properties in (*defaults, *table, *self.properties(style or self.default, "rPr"), *more):
            character = val(properties.find(w("rStyle")))
            for found in (*self.properties(character, "rPr"), properties):
                self._take_letters(found, known)
        return Lettering(
            font=known.get("font", "Times New Roman"),
            size=known.get("size", _BODY),
            **{key: value for key, value in known.items() if key not in ("font", "size", "colour")},
            colour=known.get("colour", ""),
        )

    def layout(self, style: str | None, more: Iterable[Element] = (), table: Iterable[Element] = ()) -> Layout:
        """How a paragraph of this style stands; `more` are its numbering's and its own properties."""
        known: Known = {"hyphenate": self._hyphenates}
        defaults = [found for default in self._defaults for found in default.findall(w("pPr"))]
        for properties in (*defaults, *table, *self.properties(style or self.default, "pPr"), *more):
            self._take_layout(properties, known)
        stops = known.pop("stops", {})
        return Layout(**known, tabs=tuple(stops[at] for at in sorted(stops)))

    def fill(self, properties: Element | None) -> str:
        """The colour of a `w:shd` child."""
        shade = None if properties is None else properties.find(w("shd"))
        return self._theme.colour(shade, "fill") or ""

    def sides(self, properties: Element | None) -> dict[str, Border | None]:
        """The lines that a border element sets, `None` for one set to nothing; inner ones too, for tables."""
        found: dict[str, Border | None] = {}
        for side in properties if properties is not None else ():
            if not isinstance(side.tag, str):
                continue
            name = side.tag.rpartition("}")[2].replace("start", "left").replace("end", "right")
            shown = val(side) not in (None, "none", "nil")
            width = number(val(side, "sz"), 4) / 8
            doubled = 3 if val(side) == "double" else 1
            colour = self._theme.colour(side, "color") or "#000000"
            found[name] = Border(width * doubled, colour, number(val(side, "space"))) if shown else None
        return found

    def _take_letters(self, properties: Element, known: Known) -> None:
        for child in properties:
            match str(child.tag).rpartition("}")[2]:
                case "rFonts":
                    font = self._theme.font(child)
                    known |= {"font": font} if font else {}
                case "sz":
                    known["size"] = max(1.0, min(number(val(child), 20) / 2, 400.0))
                case "color":
                    known["colour"] = self._theme.colour(child, "val") or ""
                case "b" | "i" as tag:
                    known[{"b": "bold", "i": "italic"}[tag]] = val(child) in _ON
                case "u":
                    known["underline"] = val(child) not in (None, "none")
                case "strike" | "dstrike":
                    known["strike"] = val(child) in _ON
                case "caps":
                    known["caps"] = "all" if val(child) in _ON else ""
                case "smallCaps":
                    known["caps"] = "small" if val(child) in _ON else ""
                case "vertAlign":
                    known["raised"] = {"superscript": "super", "subscript": "sub"}.get(val(child) or "", "")
                case "spacing":
                    known["tracking"] = points(val(child))
                case "shd":
                    known["shade"] = self.fill(properties)
                case _:
                    pass

    def _take_layout(self, properties: Element, known: Known) -> None:
        for child in properties:
            if not isinstance(child.tag, str):
                continue
            match child.tag.rpartition("}")[2]:
                case "jc":
                    known["align"] = _ALIGNED.get(val(child) or "", "left")
                case "spacing":
                    _take_spacing(child, known)
                case "ind":
                    _take_indent(child, known)
                case "pageBreakBefore":
                    known["page_break"] = val(child) in _ON
                case "keepNext" | "contextualSpacing" as tag:
                    known["keep_next" if tag == "keepNext" else "tight"] = val(child) in _ON
                case "suppressAutoHyphens":
                    known["hyphenate"] = self._hyphenates and val(child) not in _ON
                case "shd":
                    known["shade"] = self.fill(properties)
                case "pBdr":
                    known["borders"] = four(self.sides(child), known.get("borders"))
                case "tabs":
                    _take_tabs(child, known)
                case _:
                    pass


def four(found: dict[str, Border | None], before: Sides | None = None) -> Sides:
    """Top, right, bottom and left; those not set as they were `before`."""
    old = before or (None, None, None, None)
    top, right, bottom, left = (found.get(side, was) for side, was in zip(_SIDES, old, strict=True))
    return top, right, bottom, left


def _take_spacing(element: Element, known: Known) -> None:
    for attribute, key in (("before", "before"), ("after", "after")):
        if val(element, attribute) is not None:
            known[key] = max(0.0, points(val(element, attribute)))
    if val(element, "line") is not None:
        rule, line = val(element, "lineRule") or "auto", number(val(element, "line"), 240)
        known["line"] = min(max(line / 240, 0.5), 10) if rule == "auto" else 1.0
        known["exact"] = line / 20 if rule == "exact" else 0.0


def _take_indent(element: Element, known: Known) -> None:
    for attributes, key in ((("left", "start"), "left"), (("right", "end"), "right")):
        found = next((val(element, one) for one in attributes if val(element, one) is not None), None)
        if found is not None:
            known[key] = points(found)
    if val(element, "hanging") is not None:
        known["first"] = -points(val(element, "hanging"))
    elif val(element, "firstLine") is not None:
        known["first"] = points(val(element, "firstLine"))


def _take_tabs(element: Element, known: Known) -> None:
    stops: dict[float, TabStop] = dict(known.get("stops", {}))
    for tab in element.findall(w("tab")):
        at, kind = points(val(tab, "pos")), val(tab) or "left"
        if kind == "clear":
            stops.pop(at, None)
        elif kind in ("left", "start", "center", "right", "end", "num", "decimal"):
            align = {"center": "center", "right": "right", "end": "right"}.get(kind, "left")
            leader = {"dot": ".", "hyphen": "-", "underscore": "_"}.get(val(tab, "leader") or "", "")
            stops[at] = TabStop(at, align, leader)
    known["stops"] = stops
