"""Inlines as they are set: spaces collapsed, French typography, neighbouring texts merged, nothing empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assembler.model.text import Emphasis, Inline, LineBreak, Strike, Strong, Subscript, Superscript, Text, WebLink
from assembler.model.typography import typographic

_SPACES = re.compile(r"[ \t\n]+")
_OBJECT = "\ufffc"


def set_inlines(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """`inlines` of one paragraph, trimmed; typography sees across nodes (`**Attention** : …`)."""
    content = tuple(inlines)
    leaves = tuple(_leaves(content))
    texts = _trimmed(leaves)
    shown = typographic(
        "".join(text if isinstance(leaf, Text) else _stand_in(leaf) for leaf, text in zip(leaves, texts, strict=True))
    )
    built = _rebuilt(content, _cut(shown, leaves, texts))
    while built and isinstance(built[0], LineBreak):
        built = built[1:]
    while built and isinstance(built[-1], LineBreak):
        built = built[:-1]
    return built


def _leaves(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in inlines:
        match inline:
            case Emphasis(content) | Strong(content) | Strike(content) | Superscript(content) | Subscript(content):
                yield from _leaves(content)
            case WebLink(_, content):
                yield from _leaves(content)
            case _:
                yield inline


def _stand_in(leaf: Inline) -> str:
    return "\n" if isinstance(leaf, LineBreak) else _OBJECT


def _trimmed(leaves: tuple[Inline, ...]) -> list[str]:
    """The text of each leaf (empty for other leaves), without doubled spaces nor spaces around breaks."""
    texts: list[str] = []
    after_space = True
    last = -1
    for rank, leaf in enumerate(leaves):
        text = ""
        if isinstance(leaf, Text):
            text = _SPACES.sub(" ", leaf.text)
            text = text[1:] if after_space and text.startswith(" ") else text
            if text:
                after_space, last = text.endswith(" "), rank
        elif isinstance(leaf, LineBreak):
            if last >= 0:
                texts[last] = texts[last].rstrip(" ")
            after_space, last = True, -1
        else:
            after_space, last = False, -1
        texts.append(text)
    if last >= 0:
        texts[last] = texts[last].rstrip(" ")
    return texts


def _cut(shown: str, leaves: tuple[Inline, ...], texts: list[str]) -> Iterator[str]:
    position = 0
    for leaf, text in zip(leaves, texts, strict=True):
        if isinstance(leaf, Text):
            yield shown[position : position + len(text)]
            position += len(text)
        else:
            position += 1


def _rebuilt(inlines: tuple[Inline, ...], texts: Iterator[str]) -> tuple[Inline, ...]:
    built: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text():
                _append_text(built, next(texts))
            case Emphasis(content) | Strong(content) | Strike(content) | Superscript(content) | Subscript(content):
                if within := _rebuilt(content, texts):
                    built.append(replace(inline, content=within))
            case WebLink(url, content):
                built.append(WebLink(url, _rebuilt(content, texts) or (Text(url),)))
            case _:
                built.append(inline)
    return tuple(built)


def _append_text(built: list[Inline], text: str) -> None:
    if not text:
        return
    if built and isinstance(built[-1], Text):
        built[-1] = Text(built[-1].text + text)
    else:
        built.append(Text(text))
