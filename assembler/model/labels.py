"""Labels taken apart: « B-P4.2 » is établissement B's second exhibit numbered under criterion 4."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from assembler.model.exhibit import Exhibit
from assembler.model.pack import Pack


def criterion_of(label: str, pack: Pack) -> str | None:
    """The number of the criterion under which `label` was given; None for a required attachment or a foreign label."""
    match = _form(pack.label_pattern).fullmatch(label)
    return match["criterion"] if match else None


def index_place(label: str, pack: Pack) -> tuple[int, int, str, tuple[tuple[int, int, str], ...]]:
    """What labels sort by: attachments, then by criterion, then by établissement; « P4.2 » before « P4.10 »."""
    number = criterion_of(label, pack)
    ranks = {each.number: rank for rank, each in enumerate(pack.framework.criteria, 1)}
    letter = label.split("-")[0] if re.match(r"[A-Z]+-", label) else ""
    runs = ("".join(run) for _, run in groupby(label, str.isdigit))
    parts = tuple((0, int(run), "") if run.isdigit() else (1, 0, run) for run in runs)
    return 0 if number is None else ranks.get(number, len(ranks) + 1), len(letter), letter, parts


def group_title(number: str, exhibits: Sequence[Exhibit], pack: Pack) -> str:
    """The title above exhibits whose labels were given under criterion `number`, empty for required attachments.

    Where they prove another criterion since (a framework has changed), it names their labels only.
    """
    if not number:
        return pack.words.attachments
    if any(exhibit.entry.criteria[:1] != (number,) for exhibit in exhibits):
        return "Cotes " + exhibits[0].label.rstrip("0123456789").rstrip(".-/ ")
    word = pack.words.criterion.replace("{number}", number)
    titles = {criterion.number: criterion.title for criterion in pack.framework.criteria}
    return f"{word} — {titles[number]}" if number in titles else word


@cache
def _form(pattern: str) -> re.Pattern[str]:
    form = (
        re.escape(pattern).replace(r"\{criterion\}", r"(?P<criterion>\d{1,2}(?:-[a-z])?)").replace(r"\{rank\}", r"\d+")
    )
    return re.compile(rf"(?:[A-Z]+-)?{form}")
