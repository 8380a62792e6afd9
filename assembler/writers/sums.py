"""SHA256SUMS: the fingerprints of an edition's files, checkable with `sha256sum -c`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def sums(files: Iterable[Path]) -> bytes:
    """One line a file, sorted by name."""
    lines = []
    for path in sorted(files):
        with path.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines).encode()
