"""Labels taken apart: « B-P4.2 » is établissement B's second exhibit numbered under criterion 4."""

from __future__ import annotations

import re
from functools import cache

from assembler.model.pack import Pack


def criterion_of(label: str, pack: Pack) -> str | None:
    """The number of the criterion under which `label` was given; None for a required attachment or a foreign label."""
    match = _form(pack.label_pattern).fullmatch(label)
    return match["criterion"] if match else None


@cache
def _form(pattern: str) -> re.Pattern[str]:
    form = (
        re.escape(pattern).replace(r"\{criterion\}", r"(?P<criterion>\d{1,2}(?:-[a-z])?)").replace(r"\{rank\}", r"\d+")
    )
    return re.compile(rf"(?:[A-Z]+-)?{form}")
