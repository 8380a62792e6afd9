"""A disk that refuses once: on `PYTHONPATH`, the program's n-th opening, writing, flushing or renaming of a file fails.

`FAULT_AT` is n, `FAULT_ERRNO` the error; with `FAULT_COUNT` a file is given where the number of such steps is written.
Only the program itself is concerned, not the children it starts.
"""

from __future__ import annotations

import atexit
import builtins
import errno
import io
import os
import sys

_at = int(os.environ.get("FAULT_AT", "0"))
_error = getattr(errno, os.environ.get("FAULT_ERRNO", "ENOSPC"))
_steps = 0
_open = io.open


def _tick(path: object) -> None:
    global _steps
    _steps += 1
    if _steps == _at:
        raise OSError(_error, os.strerror(_error), str(path))


class _Raw(io.FileIO):
    def write(self, content) -> int:
        _tick(self.name)
        return super().write(content)


def _opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not set(mode) & set("wax+"):
        return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    _tick(file)
    raw = _Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
    held = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    return held if "b" in mode else io.TextIOWrapper(held, encoding, errors, newline)


def _failing(name: str) -> None:
    real = getattr(os, name)

    def step(first, *others, **options):
        _tick(first)
        return real(first, *others, **options)

    setattr(os, name, step)


if "assembler" in sys.orig_argv:
    for each in ("write", "fsync", "replace", "rename", "mkdir"):
        _failing(each)
    io.open = builtins.open = _opened
    if "FAULT_COUNT" in os.environ:
        atexit.register(lambda: _open(os.environ["FAULT_COUNT"], "w").write(str(_steps)))
