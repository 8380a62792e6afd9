"""Pictures and fonts of exhibits, left in their files until the dossier is written: memory holds its structure only."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Name, Pdf, Stream

_LEAST = 4096  # bytes: what is smaller costs more to leave than to hold
_PACKED = ("/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode")  # written as they are


class Bulk:
    """Streams set aside: their place is held in the document by a token that `pour` replaces."""

    def __init__(self, names: Iterable[str]) -> None:
        # No file can hold a token of ours on purpose: the key depends on that file's own fingerprint.
        self._key = sha256("\n".join(sorted(names)).encode()).hexdigest()
        self._places: dict[bytes, tuple[Path, tuple[int, int]]] = {}

    def set_aside(self, pdf: Pdf, path: Path, kept: set[tuple[int, int]]) -> None:
        """Put tokens in place of the large streams of `pdf`, read from `path`, but for the objects in `kept`."""
        if pdf.is_encrypted:
            return
        for thing in pdf.objects:
            if isinstance(thing, Stream) and thing.objgen not in kept and _is_large(thing):
                token = sha256(f"{self._key} {path.name} {thing.objgen}".encode()).hexdigest().encode()
                self._places[token] = (path, thing.objgen)
                how, settings = Name(str(thing.Filter)), thing.get(Name.DecodeParms)
                thing.write(token, filter=how, decode_parms=settings)  # type: ignore[arg-type]  # whatever it was

    def pour(self, skeleton: bytes, out: BinaryIO) -> None:
        """Write `skeleton`, a document as qpdf writes it with a cross-reference stream, with what was set aside."""
        read = _reader()
        shifts: list[tuple[int, int]] = []  # where a length changed, by how much
        at = 0
        view = memoryview(skeleton)
        for found in re.finditer(rb"/Length 64 >>\nstream\n([0-9a-f]{64})\nendstream", skeleton):
            place = self._places.get(found[1])
            if place is None:
                continue
            whole = read(*place)
            head = b"/Length %d >>\nstream\n" % len(whole)
            out.write(view[at : found.start()])
            out.write(head)
            out.write(whole)
            at = found.end(1)
            shifts.append((found.start(), len(head) + len(whole) - (at - found.start())))
        start = int(skeleton[skeleton.rindex(b"startxref") + 9 :].split()[0])
        out.write(view[at:start])
        _write_references(skeleton[start:], start, shifts, out)


def _is_large(stream: Stream) -> bool:
    packed = stream.get(Name.Filter)
    if not isinstance(packed, Name) or str(packed) not in _PACKED:
        return False
    length = stream.get(Name.Length)
    return isinstance(length, int) and length >= _LEAST


def _reader() -> Callable[[Path, tuple[int, int]], memoryview]:
    """A function that reads a stream of a file as it is, with one file open at a time."""
    opened: dict[Path, Pdf] = {}

    def read(path: Path, number: tuple[int, int]) -> memoryview:
        if path not in opened:
            for pdf in opened.values():
                pdf.close()
            opened.clear()
            opened[path] = pikepdf.open(path)
        return memoryview(opened[path].get_object(number).get_raw_stream_buffer())

    return read


def _write_references(old: bytes, start: int, shifts: list[tuple[int, int]], out: BinaryIO) -> None:
    """The cross-reference stream `old` (ISO 32000-1 §7.5.8), which stood at `start`, with offsets shifted."""
    head, _, rest = old.partition(b"stream\n")
    widths = [int(width) for width in _found(rb"/W \[ ([\d ]+) \]", head).split()]
    length = int(_found(rb"/Length (\d+)", head))
    rows = _rows(zlib.decompress(rest[:length]), widths)
    places = [place for place, _ in shifts]
    grown = [0, *accumulate(more for _, more in shifts)]
    table = b"".join(
        kind.to_bytes(1, "big")
        + (first + grown[bisect_left(places, first)] if kind == 1 else first).to_bytes(8, "big")
        + second.to_bytes(2, "big")
        for kind, first, second in rows
    )
    packed = zlib.compress(table)
    head = re.sub(rb"/W \[[^\]]*\]", b"/W [ 1 8 2 ]", head)
    head = re.sub(rb"/DecodeParms <<[^>]*>> ?", b"", head)
    out.write(re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head))
    out.write(b"stream\n" + packed + b"\nendstream\nendobj\n\nstartxref\n%d\n%%%%EOF\n" % (start + grown[-1]))


def _undone(column: bytes) -> bytes:
    sums: Iterator[int] = accumulate(column, _sum)
    return bytes(sums)


def _sum(above: int, more: int) -> int:
    return above + more & 255


def _found(pattern: bytes, head: bytes) -> bytes:
    found = re.search(pattern, head)
    assert found is not None  # qpdf writes it always
    return found[1]


def _rows(predicted: bytes, widths: list[int]) -> Iterator[tuple[int, int, int]]:
    """The entries of the table, whose bytes are each told as the difference with the row above (PNG « up »)."""
    across = sum(widths) + 1
    columns = [_undone(predicted[at::across]) for at in range(1, across)]
    ends = list(accumulate(widths, initial=0))
    fields = [columns[first:last] for first, last in pairwise(ends)]
    for kind, first, second in zip(*(zip(*field, strict=True) for field in fields), strict=True):
        yield int.from_bytes(kind, "big"), int.from_bytes(first, "big"), int.from_bytes(second, "big")
