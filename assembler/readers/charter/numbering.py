"""The numbers and bullets that Word writes by itself in front of the template's own paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assembler.readers.charter.parts import Element, number, val, w

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
# Bullets of Word's symbol fonts, whose letters mean nothing elsewhere.
_SYMBOLS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→", "\uf02d": "–"})
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Numbered:
    """What stands before a paragraph, how it is spaced (`tab`, `space`, `nothing`), and the level's own properties."""

    label: str
    suffix: str
    paragraph: Element | None
    letters: Element | None


class Numbering:
    """Counts the template's numbered paragraphs in the order they are read."""

    def __init__(self, tree: Element | None) -> None:
        self._levels: dict[str, dict[int, Element]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        if tree is None:
            return
        for definition in tree.findall(w("abstractNum")):
            levels = {int(number(val(one, "ilvl"))): one for one in definition.findall(w("lvl"))}
            self._levels[val(definition, "abstractNumId") or ""] = levels
        for used in tree.findall(w("num")):
            self._lists[val(used, "numId") or ""] = val(used.find(w("abstractNumId"))) or ""

    def count(self, identifier: str | None, depth: int) -> Numbered | None:
        """The next number of that list at that depth; None where the paragraph has none."""
        levels = self._levels.get(self._lists.get(identifier or "", ""), {})
        level = levels.get(depth)
        if level is None or not 0 <= depth < _LEVELS:
            return None
        counts = self._counts.setdefault(self._lists[identifier or ""], [None] * _LEVELS)
        before = counts[depth]
        counts[depth] = _start(level) if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        label = self._label(level, levels, counts)
        suffix = val(level.find(w("suff"))) or "tab"
        return Numbered(label, suffix, level.find(w("pPr")), level.find(w("rPr")))

    def pattern(self, identifier: str | None, depth: int) -> str:
        """The form of the numbers of a level, « %1.%2 »; empty for none."""
        level = self._levels.get(self._lists.get(identifier or "", ""), {}).get(depth)
        return "" if level is None else val(level.find(w("lvlText"))) or ""

    def _label(self, level: Element, levels: dict[int, Element], counts: list[int | None]) -> str:
        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            one = levels.get(at)
            return "" if one is None else _written(counts[at] or _start(one), val(one.find(w("numFmt"))) or "decimal")

        if val(level.find(w("numFmt"))) in ("none", None):
            return ""
        return re.sub("%([1-9])", shown, val(level.find(w("lvlText"))) or "").translate(_SYMBOLS)


def _start(level: Element) -> int:
    return int(number(val(level.find(w("start"))), 1))


def _written(count: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letter.upper() if form[0] == "u" else letter
        case "lowerRoman" | "upperRoman":
            roman = ""
            for worth, sign in _ROMAN:
                roman += sign * (count // worth)
                count %= worth
            return roman.upper() if form[0] == "u" else roman
        case "decimalZero":
            return f"{count:02}"
        case "ordinal":
            return "1er" if count == 1 else f"{count}e"
        case "bullet" | "none":
            return ""
        case _:
            return str(count)
