"""Markdown narratives, as ordinary people write them."""

from __future__ import annotations

from assembler.readers.narrative.decoding import decode
from assembler.readers.narrative.front_matter import split_front_matter
from assembler.readers.narrative.reading import read_blocks

__all__ = ["decode", "read_blocks", "split_front_matter"]
