"""What changed outside the text: identity sheets, compliance, exhibits; a table each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assembler.model.changes import Changes, ExhibitChange, ExhibitState
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Exhibit
from assembler.model.text import Alignment, Block, Heading, Inline, Strong, Table, Text
from assembler.model.typography import typographic
from assembler.writers.pdf.complements.places import NOWHERE, Places, line, link, page_of

_EMBEDDED_AGAIN = {"fichier", "reproduction", "adresse", "extrait", "confidentialité"}
Cell = tuple[Inline, ...]


def embedded(changes: Changes) -> tuple[Exhibit, ...]:
    """The exhibits that the version handed in did not hold as they are now."""
    return tuple(
        each.new for each in changes.exhibits
        if each.new is not None and (each.state is ExhibitState.NEW or _EMBEDDED_AGAIN & set(each.what))
    )  # fmt: skip


def sheets(dossier: Dossier, changes: Changes) -> Iterator[Block]:
    """Lines of the identity sheets, then expectations, before and now."""
    words = dossier.pack.words
    names = {each.establishment.key: each.establishment.name for each in dossier.members}
    if changes.fields:
        yield _title(words.identity)
        rows = [(_said(each.path), _said(each.old), _said(each.new)) for each in changes.fields]
        yield _table(("Rubrique", "Avant", "Maintenant"), rows)
    if changes.statuses:
        yield _title(words.compliance)
        told = [
            (" — ".join(filter(None, (each.reference, names.get(each.establishment or "")))), each.old, each.new)
            for each in changes.statuses
        ]
        yield _table(
            (words.expectation, "Avant", "Maintenant"), [tuple(_said(one or "") for one in row) for row in told]
        )


def exhibits_table(dossier: Dossier, changes: Changes, places: Places) -> Iterator[Block]:
    """Every exhibit that came, changed or went; its page here, in the whole dossier and in the version handed in."""
    if not changes.exhibits:
        return
    here = {each.label: each.anchor for each in embedded(changes)}
    replaced = {each.superseded_by: each.label for each in dossier.exhibits if each.superseded_by}
    replaced |= {each.replaced_by: each.label for each in dossier.retired if each.replaced_by}
    yield _title("Pièces et preuves")
    since = f"version n°\u00a0{places.since}"
    yield line(f"les trois dernières colonnes donnent la page : ici, dans le nouveau dossier et dans la {since}")
    header = ("Cote", "Titre", "Ce qui change", "Ici", "Dossier", since.capitalize())
    rows = [_row(each, here, replaced, places) for each in changes.exhibits]
    yield _table(header, rows, numbers=3)


def _row(change: ExhibitChange, here: dict[str, str], replaced: dict[str, str], places: Places) -> tuple[Cell, ...]:
    kept = change.new if change.new is not None else change.old
    assert kept is not None
    anchor = here.get(change.label)
    name: Inline = Strong((Text(change.label),)) if anchor is None else link(change.label, anchor)
    now = places.now.get(kept.anchor) if change.new is not None else None
    before = places.before.get(kept.anchor) if change.old is not None else None
    return (
        (name,),
        (Text(kept.entry.title),),
        _said(_became(change, replaced)),
        () if anchor is None else (page_of(anchor),),
        _said("" if now is None else str(now)),
        _said("" if before is None else str(before)),
    )


def _became(change: ExhibitChange, replaced: dict[str, str]) -> str:
    match change.state:
        case ExhibitState.NEW:
            old = replaced.get(change.label)
            return f"nouvelle, remplace {old}" if old else "nouvelle"
        case ExhibitState.REPLACED:
            return f"remplacée par {change.replaced_by}"
        case ExhibitState.WITHDRAWN:
            return "retirée"
        case ExhibitState.CHANGED:
            return f"modifiée : {', '.join(change.what)}"


def _title(words: str) -> Heading:
    return Heading(1, (Text(words),), (), NOWHERE)


def _said(words: str) -> Cell:
    return (Text(typographic(words) or "–"),)


def _table(header: Sequence[str], rows: Sequence[tuple[Cell, ...]], numbers: int = 0) -> Table:
    """A table whose last columns are numbers."""
    sides = (Alignment.LEFT,) * (len(header) - numbers) + (Alignment.RIGHT,) * numbers
    return Table(tuple((Text(each),) for each in header), tuple(rows), sides, (), NOWHERE)
