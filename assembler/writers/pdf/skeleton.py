"""The dossier as laid out, ready to receive exhibits: its objects keep their numbers, others are kept free for what comes."""

from __future__ import annotations

import re
from collections.abc import Collection

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from assembler.writers.pdf.scribe import Scribe

_LENGTH = re.compile(rb"/Length \d+(?: 0 R)?")
_LEFT_OUT = ("/ObjStm", "/XRef", "/Pages")  # what holds a file together, and the page tree, which is made again


def reserve(pdf: Pdf, count: int) -> tuple[int, ...]:
    """Numbers of objects that are written later."""
    return tuple(pdf.make_indirect(Dictionary()).objgen[0] for _ in range(count))


def write_skeleton(pdf: Pdf, end: int, reserved: Collection[int], scribe: Scribe) -> None:
    """Write every object numbered below `end`, save those `reserved`."""
    for number in range(1, end):
        held = None if number in reserved else pdf.get_object(number, 0)
        if isinstance(held, (Dictionary, Stream)) and str(held.get(Name.Type, "")) in _LEFT_OUT:
            continue
        if isinstance(held, Stream):
            settings = _LENGTH.sub(b"", held.stream_dict.unparse(), count=1).strip()
            scribe.stream(number, settings[2:-2], memoryview(held.get_raw_stream_buffer()))
        elif isinstance(held, Object):
            scribe.put(number, held.unparse(resolved=True))
        elif held is not None:
            scribe.put(number, Array([held]).unparse()[1:-1])
