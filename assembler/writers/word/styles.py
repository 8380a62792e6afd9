"""Styles: the template's own by their names, whatever its language or ids; those it lacks come from `styles.xml`."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from assembler.writers.word.xml import Element, name, read, val, w

_ON = ("1", "true", "on")


class Styles:
    """The styles of one document; `Styles(tree)["heading 1"]` is the id to write."""

    def __init__(self, tree: Element) -> None:
        self._tree = tree
        self._by_name: dict[str, Element] = {}
        self._ids: set[str] = set()
        for style in tree.iter(name("style")):
            self._keep(style)
        self._default = self._default_paragraph()
        for style in read(_standard()).iter(name("style")):
            found = self._by_name.get(_title(style))
            if found is None or found.get(name("type")) != style.get(name("type")):
                self._add(style)

    def __getitem__(self, title: str) -> str:
        return self._by_name[title.lower()].get(name("styleId"), "")

    def is_numbered(self, title: str) -> bool:
        """Whether the template numbers this style by itself, or by one it is based on."""
        style: Element | None = self._by_name[title.lower()]
        by_id = {each.get(name("styleId")): each for each in self._by_name.values()}
        seen: list[Element] = []
        while style is not None and style not in seen:
            if style.find(f"{name('pPr')}/{name('numPr')}") is not None:
                return True
            seen.append(style)
            style = by_id.get(val(style.find(name("basedOn"))))
        return False

    def level(self, identifier: str | None) -> int | None:
        """The heading level (1 to 3) of a style id that the contents lists, else None."""
        if identifier is None:
            return None
        return next((level for level in (1, 2, 3) if self[f"heading {level}"] == identifier), None)

    def _keep(self, style: Element) -> None:
        self._by_name.setdefault(_title(style), style)
        self._ids.add(style.get(name("styleId"), "").lower())

    def _default_paragraph(self) -> str:
        for style in self._tree.iter(name("style")):
            if style.get(name("type")) == "paragraph" and style.get(name("default")) in _ON:
                return style.get(name("styleId"), "")
        named = self._by_name.get("normal")
        if named is not None and named.get(name("type")) == "paragraph":
            return named.get(name("styleId"), "")
        style = w("style", w("name", val="Normal"), w("qFormat"), type="paragraph", default=1, styleId="Normal")
        self._tree.append(style)
        self._keep(style)
        return "Normal"

    def _add(self, style: Element) -> None:
        plain = unicodedata.normalize("NFKD", _title(style).title())
        identifier = "".join(letter for letter in plain if letter.isascii() and letter.isalnum())
        while identifier.lower() in self._ids:
            identifier += "1"
        style.set(name("styleId"), identifier)
        if style.get(name("type")) == "paragraph":
            style.insert(1, w("basedOn", val=self._default))
            if _title(style).startswith("heading"):
                style.insert(2, w("next", val=self._default))
        self._by_name[_title(style)] = style
        self._ids.add(identifier.lower())
        self._tree.append(style)


def write_in_french(tree: Element) -> None:
    """Make French the language of the document's defaults, for spelling and for screen readers."""
    defaults = _first(tree, "docDefaults")
    properties = _first(_first(defaults, "rPrDefault"), "rPr")
    language = properties.find(name("lang"))
    if language is None:
        language = w("lang")
        # The schema wants it before these.
        after = [properties.find(name(tag)) for tag in ("eastAsianLayout", "specVanish", "oMath")]
        following = next((element for element in after if element is not None), None)
        if following is None:
            properties.append(language)
        else:
            following.addprevious(language)
    language.set(name("val"), "fr-FR")
    for style in tree.iter(name("style")):
        if style.get(name("default")) in _ON:
            for language in style.iter(name("lang")):
                language.set(name("val"), "fr-FR")


@cache
def _standard() -> bytes:
    return Path(__file__).with_name("styles.xml").read_bytes()


def _title(style: Element) -> str:
    return (val(style.find(name("name"))) or "").lower()


def _first(parent: Element, tag: str) -> Element:
    found = parent.find(name(tag))
    if found is None:
        found = w(tag)
        parent.insert(0, found)
    return found
