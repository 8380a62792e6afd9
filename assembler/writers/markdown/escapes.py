"""Characters that Markdown would take for signs: escaped where they would be, or wherever they could be."""

from __future__ import annotations

import re

from assembler.model.typography import typographic

_ANYWHERE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])"
    r"|`|(?<!\s)\*|\*(?!\s|$)|(?<!\w)_|_(?!\w)"
    r"|\[(?=\^|[^\[\]]*\][(\[:])"
    r"|<(?=!--|/?[A-Za-z]|[^<>\s]+@)"
    r"|&(?=#?\w+;)"
    r"|~(?=\S)|\^(?=\S)|(?<=[A-Za-z]):(?=//)"
)
_EVERY = re.compile(r"[\\`*_{}\[\]()#+\-.!<>&~^|=:$%@/]")
_LINE_START = re.compile(
    r"(?P<sign>#{1,6}(?=\s|$|[^\W\d_])|[-+*](?=\s|$)|>|~~~|[-=_*](?=[-=_* ]*$))"
    r"|(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)"
    r"|(?P<bullet>[•▪▫◦‣●○■□➢►⁃·–]|o(?=[ \u00a0]{2}))(?=[ \u00a0])"
)
_DASH = re.compile(r"—(?=[ \u00a0])")


def escaped(text: str, *, strict: bool) -> str:
    """`text` within a line. `strict` escapes every sign, needed or not."""
    return (_EVERY if strict else _ANYWHERE).sub(lambda match: f"\\{match[0]}", _with_plain_spaces(text))


def escaped_start(line: str, *, strict: bool) -> str:
    """A whole line, already escaped within, so that its beginning opens no block."""
    match = _LINE_START.match(line)
    if match is None:
        return _entity(line) if strict and _DASH.match(line) else line
    if match["sign"]:
        return f"\\{line}"
    if match["number"]:
        return f"{match['number']}\\{line[match.start('point') :]}"
    return _entity(line)


def _entity(line: str) -> str:
    return f"&#{ord(line[0])};{line[1:]}"


def _with_plain_spaces(text: str) -> str:
    """`text` with ordinary spaces where the reader makes them no-break ones by itself."""
    typed = text.replace("\u00a0", " ")
    read = typographic(f"\ufffc{typed}\ufffc")[1:-1]  # something stands on both sides
    if len(read) != len(text):
        return text
    return "".join(" " if one == "\u00a0" == other else one for one, other in zip(text, read, strict=True))
