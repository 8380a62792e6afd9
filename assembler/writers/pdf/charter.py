"""The look of the PDF as plain values, so that a pack may one day supply its own."""

from __future__ import annotations

from typing import TypedDict


class Charter(TypedDict):
    """Fonts in order of preference, colours as « #RRGGBB », lengths in millimetres, sizes in points."""

    fonts: list[str]
    mono: list[str]
    size: float
    accent: str
    pale: str
    grey: str
    line: str
    fault: str
    margin_top: float
    margin_bottom: float
    margin_inside: float
    margin_outside: float


CHARTER: Charter = {
    "fonts": ["Carlito", "Libertinus Serif", "DejaVu Sans Mono"],
    "mono": ["DejaVu Sans Mono", "Carlito", "Libertinus Serif"],
    "size": 11,
    "accent": "#1F3A68",
    "pale": "#EEF2F8",
    "grey": "#5A6270",
    "line": "#B9C3D3",
    "fault": "#B3261E",
    "margin_top": 27,
    "margin_bottom": 24,
    "margin_inside": 25,
    "margin_outside": 25,
}
