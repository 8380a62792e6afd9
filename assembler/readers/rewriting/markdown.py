"""References to criteria in narratives, replaced where they stand; and those that only words make."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assembler.readers.narrative import split_front_matter
from assembler.readers.narrative.comments import fence_after, without_comments
from assembler.readers.narrative.outline import Line
from assembler.readers.renumbering import Renumbering
from assembler.readers.rewriting.edits import Edit, Written
from assembler.readers.rewriting.yaml import Lost, key_edits

_CODE = r"(?P<code>`+)(?:(?!(?P=code)).)*(?P=code)"
_REFERENCE = re.compile(
    _CODE + r"|(?<!\\)\[\s*(?i:(?P<kind>crit(?:e\u0300?|è)re|attendu))\s*:\s*"
    r"(?P<number>\d{1,2}(?:-[A-Za-z])?)(?:\.(?P<letter>[A-Za-z]|[1-9]\d?))?\s*\]"
)
_BRACES = re.compile(
    r"(?i)\{[^{}]*\battendus?\s*=\s*(?P<words>[\"“”«][^\"“”»]*[\"“”»]|'[^']*'|‘[^’]*’|[^\s}]+)[^{}]*\}"
)
_WORD = re.compile(
    r"(?i)(?:(?P<number>\d+(?:-[a-z])?)\.?)?(?P<letter>[a-z])|(?:(?P<of>\d+(?:-[a-z])?)\.)?(?P<rank>[1-9]\d?)"
)
_SPELLED = re.compile(
    r"(?i)\bcrit(?:e\u0300?|è)res?\s+(?:n\s?[°o]s?\s*)?(\d{1,2}(?:\s*(?:,|et|ou|à|au|-)\s*\d{1,2})*)\b"
)
_COUNTS = {7: "sept", 8: "huit", 9: "neuf"}
_GONE = "{kind} {number} de l’ancien référentiel"


def reference_edits(written: Written, own: str | None, numbers: Renumbering, lost: Lost) -> Iterator[Edit]:
    """What changes in a narrative; `own` is the criterion it answers, None for other chapters.

    A reference without counterpart becomes plain words, and is added to `lost` with its place.
    """
    lines = written.lines()
    front, _, body_line, front_line = split_front_matter("\n".join(text for _, text in lines).removeprefix("\ufeff"))
    if front is not None and own is not None:
        start, (last, text) = lines[front_line - 1][0], lines[body_line - 3]
        yield from _declared_edits(written.text[start : last + len(text)], start, own, numbers)
    fence: str | None = None
    for start, text in lines[body_line - 1 :]:
        fence = fence_after(fence, text)
        if fence is None:
            yield from _line_edits(text, start, numbers, lost)
            if own is not None:
                yield from _heading_edits(text, start, own, numbers)


def spelled_out(written: Written, numbers: Renumbering) -> Iterator[tuple[int, str]]:
    """The line and the words of each « critère 4 » in plain words, and of « les sept critères », that may be no longer true."""
    lines = [Line(number, text) for number, (_, text) in enumerate(written.lines(), 1)]
    counts = [len(each.criteria) for each in (numbers.old, numbers.new)]
    count = rf"(?i)\b(?:{counts[0]}|{_COUNTS.get(counts[0], counts[0])})\s+crit(?:e\u0300?|è)res\b"
    for line in without_comments(lines)[0]:
        for match in _SPELLED.finditer(line.text):
            if any(numbers.criterion(each) != each for each in re.findall(r"\d+", match[1])):
                yield line.number, match[0]
        if counts[0] != counts[1]:
            yield from ((line.number, match[0]) for match in re.finditer(count, line.text))


def _line_edits(text: str, start: int, numbers: Renumbering, lost: Lost) -> Iterator[Edit]:
    for match in _REFERENCE.finditer(text):
        number, letter = match["number"], match["letter"]
        if number is None or (letter is None) == (match["kind"].lower() == "attendu"):
            continue
        moved = numbers.expectation(number.lower(), letter.lower()) if letter else numbers.criterion(number.lower())
        if moved is None:
            lost.append((start + match.start(), match[0]))
            words = _GONE.format(
                kind="attendu" if letter else "critère", number=f"{number}.{letter}" if letter else number
            )
            yield Edit(start + match.start(), start + match.end(), words)
        elif letter and moved != (number.lower(), letter.lower()):
            yield Edit(start + match.start("number"), start + match.end("letter"), f"{moved[0]}.{moved[1]}")
        elif not letter and moved != number.lower():
            yield Edit(start + match.start("number"), start + match.end("number"), str(moved))


def _heading_edits(text: str, start: int, own: str, numbers: Renumbering) -> Iterator[Edit]:
    """The letters of `{attendus="b c"}`, which are those of the narrative's own criterion."""
    for braces in _BRACES.finditer(text):
        for word in re.finditer(r"[^\s,;\"“”«»'‘’]+", braces["words"]):
            parts = _WORD.fullmatch(word[0])
            if parts:
                place = start + braces.start("words") + word.start()
                wanted = _reference(
                    parts["number"] or parts["of"], parts["letter"] or parts["rank"], word[0], own, numbers
                )
                if wanted != word[0]:
                    yield Edit(place, place + len(word[0]), wanted)


def _declared_edits(front: str, start: int, own: str, numbers: Renumbering) -> Iterator[Edit]:
    """The keys of the front matter, « f » or « 4.f »."""
    words = set(re.findall(r"(?:\d+(?:-[a-z])?\.)?(?:[a-z]|[1-9]\d?)", front))
    renamed = {}
    for word in words:
        number, _, letter = word.rpartition(".")
        renamed[word] = _reference(number or None, letter, word, own, numbers)
    for each in key_edits(front, renamed):
        yield Edit(each.start + start, each.end + start, each.text)


def _reference(number: str | None, letter: str, written: str, own: str, numbers: Renumbering) -> str:
    """The letter of the narrative's own criterion in the new framework, behind a number where one was written."""
    moved = numbers.expectation(own, letter.lower())
    if moved is None or (number is None and moved[1] == letter.lower()):
        return written
    if number is None:
        return moved[1]
    return f"{moved[0] if numbers.same_criterion(number, own) else number}.{moved[1]}"
