"""Copies objects of a prepared file into another, their numbers changed: bytes in, bytes out.

A prepared file is written by qpdf, one object after the other, with a plain table of references and « 12 0 R » for every
reference (`readers/exhibits/forms.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

from assembler.model.sheet import Sheets
from assembler.writers.pdf.scribe import Scribe

# Strings first, so that what looks like a reference in one of them is left alone; qpdf escapes brackets within strings.
_REFERENCE = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]+>|(?<= )(\d+) 0 R\b", re.DOTALL)
_STREAM = b"\nstream\n"


class Source:
    """A prepared file in the course of being copied by `scribe`; raises ValueError where it is not one."""

    def __init__(
        self, path: Path, sheets: Sheets, scribe: Scribe, known: dict[str, int], given: dict[int, int]
    ) -> None:
        """`known` are the objects written already that other files may hold too, by fingerprint; `given` those of this one."""
        self._scribe = scribe
        self._shared = dict(sheets.shared)
        self._walls = frozenset(sheets.walls)
        self._known = known
        self._given = given
        self._bytes = path.read_bytes()  # mapped into memory it would be slower to copy from
        tail = self._bytes[-64:]
        start = int(tail[tail.rindex(b"startxref") + 9 :].split()[0])
        head = self._bytes[start : start + 40].split(b"\n", 2)
        count = int(head[1].split()[1])
        first = start + len(head[0]) + len(head[1]) + 2
        self._places = [int(self._bytes[at : at + 10]) for at in range(first, first + 20 * count, 20)]
        self._starts = sorted([*self._places[1:], start])

    def copied(self, number: int) -> int:
        """The number in the target of the object `number`, copied with all that it refers to, once."""
        waiting: list[int] = []
        given = self._number(number, waiting)
        while waiting:
            self._copy(waiting.pop(), waiting)
        return given

    def _number(self, number: int, waiting: list[int]) -> int:
        given = self._given.get(number)
        if given is not None:
            return given
        fingerprint = self._shared.get(number)
        if fingerprint is not None and fingerprint in self._known:
            given = self._known[fingerprint]
        elif number in self._walls:  # pages and what holds them: a form that refers to one refers to nothing
            given = 0
        else:
            given = self._scribe.number()
            waiting.append(number)
            if fingerprint is not None:
                self._known[fingerprint] = given
        self._given[number] = given
        return given

    def _ends(self, number: int) -> tuple[int, int]:
        start = self._places[number]
        return start, self._starts[bisect_right(self._starts, start)]

    def _copy(self, number: int, waiting: list[int]) -> None:
        start, end = self._ends(number)
        held = self._bytes
        begin = held.find(b"obj\n", start) + 4
        stream = held.find(_STREAM, begin, end)
        new = self._given[number]
        body = held[begin : stream if stream >= 0 else held.rfind(b"\nendobj", begin, end)]
        if b" 0 R" in body:
            body = _REFERENCE.sub(self._renamed(waiting), body)
        if stream < 0:
            self._scribe.put(new, body)
            return
        self._scribe.place(new)
        self._scribe.raw(b"%d 0 obj\n" % new, body, memoryview(held)[stream:end])

    def _renamed(self, waiting: list[int]) -> Callable[[re.Match[bytes]], bytes]:
        def rename(found: re.Match[bytes]) -> bytes:
            if found[1] is None:
                return found[0]
            given = self._number(int(found[1]), waiting)
            return b"%d 0 R" % given if given else b"null"

        return rename
