"""Make the evidence of `simple/` anew: `python tests/dossiers/make_files.py`. The files are committed; the tests never run this."""

from __future__ import annotations

import io
from pathlib import Path

import typst
from PIL import Image

HERE = Path(__file__).parent / "simple" / "lycee"
MIDNIGHT_2026 = 1767225600

ACT = """
#set document(title: "Acte n° 12 du conseil d’administration")
#set text(lang: "fr")
Lycée des Tests — conseil d’administration \\ Acte n° 12, séance du 25 juin 2026

Membres en exercice : 30. Présents : 20.

Le conseil d’administration donne son accord à la demande du label « Lycée des métiers du bois ».

Vote : pour : 18, contre : 1, abstentions : 1.

La présidente du conseil d’administration, Ada Fictive
"""

MAP = """
#set document(title: "Carte des formations")
#set text(lang: "fr")
= Carte des formations
CAP, baccalauréat professionnel, BTS.
"""

REVIEW = """
#set document(title: "Bilan du suivi")
#set text(lang: "fr")
= Bilan du suivi
#link("https://exemple.fr/suivi")[Le suivi en ligne]
#set page(flipped: true)
= Annexe en largeur
"""


def main() -> None:
    """Two proofs, the act and a photo."""
    for name, source in (("pieces/acte-12.pdf", ACT), ("preuves/carte.pdf", MAP), ("preuves/bilan.pdf", REVIEW)):
        made = typst.compile(source.encode(), ignore_system_fonts=True, timestamp=MIDNIGHT_2026)
        (HERE / name).write_bytes(made)
    (HERE / "preuves" / "atelier.jpg").write_bytes(photo())


def photo() -> bytes:
    """A landscape picture, held upright by its EXIF orientation, with the place it was taken at."""
    picture = Image.linear_gradient("L").resize((320, 240)).convert("RGB")
    exif = picture.getexif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 21.0, 0.0)})
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=70, exif=exif)
    return output.getvalue()


if __name__ == "__main__":
    main()
