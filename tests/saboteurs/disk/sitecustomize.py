"""A disk that refuses once: on `PYTHONPATH`, the n-th step of the program that changes the disk fails.

`FAULT_AT` is n, `FAULT_ERRNO` the error, or KILL: the program then ends there and then, as if the current went. `FAULT_IN`
is the module concerned: `assembler`, the program itself, unless another one says so. With `FAULT_COUNT` a folder is given,
where each process writes the number of its steps. `FAULT_APART` takes away the swap of two folders in one step.
"""

from __future__ import annotations

import builtins
import ctypes
import errno
import io
import os
import stat
import sys

_at = int(os.environ.get("FAULT_AT", "0"))
_error = os.environ.get("FAULT_ERRNO", "ENOSPC")
_steps = 0
_open, _kill, _os_open = io.open, os.kill, os.open
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def _tick(path: object = None) -> None:
    global _steps
    _steps += 1
    if "FAULT_COUNT" in os.environ:
        with _open(f"{os.environ['FAULT_COUNT']}/{os.getpid()}", "w") as count:
            count.write(str(_steps))
    if _steps == _at and _error == "KILL":
        _kill(os.getpid(), 9)
    elif _steps == _at:
        number = getattr(errno, _error)
        raise OSError(number, os.strerror(number), *([] if path is None else [str(path)]))


def _is_pipe(file: object) -> bool:
    return isinstance(file, int) and not stat.S_ISREG(os.fstat(file).st_mode)


class _Raw(io.FileIO):
    def write(self, content) -> int:
        _tick()
        return super().write(content)


def _opened(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not set(mode) & set("wax+") or file == os.devnull or _is_pipe(file):
        return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    _tick(None if isinstance(file, int) else file)
    raw = _Raw(file, mode.replace("b", "").replace("t", ""), closefd, opener)
    held = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
    return held if "b" in mode else io.TextIOWrapper(held, encoding, errors, newline)


def _os_opened(path, flags, *others, **options):
    if flags & _WRITES and path != os.devnull:
        _tick(path)
    return _os_open(path, flags, *others, **options)


def _failing(name: str) -> None:
    real = getattr(os, name)

    def step(first, *others, **options):
        if name != "write" or not _is_pipe(first):
            _tick(None if isinstance(first, int) else first)  # an open file is refused without its name
        return real(first, *others, **options)

    setattr(os, name, step)


if os.environ.get("FAULT_IN", "assembler") in sys.orig_argv:
    for each in ("write", "fsync", "replace", "rename", "mkdir", "chmod", "unlink", "rmdir"):
        _failing(each)
    os.open = _os_opened
    io.open = builtins.open = _opened
    if "FAULT_APART" in os.environ:
        _library = ctypes.CDLL
        ctypes.CDLL = lambda name, *others, **options: object() if name is None else _library(name, *others, **options)
