"""`charte.yaml` as the Word template has it, to be kept where the PDF must differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.model.charter import Border, Charter, Lettering, PageNumber, Paragraph, Piece, Tab, Words
from assembler.readers.charter.override import PAGE

_HEAD = """# L’aspect du PDF, tel qu’il est lu dans le modèle Word (dossier.docx).
# Ne gardez que les lignes qui doivent différer : ce qui n’est pas ici suit le modèle Word, aujourd’hui et demain.
"""
_TAG = re.compile(r"\{\{\s*(?:mots\.)?(intitule|candidat|dossier|edition)\s*\}\}")


def prefilled(charter: Charter, replacements: tuple[tuple[str, str], ...]) -> str:
    """The text of a `charte.yaml` that changes nothing; `replacements` are the fonts that stand in for others."""
    page, body = charter.sections[0].page, charter.style("normal")
    lines = ["page:  # en millimètres"]
    lines += [f"  {key}: {_number(round(getattr(page, field) * 25.4 / 72, 1))}" for key, field, _ in PAGE]
    lines += ["texte:", *_letters(body.lettering, "  "), f"  interligne: {_number(body.layout.line)}"]
    lines += [f"  justifie: {'oui' if body.layout.align == 'both' else 'non'}", "titres:"]
    for level in range(1, 6):
        first, *others = _letters(charter.style(f"heading {level}").lettering, "    ")
        lines += [f"  - {first.strip()}", *others]
    lines += [f'accent: "{charter.accent}"', *_tables(charter.grid.header_fill, charter.grid.across)]
    for key, run in (("entete", charter.sections[0].headers), ("pied", charter.sections[0].footers)):
        lines += _margin(key, run.usual)
    if replacements:
        lines += ["remplacements:", *(f'  "{font}": "{by}"' for font, by in replacements)]
    return _HEAD + "\n".join(lines) + "\n"


def _letters(lettering: Lettering, indent: str) -> list[str]:
    return [
        f'{indent}police: "{lettering.font}"',
        f"{indent}taille: {_number(lettering.size)}",
        f'{indent}couleur: "{lettering.colour or "#000000"}"',
        f"{indent}gras: {'oui' if lettering.bold else 'non'}",
        f"{indent}italique: {'oui' if lettering.italic else 'non'}",
    ]


def _tables(fill: str, line: Border | None) -> Iterator[str]:
    if fill or line:
        yield "tableaux:"
    if fill:
        yield f'  entete: "{fill}"'
    if line:
        yield f'  filet: "{line.colour}"'


def _margin(key: str, pieces: tuple[Piece, ...]) -> list[str]:
    """The three texts of a header that is one line of them; nothing for one that holds more."""
    if len(pieces) != 1 or not isinstance(pieces[0], Paragraph):
        return []
    line = pieces[0]
    texts, stops = {"left": ""}, [stop.align for stop in line.layout.tabs]
    at = "left" if line.layout.align == "both" else line.layout.align
    for span in line.spans:
        match span:
            case Words(text):
                texts[at] = texts.get(at, "") + _TAG.sub(r"{\1}", text)
            case PageNumber(total):
                texts[at] = texts.get(at, "") + ("{pages}" if total else "{page}")
            case Tab() if stops:
                at = stops.pop(0)
            case _:
                return []
    if not any(texts.values()) or any(mark in text for text in texts.values() for mark in ("{%", "{{", '"')):
        return []
    names = (("gauche", "left"), ("centre", "center"), ("droite", "right"))
    return [f"{key}:", *(f'  {french}: "{texts[side]}"' for french, side in names if texts.get(side))]


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
