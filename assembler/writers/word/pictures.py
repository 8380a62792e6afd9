"""Figures: the picture in its paragraph, with its alternative text, never wider than the text nor taller than most of it."""

from __future__ import annotations

from assembler.model.text import Figure
from assembler.writers.word.fields import run
from assembler.writers.word.inlines import Look, properties
from assembler.writers.word.manuscript import Manuscript, Place
from assembler.writers.word.xml import PIC, WP, A, Element, R, clean, qualified, w

ABSENT = "[image absente : {path}]"  # shown where there is no picture to show
_EMU_PER_TWIP = 635
_EMU_PER_PIXEL = 914400 // 120  # 120 pixels to the inch: sharp enough in print, and a screen shot fits the page
_TALLEST = 0.6
_KINDS = {b"\x89PNG": ("png", "image/png"), b"\xff\xd8\xff": ("jpeg", "image/jpeg")}


def write_picture(figure: Figure, manuscript: Manuscript, place: Place) -> Element:
    """The paragraph of a figure; where there is nothing to show, it says which picture is missing."""
    paragraph = w("p", w("pPr", w("pStyle", val=manuscript.styles["Figure"])))
    picture = manuscript.pictures.get(figure.path)
    made = None
    if picture is not None and picture.prepared is not None and manuscript.store.has(picture.prepared):
        relation = _embed(picture.prepared, manuscript, place)
        if relation is not None:
            made = w(
                "r", w("drawing", _inline(figure, relation, _size(picture.width, picture.height, place), manuscript))
            )
    if made is None:
        made = run(ABSENT.format(path=figure.path), properties(Look(style="Anomalie"), manuscript))
    paragraph.append(made)
    return paragraph


def _embed(prepared: str, manuscript: Manuscript, place: Place) -> str | None:
    content = manuscript.store.path(prepared).read_bytes()
    kind = next((kind for magic, kind in _KINDS.items() if content.startswith(magic)), None)
    if kind is None:
        return None
    stem = "".join(
        letter for letter in prepared.rpartition(".")[0] or prepared if letter.isascii() and letter.isalnum()
    )
    part = f"word/media/{stem[:40]}.{kind[0]}"
    if part not in manuscript.package:
        manuscript.package.declare(*kind)
        manuscript.package.add_media(part, content)
    return manuscript.package.relate(place.part, "image", part)


def _size(width: int, height: int, place: Place) -> tuple[int, int]:
    widest = (place.width - place.indent) * _EMU_PER_TWIP
    tallest = int(place.height * _TALLEST) * _EMU_PER_TWIP
    natural = max(width, 1) * _EMU_PER_PIXEL, max(height, 1) * _EMU_PER_PIXEL
    scale = min(1.0, widest / natural[0], tallest / natural[1])
    return max(1, int(natural[0] * scale)), max(1, int(natural[1] * scale))


def _inline(figure: Figure, relation: str, size: tuple[int, int], manuscript: Manuscript) -> Element:
    number = str(manuscript.drawing())
    extent = {"cx": str(size[0]), "cy": str(size[1])}
    named = {"id": number, "name": f"Image {number}", "descr": clean(figure.alternative)}
    blip = qualified(A, "blip")
    blip.set(f"{{{R}}}embed", relation)
    filling = qualified(PIC, "blipFill", None, blip, qualified(A, "stretch", None, qualified(A, "fillRect")))
    shape = qualified(
        PIC,
        "spPr",
        None,
        qualified(A, "xfrm", None, qualified(A, "off", {"x": "0", "y": "0"}), qualified(A, "ext", extent)),
        qualified(A, "prstGeom", {"prst": "rect"}, qualified(A, "avLst")),
    )
    about = qualified(PIC, "nvPicPr", None, qualified(PIC, "cNvPr", named), qualified(PIC, "cNvPicPr"))
    picture = qualified(PIC, "pic", None, about, filling, shape, prefix="pic")
    data = qualified(A, "graphicData", {"uri": PIC}, picture)
    return qualified(
        WP,
        "inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        qualified(WP, "extent", extent),
        qualified(WP, "docPr", named),
        qualified(
            WP, "cNvGraphicFramePr", None, qualified(A, "graphicFrameLocks", {"noChangeAspect": "1"}, prefix="a")
        ),
        qualified(A, "graphic", None, data, prefix="a"),
        prefix="wp",
    )
