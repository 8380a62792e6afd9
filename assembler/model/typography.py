"""French typography of plain characters: spaces that must not break, and apostrophes."""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"
_SPACE = "[ \u00a0]"
_UNITS = (
    r"h|min|mn|s|j|ans?|mois|km|m|cm|mm|m²|m³|ha|km²|kg|g|t|l|L|cl|ml|W|kW|MW|Wh|kWh|MWh|V|A|Hz|Go|Mo|Ko|ko|To"
    r"|°C?|k€|M€|€|\$|%|‰"
)
_KEPT = re.compile(r"(?i:https?|ftp|mailto|file):\S+|www\.\S+|(?<![^\s(<«,;:])[^\s@]+@[^\s@]+|\b[A-Za-z]:[\\/]\S*")
_RULES = tuple(
    re.compile(rule)
    for rule in (
        r"(?<=\S) (?=[;:!?»%‰€›])",
        r"(?<=[«‹§]) (?=\S)",
        r"(?<=\b[Nn]°) (?=\S)|(?<=\b[Nn]os) (?=\d)",
        rf"(?<!\d)(?<!\d[.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)",
        rf"(?<=\d) (?=(?:{_UNITS})(?![\w'’]))",
        rf"(?<=\d{_SPACE}h) (?=\d\d?\b)",
        r"(?<=\b[Pp]\.) (?=\d)|(?<=\bpp\.) (?=\d)|(?<=\b[Aa]rt\.) (?=[\dLRD])|(?<=\bchap\.) (?=\d)|(?<=\bfig\.) (?=\d)",
        r"(?<=\b[LRD]\.) (?=\d)",
        r"(?<=\bM\.) (?=[A-ZÀ-Ý])|(?<=\bMM\.) (?=[A-ZÀ-Ý])|(?<=\bMme) (?=[A-ZÀ-Ý])|(?<=\bMmes) (?=[A-ZÀ-Ý])"
        r"|(?<=\bMlle) (?=[A-ZÀ-Ý])|(?<=\bDr) (?=[A-ZÀ-Ý])",
    )
)
_APOSTROPHE = re.compile("(?<=[^\\W\\d_])'(?=[^\\W\\d_]|[«“\ufffc])")


def typographic(text: str) -> str:
    """`text`, as long as before, with no-break spaces (U+00A0) where French wants them and typographic apostrophes.

    Only spaces the author typed change. Addresses, e-mails and paths are left alone. U+FFFC stands for any object.
    """
    text = text.replace("\u202f", _NO_BREAK)
    changed = _changed(text)
    for kept in _KEPT.finditer(text):
        changed = changed[: kept.start()] + kept[0] + changed[kept.end() :]
    return changed


def _changed(text: str) -> str:
    for rule in _RULES:
        text = rule.sub(lambda match: match[0].replace(" ", _NO_BREAK), text)
    return _APOSTROPHE.sub("’", text)
