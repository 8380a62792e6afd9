"""Makes the picture of the result that README.md shows, from six real pages of a dossier built here and now.

python tests/example/make_picture.py [content]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "assembler" / "images" / "dossier.png"
EXHIBIT = "bilan-bureau-entreprises"
COLUMNS, PAGE_WIDTH, MARGIN = 3, 480, 22
DESK, EDGE = "#e9ecf1", "#c3c9d4"
COLOURS = 64


def main(content: Path) -> None:
    """Build the dossier of `content` and set six of its pages side by side."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "assembler", "build", content, "-o", folder, "--only", "pdf"]
        subprocess.run(command, check=True, capture_output=True)
        pages = chosen_pages(json.loads((Path(folder) / "dossier.json").read_text("utf-8")))
        pictures = draw(Path(folder) / "dossier.pdf", pages)
    PICTURE.parent.mkdir(exist_ok=True)
    montage(pictures).quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)} : pages {pages}, {PICTURE.stat().st_size // 1000} kB")


def chosen_pages(edition: dict) -> list[int]:
    """Cover, contents, an answer, the compliance table, the index and the first page of an exhibit."""
    anchors = edition["pages"]
    label = next(each["label"] for each in edition["dossier"]["exhibits"] if each["entry"]["key"] == EXHIBIT)
    names = ("sommaire", "section-4.3", "conformite", "index")
    return [1, *(anchors[name] for name in names), anchors[f"preuve-{label}"] + 1]


def draw(pdf: Path, pages: list[int]) -> list[Image.Image]:
    """Each page as a picture of the same width."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [document[page - 1] for page in pages]
    return [each.render(scale=PAGE_WIDTH / each.get_width()).to_pil().convert("RGB") for each in drawn]


def montage(pictures: list[Image.Image]) -> Image.Image:
    """The pictures in rows on a grey desk, each with a thin edge."""
    rows = [pictures[start : start + COLUMNS] for start in range(0, len(pictures), COLUMNS)]
    heights = [max(each.height for each in row) for row in rows]
    size = (COLUMNS * (PAGE_WIDTH + MARGIN) + MARGIN, sum(heights) + MARGIN * (len(rows) + 1))
    desk = Image.new("RGB", size, DESK)
    top = MARGIN
    for row, height in zip(rows, heights, strict=True):
        for column, picture in enumerate(row):
            left = MARGIN + column * (PAGE_WIDTH + MARGIN)
            desk.paste(EDGE, (left - 1, top - 1, left + picture.width + 1, top + picture.height + 1))
            desk.paste(picture, (left, top))
        top += height + MARGIN
    return desk


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "content")
