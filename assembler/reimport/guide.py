"""What must be known of a dossier to read its Word file back."""

from __future__ import annotations

import hashlib

from assembler.model.dossier import Dossier
from assembler.model.returned import Cut, Guide, Place, Target
from assembler.model.written import WrittenText, shown_pictures
from assembler.tools.store import Store
from assembler.writers.word.bookmarks import bookmark_name

_ENDS = 60
_AFTER = ("modifications", "conformite", "accord", "index")


def guide_of(dossier: Dossier, texts: tuple[WrittenText, ...], store: Store) -> Guide:
    """The bookmarks of every chapter, member, exhibit, criterion and expectation; the pictures by their fingerprint."""
    cuts = [Cut(bookmark_name(each.anchor), Place(each.anchor), each.title) for each in dossier.body]
    cuts += [Cut(bookmark_name(each.heading), each.place, each.name, named=True) for each in texts if each.heading]
    ends = [*_AFTER, *(each.anchor for each in dossier.members)]
    ends += [f"{kind}-{rank}" for kind in ("suite", "titre") for rank in range(1, _ENDS)]
    cuts += [Cut(bookmark_name(anchor), None) for anchor in ends]
    return Guide(tuple(cuts), tuple(_targets(dossier)), _pictures(dossier, store))


def _targets(dossier: Dossier) -> list[Target]:
    word = dossier.pack.words.exhibit.replace(" ", "\u00a0")
    made = [
        Target(bookmark_name(each.anchor), "preuve", each.entry.id, word.replace("{label}", each.label))
        for each in dossier.exhibits
    ]
    made += [
        Target(bookmark_name(each.anchor), "critere", each.number, f"critère\u00a0{each.number}")
        for each in dossier.answers if each.number
    ]  # fmt: skip
    made += [
        Target(bookmark_name(each.anchor), "attendu", each.reference, f"attendu\u00a0{each.reference}")
        for each in dossier.coverage
    ]
    return made


def _pictures(dossier: Dossier, store: Store) -> tuple[tuple[str, str], ...]:
    names = sorted({name for name in shown_pictures(dossier).values() if store.has(name)})
    return tuple((hashlib.sha256(store.path(name).read_bytes()).hexdigest(), name) for name in names)
