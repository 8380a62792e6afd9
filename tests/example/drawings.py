"""Photographs that nobody took and a screen that nobody saw, drawn with signs that show which way is up."""

import random
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont
from typeset import font_file

Canvas = ImageDraw.ImageDraw
TURNED_BACK = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
MENU = ("Accueil", "Messagerie", "Agenda", "Classes", "Boîte à outils communication", "Bureau des entreprises")
CARDS = (
    ("Charte graphique et modèles", "Courrier, affiche, diaporama"),
    ("Banque de photographies", "320 images libres d’emploi, avec leurs autorisations"),
    ("Textes des formations", "Quinze formations, en trois longueurs"),
    ("Prêt de matériel", "Deux appareils, un micro, un pied · s’inscrire au CDI"),
    ("Autorisation de prise de vue", "Modèle propre à chaque série"),
    ("Dépliants accessibles", "Version lue par les synthèses vocales"),
)


def workshop_visit() -> Image.Image:
    """Six pupils around a bench, seen from behind, under the sign of the workshop."""
    picture, draw = _room(1600, 1200, wall="#d9d4c7", floor="#8c8f93")
    _sign(draw, (420, 90, 1180, 210), "ATELIER DE MAINTENANCE", "#1d4e79")
    draw.rectangle((250, 560, 1350, 640), fill="#6b4a2f")
    for leg in (300, 780, 1260):
        draw.rectangle((leg, 640, leg + 40, 900), fill="#5a3d26")
    for left, colour in ((420, "#b5651d"), (690, "#46637f"), (960, "#2e7d4f")):
        draw.rectangle((left, 440, left + 170, 560), fill=colour, outline="#222222", width=4)
        draw.ellipse((left + 55, 470, left + 115, 530), fill="#e8e8e8", outline="#222222", width=4)
    for place, coat in enumerate(("#2b4c7e", "#2b4c7e", "#3a6b4f", "#2b4c7e", "#7e2b3a", "#2b4c7e")):
        _person(draw, 230 + place * 215, 700 + 30 * (place % 2), coat, helmet=place == 4)
    return picture


def heat_pump_bay() -> Image.Image:
    """Four numbered machines against a wall, one above the other two by two, as a telephone held upright sees them."""
    picture, draw = _room(1200, 1600, wall="#cfd8dc", floor="#7d8286")
    _sign(draw, (150, 90, 1050, 210), "PLATEAU POMPES À CHALEUR", "#b5651d")
    for number, (left, top) in enumerate(((140, 380), (640, 380), (140, 860), (640, 860)), start=1):
        draw.rounded_rectangle((left, top, left + 420, top + 360), 18, fill="#f2f2ef", outline="#3c3c3c", width=6)
        draw.ellipse((left + 40, top + 60, left + 280, top + 300), fill="#55606a", outline="#2b2b2b", width=6)
        for blade in range(0, 360, 60):
            draw.pieslice((left + 60, top + 80, left + 260, top + 280), blade, blade + 26, fill="#9aa5ad")
        draw.text((left + 330, top + 40), str(number), font=_face(90, bold=True), fill="#b5651d")
        draw.line((left + 420, top + 310, left + 470, top + 310, left + 470, top + 480), fill="#b87333", width=14)
    for pipe in (1310, 1350):
        draw.line((60, pipe, 1140, pipe), fill="#b87333" if pipe == 1310 else "#3f6f9f", width=16)
    return picture


