"""One file replaced, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from assembler.errors import DossierError
from assembler.tools.faults import reason


def replace_file(target: Path, content: bytes, *, durable: bool) -> None:
    """Write `content` beside `target`, then put it in its place. Raises `DossierError` when the disk refuses.

    `durable` waits until the disk has it, for what cannot be made again: the caller then holds a lock, and what an earlier
    run that was killed left beside `target` is removed.
    """
    try:
        for left in target.parent.glob(f".{target.name}-????????") if durable else ():
            left.unlink(missing_ok=True)
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault
    replace_by(target, lambda stream: stream.write(content), durable=durable)


def replace_by(target: Path, write: Callable[[BinaryIO], object], *, durable: bool) -> None:
    """The same for what `write` writes bit by bit; what a killed run left is not looked for."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
        try:
            with os.fdopen(handle, "wb") as stream:
                write(stream)
                if durable:
                    stream.flush()
                    os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise DossierError("disk", reason=reason(fault)) from fault
