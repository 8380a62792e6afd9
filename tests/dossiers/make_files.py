"""Make the evidence of the candidatures anew: `python tests/dossiers/make_files.py`. The files are committed; no test runs this."""

from __future__ import annotations

import io
from pathlib import Path

import typst
from PIL import Image

DOSSIERS = Path(__file__).parent
HERE = DOSSIERS / "simple" / "lycee"
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


# Of each school of the packs' candidatures: its name, the date of its board's session (None: no act), its plan's date.
SCHOOLS = {
    "national-2016/lycee": ("Lycée des Tests", "23 juin 2022", "septembre 2022"),
    "paca-2025/lycee-nord": ("Lycée du Nord", "25 juin 2026", "septembre 2026"),
    "paca-2025/lycee-sud": ("Lycée du Sud", "25 juin 2026", "septembre 2026"),
    "nouvelle-aquitaine-2025/lycee": ("Lycée des Tests", "21 novembre 2024", "septembre 2024"),
    "qualeduc/lycee": ("Lycée des Tests", "26 juin 2025", "septembre 2025"),
    "qualiopi/cfa": ("CFA des Tests", None, "septembre 2025"),
}
SHEETS = {
    "paca-2025/lycee-nord/preuves/euroscol.pdf": (
        "Décision",
        "Le label Euroscol est attribué au Lycée du Nord jusqu’au 31 août 2027.",
    ),
    "paca-2025/commun/preuves/reseau.pdf": (
        "Compte rendu du comité de réseau",
        "Les deux lycées arrêtent une stratégie commune.",
    ),
    "trois-tours/v2/lycee/preuves/carte-2027.pdf": (
        "Carte des formations, 2027",
        "CAP, baccalauréat professionnel, BTS, FCIL.",
    ),
    "trois-tours/v2/lycee/preuves/suivi.pdf": ("Résultats du suivi", "Novembre : 38 bilans sur 40 élèves."),
    "trois-tours/v2/lycee/preuves/tuteurs.pdf": ("Liste des tuteurs", "Vingt tuteurs, formés en octobre."),
    "trois-tours/v2/lycee/preuves/charte.pdf": ("Charte du tuteur", "Le tuteur suit deux élèves au plus."),
    "trois-tours/v3/lycee/preuves/bilan-janvier.pdf": ("Bilan de janvier", "Janvier : 39 bilans sur 40 élèves."),
}

# The network of three: of each school its name, its act's number, its members in office and present, its vote, who signs.
THREE = {
    "lycee-pro": ("Lycée professionnel Jean-Exemple", 12, 30, 24, "pour : 22, contre : 0, abstentions : 2", "Ada Fictive"),
    "lycee-polyvalent": ("Lycée polyvalent Marie-Modèle", 31, 30, 21, "pour : 19, contre : 1, abstentions : 1", "Sami Fictif"),
    "erea": ("EREA des Tilleuls", 7, 24, 17, "pour : 16, contre : 0, abstentions : 1", "Nour Fictive"),
}  # fmt: skip
BOARD = """
#set document(title: "Acte n° {act} du conseil d’administration")
#set text(lang: "fr")
{name} — conseil d’administration \\ Acte n° {act}, séance du 25 juin 2026

Membres en exercice : {members}. Présents : {present}.

Le conseil d’administration donne son accord à la demande du label « Lycée des métiers du bois et de l’habitat ».

Vote : {vote}.

La présidence du conseil d’administration, {signatory}
"""


def main() -> None:
    """The evidence of every candidature."""
    simple()
    for school, (name, session, month) in SCHOOLS.items():
        if session:
            act = ACT.replace("Lycée des Tests", name).replace("25 juin 2026", session)
            write(DOSSIERS / school / "pieces" / "acte.pdf", act)
        write(DOSSIERS / school / "preuves" / "plan.pdf", sheet("Plan d’actions", f"{name}, {month}."))
    for file, (title, words) in SHEETS.items():
        write(DOSSIERS / file, sheet(title, words))
    three()


def three() -> None:
    """The evidence of the network of three schools; two of them hold the same convention."""
    root = DOSSIERS / "reseau-trois"
    for key, (name, act, members, present, vote, signatory) in THREE.items():
        place = root / key / key
        board = BOARD.format(name=name, act=act, members=members, present=present, vote=vote, signatory=signatory)
        write(place / "pieces" / "acte.pdf", board)
        write(place / "preuves" / "plan.pdf", sheet("Plan d’actions pédagogiques", f"{name}, septembre 2026."))
        write(place / "preuves" / "partenaires.pdf", sheet("Bilan des partenariats", f"{name}, juillet 2026."))
        if key != "lycee-pro":
            words = "Le campus et les établissements de la filière conviennent de travailler ensemble."
            write(
                place / "preuves" / "convention-campus.pdf",
                sheet("Convention avec le campus des métiers du bois", words),
            )
    visits = sheet("Bilan des visites en entreprise", "Seize élèves, trente-deux visites.")
    write(root / "tour-2" / "erea" / "erea" / "preuves" / "suivi.pdf", visits)
    minutes = sheet("Compte rendu du comité de réseau", "Les trois établissements arrêtent une stratégie commune.")
    write(root / "lycee-pro" / "commun" / "preuves" / "accord-reseau.pdf", minutes)


def sheet(title: str, words: str) -> str:
    """A page with a title and a sentence."""
    return f'#set document(title: "{title}")\n#set text(lang: "fr")\n= {title}\n{words}\n'


def write(target: Path, source: str) -> None:
    """The PDF that `source` makes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(typst.compile(source.encode(), ignore_system_fonts=True, timestamp=MIDNIGHT_2026))


def simple() -> None:
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
