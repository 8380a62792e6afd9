"""Inlines to a line of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from assembler.model.text import (
    Citation,
    Code,
    CriterionLink,
    CriterionReference,
    Emphasis,
    ExhibitLink,
    ExpectationLink,
    ExpectationReference,
    Footnote,
    Inline,
    LineBreak,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Text,
    WebLink,
)
from assembler.writers.markdown.escapes import escaped, escaped_start

_BARE = re.compile(r"https?://[^\s<>«»\"`|\\*_~^\[\]()]*[\w/=&%-]")
_CURLY = re.compile(r"(?<=[^\W\d_])’")
BREAK = "\n"
_SIGNS: dict[type[Inline], str] = {Strong: "**", Emphasis: "*", Strike: "~~", Superscript: "^", Subscript: "~"}


@dataclass(frozen=True, slots=True)
class Notation:
    """How to write: `note` gives the key of a footnote, `cite` the key of an exhibit; `strict` escapes every sign.

    `folder` is that of the file, which the paths of its pictures are relative to; `straight` writes « l'atelier » with the
    apostrophe of keyboards.
    """

    note: Callable[[Footnote], str]
    cite: Callable[[str], str]
    folder: str
    strict: bool = False
    straight: bool = False


def write_text(content: tuple[Inline, ...], notation: Notation) -> list[str]:
    """The lines of a paragraph: one, and one more for each break asked for."""
    lines = _written(content, notation).split(BREAK)
    kept = [escaped_start(line.strip(" "), strict=notation.strict) for line in lines]
    return [line + "\\" for line in kept[:-1]] + kept[-1:]


def write_line(content: tuple[Inline, ...], notation: Notation) -> str:
    """The same on one line, for a heading or a cell; breaks are `<br>`."""
    return "<br>".join(line.strip(" ") for line in _written(content, notation).split(BREAK))


def _written(content: tuple[Inline, ...], notation: Notation) -> str:
    return "".join(_inline(each, notation) for each in content)


def _inline(inline: Inline, notation: Notation) -> str:
    match inline:
        case Text(text):
            written = escaped(text, strict=notation.strict)
            return _CURLY.sub("'", written) if notation.straight else written
        case Strong() | Emphasis() | Strike() | Superscript() | Subscript():
            sign = _SIGNS[type(inline)]
            return f"{sign}{_written(inline.content, notation)}{sign}"
        case Code(text):
            return _code(text)
        case LineBreak():
            return BREAK
        case WebLink(url, inner):
            return _link(url, inner, notation)
        case Footnote():
            return f"[^{notation.note(inline)}]"
        case Citation(key) | ExhibitLink(key):
            return f"[preuve:{notation.cite(key)}]"
        case CriterionReference(number) | CriterionLink(number):
            return f"[critere:{number}]"
        case ExpectationReference(reference) | ExpectationLink(reference):
            return f"[attendu:{reference}]"
        case _:
            assert_never(inline)


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _link(url: str, inner: tuple[Inline, ...], notation: Notation) -> str:
    if inner == (Text(url),) and _BARE.fullmatch(url) and not notation.strict:
        return url
    if url.startswith("mailto:") and inner == (Text(url.removeprefix("mailto:")),):
        return f"<{url.removeprefix('mailto:')}>"
    address = re.sub(r"[\\*_`~^]", lambda match: f"\\{match[0]}", url) if notation.strict else url
    shown = f"<{address}>" if re.search(r"[()\s]", address) else address
    return f"[{_written(inner, notation)}]({shown})"
