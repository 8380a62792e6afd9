"""Pictures and boxes of text, where they stand on the page; of what else Word can draw, its absence is told."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator

from PIL import Image as Pillow

from assembler.model.charter import Anchoring, Drawing, Image, Piece
from assembler.readers.charter.parts import Element, Parts, R, number, w
from assembler.readers.charter.theme import Theme

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_V = "{urn:schemas-microsoft-com:vml}"
_EMU = 12_700  # to a point
_KINDS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
_MOST_DOTS = 40_000_000
_BANDS = {"page": "page", "margin": "margin", "leftMargin": "page", "rightMargin": "margin", "topMargin": "page",
          "bottomMargin": "margin", "insideMargin": "page", "outsideMargin": "margin"}  # fmt: skip
_ALIGNED = {"left": "left", "right": "right", "center": "center", "top": "top", "bottom": "bottom", "inside": "left",
            "outside": "right"}  # fmt: skip

Box = tuple[float, float, float, float]


class Drawings:
    """Reads the drawings of a document, and keeps the pictures they show."""

    def __init__(self, parts: Parts, theme: Theme, write: Callable[[Element, str], tuple[Piece, ...]]) -> None:
        """`write` reads the paragraphs of a box of text that stands in a part."""
        self._parts = parts
        self._theme = theme
        self._write = write
        self.images: dict[str, Image] = {}
        self.left_out: set[str] = set()

    def read(self, element: Element, part: str) -> Iterator[Drawing]:
        """The drawings in a `w:drawing` or a `w:pict` of `part`."""
        if element.tag != w("drawing"):
            yield from self._old(element, part)
            return
        for holder in element:
            if holder.tag not in (f"{_WP}inline", f"{_WP}anchor"):
                continue
            extent, about = holder.find(f"{_WP}extent"), holder.find(f"{_WP}docPr")
            size = (0.0, 0.0) if extent is None else (_size(extent, "cx"), _size(extent, "cy"))
            alternative = "" if about is None else about.get("descr") or about.get("title") or ""
            anchoring = _anchoring(holder) if holder.tag == f"{_WP}anchor" else None
            made = list(self._graphic(holder, (0.0, 0.0, *size), alternative, anchoring, part))
            if not made:
                self.left_out.add("un dessin")
            yield from made

    def _graphic(
        self, holder: Element, box: Box, alternative: str, anchoring: Anchoring | None, part: str
    ) -> Iterator[Drawing]:
        found = next(holder.iter(f"{_PIC}pic", f"{_WPS}wsp", f"{_WPG}wgp"), None)
        if found is None:
            return
        if found.tag != f"{_WPG}wgp":
            yield from self._shape(found, box, alternative, anchoring, part)
            return
        scale = _group_scale(found, box)
        for shape in found.iter(f"{_PIC}pic", f"{_WPS}wsp"):
            yield from self._shape(shape, scale(shape), alternative, anchoring, part)

    def _shape(
        self, shape: Element, box: Box, alternative: str, anchoring: Anchoring | None, part: str
    ) -> Iterator[Drawing]:
        x, y, width, height = box
        if anchoring is not None and (x or y):
            anchoring = _moved(anchoring, x, y)
        if shape.tag == f"{_PIC}pic":
            blip = next(shape.iter(f"{_A}blip"), None)
            key = None if blip is None else self._image(blip.get(f"{{{R}}}embed"), part)
            if key:
                yield Drawing(key, alternative, width, height, anchoring)
            return
        text = next(shape.iter(w("txbxContent")), None)
        content = () if text is None else self._write(text, part)
        about = shape.find(f"{_WPS}spPr")
        solid = None if about is None else about.find(f"{_A}solidFill")
        colour = None if solid is None else next(iter(solid), None)
        fill = "" if colour is None else self._colour(colour)
        if content or fill:
            yield Drawing("", alternative, width, height, anchoring, fill, content)

    def _colour(self, element: Element) -> str:
        shown = element.get("val", "")
        if str(element.tag).endswith("schemeClr"):
            return self._theme.named(shown)
        return f"#{shown.upper()}" if re.fullmatch("[0-9A-Fa-f]{6}", shown) else ""

    def _old(self, element: Element, part: str) -> Iterator[Drawing]:
        """A picture as older files have it (VML): in the line, whatever its place."""
        for data in element.iter(f"{_V}imagedata"):
            shape = data.getparent()
            style = "" if shape is None else shape.get("style", "")
            sizes = dict(re.findall(r"(width|height):([\d.]+)pt", style))
            key = self._image(data.get(f"{{{R}}}id"), part)
            if key and len(sizes) == 2:
                yield Drawing(key, "", number(sizes["width"]), number(sizes["height"]), None)
                return
        self.left_out.add("un dessin")

    def _image(self, identifier: str | None, part: str) -> str | None:
        """The key of a picture that can be laid out; None, and told, for others (metafiles, broken or huge ones)."""
        target = self._parts.target(part, identifier)
        content = None if target is None else self._parts.content(target)
        if target is None or content is None:
            self.left_out.add("une image qui n’est ni PNG, ni JPEG, ni GIF, ni WebP")
            return None
        if target not in self.images:
            kind = _kind(content)
            if kind is None:
                self.left_out.add("une image qui n’est ni PNG, ni JPEG, ni GIF, ni WebP")
                return None
            self.images[target] = Image(target, kind, content)
        return target


def _kind(content: bytes) -> str | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pillow.open(io.BytesIO(content), formats=tuple(_KINDS)) as picture:
                width, height = picture.size
                picture.verify()
                return _KINDS[picture.format or ""] if 0 < width * height <= _MOST_DOTS else None
    except Exception:  # noqa: BLE001 - a picture from outside makes the library raise almost anything
        return None


def _size(element: Element, attribute: str) -> float:
    return max(0.0, min(number(element.get(attribute)) / _EMU, 5_000.0))


def _anchoring(anchor: Element) -> Anchoring:
    across, down = _axis(anchor.find(f"{_WP}positionH")), _axis(anchor.find(f"{_WP}positionV"))
    behind = anchor.get("behindDoc") in ("1", "true")
    return Anchoring(across[0], down[0], across[1], down[1], across[2], down[2], behind)


def _axis(position: Element | None) -> tuple[str, float, str]:
    if position is None:
        return "text", 0, ""
    offset, align = position.find(f"{_WP}posOffset"), position.find(f"{_WP}align")
    band = _BANDS.get(position.get("relativeFrom", ""), "text")
    shown = _ALIGNED.get((align.text or "").strip(), "") if align is not None else ""
    return band, number(None if offset is None else offset.text) / _EMU, shown


def _moved(anchoring: Anchoring, x: float, y: float) -> Anchoring:
    """The place of a member of a group that stands there."""
    return Anchoring(anchoring.from_x, anchoring.from_y, anchoring.x + x, anchoring.y + y, "", "", anchoring.behind)


def _group_scale(group: Element, box: Box) -> Callable[[Element], Box]:
    """From the coordinates of a group's members to points, within the group's own box."""
    own = next((one for one in group.iter(f"{_A}xfrm") if one.find(f"{_A}chExt") is not None), None)
    inner = None if own is None else own.find(f"{_A}chExt")
    first = None if own is None else own.find(f"{_A}chOff")
    wide = number(None if inner is None else inner.get("cx")) or box[2] * _EMU or 1
    high = number(None if inner is None else inner.get("cy")) or box[3] * _EMU or 1
    left, top = (number(None if first is None else first.get(axis)) for axis in ("x", "y"))

    def place(shape: Element) -> Box:
        frame = next(shape.iter(f"{_A}xfrm"), None)
        off = None if frame is None else frame.find(f"{_A}off")
        ext = None if frame is None else frame.find(f"{_A}ext")
        if off is None or ext is None:
            return 0.0, 0.0, box[2], box[3]
        return (
            (number(off.get("x")) - left) * box[2] / wide,
            (number(off.get("y")) - top) * box[3] / high,
            number(ext.get("cx")) * box[2] / wide,
            number(ext.get("cy")) * box[3] / high,
        )

    return place
