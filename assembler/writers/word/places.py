"""Where a thing stands in a Word file, in the words of Word: « en-tête, tableau 2, ligne 3, colonne 1 »."""

from __future__ import annotations

import re

from assembler.writers.word.package import Package
from assembler.writers.word.xml import Element, R, name, val

_MARGINS = {"headerReference": "en-tête", "footerReference": "pied de page"}
_KINDS = {"first": " de la première page", "even": " des pages paires"}
_PARTS = {
    "footnotes": "notes de bas de page",
    "endnotes": "notes de fin",
    "comments": "commentaires",
    "settings": "réglages du document",
    "styles": "styles",
    "numbering": "numérotation",
}
_TEXT_BOX = "txbxContent"
_SPACES = re.compile(r"\s+")
_AROUND = 30
_LONGEST_TITLE = 50


def part_names(package: Package) -> dict[str, str]:
    """What Word’s user calls each part that can show something; the body is not named."""
    named = {package.document: ""}
    related = {str(each.get("Id")): each for each in package.relations(package.document)}
    for kind, words in _PARTS.items():
        part = package.related(package.document, kind)
        if part is not None:
            named[part] = words
    sections = list(package.tree(package.document).iter(name("sectPr")))
    for rank, section in enumerate(sections):
        for tag, words in _MARGINS.items():
            for reference in section.findall(name(tag)):
                relation = related.get(reference.get(f"{{{R}}}id", ""))
                if relation is not None:
                    which = _KINDS.get(reference.get(name("type"), ""), "")
                    where = f" de la section {rank + 1}" if len(sections) > 1 else ""
                    named.setdefault(Package.target(package.document, relation), words + which + where)
    return named


def heading_styles(package: Package) -> frozenset[str]:
    """The ids of the styles of titles, whatever the language of the Word that made them."""
    part = package.related(package.document, "styles")
    styles = package.tree(part).iter(name("style")) if part is not None and part in package else ()
    return frozenset(
        str(style.get(name("styleId")))
        for style in styles
        if (val(style.find(name("name"))) or "").lower().startswith("heading ")
    )


class Places:
    """The places of one part; `part` is what its user calls it, empty for the body; `headings` are the ids of their styles."""

    def __init__(self, part: str, tree: Element, headings: frozenset[str]) -> None:
        self.part = part
        self._tree = tree
        self._headings = headings
        self._tables = {table: rank for rank, table in enumerate(_outer_tables(tree), 1)}

    def place(self, paragraph: Element) -> str:
        """« tableau 2, ligne 3, colonne 1 », or the title that the paragraph stands under where it is in no table."""
        words = [self.part] if self.part else []
        note = next((each for each in paragraph.iterancestors(name("footnote"), name("endnote"))), None)
        if note is not None:
            shown = [each for each in note.itersiblings(note.tag, preceding=True) if each.get(name("type")) is None]
            kind = "note de bas de page" if note.tag == name("footnote") else "note de fin"
            words = [f"{kind} {len(shown) + 1}"]
        if next(paragraph.iterancestors(name(_TEXT_BOX)), None) is not None:
            words.append("zone de texte")
        cell = next(paragraph.iterancestors(name("tc")), None)
        if cell is not None:
            words += self._cell(cell)
        elif not words:
            words.append(self._under(paragraph))
        return ", ".join(words)

    def _under(self, paragraph: Element) -> str:
        title = ""
        for other in self._tree.iter(name("p")):
            if other is paragraph:
                break
            if val(other.find(f"{name('pPr')}/{name('pStyle')}")) in self._headings:
                title = "".join(piece.text or "" for piece in other.iter(name("t"))).strip() or title
        return (
            f"corps du texte, sous le titre « {title[:_LONGEST_TITLE]} »"
            if title
            else "corps du texte, avant le premier titre"
        )

    def _cell(self, cell: Element) -> list[str]:
        row = next(cell.iterancestors(name("tr")))
        table = next(cell.iterancestors(name("tbl")))
        outer = next(table.iterancestors(name("tc")), None)
        within = ["tableau dans un tableau"] if outer is not None else [f"tableau {self._tables.get(table, 1)}"]
        line = _own(table, "tr", "tbl").index(row) + 1
        column = _own(row, "tc", "tr").index(cell) + 1
        return [*within, f"ligne {line}", f"colonne {column}"]


def around(text: str, start: int, end: int) -> str:
    """The words before and after a passage of `text`, the passage itself left in place; cut short on both sides."""
    before = ("…" if start > _AROUND else "") + text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND] + ("…" if len(text) > end + _AROUND else "")
    return _SPACES.sub(" ", before + text[start:end] + after).strip()


def _outer_tables(tree: Element) -> list[Element]:
    return [table for table in tree.iter(name("tbl")) if next(table.iterancestors(name("tbl")), None) is None]


def _own(owner: Element, tag: str, kind: str) -> list[Element]:
    """The rows of a table, the cells of a row: not those of tables within."""
    return [each for each in owner.iter(name(tag)) if next(each.iterancestors(name(kind))) is owner]
