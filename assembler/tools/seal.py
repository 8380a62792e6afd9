"""What says that a file handed in is still the same: a short code of the dossier's content, and a seal in each PDF.

A seal is a comment before the last `startxref` of the file, which no viewer looks at; it holds the fingerprint of all the
rest. It shows that nothing changed since, by mistake or by another program; it is not a signature, that nobody could make
again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from assembler.errors import DossierError
from assembler.tools.faults import reason
from assembler.tools.fingerprint import six_words

_END = b"startxref"
_TAIL = 4096
_FORM = re.compile(rb"%dossier version=(\d+) volume=(\d+)/(\d+) code=(\S+) sha256=([0-9a-f]{64})\n(?=startxref)")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """Which version a PDF was handed in as, which of how many volumes it is, the dossier's code."""

    version: int
    volume: int
    volumes: int
    code: str


def code_of(dossier: Mapping[str, Any]) -> str:
    """Six words for the content of a dossier, as `dossier.json` tells it; what it says of its own submission is left out."""
    content = {name: value for name, value in dossier.items() if name != "submission"}
    return six_words(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def seal_pdf(path: Path, seal: Seal) -> None:
    """Put `seal` into the PDF at `path`, which is ours. Raises `DossierError` when the disk refuses."""
    head = _head(seal)
    try:
        with path.open("r+b") as stream:
            start, tail = _tail(stream)
            at = tail.rfind(_END)
            assert at >= 0, "no end of a PDF"
            digest = _digest(stream, start + at, head, tail[at:])
            stream.seek(start + at)
            stream.write(head + b" sha256=" + digest.encode() + b"\n" + tail[at:])
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault


def read_seal(stream: BinaryIO) -> tuple[Seal | None, bool]:
    """The seal of a PDF, None without one; and whether the file is still as it was sealed."""
    start, tail = _tail(stream)
    match = _FORM.search(tail)
    if match is None:
        return None, False
    version, volume, volumes = (int(match[rank]) for rank in (1, 2, 3))
    seal = Seal(version, volume, volumes, match[4].decode().replace("-", " "))
    return seal, _digest(stream, start + match.start(), _head(seal), tail[match.end() :]) == match[5].decode()


def _head(seal: Seal) -> bytes:
    code = seal.code.replace(" ", "-")
    return f"%dossier version={seal.version} volume={seal.volume}/{seal.volumes} code={code}".encode()


def _tail(stream: BinaryIO) -> tuple[int, bytes]:
    size = stream.seek(0, os.SEEK_END)
    start = max(size - _TAIL, 0)
    stream.seek(start)
    return start, stream.read()


def _digest(stream: BinaryIO, until: int, head: bytes, end: bytes) -> str:
    """The fingerprint of what the seal says, of the file before it and of what follows it."""
    digest = hashlib.sha256(head)
    stream.seek(0)
    while until > 0 and (chunk := stream.read(min(_CHUNK, until))):
        digest.update(chunk)
        until -= len(chunk)
    digest.update(end)
    return digest.hexdigest()
