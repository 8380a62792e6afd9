"""National numbers of persons, in any text: a pupil's INE, a social security number (NIR).

INE: three shapes found in public code of the State's projects (RNIE, BEA, apprenticeship). NIR: 13 digits and a key, which
is 97 less the number modulo 97, Corsica's 2A and 2B counting as 19 and 18. A UAI (7 digits and a letter) and a SIRET (14
digits) are neither.
"""

from __future__ import annotations

import re

_INE = re.compile(r"(?<![0-9A-Za-z])(?:\d{9}[A-Za-z]{2}|\d{10}[A-Za-z]|\d{4}A\d{5}[A-Za-z])(?![0-9A-Za-z])")
_BLANK = r"[ \u00a0\u202f.]?"
_NIR = re.compile(
    _BLANK.join((r"(?<!\d)([12])", r"(\d\d)", r"(\d\d)", r"(\d\d|2[ABab])", r"(\d{3})", r"(\d{3})", r"(\d\d)(?!\d)"))
)


def personal_numbers(text: str) -> tuple[str, ...]:
    """Which kinds of number `text` holds: `INE`, `NIR`."""
    found = ["INE"] if _INE.search(text) else []
    if any(_is_nir(match) for match in _NIR.finditer(text)):
        found.append("NIR")
    return tuple(found)


def _is_nir(match: re.Match[str]) -> bool:
    *number, key = match.groups()
    digits = "".join(number).upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == int(key)
