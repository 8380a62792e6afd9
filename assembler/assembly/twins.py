"""One file that several members of a network hand in is embedded once, and cited by all under their own labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assembler.model.exhibit import Absence, Exhibit


def share_twins(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """The exhibits, each that is the same file as an earlier one of another part without pages of its own.

    Its facts then name the label of that one in `detail`. Required attachments are always embedded.
    """
    first: dict[tuple[str, tuple[int, int] | None], Exhibit] = {}
    return tuple(_shared(each, first) for each in exhibits)


def _shared(exhibit: Exhibit, first: dict[tuple[str, tuple[int, int] | None], Exhibit]) -> Exhibit:
    entry, facts = exhibit.entry, exhibit.facts
    if entry.is_attachment or facts.prepared is None or facts.sha256 is None:
        return exhibit
    twin = first.setdefault((facts.sha256, entry.pages), exhibit)
    if twin.entry.establishment == entry.establishment:
        return exhibit
    return replace(
        exhibit, facts=replace(facts, pages=(), prepared=None, original=None, absence=Absence.TWIN, detail=twin.label)
    )