def mural() -> Image.Image:
    """The painted wall of the hall, its lamps, and two adults looking at it."""
    picture, draw = _room(1200, 1600, wall="#23395b", floor="#9b8f80")
    for wave, colour in enumerate(("#f2b632", "#e4572e", "#76b041", "#5bc0eb", "#f4f1de", "#b5651d")):
        points = [(x, 420 + wave * 105 + 70 * ((x // 150 + wave) % 2)) for x in range(-50, 1300, 75)]
        draw.line(points, fill=colour, width=40, joint="curve")
    for lamp in range(120, 1200, 240):
        draw.polygon(((lamp - 90, 420), (lamp, 250), (lamp + 90, 420)), fill="#3a5078")
        draw.ellipse((lamp - 22, 228, lamp + 22, 272), fill="#fff3c4")
    _sign(draw, (300, 80, 900, 190), "LIGNES DE FORCE", "#8a2f5b")
    _person(draw, 430, 1080, "#5d4a66", helmet=False)
    _person(draw, 720, 1060, "#33302e", helmet=False)
    return picture


def save_photo(picture: Image.Image, target: Path, orientation: int, taken: datetime) -> None:
    """Save as a telephone does: pixels turned, EXIF saying how to turn them back, make, hour and place (mid-ocean)."""
    turn = TURNED_BACK[orientation]
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Exemple", "Telephone 12"
    exif[0x0112] = orientation
    exif[0x0132] = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 0.0, 0.0), 3: "W", 4: (30.0, 0.0, 0.0)})
    grainy = _grain(picture, seed=orientation)
    (grainy.transpose(turn) if turn is not None else grainy).save(target, "JPEG", quality=80, exif=exif)


def toolbox_screen() -> Image.Image:
    """The « Boîte à outils communication » page of the school's network, as a screen capture."""
    picture = Image.new("RGB", (1440, 900), "#f4f6f8")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 1440, 64), fill="#1f7a78")
    draw.text((28, 16), "Espace numérique · Lycée Hortense-Exemple", font=_face(26, bold=True), fill="white")
    draw.rectangle((0, 64, 270, 900), fill="#e2e8ea")
    for line, entry in enumerate(MENU):
        chosen = entry.startswith("Boîte")
        draw.text((24, 100 + line * 46), entry, font=_face(16, bold=chosen), fill="#1f7a78" if chosen else "#333333")
    draw.text((310, 96), "Boîte à outils communication", font=_face(36, bold=True), fill="#222222")
    use = "1 180 consultations en 2025-2026 · 71 personnels · dernière mise à jour : 8 octobre 2026"
    draw.text((310, 146), use, font=_face(17), fill="#666666")
    for index, (title, text) in enumerate(CARDS):
        left, top = 310 + (index % 2) * 550, 210 + (index // 2) * 210
        draw.rounded_rectangle((left, top, left + 520, top + 180), 12, fill="white", outline="#c8d2d5", width=2)
        draw.rectangle((left + 24, top + 30, left + 84, top + 90), fill=("#1f7a78", "#b5651d", "#1d4e79")[index % 3])
        draw.text((left + 104, top + 34), title, font=_face(24, bold=True), fill="#222222")
        draw.text((left + 24, top + 116), text, font=_face(18), fill="#555555")
    return picture


def _room(width: int, height: int, *, wall: str, floor: str) -> tuple[Image.Image, Canvas]:
    picture = Image.new("RGB", (width, height), wall)
    draw = ImageDraw.Draw(picture)
    horizon = int(height * 0.72)
    draw.polygon(((0, horizon), (width, horizon), (width, height), (0, height)), fill=floor)
    for x in range(-width, 2 * width, 160):
        draw.line((width // 2 + (x - width // 2) // 2, horizon, x, height), fill="#6f7478", width=3)
    return picture, draw


def _sign(draw: Canvas, box: tuple[int, int, int, int], text: str, colour: str) -> None:
    draw.rounded_rectangle(box, 14, fill=colour, outline="white", width=5)
    middle = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)
    draw.text(middle, text, font=_face(52, bold=True), fill="white", anchor="mm")


def _person(draw: Canvas, middle: int, head: int, coat: str, *, helmet: bool) -> None:
    draw.rounded_rectangle((middle - 75, head + 95, middle + 75, head + 420), 40, fill=coat)
    draw.ellipse((middle - 48, head, middle + 48, head + 110), fill="#6d5140")
    if helmet:
        draw.chord((middle - 58, head - 14, middle + 58, head + 96), 180, 360, fill="#f2b632")


def _grain(picture: Image.Image, seed: int) -> Image.Image:
    noise = Image.frombytes("RGB", picture.size, random.Random(seed).randbytes(picture.width * picture.height * 3))
    return Image.blend(picture.filter(ImageFilter.GaussianBlur(1.2)), noise.filter(ImageFilter.BoxBlur(1)), 0.06)


def _face(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file("Roboto-Bold.ttf" if bold else "Roboto-Regular.ttf")), size)
