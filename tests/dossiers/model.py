"""Small contents made in memory, for the tests of the assembly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assembler.model.content import (
    Candidature,
    Content,
    Declaration,
    Establishment,
    HeldLabel,
    Narrative,
    Part,
    RequestType,
)
from assembler.model.exhibit import Entry, Facts, PageFacts, People
from assembler.model.framework import Criterion, Equivalence, Expectation, Framework, Kind
from assembler.model.pack import Limits, Pack, RequiredAttachment, Words
from assembler.model.source import Source
from assembler.model.text import Block

DAY = date(2026, 11, 20)


def criterion(number: str, *kinds: Kind, aliases: tuple[str, ...] = (), equivalent: tuple[str, ...] = ()) -> Criterion:
    """A criterion with one expectation of each kind, lettered in order."""
    expectations = tuple(
        Expectation(chr(ord("a") + rank), f"Attendu {number}.{rank}", kind, "si" if kind is Kind.CONDITIONAL else None)
        for rank, kind in enumerate(kinds)
    )
    return Criterion(f"c{number}", number, f"Critère {number}", f"Critère {number}", aliases, (), expectations,
                     tuple(Equivalence(each) for each in equivalent))  # fmt: skip


def pack_of(*criteria: Criterion) -> Pack:
    """A pack with these criteria."""
    return Pack("essai", "Essai", "1", "Personne", False, date(2023, 11, 1),
                Framework("essai", "Essai", "Aucun texte", date(2023, 11, 1), criteria),
                (RequiredAttachment("accord-ca", "Accord du CA"),), "P{criterion}.{rank}", "A{rank}",
                Limits(1_000_000, None, None, None), (), Words())  # fmt: skip


PACK = pack_of(
    criterion("1", Kind.FIRM), criterion("2", Kind.FIRM), criterion("9-a", Kind.FIRM, aliases=("8-a",))
)  # fmt: skip


def entry(part: str, key: str, number: str | None, *letters: str) -> Entry:
    """Evidence numbered under `number`, or a required attachment when it is None."""
    return Entry(f"{part}/{key}", part, key, key.upper(), f"{part}/{key}.pdf", None, (number,) if number else (),
                 tuple((number or "", each) for each in letters), None, None, People.NONE, None, False, None, None,
                 Source(f"{part}/preuves.yaml", 1))  # fmt: skip


def facts() -> Facts:
    """One blank page."""
    return Facts("0" * 64, 10, "pdf", (PageFacts(595, 842),), "copie.pdf", None, "", True, "", False, False, ())


def school(key: str, *labels: HeldLabel) -> Establishment:
    """An établissement of which only the name is known."""
    place = Source(f"{key}/etablissement.yaml", 1)
    return Establishment(key, f"Lycée {key}", "0999999F", "lp", "public", "", "", "", "", None, None, (), (), (), labels,
                         place, place)  # fmt: skip


def narrative(part: str, slot: str, *blocks: Block, declarations: tuple[Declaration, ...] = ()) -> Narrative:
    """What `part` wrote under `slot`."""
    return Narrative(slot, blocks, declarations, Source(f"{part}/critere-{slot}.md", 1))


def content_of(
    entries: Iterable[Entry], narratives: dict[str, tuple[Narrative, ...]] | None = None,
    schools: tuple[str, ...] = ("lycee", "autre"),
    labels: tuple[HeldLabel, ...] = (),
) -> Content:  # fmt: skip
    """A candidature of these schools, preceded by `commun` when anything is of it."""
    written, told = tuple(entries), narratives or {}
    common = ("commun",) if "commun" in told or any(each.establishment == "commun" for each in written) else ()
    parts = tuple(
        Part(key, None if key == "commun" else school(key, *labels), told.get(key, ()),
             tuple(each for each in written if each.establishment == key), Source(f"{key}/preuves.yaml"))
        for key in (*common, *schools)
    )  # fmt: skip
    place = Source("candidature.yaml", 1)
    request = Candidature("essai", RequestType.INITIAL, "Lycée des métiers", "2027", DAY, None, None, None, schools, None,
                          place, place)  # fmt: skip
    return Content(request, parts, (), (), tuple((each.id, facts()) for each in written))
