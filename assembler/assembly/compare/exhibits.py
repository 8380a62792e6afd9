"""Which exhibits are new, withdrawn, replaced or changed; by their labels, which never move."""

from __future__ import annotations

from collections.abc import Iterator

from assembler.model.changes import ExhibitChange, ExhibitState
from assembler.model.dossier import Dossier
from assembler.model.exhibit import Exhibit


def compare_exhibits(old: Dossier, new: Dossier) -> Iterator[ExhibitChange]:
    """In the order of the dossier; those that are gone come last."""
    before = {each.label: each for each in old.exhibits}
    for exhibit in new.exhibits:
        known = before.pop(exhibit.label, None)
        if known is None:
            yield ExhibitChange(ExhibitState.NEW, exhibit.label, None, exhibit, None, ())
            continue
        what = tuple(_differences(known, exhibit))
        if exhibit.superseded_by and exhibit.superseded_by != known.superseded_by:
            yield ExhibitChange(ExhibitState.REPLACED, exhibit.label, known, exhibit, exhibit.superseded_by, what)
        elif what:
            yield ExhibitChange(ExhibitState.CHANGED, exhibit.label, known, exhibit, None, what)
    successors = {each.label: each.replaced_by for each in new.retired}
    for label, known in before.items():
        successor = successors.get(label)
        if successor is None or successor != known.superseded_by:
            state = ExhibitState.REPLACED if successor else ExhibitState.WITHDRAWN
            yield ExhibitChange(state, label, known, None, successor, ())


def _differences(old: Exhibit, new: Exhibit) -> Iterator[str]:
    """The words for what differs."""
    one, other = old.entry, new.entry
    if old.facts.sha256 != new.facts.sha256:
        yield "fichier"
    elif (old.facts.absence, len(old.facts.pages)) != (new.facts.absence, len(new.facts.pages)):
        yield "reproduction"
    differing = {
        "adresse": one.link != other.link,
        "titre": one.title != other.title,
        "date": one.date != other.date,
        "extrait": one.pages != other.pages,
        "critères": one.criteria != other.criteria,
        "attendus": one.expectations != other.expectations,
        "confidentialité": one.confidential != other.confidential,
        "personnes": one.people != other.people,
        "consentements": one.consents != other.consents,
        "description de l’acte": one.approval != other.approval,
        "preuve remplacée": one.replaces != other.replaces,
        "remplacement": old.superseded_by is not None and new.superseded_by is None,
    }
    yield from (word for word, differs in differing.items() if differs)
