"""Makes text safe to lay out: characters no font can show, words no line can hold, headings no standard accepts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Node = dict[str, Any]

# Word's own bullets in private-use fonts, and what they look like.
_WORD_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→"}
_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF) if code not in (9, 10)}
_TABLE = _CONTROLS | {9: " ", 10: " "} | dict.fromkeys(range(65024, 65040)) | _WORD_BULLETS
_CODE_TABLE = _TABLE | {9: "    ", 10: "\n"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ud800-\udfff]")
_LONG_WORD = re.compile(r"\S{13,}")
_AFTER_MARK = re.compile(r"(?<=[/._?&=:;,@+\-#%])(?=[^\s/])")
UNSHOWN = "□"
_SLICE = 6  # letters: short enough for a justified line to stay even


def clean(text: str, unshown: Mapping[str, str], table: Mapping[int, str | None] = _TABLE) -> str:
    """`text` without controls and private characters; `unshown` pairs those without a glyph with a stand-in."""
    shown = _PRIVATE.sub(UNSHOWN, text.translate(table))
    return shown.translate({ord(key): value for key, value in unshown.items()}) if unshown else shown


def stand_in(letter: str) -> str:
    """What is shown for a character that no font has: a box, or nothing for what was not to be seen."""
    return "" if unicodedata.category(letter) in ("Cf", "Mn", "Me", "Cc") else UNSHOWN


def cleaned(value: Any, unshown: Mapping[str, str]) -> Any:
    """A JSON value with every text in it made safe."""
    if isinstance(value, str):
        return clean(value, unshown)
    if isinstance(value, list):
        return [cleaned(item, unshown) for item in value]
    if isinstance(value, dict):
        if value.get("type") == "CodeBlock":
            return value | {"text": clean(value["text"], unshown, _CODE_TABLE)}
        return {key: cleaned(item, unshown) for key, item in value.items()}
    return value


def breakable(text: str, longest: int) -> str:
    """`text` where words of more than `longest` characters may be cut: after their punctuation, else anywhere."""

    def cut(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) <= longest:
            return word
        pieces = _AFTER_MARK.split(word)
        return "\u200b".join(part for piece in pieces for part in _slices(piece, longest))

    return _LONG_WORD.sub(cut, text)


def _slices(piece: str, longest: int) -> Iterator[str]:
    if len(piece) <= longest:
        yield piece
    else:
        yield from (piece[at : at + _SLICE] for at in range(0, len(piece), _SLICE))


def walk(nodes: list[Node], visit: Callable[[Node], None]) -> None:
    """Call `visit` on each node of a list of blocks or inlines, parents first, in the order of reading."""
    for node in nodes:
        visit(node)
        for children in _families(node):
            walk(children, visit)


def _families(node: Node) -> Iterator[list[Node]]:
    match node["type"]:
        case "Table":
            yield from node["header"]
            for row in node["rows"]:
                yield from row
            yield node["caption"]
        case "Figure":
            yield node["caption"]
        case "BulletList" | "OrderedList":
            for item in node["items"]:
                yield item["blocks"]
        case "Quotation":
            yield node["blocks"]
        case _ if "content" in node:
            yield node["content"]
        case _:
            pass


def words_of(nodes: list[Node]) -> str:
    """The plain text of inlines, notes left out."""
    parts: list[str] = []
    for node in nodes:
        match node["type"]:
            case "Text" | "Code":
                parts.append(str(node["text"]))
            case "LineBreak":
                parts.append(" ")
            case "ExhibitLink":
                parts.append(str(node.get("shown") or node["label"]))
            case "Footnote":
                pass
            case _ if "content" in node:
                parts.append(words_of(node["content"]))
            case _:
                parts.append(str(node.get("number") or node.get("reference") or node.get("key") or ""))
    return "".join(parts)
