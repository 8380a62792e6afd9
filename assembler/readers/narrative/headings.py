"""Headings: what stands in their braces, and levels that follow one another."""

from __future__ import annotations

import re
from dataclasses import replace

from assembler.model.finding import Finding, error, warning
from assembler.model.source import Source
from assembler.model.text import Block, Heading
from assembler.readers.narrative.leaves import Kept
from assembler.readers.narrative.outline import HeadingPart, Part, PlainPart

DEEPEST = 4
_ATTRIBUTE = re.compile(r"""[#.]?[\w:-]+\s*=\s*(?:["“”«]([^"“”»]*)["“”»]|'([^']*)'|‘([^’]*)’|(\S+))|[#.][\w:-]+|\S+""")
_EXPECTATIONS = re.compile(r"(?i)attendus?\s*=")
_LETTER = re.compile(
    r"(?i)(?:\d+(?:-[a-z])?\.?)?([a-z])|(?:\d+(?:-[a-z])?\.)?([1-9]\d?)"
)  # « 4.b », « b », « 1.17 », « 17 »

_OWN_NUMBER = re.compile(
    r"[*_]*(\d+(?:\.\d+)+[.)]?|\d{1,2}[.)°]|[IVX]+[.)]|[A-Za-z]\)|(?:\d{1,2}|[IVX]+)(?=[ \u00a0]?[-–—:][ \u00a0]+[^\W\d]))"
    r"(?=[ \u00a0\u202f:–—-])"
)
_LISTED = re.compile(
    r"(?i)\(\s*attendus?[ \u00a0:]+(?:\d+(?:-[a-z])?\.)?[a-z](?:(?:[\s,;]|et\b)+(?:\d+(?:-[a-z])?\.)?[a-z])*\s*\)"
)


def own_number(text: str) -> str | None:
    """The number an author gave to a heading: « 4.7 », « 1) », « IV. »; a quantity (« 3 ateliers ») is none."""
    match = _OWN_NUMBER.match(text)
    return match[1] if match else None


def listed_expectations(text: str) -> str | None:
    """Expectations a heading names between parentheses, where they are nothing but text: « (attendus b, c) »."""
    match = _LISTED.search(text)
    return match[0] if match else None


def heading_part(number: int, level: int, text: str, kept: Kept) -> tuple[Part, ...]:
    """A heading, its braces (`{attendus="b c"}`, `{#id}`) read and taken out of its text; none when it is empty."""
    source = Source(kept.file, number)
    text, letters = _without_braces(text.strip(), source, kept)
    if kept.refuses(text, number):
        return (PlainPart(number, text),)
    return (HeadingPart(number, level, text, letters),) if text else ()


def level_headings(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Finding, ...]]:
    """Headings of a whole narrative at levels 1 to 4, none skipped; `##` is level 1."""
    written = [block.level for block in blocks if isinstance(block, Heading)]
    if not written:
        return blocks, ()
    mixed = min(written) == 1 and max(written) > 1
    shift = 1 if mixed else min(written) - 1
    levelled: list[Block] = []
    findings: list[Finding] = []
    before = 0
    for block in blocks:
        if isinstance(block, Heading):
            if mixed and block.level == 1:
                findings.append(warning("heading-level-one", block.source))
            level = max(block.level - shift, 1)
            if level > before + 1:
                findings.append(
                    warning(
                        "heading-level-skipped",
                        block.source,
                        written="#" * block.level,
                        expected="#" * (before + 1 + shift),
                    )
                )
            before = min(level, before + 1, DEEPEST)
            block = replace(block, level=before)
        levelled.append(block)
    return tuple(levelled), tuple(findings)


def _without_braces(text: str, source: Source, kept: Kept) -> tuple[str, tuple[str, ...]]:
    start = text.rfind("{")
    inside = text[start + 1 : -1].removeprefix(":")
    if start < 0 or not text.endswith("}") or not re.search(r"[#.=]", inside):
        return text, ()
    letters: list[str] = []
    for attribute in _ATTRIBUTE.finditer(inside):
        if _EXPECTATIONS.match(attribute[0]):
            value = next((group for group in attribute.groups() if group is not None), "")
            letters += _letters(value, source, kept)
        elif not attribute[0].startswith("#"):
            kept.add(warning("attribute-unknown", source, attribute=attribute[0]))
    return text[:start].rstrip(), tuple(dict.fromkeys(letters))


def _letters(value: str, source: Source, kept: Kept) -> list[str]:
    letters = []
    for word in re.split(r"[\s,;]+", value.strip()):
        if letter := _LETTER.fullmatch(word):
            letters.append((letter[1] or letter[2]).lower())
        elif word:
            kept.add(error("expectation-malformed", source, value=word))
    return letters
