"""Elements of WordprocessingML, made as trees: text never meets markup, so no character of an author can break it."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_MAP = {"w": W}  # « r » is declared by the roots of parts: one more here costs a third of the time
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_FORBIDDEN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` on one line, without the characters that XML 1.0 forbids."""
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text))


@cache
def name(tag: str) -> str:
    """The qualified name of a tag or attribute of WordprocessingML."""
    return f"{{{W}}}{tag}"


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """The element `w:tag` with attributes `w:…` and children; None among these stands for nothing."""
    element = etree.Element(name(tag), nsmap=_MAP)
    for key, value in attributes.items():
        element.set(name(key), str(value))
    for child in children:
        if child is not None:
            element.append(child)
    return element


def root(tag: str, *children: Element) -> Element:
    """The root of a new part, which declares what its content may need."""
    element = etree.Element(name(tag), nsmap={"w": W, "r": R})
    element.extend(children)
    return element


def qualified(
    namespace: str, tag: str, attributes: dict[str, str] | None = None, *children: Element, prefix: str | None = None
) -> Element:
    """An element of another namespace, with unqualified attributes."""
    element = etree.Element(f"{{{namespace}}}{tag}", attributes or {}, {prefix: namespace} if prefix else None)
    element.extend(children)
    return element


def text(content: str, tag: str = "t") -> Element:
    """`w:t` (or `w:instrText`…) holding `content`, its spaces kept."""
    element = w(tag)
    element.text = clean(content)
    element.set(SPACE, "preserve")
    return element


def read(content: bytes) -> Element:
    """The tree of a part; entities are never resolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, huge_tree=True)
    return etree.fromstring(content, parser)


def detach(element: Element) -> None:
    """Take an element, with what it holds, out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def val(element: Element | None) -> str | None:
    """The `w:val` of an element, None when either is absent."""
    return None if element is None else element.get(name("val"))
