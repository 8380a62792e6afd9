"""Python-Markdown as a reader: canonical Markdown in, element tree out, with the inline syntax of narratives added."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_RE, AtomicString

from assembler.readers.narrative.marks import OBJECT
from assembler.readers.narrative.outline import Aside, TablePart

_OBJECT = re.compile(rf"{OBJECT}(\d+){OBJECT}")
_REFERENCE = r"\[\s*((?i:preuve|crit[eè]re|attendu))\s*:([^\[\]]*)\]"
_NEAR_MISS = (
    r"\[\s*(?i:(?:preuve|crit[eè]re|attendu)s\s*:[^\[\]]*"
    r"|preuves?\s+(?:[^\s\[\]]+|P?\d[^\[\]]*)|crit[eè]res?\s+\d[^\[\]]*"
    r"|attendus?\s+(?:\d[^\[\]]*|[a-z](?:[\s,;]+(?:et\s+)?[a-z])*))\s*\](?![(\[])"
    r"|(?<!\])\((?i:preuve|crit[eè]re|attendu)s?:[^()\s]+\)"
)
_NOTE = r"\[\^([^\]\s]+)\]"
_ADDRESS = r"(?<![\w/@])(?i:https?://)(?:[^\s<>«»\"`\x02\x03\ue000-\ue003]|\x02klzzwxh:\d+\x03)+"
_SENTENCE_END = ".,;:!?*_~'’…”"
_MAIL = r"<(?i:mailto:)?([^<>\s\x02]+@[^<>\s\x02]+)>"


def read_tree(text: str, aside: tuple[Aside, ...], links: Mapping[str, tuple[str, str | None]]) -> Element:
    """The tree of `text`: usual HTML elements, `object` (a part set aside), `reference`, `note`; marks stay."""
    if not text.strip():
        return Element("div")
    capture = _Capture()
    md = Markdown(extensions=[SaneListExtension(), _Narrative(aside, capture)])
    md.serializer = lambda _root: ""
    md.stripTopLevelTags = False
    md.ESCAPED_CHARS = list(string.punctuation)
    md.references.update({label: (url, title or "") for label, (url, title) in links.items()})
    md.convert(text)
    return capture.root


class _Capture(Treeprocessor):
    """Keeps the finished tree."""

    root: Element

    def run(self, root: Element) -> None:
        self.root = root


class _Narrative(Extension):
    def __init__(self, aside: tuple[Aside, ...], capture: _Capture) -> None:
        super().__init__()
        self._aside = aside
        self._capture = capture

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.deregister("html_block")
        for name in ("prettify", "unescape"):
            md.treeprocessors.deregister(name)
        for name in ("code", "setextheader", "hr", "reference"):
            md.parser.blockprocessors.deregister(name)
        for name in ("linebreak", "html", "entity", "automail"):
            md.inlinePatterns.deregister(name)
        md.treeprocessors.register(self._capture, "capture", -10)
        md.parser.blockprocessors.register(_Objects(md.parser, self._aside), "object", 95)
        md.inlinePatterns.register(_Reference(_REFERENCE, md), "narrative_reference", 176)
        md.inlinePatterns.register(_NearMiss(_NEAR_MISS, md), "near_miss", 175.5)
        md.inlinePatterns.register(_Note(_NOTE, md), "note", 175)
        md.inlinePatterns.register(_Mail(_MAIL, md), "mail", 115)
        md.inlinePatterns.register(_Address(_ADDRESS, md), "address", 110)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~~)(?=\S)(.+?)(?<=\S)~~", "del"), "del", 68)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~)([^\s~]+)~(?!~)", "sub"), "sub", 66)
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(\^)([^\s^]+)\^", "sup"), "sup", 64)


class _Objects(BlockProcessor):
    """Puts an `object` element where a part was set aside; a table is built at once, so that its cells are read too."""

    def __init__(self, parser: object, aside: tuple[Aside, ...]) -> None:
        super().__init__(parser)  # type: ignore[arg-type]
        self._aside = aside

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002
        return block.startswith(OBJECT)

    def run(self, parent: Element, blocks: list[str]) -> bool:
        match = _OBJECT.fullmatch(blocks[0].strip())
        if match is None:
            return False
        blocks.pop(0)
        element = SubElement(parent, "object", index=match[1])
        part = self._aside[int(match[1])]
        if isinstance(part, TablePart):
            for row in (part.header, *part.rows):
                line = SubElement(element, "tr")
                for cell in row:
                    SubElement(line, "td").text = cell
        return True


class _Reference(InlineProcessor):
    """`[preuve:cle]`, `[critere:4]`, `[attendu:4.b]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        if _before_element(self, m[0]) == m[0]:
            element = Element("reference", kind=m[1], target=self.unescape(m[2]))
            element.text = AtomicString(self.unescape(m[0]))
            return element, m.start(), m.end()
        return None, m.start(), m.end()


class _NearMiss(InlineProcessor):
    """`[preuves:cle]`, `[preuve cle]`, `(preuve:cle)`: a reference of no kind."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        if _before_element(self, m[0]) == m[0]:
            element = Element("reference")
            element.text = AtomicString(self.unescape(m[0]))
            return element, m.start(), m.end()
        return None, m.start(), m.end()


class _Note(InlineProcessor):
    """`[^1]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        element = Element("note", key=self.unescape(m[1]))
        element.text = AtomicString(self.unescape(m[0]))
        return element, m.start(), m.end()


class _Mail(InlineProcessor):
    """`<nom@lycee.fr>`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        element = Element("a", href=f"mailto:{m[1]}")
        element.text = AtomicString(m[1])
        return element, m.start(), m.end()


class _Address(InlineProcessor):
    """A bare address; the punctuation that ends a sentence is not part of it."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        address = _trimmed(_before_element(self, m[0]))
        element = Element("a", href=self.unescape(address))
        element.text = AtomicString(self.unescape(address))
        return element, m.start(), m.start() + len(address)


def _before_element(processor: InlineProcessor, text: str) -> str:
    """`text` up to the first element in it; characters after a backslash are none."""
    assert processor.md is not None
    inline = processor.md.treeprocessors["inline"]
    assert isinstance(inline, InlineTreeprocessor)
    stash = inline.stashed_nodes
    for placeholder in INLINE_PLACEHOLDER_RE.finditer(text):
        if not isinstance(stash.get(placeholder[1]), str):
            return text[: placeholder.start()]
    return text


def _trimmed(address: str) -> str:
    address = address.rstrip(_SENTENCE_END)
    unpaired = address.count(")") + address.count("]") - address.count("(") - address.count("[")
    while unpaired > 0 and address.endswith((")", "]")):
        closing = len(address) - len(address.rstrip(")]"))
        address = address[: len(address) - min(unpaired, closing)].rstrip(_SENTENCE_END)
        unpaired -= min(unpaired, closing)
    return address
