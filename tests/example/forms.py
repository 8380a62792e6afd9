"""The one form of the example: fields filled in over the frames of « fiche-positionnement », with their appearances."""

from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

Box = tuple[float, float, float, float]

POINTS_PER_CM = 72 / 2.54
A4_HEIGHT = 841.89
TICK = 10 / POINTS_PER_CM

# Places are in centimetres from the top left corner of the page: left, top, width, height.
TEXTS: list[tuple[str, Box, str]] = [
    ("Prénom et initiale du nom", (2.2, 6.65, 8.5, 0.6), "Camille E."),
    ("Classe", (12.0, 6.65, 6.0, 0.6), "Seconde TNE 1"),
    ("Formation précédente", (2.2, 8.25, 15.8, 0.6), "Troisième prépa-métiers, lycée Hortense-Exemple"),
    (
        "Ce que j’aimerais apprendre",
        (2.2, 15.65, 15.8, 1.6),
        "Comprendre comment une maison peut chauffer sans gaz.\nSavoir lire un schéma toute seule.",
    ),
    ("Français sur 20", (2.2, 19.45, 3.0, 0.6), "9,5"),
    ("Mathématiques sur 20", (7.2, 19.45, 3.0, 0.6), "7"),
    ("Atelier sur 20", (13.0, 19.45, 3.0, 0.6), "14"),
    (
        "Décision et date de révision",
        (2.2, 24.05, 15.8, 1.2),
        "Mathématiques 1 jusqu’au 17 octobre 2026.\nÀ revoir en conseil de mi-trimestre.",
    ),
]
KNOWN = (True, False, True, False, False, True)
DECIDED = ((2.2, False), (2.2, True), (2.2, False), (10.2, True), (10.2, False), (10.2, False))
TICKS: list[tuple[str, Box, bool]] = [
    *((f"Je sais déjà {row + 1}", (2.2, 10.3 + row * 0.75, TICK, TICK), known) for row, known in enumerate(KNOWN)),
    *(
        (f"Équipe {row + 1}", (left, 20.8 + row % 3 * 0.75, TICK, TICK), ticked)
        for row, (left, ticked) in enumerate(DECIDED)
    ),
]


def add_form(path: Path) -> None:
    """Add the fields to the first page of `path`."""
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        helvetica = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        )
        fields = [_text_field(pdf, helvetica, *text) for text in TEXTS] + [_tick_box(pdf, *tick) for tick in TICKS]
        pdf.Root.AcroForm = Dictionary(
            Fields=Array(fields), DR=Dictionary(Font=Dictionary(Helv=helvetica)), DA=String("/Helv 10 Tf 0 g")
        )
        pdf.pages[0].Annots = pdf.make_indirect(Array(fields))
        pdf.save(path, deterministic_id=True)


def _text_field(pdf: Pdf, font: Object, name: str, box: Box, value: str) -> Object:
    width, height = box[2] * POINTS_PER_CM, box[3] * POINTS_PER_CM
    lines = b" ".join(b"(%s) Tj 0 -13 Td" % _escaped(line) for line in value.split("\n"))
    drawn = b"0.93 0.95 0.98 rg 0 0 %.1f %.1f re f /Tx BMC q BT /Helv 10 Tf 0 0.1 0.45 rg 4 %.1f Td %s ET Q EMC"
    field = _widget(name, box)
    field.FT, field.V, field.DA = Name.Tx, String(value), String("/Helv 10 Tf 0 0.1 0.45 rg")
    if "\n" in value:
        field.Ff = 1 << 12
    look = _look(pdf, drawn % (width, height, height - 12.5, lines), (width, height))
    look.Resources = Dictionary(Font=Dictionary(Helv=font))
    field.AP = Dictionary(N=look)
    return pdf.make_indirect(field)


def _tick_box(pdf: Pdf, name: str, box: Box, ticked: bool) -> Object:
    frame = b"0.6 w 0.5 0.5 9 9 re S"
    cross = frame + b" 1.2 w 0 0.1 0.45 RG 2 2 m 8 8 l S 2 8 m 8 2 l S"
    field = _widget(name, box)
    field.FT = Name.Btn
    field.V = field.AS = Name.Oui if ticked else Name.Off
    field.AP = Dictionary(N=Dictionary(Oui=_look(pdf, cross, (10, 10)), Off=_look(pdf, frame, (10, 10))))
    return pdf.make_indirect(field)


def _look(pdf: Pdf, drawn: bytes, size: tuple[float, float]) -> Object:
    look = Stream(pdf, drawn)
    look.stream_dict.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *size])))
    return pdf.make_indirect(look)


def _widget(name: str, box: Box) -> Dictionary:
    left, top, width, height = (side * POINTS_PER_CM for side in box)
    corners = (left, A4_HEIGHT - top - height, left + width, A4_HEIGHT - top)
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        F=4,
        T=String(name),
        TU=String(name),
        Rect=Array([round(side, 2) for side in corners]),
    )


def _escaped(line: str) -> bytes:
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
