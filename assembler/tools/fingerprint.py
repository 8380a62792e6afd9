"""A fingerprint that two people can read to each other: six ordinary French words."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("words.txt")
_COUNT, _BITS = 6, 11  # 2,048 words: six of them are 66 bits


def six_words(content: bytes) -> str:
    """« mouette verger cadran tilleul dossier ruche »: the first 66 bits of the sha256 of `content`."""
    number = int.from_bytes(hashlib.sha256(content).digest()) >> (256 - _COUNT * _BITS)
    places = (number >> _BITS * rank & (1 << _BITS) - 1 for rank in reversed(range(_COUNT)))
    return " ".join(_words()[place] for place in places)


@cache
def _words() -> tuple[str, ...]:
    """The public list, in its order; never to be changed, or the same file would read otherwise."""
    return tuple(_WORDS.read_text("utf-8").split())
