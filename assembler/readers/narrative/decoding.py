"""From the bytes of a file to text that no later stage can choke on."""

from __future__ import annotations

import codecs
import re
import unicodedata

from assembler.model.finding import Finding, warning
from assembler.model.source import Source
from assembler.readers.narrative.marks import without_private_use

_NOT_XML = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_BREAKS = str.maketrans({"\x0b": "<br>", "\u2028": "<br>", "\u2029": " ", "\x0c": " ", "\x85": " "})


def decode(raw: bytes, file: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of `raw` in NFC, with `\\n`: UTF-8, else (with a finding) UTF-16 when marked so, else cp1252."""
    text, encoding = _text(raw)
    findings = (warning("encoding-converted", Source(file), encoding=encoding),) if encoding else ()
    return clean(text), findings


def clean(text: str) -> str:
    """`text` in NFC, without characters XML forbids or that we use as marks; line breaks of Word become `<br>`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_BREAKS)
    text = _INVISIBLE.sub("", _NOT_XML.sub("", without_private_use(text)))
    return unicodedata.normalize("NFC", text)


def _text(raw: bytes) -> tuple[str, str | None]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), "Windows-1252"
