"""Tesseract, when it is there: the words of a page's picture, as an invisible layer of text."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from assembler.tools.programs import find_program

_SECONDS = 60.0


def find() -> Path | None:
    """The program; None when it is not on this computer, or does not know French."""
    found = find_program("tesseract")
    return found if found and "fra" in _languages(str(found)) else None


def text_layer(picture: bytes, dpi: int) -> bytes | None:
    """A one-page PDF that holds only the invisible words read in `picture` (PNG); None when they cannot be read."""
    program = find()
    if program is None:
        return None
    command = [str(program), "stdin", "stdout", "-l", "fra", "--dpi", str(dpi), "-c", "textonly_pdf=1", "pdf"]
    made = _run(command, picture)
    return made if made.startswith(b"%PDF-") else None


@cache
def _languages(program: str) -> frozenset[str]:
    return frozenset(_run([program, "--list-langs"], b"").decode("utf-8", "replace").split())


def _run(command: list[str], given: bytes) -> bytes:
    """What the command writes; nothing when it fails or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command, no shell
            command, input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
