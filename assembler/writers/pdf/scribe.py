"""Writes a PDF file object by object, each once: what is big is never held (ISO 32000-1, 7.5.7 and 7.5.8).

Objects that are no streams are packed a few hundred together; the table of references comes last.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import BinaryIO

Bytes = bytes | memoryview
_PACK = 200  # objects in one stream
_HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"


class Scribe:
    """A file in the course of being written to `out`; numbers are given from `first` on, those below are the caller's."""

    def __init__(self, out: BinaryIO, first: int) -> None:
        self._out = out
        self._next = first
        self._at = 0
        self._places: list[tuple[int, int, int, int]] = []  # number, then the three fields of its reference
        self._packed: list[tuple[int, bytes]] = []
        self._emit(_HEAD)

    def number(self) -> int:
        """A number that no object has yet."""
        self._next += 1
        return self._next - 1

    def numbers(self, count: int) -> list[int]:
        """As many numbers, one after the other."""
        first, self._next = self._next, self._next + count
        return list(range(first, self._next))

    def put(self, number: int, body: bytes) -> None:
        """Write the object `number`, which is no stream."""
        self._packed.append((number, body))
        if len(self._packed) == _PACK:
            self._pack()

    def stream(self, number: int, settings: bytes, content: Bytes) -> None:
        """Write a stream: `settings` is its dictionary between « << » and « >> », without `/Length`."""
        self.place(number)
        self._emit(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (number, settings, len(content)))
        self._emit(content)
        self._emit(b"\nendstream\nendobj\n")

    def place(self, number: int) -> None:
        """Say that the object `number` begins here."""
        self._places.append((number, 1, self._at, 0))

    def raw(self, *parts: Bytes) -> None:
        """Write the bytes of an object as they are, from its own number to `endobj`."""
        for part in parts:
            self._emit(part)

    def close(self, root: int, info: int, identity: tuple[bytes, bytes]) -> None:
        """Write what is left, then the references; `identity` are two strings of 16 bytes."""
        self._pack()
        own = self.number()
        start = self._at
        self._places.append((own, 1, start, 0))
        self._places.sort()
        table = b"".join(b"%c%b%b" % (kind, at.to_bytes(6), rank.to_bytes(2)) for _, kind, at, rank in self._places)
        index = " ".join(f"{first} {count}" for first, count in _runs([0, *(place[0] for place in self._places)]))
        settings = b"/Type/XRef/Size %d/W[1 6 2]/Index[%s]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode" % (
            own + 1, index.encode(), root, info, identity[0].hex().encode(), identity[1].hex().encode(),
        )  # fmt: skip
        free = b"\0" + bytes(6) + b"\xff\xff"
        packed = zlib.compress(free + table)
        self._emit(b"%d 0 obj\n<<%s/Length %d>>\nstream\n" % (own, settings, len(packed)))
        self._emit(packed)
        self._emit(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        if not self._packed:
            return
        own, head, length = self.number(), list[bytes](), 0
        for rank, (number, body) in enumerate(self._packed):
            head.append(b"%d %d" % (number, length))
            length += len(body) + 1
            self._places.append((number, 2, own, rank))
        first = b" ".join(head) + b"\n"
        content = zlib.compress(first + b"\n".join(body for _, body in self._packed), 3)
        count = len(self._packed)
        self._packed.clear()
        self.stream(own, b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (count, len(first)), content)

    def _emit(self, content: Bytes) -> None:
        self._out.write(content)
        self._at += len(content)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Increasing numbers as (first, how many) where they follow one another."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][0] + runs[-1][1] == number:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((number, 1))
    return runs
