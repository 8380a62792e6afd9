"""The docxtpl tags of a part, as Word’s user typed them, each with its paragraph; and what is wrong in how they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assembler.model.finding import Finding, error, warning
from assembler.model.source import Source
from assembler.writers.word.places import Places, around
from assembler.writers.word.xml import Element, name

_TAG = re.compile(r"\{\{(?:(?!\{\{|\{%|\}\}).)*\}\}|\{%(?:(?!\{\{|\{%|%\}).)*%\}|\{#.*?#\}", re.DOTALL)
_OPENING, _CLOSING = re.compile(r"\{\{|\{%|\{#"), re.compile(r"\}\}|%\}|#\}")
_SINGLE = re.compile(
    r"\{\s*(%?)\s*([a-z_]\w*(?:\.\w+)*|(?:for|if|endfor|endif|else)\b[^{}]*)\s*(%?)\s*\}", re.IGNORECASE
)
_SCOPE = re.compile(r"(tr|tc|p|r) ")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SKIPPED = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MARKS = ("{{", "{%", "{#")
MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag. `kind` is « {{ », « {% » or « {# »; `scope` what it takes the place of: « tr », « tc », « p », « r » or nothing.

    `text` is what was typed, `inner` what docxtpl makes of it between its braces; `start` and `end` are its place in the text
    of `paragraph`.
    """

    kind: str
    scope: str
    text: str
    inner: str
    start: int
    end: int
    paragraph: Element
    run: Element


@dataclass(frozen=True, slots=True)
class Page:
    """A part being read: its tree, the words for its places, and the file that findings name."""

    tree: Element
    places: Places
    source: Source

    def where(self, tag: Tag) -> str:
        """The place of a tag, and the words around it."""
        return self.at(tag.paragraph, tag.start, tag.end)

    def at(self, paragraph: Element, start: int, end: int) -> str:
        """The place of a passage, and the words around it."""
        return f"{self.places.place(paragraph)}, « {around(paragraph_text(paragraph), start, end)} »"


def read_tags(page: Page, found: list[Finding]) -> list[Tag]:
    """The tags of a part in the order of the text; `found` receives the braces that make none."""
    tags: list[Tag] = []
    for paragraph in page.tree.iter(name("p")):
        pieces = list(_pieces(paragraph))
        text = "".join(piece.text or "" for piece in pieces)
        if "{" not in text and "}" not in text:
            continue
        here = [_tag(match, paragraph, _piece_at(pieces, match.start())) for match in _TAG.finditer(text)]
        found += _loose(text, here, paragraph, page)
        tags += here
    return tags


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph: not that of text boxes anchored in it, nor what a tracked change deleted."""
    return "".join(piece.text or "" for piece in _pieces(paragraph))


def hidden_tags(tree: Element) -> Iterator[tuple[Element, str]]:
    """What looks like a tag where no text is: in an attribute, in a field’s instruction, in a formula."""
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        texts = [
            element.text or "" if element.tag != name("t") else "",
            element.tail or "",
            *map(str, element.attrib.values()),
        ]
        for text in texts:
            if any(mark in text for mark in _MARKS):
                yield element, text


def _pieces(paragraph: Element) -> Iterator[Element]:
    for piece in paragraph.iter(name("t")):
        owner = next(piece.iterancestors(name("p")), None)
        if owner is paragraph and next(piece.iterancestors(_SKIPPED), None) is None:
            yield piece


def _piece_at(pieces: list[Element], position: int) -> Element:
    reached = 0
    for piece in pieces:
        reached += len(piece.text or "")
        if position < reached:
            return piece
    return pieces[-1]


def _tag(match: re.Match[str], paragraph: Element, piece: Element) -> Tag:
    text = match[0]
    inner = text[2:-2]
    scope = _SCOPE.match(inner)
    if scope is not None:
        inner = inner[scope.end() :]
    inner = inner.strip().removeprefix("-").removesuffix("-").strip().translate(_CURLY)
    run = next(piece.iterancestors(name("r")), piece)
    return Tag(text[:2], scope[1] if scope else "", text, inner, match.start(), match.end(), paragraph, run)


def _loose(text: str, tags: list[Tag], paragraph: Element, page: Page) -> Iterator[Finding]:
    """Braces that open, close or stand alone outside every tag."""
    left = list(text)
    for tag in tags:
        left[tag.start : tag.end] = " " * (tag.end - tag.start)
    rest = "".join(left)
    for match in _OPENING.finditer(rest):
        following = next((tag.start for tag in tags if tag.start > match.start()), len(text))
        shown = text[match.start() : min(following, match.start() + 60)].strip()
        where = page.at(paragraph, match.start(), min(following, len(text)))
        yield error("template-tag-unclosed", page.source, tag=shown, end=_ENDS[match[0]], where=where)
    for match in _CLOSING.finditer(rest):
        if not _OPENING.search(rest[: match.start()]):
            yield error(
                "template-tag-unopened", page.source, tag=match[0], where=page.at(paragraph, match.start(), match.end())
            )
    for match in _SINGLE.finditer(_OPENING.sub("  ", _CLOSING.sub("  ", rest))):
        order = bool(match[1] or match[3]) or match[2].split()[0].lower() in ("for", "if", "endfor", "endif", "else")
        fix = f"{{% {match[2].rstrip(' %')} %}}" if order else f"{{{{ {match[2]} }}}}"
        where = page.at(paragraph, match.start(), match.end())
        yield warning("template-braces", page.source, text=match[0], fix=fix, where=where)
