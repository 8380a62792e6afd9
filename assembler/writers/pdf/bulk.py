"""Pictures and fonts of exhibits, left in their files until the dossier is written: memory holds its structure only."""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
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
    kinds, offsets, seconds = _columns(zlib.decompress(rest[:length]), widths)
    places = [place for place, _ in shifts]
    grown = [0, *accumulate(more for _, more in shifts)]
    moved = array("Q", offsets)
    for nth, kind in enumerate(kinds):
        if kind == 1:
            moved[nth] += grown[bisect_left(places, offsets[nth])]
    table = _interleaved([kinds, *_split(moved), *_split(seconds)])
    packed = zlib.compress(table)
    head = re.sub(rb"/W \[[^\]]*\]", b"/W [ 1 8 8 ]", head)
    head = re.sub(rb"/DecodeParms <<[^>]*>> ?", b"", head)
    out.write(re.sub(rb"/Length \d+", b"/Length %d" % len(packed), head))
    out.write(b"stream\n" + packed + b"\nendstream\nendobj\n\nstartxref\n%d\n%%%%EOF\n" % (start + grown[-1]))


def _found(pattern: bytes, head: bytes) -> bytes:
    found = re.search(pattern, head)
    assert found is not None  # qpdf writes it always
    return found[1]


def _columns(predicted: bytes, widths: list[int]) -> tuple[bytes, array[int], array[int]]:
    """The three fields of the table, each byte of which is told as the difference with the one above (PNG « up »)."""
    across = sum(widths) + 1
    columns = [bytes(map((255).__and__, accumulate(predicted[at::across]))) for at in range(1, across)]
    ends = list(accumulate(widths, initial=0))
    kinds, offsets, seconds = (_joined(columns[first:last]) for first, last in pairwise(ends))
    return bytes(kinds.tolist()), offsets, seconds


def _joined(columns: list[bytes]) -> array[int]:
    """Numbers from their bytes, column by column, the greatest first."""
    numbers = array("Q", _interleaved([bytes(len(columns[0]))] * (8 - len(columns)) + columns))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _split(numbers: array[int]) -> list[bytes]:
    """The reverse of `_joined`, eight columns."""
    swapped = array("Q", numbers)
    if sys.byteorder == "little":
        swapped.byteswap()
    return [swapped.tobytes()[at::8] for at in range(8)]


def _interleaved(columns: list[bytes]) -> bytes:
    rows = bytearray(len(columns) * len(columns[0]))
    for at, column in enumerate(columns):
        rows[at :: len(columns)] = column
    return bytes(rows)
