"""Styles and numberings of a Word file, by what they mean: names whatever the language, looks, kinds of lists."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assembler.model.runs import PLAIN, Look
from assembler.readers.charter.parts import Element, Parts, val, w

_CODE = ("html code", "source text", "verbatim char", "code en ligne", "macro text char")
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Level:
    """How paragraphs of one level of a numbering are marked. `numbering` is the same for all items of one list."""

    ordered: bool
    start: int
    numbering: str


class Styles:
    """The styles of one file."""

    def __init__(self, parts: Parts) -> None:
        part = next(parts.related(parts.document, "styles"), "")
        tree = parts.tree(part) if part else None
        self._styles = {} if tree is None else {val(each, "styleId"): each for each in tree.iter(w("style"))}
        self._looks: dict[str | None, Look] = {}

    def name(self, identifier: str | None) -> str:
        """The name of a style, in lower case: « heading 1 » in every language of Word."""
        style = self._styles.get(identifier)
        return "" if style is None else (val(style.find(w("name"))) or "").lower()

    def heading(self, identifier: str | None) -> int | None:
        """The level of a heading style (1 for a chapter), by its name or that of a style it is based on."""
        for style in self._line(identifier):
            name = (val(style.find(w("name"))) or "").lower()
            if name.startswith("heading ") and name[8:].isdigit():
                return int(name[8:])
        return None

    def number(self, identifier: str | None) -> Element | None:
        """The `numPr` that a paragraph style brings."""
        return next(
            (
                found
                for style in self._line(identifier)
                if (found := style.find(f"{w('pPr')}/{w('numPr')}")) is not None
            ),
            None,
        )

    def look(self, properties: Element | None) -> Look:
        """The look of a run: that of its character style, then what is set on the run itself."""
        if properties is None:
            return PLAIN
        style = val(properties.find(w("rStyle")))
        return _look(properties, self._style_look(style))

    def _style_look(self, identifier: str | None) -> Look:
        if identifier is None:
            return PLAIN
        if identifier not in self._looks:
            look = PLAIN
            for style in reversed(self._line(identifier)):
                about = style.find(w("rPr"))
                look = look if about is None else _look(about, look)
            names = {(val(style.find(w("name"))) or "").lower() for style in self._line(identifier)}
            self._looks[identifier] = replace(PLAIN, code=True) if names & set(_CODE) else look
        return self._looks[identifier]

    def _line(self, identifier: str | None) -> list[Element]:
        """The style and those it is based on, nearest first."""
        found: list[Element] = []
        style = self._styles.get(identifier)
        while style is not None and style not in found:
            found.append(style)
            style = self._styles.get(val(style.find(w("basedOn"))))
        return found


def _look(properties: Element, look: Look) -> Look:
    bold, italic, struck = (properties.find(w(tag)) for tag in ("b", "i", "strike"))
    doubly = properties.find(w("dstrike"))
    look = replace(
        look,
        bold=look.bold if bold is None else is_on(bold),
        italic=look.italic if italic is None else is_on(italic),
        strike=(look.strike if struck is None else is_on(struck)) or (doubly is not None and is_on(doubly)),
    )
    position = val(properties.find(w("vertAlign")))
    if position is not None:
        look = replace(look, position={"superscript": "super", "subscript": "sub"}.get(position))
    return look


def is_on(element: Element) -> bool:
    """Whether a property that is yes or no says yes."""
    return (val(element) or "1") not in _OFF


class Numberings:
    """`numbering.xml` of one file. Word counts by definition: a `num` that restarts nothing goes on with the one before it."""

    def __init__(self, parts: Parts) -> None:
        part = next(parts.related(parts.document, "numbering"), "")
        tree = parts.tree(part) if part else None
        self._nums = {} if tree is None else {val(each, "numId"): each for each in tree.iter(w("num"))}
        self._abstracts = (
            {} if tree is None else {val(each, "abstractNumId"): each for each in tree.iter(w("abstractNum"))}
        )
        self._current: dict[tuple[str | None, int], tuple[str, int]] = {}
        self._begun: dict[tuple[str, int], tuple[str, int]] = {}

    def level(self, number: str | None, depth: int) -> Level | None:
        """The level of the paragraph that comes next, None where nothing marks it."""
        num = self._nums.get(number)
        if num is None or number is None or number == "0":
            return None
        abstract = val(num.find(w("abstractNumId")))
        override = _at(num, "lvlOverride", depth)
        level = None if override is None else override.find(w("lvl"))
        if level is None and (definition := self._abstracts.get(abstract)) is not None:
            level = _at(definition, "lvl", depth)
        form = None if level is None else val(level.find(w("numFmt")))
        if level is None or form == "none":
            return None
        if form == "bullet":
            return Level(ordered=False, start=1, numbering="")
        restart = None if override is None else val(override.find(w("startOverride")))
        name, start = self._list(number, abstract, depth, restart, val(level.find(w("start"))))
        return Level(True, start, f"{name}:{depth}")

    def _list(
        self, number: str, abstract: str | None, depth: int, restart: str | None, first: str | None
    ) -> tuple[str, int]:
        """What names the list that this number is of, and its first number."""
        if (number, depth) not in self._begun:
            begun = self._current.get((abstract, depth)) if restart is None else None
            self._begun[number, depth] = begun or (number, _whole(restart or first))
        self._current[abstract, depth] = self._begun[number, depth]
        return self._begun[number, depth]


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() and len(text) < 9 else 1


def _at(holder: Element, tag: str, depth: int) -> Element | None:
    return next((each for each in holder.findall(w(tag)) if val(each, "ilvl") == str(depth)), None)
